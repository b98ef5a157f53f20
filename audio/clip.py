"""A stretch of mono sound."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """Mono sound: samples as float32 in [-1, 1], shape (n_samples,), and their rate."""

    samples: Samples
    sample_rate_hz: int

    def __post_init__(self) -> None:
        if self.samples.ndim != 1 or self.samples.dtype != np.float32:
            raise ValueError("a clip is mono float32, shape (n_samples,)")
        if self.sample_rate_hz <= 0:
            raise ValueError("a clip's sample rate is a positive number of hertz")
        self.samples.setflags(write=False)

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.sample_rate_hz
