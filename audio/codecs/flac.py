"""FLAC through PyAV: the lossless codec, of .flac and .wav."""

import struct
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from audio.clip import Samples, interleaved
from audio.codecs.pyav import Encoding, decoded_samples
from audio.errors import AudioError
from audio.packets import Packets
from audio.pcm import int16_of, samples_of

_BITS = 16


@dataclass(frozen=True, slots=True)
class FlacCodec:
    """FLAC, 44.1 kHz, 16 bits, of one channel or two; its packets are whole frames, numbered from 0. Source: RFC 9639.

    compression_level: libavcodec's, 0 (fastest) to 12.
    """

    compression_level: int = 5
    channels: int = 1

    sample_rate_hz: ClassVar[int] = 44_100
    frame_samples: ClassVar[int] = 1152  # mp3's, so that both have one timeline
    delay_samples: ClassVar[int] = 0
    headroom_db: ClassVar[float] = 0.0

    @property
    def _encoding(self) -> Encoding:
        options = {"frame_size": str(self.frame_samples), "compression_level": str(self.compression_level)}
        return Encoding("flac", "s16", self.sample_rate_hz, self.frame_samples, 0, options, self.channels)

    @property
    def key(self) -> str:
        """All that decides the packets' bytes."""
        return self._encoding.key

    def encode(self, samples: Samples) -> Packets:
        """Packets of a clip, from a fresh encoder; AudioError unless it is a whole number of frames."""
        return self._encoding.packets(int16_of(samples))

    def decode(self, packets: Packets) -> Samples:
        """Sound of these packets, to the bit; damaged ones raise AudioError."""
        return samples_of(self.decode_pcm16(packets))

    def decode_pcm16(self, packets: Packets) -> NDArray[np.int16]:
        """Sound of these packets as the 16-bit numbers they hold; damaged ones raise AudioError."""
        header = stream_info(FrameLimits(), 0, self.channels)
        sound = decoded_samples("flac", self.sample_rate_hz, header, packets, self.channels)
        if sound.shape[-1] != len(packets.sizes) * self.frame_samples:
            raise AudioError("Encoded sound is damaged (flac: frames are missing). Encode the passage again.")
        return sound.astype(np.int16, copy=False)

    def decode_wave(self, packets: Packets) -> bytes:
        """The same as WAV files have it: little-endian, channels interleaved."""
        return interleaved(self.decode_pcm16(packets)).astype("<i2", copy=False).tobytes()


@dataclass(frozen=True, slots=True)
class FrameLimits:
    """Sizes in bytes of the smallest and the largest frame of a stream; 0 when they are not known."""

    smallest: int = 0
    largest: int = 0


def stream_info(limits: FrameLimits, n_samples: int, channels: int) -> bytes:
    """Body of the STREAMINFO block of a FlacCodec's stream. Source: RFC 9639, section 8.2.

    n_samples: length of the whole stream, 0 when not known. The sound's MD5 is left out, as the standard
    allows: it would need all the sound.
    """
    block_samples = struct.pack(">2H", FlacCodec.frame_samples, FlacCodec.frame_samples)
    frame_bytes = limits.smallest.to_bytes(3, "big") + limits.largest.to_bytes(3, "big")
    rate_and_length = FlacCodec.sample_rate_hz << 44 | (channels - 1) << 41 | (_BITS - 1) << 36 | n_samples
    return block_samples + frame_bytes + struct.pack(">Q", rate_and_length) + bytes(16)
