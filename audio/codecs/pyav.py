"""Packets through PyAV's codec contexts, one packet to a frame."""

from __future__ import annotations

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


def encoder(
    name: str, sample_format: str, sample_rate_hz: int, bit_rate_bps: int, options: Mapping[str, str]
) -> AudioCodecContext:
    """Fresh mono encoder whose packets bear no mark of its version."""
    from av import AudioCodecContext
    from av.codec.context import Flags

    context = AudioCodecContext.create(name, "w")
    assert isinstance(context, AudioCodecContext)
    context.format = sample_format
    context.layout = "mono"
    context.sample_rate = sample_rate_hz
    context.time_base = Fraction(1, sample_rate_hz)
    context.bit_rate = bit_rate_bps
    context.flags |= Flags.bitexact
    context.options = dict(options)
    return context


def encoded_packets(context: AudioCodecContext, samples: Samples | NDArray[np.int16], frame_samples: int) -> Packets:
    """One packet for each frame of samples; what flushing would add is dropped.

    samples: mono, as the context's sample format has them; a whole number of frames, or AudioError.
    """
    from av import AudioFrame
    from av.error import FFmpegError

    n_frames, rest = divmod(len(samples), frame_samples)
    if rest:
        raise AudioError(
            f"{len(samples)} samples cannot be encoded as {context.name}: "
            f"pad them with silence to a multiple of {frame_samples}."
        )
    packets: list[bytes] = []
    try:
        for start in range(0, len(samples), frame_samples):
            planes = samples[np.newaxis, start : start + frame_samples].copy()
            frame = AudioFrame.from_ndarray(planes, format=context.format.name, layout="mono")
            frame.sample_rate = context.sample_rate
            frame.pts = start
            packets += map(bytes, context.encode(frame))
        packets += map(bytes, context.encode(None))
    except FFmpegError as error:
        raise AudioError(f"The {context.name} encoder failed: {error}. Record the passage again.") from error
    kept = packets[:n_frames]
    return Packets(np.fromiter(map(len, kept), np.uint32, len(kept)), b"".join(kept))


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
