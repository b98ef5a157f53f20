"""How a stretch of sound goes: its level, its peaks and its spectrum in coarse bands, every 10 ms."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audio.clip import Samples

FRAMES_PER_S = 100
BAND_EDGES_HZ = (80, 350, 700, 1200, 2000, 3000, 4200, 5800, 7600)
"""Edges of the bands: narrow where vowels have their formants, wide above, where only hissing sounds are."""

N_BANDS = len(BAND_EDGES_HZ) - 1
FLOOR_DB = -100.0
_CACHED_FRAMES = 128  # transformed at a time, so that they stay in the processor's cache
_HALVED_FROM_HZ = 32_000  # no band reaches up to a quarter of it

Figures = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Contour:
    """Figures of frames of 10 ms, float32, one row each; what is left over behind the last whole frame is not in it.

    levels_db: RMS, relative to full scale, at least FLOOR_DB; peaks: largest magnitude; offsets: mean of the samples;
    bands_db: RMS of each band, shape (n_frames, N_BANDS).
    """

    levels_db: Figures
    peaks: Figures
    offsets: Figures
    bands_db: Figures

    def __len__(self) -> int:
        return len(self.levels_db)

    def __getitem__(self, frames: slice) -> "Contour":
        return Contour(self.levels_db[frames], self.peaks[frames], self.offsets[frames], self.bands_db[frames])


def contour(samples: Samples, sample_rate_hz: int) -> Contour:
    """The contour of float32 mono samples, at 8 kHz or more."""
    frame = sample_rate_hz // FRAMES_PER_S
    n_frames = len(samples) // frame
    frames = samples[: n_frames * frame].reshape(n_frames, frame)
    return Contour(
        _db(np.einsum("ij,ij->i", frames, frames) / np.float32(frame)),
        np.maximum(frames.max(axis=1, initial=0), -frames.min(axis=1, initial=0)),
        frames.mean(axis=1) if n_frames else np.zeros(0, np.float32),
        _db(_bands(frames, sample_rate_hz)),
    )


def whole_frames(n_samples: int, sample_rate_hz: int) -> int:
    """How many of these samples fill frames."""
    frame = sample_rate_hz // FRAMES_PER_S
    return n_samples // frame * frame


def joined(parts: Sequence[Contour]) -> Contour:
    """The contours one behind the other."""
    empty = contour(np.zeros(0, np.float32), 8000)
    rows = [(part.levels_db, part.peaks, part.offsets, part.bands_db) for part in (empty, *parts)]
    return Contour(*(np.concatenate(figures) for figures in zip(*rows, strict=True)))


def _bands(frames: Figures, sample_rate_hz: int) -> Figures:
    """Mean square of each band in each frame. A band above half the sample rate has none."""
    bands = np.zeros((len(frames), N_BANDS), np.float32)
    if sample_rate_hz >= _HALVED_FROM_HZ:
        n_pairs = frames.shape[1] // 2
        frames = (frames[:, : 2 * n_pairs : 2] + frames[:, 1 : 2 * n_pairs : 2]) * np.float32(0.5)
        sample_rate_hz //= 2
    n = frames.shape[1]
    size = 1 << (n - 1).bit_length()
    edges = np.round(np.array(BAND_EDGES_HZ) * size / sample_rate_hz).astype(np.intp)
    there = edges[:-1] <= size // 2
    edges = np.minimum(edges, size // 2 + 1)
    for start in range(0, len(frames), _CACHED_FRAMES):
        spectrum = np.fft.rfft(frames[start : start + _CACHED_FRAMES], size, axis=1)
        power = np.square(spectrum.real)
        power += np.square(spectrum.imag)
        sums = np.add.reduceat(power[:, : edges[-1]], edges[:-1][there], axis=1)
        bands[start : start + _CACHED_FRAMES, there] = sums * np.float32(2 / (size * n))
    return bands


def _db(squares: Figures) -> Figures:
    decibels: Figures = 10 * np.log10(np.maximum(squares, np.float32(10 ** (FLOOR_DB / 10))))
    return decibels
