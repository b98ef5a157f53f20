"""What happens inside a worker process: an engine speaks, the clips are cut and joined, mastered and encoded.

Every function takes and returns plain picklable values, so any executor can run it.
"""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from audio.clip import Clip
from audio.errors import AudioError
from audio.packets import Codec
from narration.engines import Delivery, Engine, Speech, Voice, load_engine
from narration.errors import EngineError, UsageError
from narration.take import Encoded, Recording, SentenceTime, Sound

MEASURABLE_S = 3.0
"""A shorter take has no loudness of its own worth the name (research: up to 3 LU off); it takes its voice's gain."""

_TRUNCATED = 0.4  # of the expected duration; a voice's own sentences stay above 0.6
_EXPECTED_AT_LEAST_S = 0.5  # shorter expectations say nothing
_ATTEMPTS = 4  # to bring the decoded true peak under the ceiling; the codec's headroom makes one the rule
_OFF_LU = 0.25  # half of the tolerance; within it, encoding once more is not worth it
_CALIBRATION_LUFS = -26.0
_CALIBRATION_TEXT = (
    "When the sunlight strikes raindrops in the air, they act as a prism and form a rainbow.",
    "The rainbow is a division of white light into many beautiful colours.",
    "People look, but no one ever finds the pot of gold at the end of it.",
)


@dataclass(frozen=True, slots=True)
class EngineReport:
    """What an engine says of itself. patience_s: seconds after which 200 characters are taken for a hang."""

    version: str
    patience_s: float
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    """A voice's own level and pace, measured on a fixed text; encoding_loss_lu: how much quieter the codec makes it."""

    loudness_lufs: float
    letters_per_s: float
    encoding_loss_lu: float


@dataclass(frozen=True, slots=True)
class Mastering:
    """How a take becomes packets. target_lufs: None leaves the level alone; ceiling_dbtp: of the decoded sound."""

    codec: Codec
    target_lufs: float | None
    ceiling_dbtp: float
    version: int = 1

    @property
    def key(self) -> str:
        """All that decides the packets of a take, beside the take and its voice."""
        values = [str(getattr(self, f.name)) for f in fields(self) if f.name != "codec"]
        return " ".join([self.codec.key, *values])


@dataclass(frozen=True, slots=True)
class DescribeJob:
    """Ask an engine for its version and voices."""

    engine: str
    time_limit_s: float = 60.0


@dataclass(frozen=True, slots=True)
class FingerprintJob:
    """Ask an engine what decides a voice's sound beside its version."""

    engine: str
    voice: str
    time_limit_s: float = 60.0


@dataclass(frozen=True, slots=True)
class CalibrateJob:
    """Measure the voice of `sound` (its utterances do not matter)."""

    sound: Sound
    mastering: Mastering
    time_limit_s: float


@dataclass(frozen=True, slots=True)
class RecordJob:
    """Speak, and encode."""

    sound: Sound
    mastering: Mastering
    calibration: Calibration
    time_limit_s: float


@dataclass(frozen=True, slots=True, eq=False)
class JoinJob:
    """Make one take of sentences that were spoken one by one, and encode."""

    sentences: tuple[Speech, ...]
    whole: RecordJob
    time_limit_s: float = 600.0


@dataclass(frozen=True, slots=True, eq=False)
class EncodeJob:
    """Encode a take that is there. calibration: None for a person's recording."""

    recording: Recording
    mastering: Mastering
    calibration: Calibration | None
    time_limit_s: float = 600.0


@dataclass(frozen=True, slots=True)
class TakeInJob:
    """Take in a person's recording."""

    file: Path
    mastering: Mastering
    time_limit_s: float = 600.0


@lru_cache(maxsize=2)
def _engine(name: str) -> Engine:
    return load_engine(name)


def describe(job: DescribeJob) -> EngineReport:
    """The engine's version and voices."""
    with _foreign(job.engine):
        engine = _engine(job.engine)
        return EngineReport(engine.version, engine.patience_s, tuple(engine.voices()))


def fingerprint(job: FingerprintJob) -> str:
    """What decides the voice's sound beside the engine's version."""
    with _foreign(job.engine):
        return _engine(job.engine).fingerprint(job.voice)


@contextmanager
def _foreign(engine: str) -> Iterator[None]:
    """An engine's code is run in here: whatever it raises is its own failing, not ours, and becomes an EngineError."""
    try:
        yield
    except (EngineError, UsageError):
        _engine.cache_clear()  # the next try gets a fresh engine
        raise
    except Exception as error:  # a stranger's engine may raise anything, even what cannot be pickled
        _engine.cache_clear()
        raise EngineError(f"the engine “{engine}” failed with {type(error).__name__}: {error}") from error


