"""A take becomes packets at the loudness asked for, and as a rule it is encoded once."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from audio.clip import Clip, Samples
from audio.loudness import clip_lufs, integrated_lufs
from audio.packets import Packets
from narration.mastering import Calibration, Mastering, encoded, loss_lu
from narration.take import Encoded, Recording
from tests.audio.sounds import voice

RATE_HZ = 44_100
FRAME = 1152


@dataclass(eq=False)
class QuietCodec:
    """It takes half a decibel off whatever it encodes, and counts how often it does."""

    key: str = "quiet"
    sample_rate_hz: int = RATE_HZ
    frame_samples: int = FRAME
    delay_samples: int = 0
    headroom_db: float = 1.0
    channels: int = 1
    encoded: list[Samples] = field(default_factory=list)

    def encode(self, samples: Samples) -> Packets:
        self.encoded.append(samples * np.float32(10 ** (-0.5 / 20)))
        n_frames = samples.shape[-1] // FRAME
        return Packets(np.ones(n_frames, np.uint32), bytes(n_frames))

    def decode(self, packets: Packets) -> Samples:  # noqa: ARG002 - a codec's signature
        return np.stack([self.encoded[-1]] * 2) if self.channels == 2 else self.encoded[-1]


def clip(seconds: float = 6.0) -> Clip:
    return Clip(voice(seconds, RATE_HZ), RATE_HZ)


def recording(sound: Clip) -> Recording:
    return Recording((), sound.sample_rate_hz, len(sound.samples), (), clip_lufs(sound.samples, RATE_HZ))


def made(sound: Clip, mastering: Mastering, calibration: Calibration | None) -> tuple[Encoded, int]:
    """The take, and how often it was encoded."""
    assert isinstance(mastering.codec, QuietCodec)
    mastering.codec.encoded.clear()
    return encoded([lambda: sound], recording(sound), mastering, calibration), len(mastering.codec.encoded)


def heard_lufs(take: Encoded) -> float:
    return integrated_lufs(np.frombuffer(take.energies, "<f4"))


def measured(mastering: Mastering) -> Calibration:
    """The calibration of the voice that speaks all of these clips."""
    own_lufs = clip_lufs(clip().samples, RATE_HZ)
    return Calibration(own_lufs, 14.0, loss_lu(clip(), own_lufs, mastering))


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize(("target_lufs", "ceiling_dbtp"), [(-19.0, -1.0), (-21.0, -3.0), (-30.0, -1.0)])
def test_take_of_a_measured_voice_is_encoded_once(target_lufs: float, ceiling_dbtp: float, channels: int) -> None:
    mastering = Mastering(QuietCodec(channels=channels), target_lufs, ceiling_dbtp)
    take, times = made(clip(5.0), mastering, measured(mastering))
    assert times == 1
    assert heard_lufs(take) == pytest.approx(target_lufs, abs=0.25)
    assert take.true_peak_dbtp <= ceiling_dbtp


def test_take_that_its_voice_does_not_foretell_is_encoded_again() -> None:
    mastering = Mastering(QuietCodec(), -30.0, -1.0)
    take, times = made(clip(), mastering, Calibration(-20.0, 14.0, 0.0))
    assert times == 2
    assert heard_lufs(take) == pytest.approx(-30.0, abs=0.05)


def test_short_take_has_the_gain_of_its_voice() -> None:
    mastering = Mastering(QuietCodec(), -30.0, -1.0)
    quiet = Clip(clip(1.0).samples * np.float32(0.1), RATE_HZ)
    long, short = measured(mastering), made(quiet, mastering, measured(mastering))[0]
    gain_db = -30.0 - long.loudness_lufs
    assert heard_lufs(short) == pytest.approx(recording(quiet).loudness_lufs + gain_db, abs=0.5)


def test_recording_of_a_person_is_measured_whatever_its_length() -> None:
    mastering = Mastering(QuietCodec(), -24.0, -1.0)
    take, _ = made(clip(1.0), mastering, None)
    assert heard_lufs(take) == pytest.approx(-24.0, abs=0.25)


def test_raw_level_is_left_alone() -> None:
    mastering = Mastering(QuietCodec(), None, -1.0)
    take, times = made(clip(), mastering, measured(mastering))
    assert times == 1
    assert heard_lufs(take) == pytest.approx(recording(clip()).loudness_lufs - 0.5, abs=0.05)
