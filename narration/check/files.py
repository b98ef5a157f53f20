"""Whether a file holds the episode: its packets, length, chapters and tags against the timeline."""

import os
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from audio.episode import Chapter
from audio.errors import AudioError
from audio.formats.flac_frames import renumbered
from audio.formats.tag_text import tag_text
from narration.check.findings import Finding, error
from narration.check.packets import packet_findings
from narration.check.read_back import FileFacts, facts
from narration.episode import Timeline
from narration.formats import format_for
from narration.heard import HeardSegment

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_CHAPTER_OFF_S = 0.025  # Opus files count in hundredths, a reader of them may round; a chapter moved is moved further
_AHEAD_BYTES = 65_536  # read beyond what is looked for: a map of the whole file would count as our memory
_CONTIGUOUS = (".mp3", ".m4a", ".m4b", ".flac")
_PAGED = (".opus",)
_TITLE_CHARACTERS = 60
_LENGTH_OFF_S = 0.06  # two frames: what programs count of the first and the last one


def file_findings(path: Path, line: Timeline, heard: Sequence[HeardSegment]) -> Iterator[Finding]:
    """What of the episode the file does not hold, or holds elsewhere."""
    yield from _findings(path, line, packet_findings(path, line, heard))


def written_findings(path: Path, line: Timeline) -> Iterator[Finding]:
    """The same of a file that was just written, but quick: of packets, whether their very bytes are there.

    Not of WAV, whose sound would have to be decoded for it.
    """
    yield from _findings(path, line, _byte_findings(path, line))


def _findings(path: Path, line: Timeline, of_packets: Iterator[Finding]) -> Iterator[Finding]:
    """What the file says of itself, and then what is found of its packets."""
    try:
        told = facts(path)
    except AudioError as damage:
        yield error("file", str(damage))
        return
    yield from _length_findings(path, line, told)
    yield from _tag_findings(path, line, told)
    yield from _chapter_findings(path, line, told)
    yield from of_packets


def _byte_findings(path: Path, line: Timeline) -> Iterator[Finding]:
    suffix = path.suffix.lower()
    if (suffix in _CONTIGUOUS and not _holds_all(path, line)) or (suffix in _PAGED and not _is_as_written(path, line)):
        yield error("packets", f"{path.name} does not hold what was written into it; the disk may be failing.")


def _holds_all(path: Path, line: Timeline) -> bool:
    with path.open("rb") as file:
        return all(_is_found(file, payload) for payload in _payloads(path, line))


def _payloads(path: Path, line: Timeline) -> Iterator[bytes]:
    """The packets of each part as they stand in the file: one behind the other, FLAC's frames with their numbers."""
    n_frames = 0
    for part in line.episode.parts:
        packets = part.packets()
        if path.suffix.lower() == ".flac":
            packets = renumbered(packets, n_frames)
            n_frames += len(packets.sizes)
        yield packets.payload


def _is_as_written(path: Path, line: Timeline) -> bool:
    """Whether the file would be written just so again: pages have their heads between the packets."""
    with path.open("rb") as file:
        beside = _Beside(file)
        format_for(path).write(line.episode, beside)
        return beside.is_same and not file.read(1)


class _Beside(BytesIO):
    """Something to write into that holds what is written against a file."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self.is_same = True

    def write(self, data: "ReadableBuffer") -> int:
        """Read as much as is written, and compare."""
        written = bytes(data)
        self.is_same = self.is_same and self._file.read(len(written)) == written
        return len(written)


def _is_found(file: BinaryIO, wanted: bytes) -> bool:
    """Whether these bytes come further on; the file is then behind them. As a rule they come next."""
    window = b""
    while block := file.read(len(wanted) + _AHEAD_BYTES):
        window = window[max(0, len(window) - len(wanted)) :] + block
        at = window.find(wanted)
        if at >= 0:
            file.seek(at + len(wanted) - len(window), os.SEEK_CUR)
            return True
    return not wanted


def _length_findings(path: Path, line: Timeline, told: FileFacts) -> Iterator[Finding]:
    if abs(told.duration_s - line.duration_s) > _LENGTH_OFF_S:
        yield error(
            "length", f"{path.name} says it is {told.duration_s:.2f} s long; the episode is {line.duration_s:.2f} s."
        )


def _tag_findings(path: Path, line: Timeline, told: FileFacts) -> Iterator[Finding]:
    tags = line.episode.tags
    for name, expected, found in (("title", tags.title, told.title), ("author", tags.author, told.author)):
        if _opening(expected) != _opening(found):
            yield error("tag", f"{path.name} has the {name} “{found}”, where “{expected}” is expected.")


def _chapter_findings(path: Path, line: Timeline, told: FileFacts) -> Iterator[Finding]:
    chapters = line.episode.chapters
    if len(told.chapters) != len(chapters):
        yield error("chapter", f"{path.name} has {len(told.chapters)} chapters; the episode has {len(chapters)}.")
    rate_hz = line.episode.codec.sample_rate_hz
    for number, (expected, (title, start_s)) in enumerate(zip(chapters, told.chapters, strict=False), 1):
        yield from _chapter_finding(number, expected, expected.start_samples / rate_hz, title, start_s)


def _chapter_finding(number: int, expected: Chapter, at_s: float, title: str, start_s: float) -> Iterator[Finding]:
    if abs(start_s - at_s) > _CHAPTER_OFF_S:
        message = f"Chapter {number}, “{expected.title}”, is marked at {start_s:.2f} s; it begins at {at_s:.2f} s."
        yield Finding(None, "chapter", "error", round(min(start_s, at_s), 3), round(max(start_s, at_s), 3), message)
    if _opening(title) != _opening(expected.title):
        message = f"Chapter {number} is called “{title}”; it is “{expected.title}”."
        yield Finding(None, "chapter", "error", round(at_s, 3), round(at_s, 3), message)


def _opening(title: str) -> str:
    """What every format keeps of a title: some cut long ones, and white space is not always left as it is."""
    return " ".join(tag_text(title).split())[:_TITLE_CHARACTERS]