def calibrate(job: CalibrateJob) -> Calibration:
    """The voice's loudness in LUFS, pace in letters a second, and what the codec takes off its loudness."""
    sound = replace(job.sound, utterances=_CALIBRATION_TEXT, variation=1)
    take = _edited(_spoken(sound), sound.sentence_pause_s)
    speech_s = sum(time.to_samples - time.from_samples for time in take.sentences) / take.clip.sample_rate_hz
    if speech_s == 0:
        raise EngineError("it came back silent")
    letters_per_s = sum(_letters(text) for text in _CALIBRATION_TEXT) / speech_s
    if job.mastering.target_lufs is None:
        return Calibration(take.loudness_lufs, letters_per_s, 0.0)
    # below any peak that would have to be limited, so that what is missing is the codec's doing alone
    quiet = replace(job.mastering, target_lufs=_CALIBRATION_LUFS)
    heard_lufs = _Mastered.of(take.clip, _CALIBRATION_LUFS - take.loudness_lufs, quiet).loudness_lufs
    return Calibration(take.loudness_lufs, letters_per_s, round(_CALIBRATION_LUFS - heard_lufs, 2))


def record(job: RecordJob) -> tuple[Recording, Encoded]:
    """The take and its packets. Raises EngineError when a sentence is silent or cut short."""
    take = _checked(job, _spoken(job.sound))
    return take.recording(), _encoded(take.clip, take.loudness_lufs, job.mastering, job.calibration)


def sentence(job: RecordJob) -> Speech:
    """The one sentence of the job as it was spoken. Raises EngineError when it is silent or cut short."""
    spoken = _spoken(job.sound)
    _checked(job, spoken)
    return spoken[0]


def join(job: JoinJob) -> tuple[Recording, Encoded]:
    """One take, and its packets, of sentences that were spoken one by one: as if it had been done at once."""
    take = _edited(job.sentences, job.whole.sound.sentence_pause_s)
    return take.recording(), _encoded(take.clip, take.loudness_lufs, job.whole.mastering, job.whole.calibration)


def take_in(job: TakeInJob) -> tuple[Recording, Encoded]:
    """A person's recording, silence trimmed off its ends, and its packets. Raises AudioError when it is silent."""
    from audio.decode import decoded
    from audio.edit import joined, trimmed

    clip, _ = trimmed(decoded(job.file))
    if not len(clip.samples):
        raise AudioError(f"{job.file} is silent from end to end; nothing was taken in.")
    clip, _ = joined([clip], 0.0)
    take = _Take(clip, (SentenceTime(0, len(clip.samples)),))
    return take.recording(), _encoded(clip, take.loudness_lufs, job.mastering, None)


def encode(job: EncodeJob) -> Encoded:
    """The take's packets, at the loudness asked for, with the decoded sound measured."""
    return _encoded(_unpacked(job.recording), job.recording.loudness_lufs, job.mastering, job.calibration)


def _encoded(clip: Clip, loudness_lufs: float, mastering: Mastering, calibration: Calibration | None) -> Encoded:
    """The clip brought to the target by its own loudness, or its voice's where it is too short to have one."""
    own = calibration is None or clip.duration_s >= MEASURABLE_S
    level_lufs = loudness_lufs if own or calibration is None else calibration.loudness_lufs
    loss_lu = calibration.encoding_loss_lu if calibration else 0.0
    if mastering.target_lufs is None:
        return _Mastered.of(clip, 0.0, mastering).encoded
    gain_db = mastering.target_lufs - level_lufs + loss_lu
    mastered = _Mastered.of(clip, gain_db, mastering)
    off_lu = mastering.target_lufs - mastered.loudness_lufs
    if own and abs(off_lu) > _OFF_LU:  # the limiter took it: much in a voice with high peaks
        mastered = _Mastered.of(clip, gain_db + off_lu, mastering)
    return mastered.encoded


