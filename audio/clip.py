"""A stretch of sound."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Sound as float32 in [-1, 1]: shape (n_samples,) for one channel, (2, n_samples) for left and right.

Time is the last axis in both, so `samples[..., start:end]` and `samples.shape[-1]` hold for either.
"""

LAYOUTS = {1: "mono", 2: "stereo"}
"""What ffmpeg's libraries call so many channels."""


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """Sound of one channel or two, and its rate."""

    samples: Samples
    sample_rate_hz: int

    def __post_init__(self) -> None:
        if self.samples.shape[:-1] not in ((), (2,)) or not self.samples.ndim or self.samples.dtype != np.float32:
            raise ValueError("a clip is float32, shape (n_samples,) or (2, n_samples)")
        if self.sample_rate_hz <= 0:
            raise ValueError("a clip's sample rate is a positive number of hertz")
        self.samples.setflags(write=False)

    @property
    def n_samples(self) -> int:
        """Length in samples of each channel."""
        return int(self.samples.shape[-1])

    @property
    def channels(self) -> int:
        """One or two."""
        return 1 if self.samples.ndim == 1 else len(self.samples)

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.n_samples / self.sample_rate_hz


def regrouped(clips: Iterable[Clip], n_samples: int) -> Iterator[Clip]:
    """The same sound in clips of so many samples; the last one may be shorter."""
    waiting: list[Samples] = []
    length = 0
    for clip in clips:
        waiting.append(clip.samples)
        length += clip.n_samples
        if length >= n_samples:
            whole = np.concatenate(waiting, axis=-1)
            reached = length - length % n_samples
            for start in range(0, reached, n_samples):
                yield Clip(whole[..., start : start + n_samples], clip.sample_rate_hz)
            waiting, length = [whole[..., reached:]], length - reached
    if length:
        yield Clip(np.concatenate(waiting, axis=-1), clip.sample_rate_hz)


def interleaved(sound: NDArray[Any]) -> NDArray[Any]:
    """Sound as most files have it: of each instant the samples of all channels. One channel stays as it is."""
    return sound.T.reshape(-1)


def planar(sound: NDArray[Any], channels: int) -> NDArray[Any]:
    """Interleaved sound in the shape of `Samples`, without a copy."""
    return sound if channels == 1 else sound.reshape(-1, channels).T
