"""Recordings that people bring, in any format that ffmpeg's libraries read; the content tells which."""

from collections.abc import Iterator
from io import SEEK_END, BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from audio.clip import LAYOUTS, Clip, interleaved, planar
from audio.errors import AudioError

if TYPE_CHECKING:
    from av import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

# Formats that hold their sound themselves; playlists, which name other files and addresses, are left out.
_FORMATS = "aac,ac3,aiff,amr,ape,asf,au,avi,caf,flac,flv,matroska,mov,mp3,mpeg,mpegts,ogg,tta,w64,wav,wv"
_SELF_TIMED = {"aiff", "au", "caf", "flac", "mov", "ogg", "w64", "wav"}  # say how long they are, and mean it
_MISSING_S = 0.05  # more than this gone is a hole; less is how containers round
_UNKNOWN_WAV_BYTES = 0x7FFF0000  # sizes from here on are what programs write when they do not know it yet


def decoded(source: Path | bytes, name: str = "", limit_s: float = 3600.0, channels: int = 1) -> Clip:
    """The sound of a recording at its own sample rate, in one channel, the mean of all, or in two.

    In two, a single one becomes the same in both, and more than two are laid left and right as ffmpeg does.
    source: a file, or its bytes. name: what messages call it; the file's own name unless given. The encoder's
    delay at the start of mp3 and AAC is taken off. AudioError: the file cannot be opened, is empty, no media
    file, without sound, damaged, cut off, or longer than limit_s seconds.
    """
    if isinstance(source, bytes):
        return _joined(_stretches(BytesIO(source), name or "The recording", limit_s, channels), channels)
    return _joined(stretches(source, name, limit_s, channels), channels)


def stretches(source: Path, name: str = "", limit_s: float = 3600.0, channels: int = 1) -> Iterator[Clip]:
    """What decoded gives, in stretches of a few thousand samples, so that no more than one is in memory.

    What is wrong with a file may show only behind its last stretch.
    """
    name = name or source.name
    try:
        with source.open("rb") as file:
            yield from _stretches(file, name, limit_s, channels)
    except OSError as error:
        reason = error.strerror or error
        raise AudioError(f"{name} cannot be opened ({reason}); check its path and permissions.") from error


def _joined(clips: Iterator[Clip], channels: int) -> Clip:
    sound = bytearray()  # grows in place; a list of clips would be in memory twice when they are put together
    rate = 0
    for clip in clips:
        rate = clip.sample_rate_hz
        sound += interleaved(clip.samples).tobytes()
    return Clip(planar(np.frombuffer(sound, np.float32), channels), rate)


def _stretches(file: BinaryIO, name: str, limit_s: float, channels: int) -> Iterator[Clip]:
    import av

    _check_size(file, name)
    try:
        container = av.open(file, "r", options={"format_whitelist": _FORMATS})
    except (av.FFmpegError, ValueError) as error:
        raise AudioError(f"{name} is no sound file that can be read; bring WAV, FLAC, MP3 or M4A.") from error
    with container:
        stream = next((stream for stream in container.streams.audio if stream.codec_context), None)
        if stream is None:
            raise AudioError(f"{name} holds no sound that can be decoded; bring one with a sound track.")
        declared_s = _declared_s(container, stream)
        if declared_s > limit_s:
            raise AudioError(_too_long(name, limit_s))
        reached_s = 0.0
        for clip in _sound(container, stream, name, limit_s, channels):
            reached_s += clip.duration_s
            yield clip
    if reached_s < declared_s - _MISSING_S:
        left = f"{reached_s:.1f} s of {declared_s:.1f} s"
        raise AudioError(f"{name} is incomplete: {left} are left; copy or export it again.")


def _check_size(file: BinaryIO, name: str) -> None:
    """Refuse an empty file, and a WAV file shorter than its header says: ffmpeg would not notice."""
    head = file.read(8)
    n_bytes = file.seek(0, SEEK_END)
    file.seek(0)
    if not n_bytes:
        raise AudioError(f"{name} is empty; record or export it again.")
    declared = 8 + int.from_bytes(head[4:8], "little")
    if head[:4] == b"RIFF" and n_bytes < declared < _UNKNOWN_WAV_BYTES:
        left = f"{n_bytes} of {declared} bytes"
        raise AudioError(f"{name} is incomplete: {left} are left; copy or export it again.")


def _declared_s(container: "InputContainer", stream: "AudioStream") -> float:
    """How long the file says its sound is; 0 where it does not and ffmpeg guesses from the bit rate."""
    names = set(container.format.name.split(","))
    # In mp3 only a LAME header gives a delay, and it gives the length as well.
    lame_header = "mp3" in names and bool(stream.start_time)
    if stream.duration and stream.time_base and (lame_header or names & _SELF_TIMED):
        return float(stream.duration * stream.time_base)
    if container.duration and "matroska" in names and len(container.streams) == 1:
        return container.duration / 1_000_000
    return 0.0


def _sound(
    container: "InputContainer", stream: "AudioStream", name: str, limit_s: float, channels: int
) -> Iterator[Clip]:
    """The stream's sound; in one channel the mean, so that what was recorded in mono keeps its level."""
    n_samples = 0
    for frame in _frames(container, stream, name, channels):
        planes = frame.to_ndarray()
        samples = planes.mean(axis=0, dtype=np.float32) if channels == 1 else np.asarray(planes, np.float32)
        if not np.isfinite(samples).all():
            raise AudioError(f"{name} is damaged: samples in it are no numbers; export it again.")
        n_samples += samples.shape[-1]
        if n_samples > frame.sample_rate * limit_s:
            raise AudioError(_too_long(name, limit_s))
        yield Clip(samples, frame.sample_rate)
    if not n_samples:
        raise AudioError(f"{name} has a sound track without a single sample; record or export it again.")


def _frames(container: "InputContainer", stream: "AudioStream", name: str, channels: int) -> Iterator["AudioFrame"]:
    """The stream's frames as planar float32 at one rate, all in one layout: that of two channels, or the stream's."""
    import av

    resampler = av.AudioResampler(format="fltp", layout=None if channels == 1 else LAYOUTS[channels])
    position_s = 0.0
    damage: av.FFmpegError | None = None
    try:
        for packet in container.demux(stream):
            try:
                frames = packet.decode()
            except av.FFmpegError as error:
                if container.format.name != "mp3":
                    raise
                damage = error  # or a tag at the end (APE, Lyrics3) that ffmpeg takes for sound
                continue
            if frames and damage:
                raise damage
            for frame in frames:
                position_s += frame.samples / frame.sample_rate
                yield from resampler.resample(frame)
        yield from resampler.resample(None)
    except (av.FFmpegError, ValueError) as error:
        # ValueError: the stream goes on at another rate or with other channels.
        raise AudioError(f"{name} is damaged after {position_s:.1f} s; copy or export it again.") from error


def _too_long(name: str, limit_s: float) -> str:
    return f"{name} is longer than {limit_s:g} s; bring a recording of one paragraph."
