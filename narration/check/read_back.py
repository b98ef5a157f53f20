"""An audio file read back by programs that did not write it: PyAV and mutagen."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audio.clip import Samples
from audio.errors import AudioError

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer

_TITLE, _AUTHOR = ("title", "TIT2"), ("artist", "TPE1")  # as mutagen calls them; WAV has them by their ID3 names


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a file says of itself. duration_s: by mutagen; chapters: title and start in seconds, by PyAV."""

    duration_s: float
    title: str
    author: str
    chapters: tuple[tuple[str, float], ...]


def facts(path: Path) -> FileFacts:
    """What the file says of itself. Raises AudioError for one that is not there or no sound file."""
    import mutagen

    try:
        tagged = mutagen.File(path, easy=True)
    except (mutagen.MutagenError, OSError) as problem:
        raise AudioError(f"{path} cannot be read: {problem}.") from problem
    if tagged is None:
        raise AudioError(f"{path} is no sound file that can be read.")
    with _opened(path) as (container, _):
        chapters = [
            (str(each["metadata"].get("title", "")), float(each["start"] * (each["time_base"] or 0)))
            for each in container.chapters()
        ]
    chapters.sort(key=lambda chapter: chapter[1])
    return FileFacts(float(tagged.info.length), _tag(tagged, _TITLE), _tag(tagged, _AUTHOR), tuple(chapters))


def sounds(path: Path) -> Iterator[Samples]:
    """What a player hears, piece by piece: float32 mono, delay taken off. Raises AudioError where it is damaged."""
    import av

    position_s = 0.0
    with _opened(path) as (container, stream):
        to_floats = av.AudioResampler(format="fltp", layout="mono")
        try:
            for frame in container.decode(stream):
                for part in to_floats.resample(frame):
                    position_s += part.samples / part.sample_rate
                    yield part.to_ndarray()[0]
        except (av.FFmpegError, ValueError) as problem:
            raise AudioError(f"{path} is damaged after {position_s:.1f} s: {problem}.") from problem


def packets(path: Path) -> Iterator[bytes]:
    """The file's packets as they stand in it. Raises AudioError."""
    import av

    with _opened(path) as (container, stream):
        try:
            for packet in container.demux(stream):
                if packet.size:
                    yield bytes(packet)
        except (av.FFmpegError, ValueError) as problem:
            raise AudioError(f"{path} is damaged: {problem}.") from problem


def sample_rate_hz(path: Path) -> int:
    """The rate of what `sounds` gives."""
    with _opened(path) as (_, stream):
        return int(stream.rate)


@contextmanager
def _opened(path: Path) -> Iterator[tuple["InputContainer", "AudioStream"]]:
    import av

    try:
        container = av.open(str(path))
    except (av.FFmpegError, OSError, ValueError) as problem:
        raise AudioError(f"{path} cannot be read: {problem}.") from problem
    with container:
        if not container.streams.audio:
            raise AudioError(f"{path} holds no sound.")
        yield container, container.streams.audio[0]


def _tag(tagged: Any, names: tuple[str, ...]) -> str:  # noqa: ANN401 - one of mutagen's untyped classes
    for name in names:
        if tagged.tags and name in tagged.tags:
            value = tagged.tags[name]
            return str(value[0] if isinstance(value, list) else value)
    return ""
