import math

import numpy as np
import pytest
import soxr
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.lib.stride_tricks import sliding_window_view

from audio import true_peak
from audio.true_peak import peaks_above, true_peak_dbtp
from tests.audio.sounds import voice


def all_levels(samples: np.ndarray) -> np.ndarray:
    """Every sample's level, with nothing left out."""
    half = true_peak.FILTER_SAMPLES // 2
    windows = sliding_window_view(np.pad(samples, (half - 1, half)), true_peak.FILTER_SAMPLES)
    return np.abs(windows @ true_peak._FILTER.T).max(axis=1)


def test_sine_whose_peaks_lie_between_the_samples_reads_its_true_level():
    phase = 2 * np.pi * np.arange(48000) / 4 + np.pi / 4  # EBU Tech 3341, signal 16
    samples = (0.5 * np.sin(phase) * np.hanning(48000)).astype(np.float32)  # a sudden start would overshoot
    assert np.abs(samples).max() < 0.36
    assert true_peak_dbtp(samples, 48000) == pytest.approx(-6.02, abs=0.05)


@pytest.mark.parametrize("rate", [22050, 44100])
def test_speech_reads_as_four_times_resampled(rate):
    samples = voice(5, rate)
    reference_db = 20 * math.log10(np.abs(soxr.resample(samples, rate, 4 * rate, "VHQ")).max())
    assert true_peak_dbtp(samples, rate) == pytest.approx(reference_db, abs=0.05)


def test_true_peak_is_never_below_the_highest_sample():
    samples = np.zeros(1000, np.float32)
    samples[-1] = -0.7
    assert true_peak_dbtp(samples, 44100) == pytest.approx(20 * math.log10(0.7), abs=1e-4)


def test_silence_has_no_peak():
    assert true_peak_dbtp(np.zeros(100, np.float32), 44100) == -math.inf
    assert true_peak_dbtp(np.zeros(0, np.float32), 44100) == -math.inf


@settings(max_examples=50)
@given(st.integers(1, 3000), st.floats(0.05, 1.2), st.integers(0, 2**32 - 1))
def test_nothing_above_the_threshold_is_passed_over(n_samples, threshold, seed):
    random = np.random.default_rng(seed)
    samples = (random.normal(size=n_samples) * random.random(n_samples) ** 4).astype(np.float32)
    positions, levels = peaks_above(samples, threshold)
    everywhere = all_levels(samples)
    clear = np.abs(everywhere - threshold) > 1e-5  # the order of additions may differ
    assert np.array_equal(np.isin(np.flatnonzero(clear), positions), everywhere[clear] > threshold)
    assert np.allclose(levels, everywhere[positions], atol=1e-5)


def test_peaks_at_the_seams_of_blocks_are_found(monkeypatch):
    samples = voice(0.5, 44100)
    whole = peaks_above(samples, 0.5)
    monkeypatch.setattr(true_peak, "_BLOCK", 1000)
    assert np.array_equal(peaks_above(samples, 0.5)[0], whole[0])
    assert np.allclose(peaks_above(samples, 0.5)[1], whole[1], atol=1e-6)


def test_the_higher_of_two_channels_counts():
    quiet, loud = voice(1, 44100, 0.3), voice(1, 44100, 0.9)
    for both in ([quiet, loud], [loud, quiet]):
        assert true_peak_dbtp(np.stack(both), 44100) == true_peak_dbtp(loud, 44100)


def test_peaks_of_both_channels_are_found_in_order():
    one, other = voice(1, 44100), np.roll(voice(1, 44100), 5000)
    positions, levels = peaks_above(np.stack([one, other]), 0.5)
    found = [(*peaks_above(each, 0.5),) for each in (one, other)]
    assert np.all(np.diff(positions) >= 0)
    assert sorted(zip(positions, levels, strict=True)) == sorted(
        pair for each in found for pair in zip(*each, strict=True)
    )
