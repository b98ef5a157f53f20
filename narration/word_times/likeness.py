"""Two readings of one text laid on each other: when the one says what the other says then.

Dynamic time warping over the sounds' spectra: H. Sakoe, S. Chiba, "Dynamic programming algorithm optimization for
spoken word recognition", IEEE Trans. ASSP 26 (1978), with the slopes 0, 1 and 2.
"""

import numpy as np
from numpy.typing import NDArray

from audio.clip import Clip

_STEP_S = 0.02
_MOST_FRAMES = 6000  # of a longer sound a frame is longer: two minutes and more
_BAND_HZ = 700 * (10 ** (np.linspace(121.9, 2787, 11) / 2595) - 1)  # ten, equally wide on the mel scale, 80 to 7600 Hz
_UNEVEN = np.float32(3.0)  # what it costs to linger or hurry: 0.3 of a usual difference between two frames
_APART = 0.15  # of the length, how far the readings may be apart; a second at least

Floats = NDArray[np.float32]


def laid_on(clip: Clip, other: Clip, samples: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where in the clip that is heard which the other has at these samples."""
    n_frames = round(min(max(clip.duration_s / _STEP_S, 2), _MOST_FRAMES))
    step, other_step = len(clip.samples) / n_frames, len(other.samples) / n_frames
    width = max(round(_APART * n_frames), round(1 / (clip.duration_s / n_frames)))
    path = _path(_spectra(clip, n_frames), _spectra(other, n_frames), width)
    # the middle of the clip's frames that were given the other's frame; its own place between two
    frames = np.arange(n_frames)
    wanted = samples / other_step
    first = np.interp(wanted, path + frames * 1e-6, frames)
    last = np.interp(wanted, path - (n_frames - frames) * 1e-6, frames)
    return np.clip(np.rint((first + last) / 2 * step), 0, len(clip.samples)).astype(np.int64)


def _spectra(clip: Clip, n_frames: int) -> Floats:
    """Logarithmic energies in the bands, shape (n_frames, bands), by how far each is from its mean."""
    rate_hz = clip.sample_rate_hz
    n_window = 1 << round(np.log2(0.027 * rate_hz))
    padded = np.concatenate([clip.samples, np.zeros(n_window, np.float32)])
    starts = (np.arange(n_frames) * (len(clip.samples) / n_frames)).astype(int)
    windows = np.lib.stride_tricks.sliding_window_view(padded, n_window)[starts]
    spectrum = np.fft.rfft(windows * np.hanning(n_window).astype(np.float32))
    power = spectrum.real**2 + spectrum.imag**2
    edges = np.minimum((_BAND_HZ * n_window / rate_hz).astype(int), power.shape[1] - 1)
    bands = np.add.reduceat(power, edges, axis=1)[:, :-1] / np.maximum(np.diff(edges), 1)
    levels = np.log(bands + 1e-5 * bands.mean() + 1e-12)
    levels -= levels.mean(axis=0)
    spectra: Floats = (levels / (levels.std() + 1e-6)).astype(np.float32)
    return spectra


def _path(one: Floats, other: Floats, width: int) -> NDArray[np.int64]:
    """For each frame of one, the frame of the other that is laid on it: the way of least difference from end to end.

    Both have as many frames; the way stays within `width` of where it would be if they went side by side.
    """
    n_frames = len(one)
    squares = np.pad((other * other).sum(axis=1), width, constant_values=np.inf)
    padded = np.pad(other, ((width, width), (0, 0)))
    # In each row, so much for each frame of the other from row - width to row + width, and one more at either end.
    reached = np.full((n_frames, 2 * width + 3), np.inf, np.float32)
    reached[0, width + 1] = 0
    for row in range(1, n_frames):
        here = slice(row, row + 2 * width + 1)
        before = reached[row - 1]
        uneven = before + _UNEVEN
        best = np.minimum(before[1:-1], np.minimum(uneven[2:], uneven[:-2]))
        best += squares[here] - padded[here] @ (2 * one[row])
        reached[row, 1:-1] = best
    path = np.empty(n_frames, np.int64)
    column = width + 1
    for row in range(n_frames - 1, -1, -1):
        path[row] = row + column - 1 - width
        hurried, even, lingered = reached[row - 1, column - 1 : column + 2]
        if even > _UNEVEN + min(hurried, lingered):
            column += -1 if hurried <= lingered else 1
    return path
