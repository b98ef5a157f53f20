import math

import numpy as np
import pytest
import soxr
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.limiter import LOOK_AHEAD_S, RELEASE_S, limited
from audio.true_peak import peaks_above, true_peak_dbtp
from tests.audio.sounds import sine, voice

RATE = 44100


def far_from_peaks(samples: np.ndarray, rate: int, ceiling_dbtp: float) -> np.ndarray:
    positions, _ = peaks_above(samples, 10 ** (ceiling_dbtp / 20))
    far = np.ones(len(samples), bool)
    for position in positions:
        start = max(0, position - math.ceil(LOOK_AHEAD_S * rate))
        far[start : position + 2 + math.ceil(RELEASE_S * rate)] = False
    return far


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.integers(1, 8000),
    st.floats(-9, 0),
    st.sampled_from([8000, 22050, 44100]),
    st.floats(0.05, 3),
)
def test_no_peak_rises_above_the_ceiling_and_far_samples_stay(seed, n_samples, ceiling_dbtp, rate, loudness):
    random = np.random.default_rng(seed)
    bursts = np.repeat(random.random(n_samples // 500 + 1) ** 3, 500)[:n_samples]
    samples = (random.normal(size=n_samples) * bursts * loudness).astype(np.float32)
    result = limited(samples, rate, ceiling_dbtp)
    assert true_peak_dbtp(result, rate) <= ceiling_dbtp + 0.05
    far = far_from_peaks(samples, rate, ceiling_dbtp)
    assert np.array_equal(result[far], samples[far])


@pytest.mark.parametrize("drive_db", [0, 3, 6, 12])
@pytest.mark.parametrize("ceiling_dbtp", [-1.0, -3.0])
def test_driven_speech_stays_under_the_ceiling_by_another_meter_too(drive_db, ceiling_dbtp):
    samples = voice(3, RATE, peak=10 ** (drive_db / 20))
    result = limited(samples, RATE, ceiling_dbtp)
    reference_dbtp = 20 * math.log10(np.abs(soxr.resample(result, RATE, 4 * RATE, "VHQ")).max())
    assert reference_dbtp <= ceiling_dbtp + 0.05
    assert reference_dbtp >= ceiling_dbtp - 0.1


def test_sound_under_the_ceiling_comes_back_bit_for_bit():
    samples = voice(2, RATE, peak=0.5)
    assert np.array_equal(limited(samples, RATE, -1), samples)


def test_what_is_given_is_not_changed():
    samples = voice(1, RATE)
    before = samples.copy()
    limited(samples, RATE, -6)
    assert np.array_equal(samples, before)


def test_gain_moves_smoothly_and_only_around_the_peak():
    samples = np.full(RATE, 0.25, np.float32)
    samples[20000:20010] = 1.0
    gain = limited(samples, RATE, -6) / samples
    moving = np.flatnonzero(gain != 1)
    assert np.abs(np.diff(gain)).max() < 0.6 * np.pi / 2 / (LOOK_AHEAD_S * RATE) * 1.01
    assert 20000 - moving[0] <= math.ceil(LOOK_AHEAD_S * RATE) + 24
    assert moving[-1] - 20010 <= math.ceil(RELEASE_S * RATE) + 24


def test_a_steady_tone_above_the_ceiling_is_only_made_quieter():
    tone = sine(200, 0, 1, RATE)
    inside = slice(RATE // 4, 3 * RATE // 4)
    gain = limited(tone, RATE, -6)[inside][np.abs(tone[inside]) > 0.1] / tone[inside][np.abs(tone[inside]) > 0.1]
    assert gain.max() - gain.min() < 0.02


def test_limiting_twice_changes_nothing_more():
    once = limited(voice(2, RATE, peak=2), RATE, -1)
    assert np.abs(limited(once, RATE, -1 + 0.02) - once).max() == 0


def test_no_sound_stays_no_sound():
    assert len(limited(np.zeros(0, np.float32), RATE, -1)) == 0


def test_an_infinite_ceiling_limits_nothing():
    samples = voice(1, RATE, peak=4)
    assert np.array_equal(limited(samples, RATE, math.inf), samples)


def test_both_channels_have_one_gain():
    loud, quiet = voice(2, RATE, peak=2), np.roll(voice(2, RATE, peak=0.3), 7000)
    samples = np.stack([loud, quiet])
    result = limited(samples, RATE, -1)
    assert true_peak_dbtp(result, RATE) <= -1 + 0.05
    there = np.abs(samples).min(axis=0) > 0.01
    gains = result[:, there] / samples[:, there]
    assert gains.min() < 0.7
    assert np.abs(gains[0] - gains[1]).max() < 1e-5


def test_a_peak_of_either_channel_is_limited():
    quiet = voice(2, RATE, peak=0.3)
    for channel in (0, 1):
        samples = np.stack([quiet, quiet])
        samples[channel, 30_000:30_100] = 1.5
        result = limited(samples, RATE, -1)
        assert true_peak_dbtp(result, RATE) <= -1 + 0.05
        assert np.array_equal(result[:, :25_000], samples[:, :25_000])


def test_what_is_the_same_in_both_channels_is_limited_as_one():
    samples = voice(2, RATE, peak=2)
    assert np.array_equal(limited(np.stack([samples, samples]), RATE, -1), np.stack([limited(samples, RATE, -1)] * 2))
