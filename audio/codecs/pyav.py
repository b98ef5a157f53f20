"""Packets through PyAV's codec contexts, one packet to a frame."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from audio.errors import AudioError
from audio.packets import Packets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from av import AudioCodecContext, AudioFrame
    from numpy.typing import NDArray

    from audio.clip import Samples


@dataclass(frozen=True, slots=True)
class Encoding:
    """One of libavcodec's encoders, mono, and all that it is told.

    sample_format: libavcodec's name for what goes in; bit_rate_bps: 0 for a lossless one.
    """

    name: str
    sample_format: str
    sample_rate_hz: int
    frame_samples: int
    bit_rate_bps: int
    options: Mapping[str, str]

    @property
    def key(self) -> str:
        """All that decides the packets' bytes; PyAV's version stands for those of the libraries it brings."""
        from av import __version__, library_versions

        libavcodec = ".".join(map(str, library_versions["libavcodec"]))
        options = ",".join(f"{name}={value}" for name, value in self.options.items())
        sound = f"mono {self.sample_rate_hz} Hz {self.bit_rate_bps} bit/s"
        return f"{self.name} {sound} {options} libavcodec {libavcodec} PyAV {__version__}"

    def packets(self, samples: Samples | NDArray[np.int16]) -> Packets:
        """One packet for each frame of samples, from a fresh encoder; what flushing would add is dropped.

        samples: mono, as the sample format has them; a whole number of frames, or AudioError.
        """
        from av.error import FFmpegError

        n_frames, rest = divmod(len(samples), self.frame_samples)
        if rest:
            raise AudioError(
                f"{len(samples)} samples cannot be encoded as {self.name}: "
                f"pad them with silence to a multiple of {self.frame_samples}."
            )
        context = self.encoder()
        packets: list[bytes] = []
        try:
            for start in range(0, len(samples), self.frame_samples):
                packets += map(bytes, context.encode(self._frame(samples, start)))
            packets += map(bytes, context.encode(None))
        except FFmpegError as error:
            raise AudioError(f"The {self.name} encoder failed: {error}. Record the passage again.") from error
        kept = packets[:n_frames]
        return Packets(np.fromiter(map(len, kept), np.uint32, len(kept)), b"".join(kept))

    def encoder(self) -> AudioCodecContext:
        """A fresh encoder, whose packets bear no mark of its version."""
        from av import AudioCodecContext
        from av.codec.context import Flags

        context = AudioCodecContext.create(self.name, "w")
        assert isinstance(context, AudioCodecContext)
        context.format = self.sample_format
        context.layout = "mono"
        context.sample_rate = self.sample_rate_hz
        context.time_base = Fraction(1, self.sample_rate_hz)
        context.bit_rate = self.bit_rate_bps
        context.flags |= Flags.bitexact
        context.options = dict(self.options)
        return context

    def _frame(self, samples: Samples | NDArray[np.int16], start: int) -> AudioFrame:
        from av import AudioFrame

        planes = samples[np.newaxis, start : start + self.frame_samples].copy()
        frame = AudioFrame.from_ndarray(planes, format=self.sample_format, layout="mono")
        frame.sample_rate = self.sample_rate_hz
        frame.pts = start
        return frame


def decoded_samples(name: str, sample_rate_hz: int, extradata: bytes, packets: Packets) -> Samples:
    """All that comes out of a fresh mono decoder, its delay included, as float32 (from "flac": as int16).

    extradata: the codec's own header. Damaged packets raise AudioError.
    """
    from av import AudioCodecContext, Packet
    from av.error import FFmpegError

    context = AudioCodecContext.create(name, "r")
    assert isinstance(context, AudioCodecContext)
    context.sample_rate = sample_rate_hz
    context.layout = "mono"
    context.extradata = extradata
    context.thread_count = 1
    ends = np.cumsum(packets.sizes, dtype=np.int64).tolist()
    sound: list[Samples] = []
    try:
        for start, end in pairwise([0, *ends]):
            sound += map(_mono, context.decode(Packet(packets.payload[start:end])))
        sound += map(_mono, context.decode(None))
    except FFmpegError as error:
        raise AudioError(f"Encoded sound is damaged ({name}: {error}). Encode the passage again.") from error
    return np.concatenate(sound) if sound else np.zeros(0, np.float32)


def _mono(frame: AudioFrame) -> Samples:
    """A mono frame's samples: a copy of its only plane, three times as fast as its own `to_ndarray`."""
    kind = np.int16 if frame.format.name.startswith("s16") else np.float32
    samples: Samples = np.frombuffer(bytes(frame.planes[0]), kind, frame.samples)
    return samples
