"""Between float samples and 16-bit integers: the one place where sound is rounded."""

import numpy as np
from numpy.typing import NDArray

from audio.clip import Samples

FULL_SCALE = 32768  # so that int16 → float32 → int16 gives back every value
_STRETCH = 1 << 16  # samples at a time: stays in the processor's cache, and no second clip-sized array exists


def int16_of(samples: Samples) -> NDArray[np.int16]:
    """Samples as 16-bit integers: rounded to the nearest (halves to even), clipped at full scale, no dither.

    The result has the same shape.
    """
    *channels, n_samples = samples.shape
    integers = np.empty(samples.shape, np.int16)
    scratch = np.empty((*channels, min(_STRETCH, n_samples)), np.float32)
    for start in range(0, n_samples, _STRETCH):
        stretch = samples[..., start : start + _STRETCH]
        scaled = scratch[..., : stretch.shape[-1]]
        np.multiply(stretch, np.float32(FULL_SCALE), out=scaled)
        np.rint(scaled, out=scaled)
        np.clip(scaled, -FULL_SCALE, FULL_SCALE - 1, out=scaled)
        integers[..., start : start + _STRETCH] = scaled
    return integers


def samples_of(integers: NDArray[np.int16]) -> Samples:
    """16-bit integers as float32 samples in [-1, 1), same shape; exact."""
    return np.multiply(integers, np.float32(1 / FULL_SCALE), dtype=np.float32)
