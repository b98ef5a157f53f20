"""A take becomes packets: brought to its loudness, limited, encoded, and measured as a player will hear it."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

import numpy as np

from audio.clip import Clip, Samples
from audio.packets import Codec
from narration.take import Encoded, Recording

MEASURABLE_S = 3.0
"""A shorter take has no loudness of its own worth the name (up to 3 LU off its paragraph's); it takes its voice's."""

_ATTEMPTS = 4  # to bring the decoded true peak under the ceiling; the codec's headroom makes one the rule
_ROUNDS = 2  # to find what is taken off: the louder a clip, the more of it is peaks that are limited
_OFF_LU = 0.25  # half of the tolerance; within it, encoding once more is not worth it
_MIDDLE_LU = 10 * math.log10(2)  # what is the same in two channels has twice the energy (BS.1770)

Pieces = Sequence[Callable[[], Clip]]
"""A take's sound piece by piece, each made when it is needed: only one is in memory at a time."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A voice's own level and pace, measured on a fixed text; loss_lu: what limiter and codec take off its level."""

    loudness_lufs: float
    letters_per_s: float
    loss_lu: float


@dataclass(frozen=True, slots=True)
class Mastering:
    """How a take becomes packets. target_lufs: None leaves the level alone; ceiling_dbtp: of the decoded sound."""

    codec: Codec
    target_lufs: float | None
    ceiling_dbtp: float
    version: int = 2

    @property
    def key(self) -> str:
        """All that decides the packets of a take, beside the take and its voice."""
        values = [str(getattr(self, f.name)) for f in fields(self) if f.name != "codec"]
        return " ".join([self.codec.key, *values])


def encoded(pieces: Pieces, take: Recording, mastering: Mastering, calibration: Calibration | None) -> Encoded:
    """The take at the loudness asked for: by its own, or by its voice's where it is too short to have one.

    calibration: None for a person's recording, which is measured whatever its length.
    """
    gain_db = gain(take, mastering, calibration)
    first = mastered(pieces, gain_db, mastering)
    if mastering.target_lufs is None:
        return first.encoded
    off_lu = mastering.target_lufs - first.loudness_lufs
    if (
        _measurable(take, calibration) and abs(off_lu) > _OFF_LU
    ):  # its peaks are other ones than those of the voice's fixed text
        return mastered(pieces, gain_db + off_lu, mastering).encoded
    return first.encoded


def gain(take: Recording, mastering: Mastering, calibration: Calibration | None) -> float:
    """What brings the take to the loudness asked for, in dB, by what is known of it and of its voice."""
    if mastering.target_lufs is None:
        return 0.0
    target_lufs = mastering.target_lufs - spread_lu(take, mastering.codec)
    if calibration is None:
        return target_lufs - take.loudness_lufs
    level_lufs = take.loudness_lufs if _measurable(take, calibration) else calibration.loudness_lufs
    return target_lufs - level_lufs + calibration.loss_lu


def spread_lu(take: Recording, codec: Codec) -> float:
    """How much louder the take becomes by standing in all the codec's channels."""
    return _MIDDLE_LU if take.channels < codec.channels else 0.0


def _measurable(take: Recording, calibration: Calibration | None) -> bool:
    """Whether the take's own loudness counts: it is long enough, or there is no voice's to take instead."""
    return calibration is None or take.n_samples >= MEASURABLE_S * take.sample_rate_hz


def loss_lu(clip: Clip, level_lufs: float, mastering: Mastering) -> float:
    """How much quieter than asked for a clip of that level comes out, so that it can be made up for beforehand."""
    if mastering.target_lufs is None:
        return 0.0
    loss = 0.0
    take = Recording((), clip.sample_rate_hz, clip.n_samples, (), level_lufs, channels=clip.channels)
    for _ in range(_ROUNDS):
        heard = mastered([lambda: clip], gain(take, mastering, None) + loss, mastering)
        off_lu = mastering.target_lufs - heard.loudness_lufs
        loss += off_lu
        if abs(off_lu) <= _OFF_LU:
            break
    return round(loss, 2)


@dataclass(frozen=True, slots=True, eq=False)
class Mastered:
    """A take's packets, and the loudness a player will hear."""

    encoded: Encoded
    loudness_lufs: float


def mastered(pieces: Pieces, gain_db: float, mastering: Mastering) -> Mastered:
    """The pieces with that gain, each encoded on its own and put behind the one before."""
    from audio.loudness import integrated_lufs

    gain_db = round(gain_db, 2)  # so that no last bit of a measurement decides the packets
    done: list[Encoded] = []
    take_samples = packet_samples = 0
    for piece in pieces:
        clip = piece()
        part = _piece(clip, gain_db, mastering, (take_samples, packet_samples))
        take_samples += clip.n_samples
        packet_samples += part.n_packets * mastering.codec.frame_samples
        done.append(part)
        del clip
    whole = Encoded(
        mastering.key,
        b"".join(part.sizes for part in done),
        b"".join(part.payload for part in done),
        tuple(anchor for part in done for anchor in part.anchors),
        b"".join(part.energies for part in done),
        max(part.true_peak_dbtp for part in done),
    )
    return Mastered(whole, integrated_lufs(np.frombuffer(whole.energies, "<f4")))


def _piece(clip: Clip, gain_db: float, mastering: Mastering, start: tuple[int, int]) -> Encoded:
    """One piece's packets, at a place of the take and of its packets."""
    from audio import master

    def prepared(ceiling_dbtp: float) -> tuple[Samples, int]:
        return master.mastered(clip, gain_db, ceiling_dbtp, mastering.codec)

    return _encoded(prepared, mastering, start)


def laid(samples: Samples, mastering: Mastering) -> Encoded:
    """The packets of sound that is laid out on the codec's frames already, at the loudness asked for.

    samples: at the codec's rate, whole frames, beginning and ending in silence.
    """
    from audio.limiter import limit
    from audio.loudness import integrated_lufs

    def at(gain_db: float) -> Encoded:
        def prepared(ceiling_dbtp: float) -> tuple[Samples, int]:
            louder = samples * np.float32(10 ** (round(gain_db, 2) / 20))
            limit(louder, codec.sample_rate_hz, ceiling_dbtp)
            return louder, 0

        return _encoded(prepared, mastering, (0, 0))

    codec = mastering.codec
    first = at(0.0)
    if mastering.target_lufs is None:
        return first
    off_lu = mastering.target_lufs - integrated_lufs(np.frombuffer(first.energies, "<f4"))
    return at(off_lu) if abs(off_lu) > _OFF_LU else first


def _encoded(prepared: Callable[[float], tuple[Samples, int]], mastering: Mastering, start: tuple[int, int]) -> Encoded:
    """The packets of what is prepared for a ceiling, prepared anew where the codec lifted a peak over that.

    prepared: the samples, and how many of them stand before the speech.
    """
    from audio.loudness import block_energies
    from audio.true_peak import true_peak_dbtp

    codec = mastering.codec
    raw = mastering.target_lufs is None
    ceiling_dbtp = math.inf if raw else mastering.ceiling_dbtp - codec.headroom_db
    for _ in range(_ATTEMPTS):
        samples, lead_samples = prepared(ceiling_dbtp)
        packets = codec.encode(samples)
        del samples
        heard = codec.decode(packets)
        peak_dbtp = true_peak_dbtp(heard, codec.sample_rate_hz)
        if raw or peak_dbtp <= mastering.ceiling_dbtp:
            break
        ceiling_dbtp = round(ceiling_dbtp - (peak_dbtp - mastering.ceiling_dbtp) - 0.1, 2)
    return Encoded(
        mastering.key,
        packets.sizes.astype("<u4").tobytes(),
        packets.payload,
        ((start[0], start[1] + lead_samples),),
        block_energies(heard, codec.sample_rate_hz).astype("<f4").tobytes(),
        peak_dbtp,
    )
