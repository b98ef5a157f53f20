"""Packets through PyAV's codec contexts, one packet to a frame."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from audio.clip import LAYOUTS, interleaved, planar
from audio.errors import AudioError
from audio.packets import Packets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from av import AudioCodecContext, AudioFrame
    from numpy.typing import NDArray

    from audio.clip import Samples


@dataclass(frozen=True, slots=True)
class Encoding:
    """One of libavcodec's encoders, and all that it is told.

    sample_format: libavcodec's name for what goes in; bit_rate_bps: 0 for a lossless one.
    """

    name: str
    sample_format: str
    sample_rate_hz: int
    frame_samples: int
    bit_rate_bps: int
    options: Mapping[str, str]
    channels: int = 1

    @property
    def key(self) -> str:
        """All that decides the packets' bytes; PyAV's version stands for those of the libraries it brings."""
        from av import __version__, library_versions

        libavcodec = ".".join(map(str, library_versions["libavcodec"]))
        options = ",".join(f"{name}={value}" for name, value in self.options.items())
        sound = f"{LAYOUTS[self.channels]} {self.sample_rate_hz} Hz {self.bit_rate_bps} bit/s"
        return f"{self.name} {sound} {options} libavcodec {libavcodec} PyAV {__version__}"

    def packets(self, samples: Samples | NDArray[np.int16]) -> Packets:
        """One packet for each frame of samples, from a fresh encoder; what flushing would add is dropped.

        samples: in the sample format's numbers; a whole number of frames, or AudioError. One channel goes into both.
        """
        from av.error import FFmpegError

        n_samples = samples.shape[-1]
        n_frames, rest = divmod(n_samples, self.frame_samples)
        if rest:
            raise AudioError(
                f"{n_samples} samples cannot be encoded as {self.name}: "
                f"pad them with silence to a multiple of {self.frame_samples}."
            )
        context = self.encoder()
        channels: NDArray[Any] = np.broadcast_to(samples, (self.channels, n_samples))
        packets: list[bytes] = []
        try:
            for start in range(0, n_samples, self.frame_samples):
                packets += map(bytes, context.encode(self._frame(channels, start)))
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
        context.layout = LAYOUTS[self.channels]
        context.sample_rate = self.sample_rate_hz
        context.time_base = Fraction(1, self.sample_rate_hz)
        context.bit_rate = self.bit_rate_bps
        context.flags |= Flags.bitexact
        context.options = dict(self.options)
        return context

    def _frame(self, channels: NDArray[Any], start: int) -> AudioFrame:
        from av import AudioFrame

        planes = channels[:, start : start + self.frame_samples]
        if not self.sample_format.endswith("p"):
            planes = interleaved(planes)[np.newaxis]
        frame = AudioFrame.from_ndarray(planes.copy(), format=self.sample_format, layout=LAYOUTS[self.channels])
        frame.sample_rate = self.sample_rate_hz
        frame.pts = start
        return frame


def decoded_samples(name: str, sample_rate_hz: int, extradata: bytes, packets: Packets, channels: int) -> Samples:
    """All that comes out of a fresh decoder, its delay included, as float32 (from "flac": as int16).

    extradata: the codec's own header. Damaged packets raise AudioError.
    """
    from av import AudioCodecContext, Packet
    from av.error import FFmpegError

    context = AudioCodecContext.create(name, "r")
    assert isinstance(context, AudioCodecContext)
    context.sample_rate = sample_rate_hz
    context.layout = LAYOUTS[channels]
    context.extradata = extradata
    context.thread_count = 1
    ends = np.cumsum(packets.sizes, dtype=np.int64).tolist()
    sound: list[Samples] = []
    try:
        for start, end in pairwise([0, *ends]):
            sound += [_samples(frame, channels) for frame in context.decode(Packet(packets.payload[start:end]))]
        sound += [_samples(frame, channels) for frame in context.decode(None)]
    except FFmpegError as error:
        raise AudioError(f"Encoded sound is damaged ({name}: {error}). Encode the passage again.") from error
    return np.concatenate(sound, axis=-1) if sound else planar(np.zeros(0, np.float32), channels)


def _samples(frame: AudioFrame, channels: int) -> Samples:
    """A frame's samples: copies of its planes, three times as fast as its own `to_ndarray`."""
    if frame.layout.nb_channels != channels:
        raise AudioError(
            "Encoded sound is damaged: it has other channels than it began with. Encode the passage again."
        )
    kind = np.int16 if frame.format.name.startswith("s16") else np.float32
    planes = [np.frombuffer(bytes(plane), kind) for plane in frame.planes]
    if len(planes) == channels == 2:
        return np.stack([plane[: frame.samples] for plane in planes])
    samples: Samples = planar(planes[0][: frame.samples * channels], channels)
    return samples
