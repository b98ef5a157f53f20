"""mp3 through LAME: the codec of .mp3."""

from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import ClassVar

import numpy as np

from audio.clip import LAYOUTS, Samples, interleaved
from audio.codecs.pyav import decoded_samples
from audio.errors import AudioError
from audio.packets import Packets, Sizes
from audio.pcm import int16_of

_SAMPLE_RATE_HZ = 44_100
_SYNC = b"\xff\xfb"  # MPEG-1, layer III, no checksum
# MPEG-1 layer III. Source: ISO/IEC 11172-3, 2.4.2.3
_BIT_RATES_KBPS = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
# LAME turns the sound down by 5 %, at the highest rates by less (its presets.c); measured, and made up for.
_LAME_SCALES = {192: 0.97, 224: 0.98, 256: 1.0, 320: 1.0}
_LAME_SCALE = 0.95
_STRETCH = 1 << 18  # samples encoded at a time: no second clip-sized array exists


@dataclass(frozen=True, slots=True)
class Mp3Codec:
    """mp3 of a constant bit rate, 44.1 kHz, mono or joint stereo, as loud as what went in.

    bit_rate_kbps: one of MPEG-1 layer III's; quality: LAME's, 0 (slowest) to 9: 7 takes half the time of 5, and at
    64 kbit/s its noise on speech is lower and no worse masked (docs/performance.md). Up to 160 kbit/s, samples
    beyond 0.95 are clipped: LAME's own attenuation has to be made up for.
    """

    bit_rate_kbps: int = 64
    quality: int = 7
    channels: int = 1

    sample_rate_hz: ClassVar[int] = _SAMPLE_RATE_HZ
    frame_samples: ClassVar[int] = 1152
    delay_samples: ClassVar[int] = 1105  # 576 of LAME's encoder, 529 of every decoder
    headroom_db: ClassVar[float] = 1.0  # at most 0.9 in 288 limited clips at 64 kbit/s

    def __post_init__(self) -> None:
        if self.bit_rate_kbps not in _BIT_RATES_KBPS:
            raise AudioError(f"mp3 has no bit rate of {self.bit_rate_kbps} kbit/s; take one of {_BIT_RATES_KBPS}.")
        if self.quality not in range(10):
            raise AudioError(f"LAME has no quality {self.quality}; take one from 0 (slowest) to 9.")

    @property
    def key(self) -> str:
        """All that decides the packets' bytes; lameenc's version stands for that of the LAME it brings."""
        rates = f"{LAYOUTS[self.channels]} {self.sample_rate_hz} Hz {self.bit_rate_kbps} kbit/s CBR"
        return f"mp3 {rates} quality {self.quality} lameenc {_encoder_version()}"

    def encode(self, samples: Samples) -> Packets:
        """Packets of a clip, from a fresh encoder; AudioError unless it is a whole number of frames."""
        from lameenc import Encoder

        n_samples = samples.shape[-1]
        n_frames, rest = divmod(n_samples, self.frame_samples)
        if rest:
            raise AudioError(
                f"{n_samples} samples cannot be encoded as mp3: "
                f"pad them with silence to a multiple of {self.frame_samples}."
            )
        encoder = Encoder()
        encoder.silence()
        encoder.set_channels(self.channels)
        encoder.set_in_sample_rate(self.sample_rate_hz)
        encoder.set_out_sample_rate(self.sample_rate_hz)
        encoder.set_bit_rate(self.bit_rate_kbps)
        encoder.set_quality(self.quality)
        scale = np.float32(_LAME_SCALES.get(self.bit_rate_kbps, _LAME_SCALE))
        encoded = bytearray()
        for start in range(0, max(n_samples, 1), _STRETCH):
            made_up = int16_of(samples[..., start : start + _STRETCH] / scale)
            sound = interleaved(np.broadcast_to(made_up, (self.channels, made_up.shape[-1])))
            encoded += encoder.encode(sound.tobytes())
        stream = bytes(encoded + encoder.flush())
        sizes = frame_sizes(stream)[:n_frames]
        return Packets(sizes, stream[: int(sizes.sum(dtype=np.int64))])

    def decode(self, packets: Packets) -> Samples:
        """Sound that a player makes of these packets; damaged ones raise AudioError."""
        sound = decoded_samples("mp3float", self.sample_rate_hz, b"", packets, self.channels)
        return sound[..., self.delay_samples :]


@cache
def _encoder_version() -> str:
    return version("lameenc")


def frame_bit_rate_kbps(header: bytes) -> int:
    """Bit rate of the 44.1 kHz MPEG-1 layer III frame that these four bytes begin, or AudioError.

    Source: ISO/IEC 11172-3, 2.4.2.3.
    """
    rate_index, is_44100_hz = header[2] >> 4, header[2] & 0x0C == 0
    if header[:2] != _SYNC or not is_44100_hz or not 1 <= rate_index <= len(_BIT_RATES_KBPS):
        raise AudioError("What should be an mp3 frame is none. Encode the passage again.")
    return _BIT_RATES_KBPS[rate_index - 1]


def frame_size(header: bytes) -> int:
    """Bytes of the frame that these four bytes begin, or AudioError. Source: ISO/IEC 11172-3, 2.4.3.1."""
    padding = header[2] >> 1 & 1
    return 144_000 * frame_bit_rate_kbps(header) // _SAMPLE_RATE_HZ + padding


def frame_sizes(stream: bytes) -> Sizes:
    """Sizes in bytes of the frames that follow each other in the stream."""
    sizes = []
    position = 0
    while position < len(stream):
        size = frame_size(stream[position : position + 4])
        sizes.append(size)
        position += size
    return np.array(sizes, np.uint32)