@dataclass(frozen=True, slots=True, eq=False)
class _Mastered:
    """A clip's packets, and the loudness a player will hear."""

    encoded: Encoded
    loudness_lufs: float

    @classmethod
    def of(cls, clip: Clip, gain_db: float, mastering: Mastering) -> "_Mastered":
        """The clip with that gain, limited again where the codec lifted a peak over the ceiling."""
        from audio.loudness import block_energies, integrated_lufs
        from audio.master import mastered
        from audio.true_peak import true_peak_dbtp

        codec = mastering.codec
        raw = mastering.target_lufs is None
        gain_db = round(gain_db, 2)  # so that no last bit of a measurement decides the packets
        ceiling_dbtp = math.inf if raw else mastering.ceiling_dbtp - codec.headroom_db
        for _ in range(_ATTEMPTS):
            samples, lead_samples = mastered(clip, gain_db, ceiling_dbtp, codec)
            packets = codec.encode(samples)
            del samples
            heard = codec.decode(packets)
            peak_dbtp = true_peak_dbtp(heard, codec.sample_rate_hz)
            if raw or peak_dbtp <= mastering.ceiling_dbtp:
                break
            ceiling_dbtp = round(ceiling_dbtp - (peak_dbtp - mastering.ceiling_dbtp) - 0.1, 2)
        energies = block_energies(heard, codec.sample_rate_hz)
        sizes = packets.sizes.astype("<u4").tobytes()
        blocks = energies.astype("<f4").tobytes()
        encoded = Encoded(mastering.key, sizes, packets.payload, lead_samples, blocks, peak_dbtp)
        return cls(encoded, integrated_lufs(energies))


def _spoken(sound: Sound) -> tuple[Speech, ...]:
    """What the engine says. Raises EngineError when that is not one sound for each utterance, all of one kind."""
    delivery = Delivery(sound.voice, sound.speed, sound.volume, sound.variation)
    with _foreign(sound.engine):
        speeches = tuple(_engine(sound.engine).speak(sound.utterances, delivery))
    if len(speeches) != len(sound.utterances):
        raise EngineError(f"it spoke {len(speeches)} of {len(sound.utterances)} sentences")
    if len({speech.clip.sample_rate_hz for speech in speeches}) != 1:
        raise EngineError("it spoke at several sample rates")
    if not all(np.isfinite(speech.clip.samples).all() for speech in speeches):
        raise EngineError("it gave samples that are no numbers")
    return speeches


@dataclass(frozen=True, slots=True, eq=False)
class _Take:
    """A take before it is packed: 16-bit sound, as it will come back from FLAC, and its sentences' times."""

    clip: Clip
    sentences: tuple[SentenceTime, ...]

    @property
    def loudness_lufs(self) -> float:
        from audio.loudness import clip_lufs

        return clip_lufs(self.clip.samples, self.clip.sample_rate_hz)

    def recording(self) -> Recording:
        from audio.lossless import packed

        n_samples = len(self.clip.samples)
        return Recording(packed(self.clip), self.clip.sample_rate_hz, n_samples, self.sentences, self.loudness_lufs)


def _unpacked(recording: Recording) -> Clip:
    from audio.lossless import unpacked

    return unpacked(recording.flac)


def _edited(speeches: Sequence[Speech], pause_s: float) -> _Take:
    """The utterances, silence trimmed, joined into one take."""
    from audio.edit import joined, trimmed

    clips, cuts = zip(*(trimmed(speech.clip) for speech in speeches), strict=True)
    whole, starts = joined(clips, pause_s)
    times = []
    for speech, clip, cut, start in zip(speeches, clips, cuts, starts, strict=True):
        length = len(clip.samples)
        words = tuple(
            (
                word.start,
                word.end,
                *(start + min(max(at - cut, 0), length) for at in (word.from_samples, word.to_samples)),
            )
            for word in speech.words
        )
        times.append(SentenceTime(start, start + length, words))
    return _Take(whole, tuple(times))


def _checked(job: RecordJob, speeches: Sequence[Speech]) -> _Take:
    """The take of these. Raises EngineError when a sentence is silent or cut short."""
    take = _edited(speeches, job.sound.sentence_pause_s)
    for utterance, time in zip(job.sound.utterances, take.sentences, strict=True):
        seconds = (time.to_samples - time.from_samples) / take.clip.sample_rate_hz
        _check_whole(utterance, seconds, job.calibration.letters_per_s)
    return take


def _check_whole(utterance: str, seconds: float, letters_per_s: float) -> None:
    """Raise EngineError when the utterance cannot have been spoken whole in that time."""
    letters = _letters(utterance)
    if letters and seconds == 0:
        raise EngineError("it came back silent")
    expected_s = letters / letters_per_s
    if expected_s >= _EXPECTED_AT_LEAST_S and seconds < _TRUNCATED * expected_s:
        raise EngineError(f"it was cut short ({seconds:.1f} s, expected about {expected_s:.1f} s)")


def _letters(text: str) -> int:
    return sum(character.isalnum() for character in text)
