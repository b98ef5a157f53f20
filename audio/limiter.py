"""A true-peak limiter that touches nothing but the peaks.

The gain dips around each peak above the ceiling: down over 5 ms of look-ahead, back up over 50 ms, both
along a raised cosine, deepest where the peak is. The look-ahead is long enough that the dip is no click.
The release is longer than the period of the lowest voices (12 ms at 80 Hz), so that the gain does not ride
up and down within it and colour the voice, and shorter than a syllable, so that nothing is heard to pump.
Where dips overlap, the deepest counts. Both channels have one gain, or what is in the middle would move.
"""

from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from audio.clip import Samples
from audio.true_peak import FILTER_SAMPLES, peaks_above

LOOK_AHEAD_S = 0.005
RELEASE_S = 0.05
_ONE_DIP_S = 0.001  # peaks no further apart share a dip
_TOLERANCE = 10 ** (0.02 / 20)
_ROUNDS = 6

Positions = NDArray[np.intp]


def limited(samples: Samples, sample_rate_hz: int, ceiling_dbtp: float) -> Samples:
    """The sound without a true peak above the ceiling (or at most 0.05 dB), same shape.

    The samples come back bit for bit, but for those within LOOK_AHEAD_S before and RELEASE_S after a higher peak.
    """
    copy = samples.copy()
    limit(copy, sample_rate_hz, ceiling_dbtp)
    return copy


def limit(samples: Samples, sample_rate_hz: int, ceiling_dbtp: float) -> None:
    """Do what limited does in the array itself, for a clip too long to have twice in memory."""
    ceiling = 10 ** (ceiling_dbtp / 20)
    positions, levels = peaks_above(samples, ceiling)
    far = round((LOOK_AHEAD_S + RELEASE_S) * sample_rate_hz) + 4 * FILTER_SAMPLES
    for some in _groups(positions, far):
        _limit_stretch(samples, sample_rate_hz, positions[some], levels[some], ceiling)


def _limit_stretch(
    samples: Samples, sample_rate_hz: int, positions: Positions, levels: Samples, ceiling: float
) -> None:
    """Turn down one stretch, from the look-ahead of its first peak to the release of its last.

    Multiplied by a moving gain, the sound between the samples may end up a trace above the ceiling; then the
    peaks are brought that trace lower.
    """
    start = max(0, int(positions[0]) - round(LOOK_AHEAD_S * sample_rate_hz))
    stop = int(positions[-1]) + 2 + round(RELEASE_S * sample_rate_hz)
    original = samples[..., start:stop].copy()
    around = samples[..., max(0, start - 2 * FILTER_SAMPLES) : stop + 2 * FILTER_SAMPLES]
    aim = ceiling
    for _ in range(_ROUNDS):
        dips = _dips(positions - start, 1 - aim / levels, original.shape[-1], sample_rate_hz)
        np.multiply(original, 1 - dips, out=samples[..., start:stop])
        _, remaining = peaks_above(around, ceiling * _TOLERANCE)
        if not remaining.size:
            return
        aim *= ceiling / float(remaining.max())


def _dips(positions: Positions, depths: Samples, n_samples: int, sample_rate_hz: int) -> Samples:
    """How much of the amplitude to take away, 0 to 1, shape (n_samples,): the deepest dip at each sample."""
    fall = _raised_cosine(round(LOOK_AHEAD_S * sample_rate_hz))
    rise = _raised_cosine(round(RELEASE_S * sample_rate_hz))[::-1]
    dips = np.zeros(n_samples, np.float32)
    for some in _groups(positions, round(_ONE_DIP_S * sample_rate_hz)):
        first, last = int(positions[some.start]), int(positions[some.stop - 1]) + 1
        # A level at position n was found between samples n and n + 1, so the dip is at its deepest on both.
        shape = np.concatenate([fall, np.ones(last - first + 1, np.float32), rise])
        start = first - len(fall)
        under = dips[max(0, start) : start + len(shape)]
        shape = shape[max(0, -start) :][: len(under)]
        np.maximum(under, shape * depths[some].max(), out=under)
    return dips


@cache
def _raised_cosine(n_samples: int) -> Samples:
    """From just above 0 up to just below 1."""
    phase = np.pi * np.arange(1, n_samples + 1) / (n_samples + 1)
    ramp = (0.5 - 0.5 * np.cos(phase)).astype(np.float32)
    ramp.setflags(write=False)
    return ramp


def _groups(positions: Positions, gap: int) -> list[slice]:
    """Slices of the positions that lie no more than gap apart from the next."""
    if not positions.size:
        return []
    cuts = [0, *(np.flatnonzero(np.diff(positions) > gap) + 1).tolist(), len(positions)]
    return [slice(first, last) for first, last in pairwise(cuts)]
