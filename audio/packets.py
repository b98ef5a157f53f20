"""Encoded sound that can be spliced, and the codecs that make it.

A clip of N whole codec frames goes through a fresh encoder and keeps the first N packets; the flush packets are
dropped. Every clip then has the same encoder delay, which a file declares once, and clips follow each other without
drift (docs/architecture.md, "Sound").
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from audio.clip import Samples

Sizes = NDArray[np.uint32]


@dataclass(frozen=True, slots=True, eq=False)
class Packets:
    """Codec packets in order: one per frame.

    sizes: bytes of each packet, uint32, shape (n_packets,); payload: the packets, one behind the other.
    """

    sizes: Sizes
    payload: bytes

    def __post_init__(self) -> None:
        if self.sizes.ndim != 1 or self.sizes.dtype != np.uint32:
            raise ValueError("packet sizes are uint32, shape (n_packets,)")
        if int(self.sizes.sum(dtype=np.int64)) != len(self.payload):
            raise ValueError("packet sizes do not add up to the payload")
        self.sizes.setflags(write=False)


class Codec(Protocol):
    """Turns mastered sound into packets that can be spliced, and back."""

    @property
    def key(self) -> str:
        """All that decides the packets' bytes: codec, rate, bit rate, encoder settings, encoder version."""

    @property
    def sample_rate_hz(self) -> int:
        """The rate of the sound that goes in, in hertz."""

    @property
    def channels(self) -> int:
        """One or two."""

    @property
    def frame_samples(self) -> int:
        """Samples in one frame, which is one packet."""

    @property
    def delay_samples(self) -> int:
        """Samples a decoder puts out before the first one that went in; declared once for the file."""

    @property
    def headroom_db(self) -> float:
        """How far the codec may lift a true peak above what went in, in dB; 0 when lossless."""

    def encode(self, samples: Samples) -> Packets:
        """Packets of a clip, from a fresh encoder: n_samples / frame_samples of them.

        samples: at sample_rate_hz, a whole number of frames, or AudioError; of one channel, in the middle of two.
        """

    def decode(self, packets: Packets) -> Samples:
        """What a player hears of these packets: n_packets * frame_samples - delay_samples samples of each channel."""
