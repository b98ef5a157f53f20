import math
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.clip import Clip
from audio.loudness import clip_lufs
from audio.master import mastered
from audio.packets import Packets
from audio.true_peak import true_peak_dbtp
from tests.audio.sounds import sine, voice


@dataclass(frozen=True)
class Frames:
    """A codec's rate and frame, all that mastering looks at."""

    sample_rate_hz: int = 44100
    frame_samples: int = 1152
    key: str = ""
    delay_samples: int = 0
    headroom_db: float = 0.0
    channels: int = 1

    def encode(self, samples):
        raise NotImplementedError

    def decode(self, packets: Packets):
        raise NotImplementedError


@given(
    st.integers(0, 5000),
    st.sampled_from([8000, 16000, 22050, 44100, 48000]),
    st.sampled_from([Frames(), Frames(48000, 960), Frames(44100, 1024), Frames(22050, 4608)]),
)
def test_result_is_whole_frames_with_silence_at_both_ends(n_samples, rate, codec):
    samples, lead = mastered(Clip(np.full(n_samples, 0.1, np.float32), rate), 0, -1, codec)
    assert len(samples) % codec.frame_samples == 0
    assert lead == 2 * codec.frame_samples
    assert not samples[:lead].any()
    end = lead + round(n_samples * codec.sample_rate_hz / rate)
    assert len(samples) - end >= 0.1 * codec.sample_rate_hz - 1
    assert len(samples) - end < 0.1 * codec.sample_rate_hz + codec.frame_samples + 1
    assert not samples[end:].any()


@pytest.mark.parametrize("rate", [8000, 16000, 22050, 44100, 48000])
def test_an_instant_of_the_clip_stays_where_it_was(rate):
    impulse = np.zeros(2 * rate, np.float32)
    impulse[rate] = 0.5
    samples, lead = mastered(Clip(impulse, rate), 0, math.inf, Frames())
    assert np.abs(samples).argmax() == lead + 44100


def test_long_clip_is_resampled_without_a_seam():
    samples, lead = mastered(Clip(sine(441, -6, 10, 22050), 22050), 0, -1, Frames())
    speech = samples[lead + 4410 : lead + 436590]
    assert np.allclose(speech, sine(441, -6, 10, 44100)[4410:436590], atol=1e-3)


def test_clip_at_the_codecs_rate_is_taken_as_it_is():
    clip = Clip(voice(1, 44100), 44100)
    samples, lead = mastered(clip, 0, math.inf, Frames())
    assert np.array_equal(samples[lead : lead + 44100], clip.samples)


def test_gain_makes_it_as_much_louder():
    clip = Clip(voice(5, 22050, peak=0.2), 22050)
    samples, _ = mastered(clip, 6, -1, Frames())
    assert clip_lufs(samples, 44100) == pytest.approx(clip_lufs(clip.samples, 22050) + 6, abs=0.1)


def test_peaks_stay_under_the_ceiling():
    samples, _ = mastered(Clip(voice(3, 22050), 22050), 9, -2.5, Frames())
    assert true_peak_dbtp(samples, 44100) == pytest.approx(-2.5, abs=0.05)


def test_the_clip_itself_is_not_changed():
    clip = Clip(voice(1, 44100), 44100)
    before = clip.samples.copy()
    mastered(clip, 12, -3, Frames())
    assert np.array_equal(clip.samples, before)


@pytest.mark.parametrize("rate", [22050, 44100, 48000])
def test_two_channels_are_mastered_as_each_alone(rate):
    left, right = voice(3, rate, 0.3), voice(3, rate, 0.2)[::-1].copy()
    both, lead = mastered(Clip(np.stack([left, right]), rate), -3, math.inf, Frames())
    alone = [mastered(Clip(channel, rate), -3, math.inf, Frames()) for channel in (left, right)]
    assert {lead} == {each for _, each in alone}
    assert np.allclose(both, np.stack([samples for samples, _ in alone]), atol=1e-6)
