"""ID3v2.3 tags: an mp3 file opens with one, a WAV file carries one in a chunk.

Version 2.3, because ffmpeg loses chapters with long titles in version 2.4; chapters in playing order, because
readers take them in file order. Source: "ID3 tag version 2.3.0" and "ID3v2 Chapter Frame Addendum", id3.org.
"""

import re
import struct
from collections.abc import Iterator
from itertools import pairwise

from audio.episode import Cover, Episode, Tags
from audio.errors import AudioError
from audio.formats.languages import bibliographic_code
from audio.formats.tag_text import chapter_time_ms, tag_pairs, tag_text, time_ms

_MAX_BYTES = (1 << 28) - 1
_MAX_ENTRIES = 255  # the table of contents counts its entries in one byte
_ORDERED, _TOP_LEVEL = 0x01, 0x02
_NO_OFFSET = 0xFFFFFFFF  # chapters are found by their time, not by a byte
_FRONT_COVER = 3


def id3_tag(episode: Episode) -> bytes:
    """Tags, cover and chapters of the episode as one ID3v2.3 tag; AudioError beyond 256 MiB."""
    frames = b"".join(
        [
            *_tag_frames(episode.tags),
            _text_frame("TLEN", str(time_ms(episode.n_samples, episode.codec.sample_rate_hz))),
            *_cover_frames(episode.tags.cover),
            *_contents_frames(len(episode.chapters)),
            *_chapter_frames(episode),
        ]
    )
    if len(frames) > _MAX_BYTES:
        raise AudioError("Cover and chapter titles exceed the 256 MiB that ID3 allows; take a smaller cover.")
    synchsafe = bytes(len(frames) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + synchsafe + frames


def _tag_frames(tags: Tags) -> Iterator[bytes]:
    pairs = dict(tag_pairs(tags))
    language = bibliographic_code(pairs.get("language", ""))
    if "title" in pairs:
        yield _text_frame("TIT2", pairs["title"])
    if "author" in pairs:
        yield _text_frame("TPE1", pairs["author"])
    yield from _date_frames(pairs.get("date", ""))
    if "language" in pairs:
        yield _text_frame("TLAN", language)
    if "description" in pairs:
        comment = _encoded("", pairs["description"])
        yield _frame("COMM", comment[:1] + language.encode("ascii") + comment[1:])


def _date_frames(date: str) -> Iterator[bytes]:
    """Year, and day and month as DDMM; a date that is not ISO 8601 has neither."""
    if parts := re.match(r"(\d{4})(?:-(\d{2})-(\d{2}))?(?!\d)", date, re.ASCII):
        year, month, day = parts.groups()
        yield _text_frame("TYER", year)
        if day:
            yield _text_frame("TDAT", day + month)


def _cover_frames(cover: Cover | None) -> Iterator[bytes]:
    if cover:
        mime = cover.mime.encode("ascii")
        yield _frame("APIC", b"\0" + mime + b"\0" + bytes([_FRONT_COVER]) + b"\0" + cover.image)


def _chapter_frames(episode: Episode) -> Iterator[bytes]:
    rate = episode.codec.sample_rate_hz
    starts = [chapter_time_ms(chapter, rate) for chapter in episode.chapters]
    times = pairwise([*starts, time_ms(episode.n_samples, rate)])
    for number, (chapter, (start, end)) in enumerate(zip(episode.chapters, times, strict=True)):
        place = struct.pack(">4I", start, end, _NO_OFFSET, _NO_OFFSET)
        title = _text_frame("TIT2", tag_text(chapter.title))
        yield _frame("CHAP", _chapter_id(number) + b"\0" + place + title)


def _contents_frames(n_chapters: int) -> Iterator[bytes]:
    """Tables of contents: of the chapters, and where these are too many for one table, a tree of tables."""
    entries = [_chapter_id(number) for number in range(n_chapters)]
    frames: list[bytes] = []
    while len(entries) > _MAX_ENTRIES:
        groups = [entries[start : start + _MAX_ENTRIES] for start in range(0, len(entries), _MAX_ENTRIES)]
        entries = [b"toc%d" % (len(frames) + number) for number in range(len(groups))]
        frames += [_contents_frame(*table, _ORDERED) for table in zip(entries, groups, strict=True)]
    if entries:
        yield _contents_frame(b"toc", entries, _TOP_LEVEL | _ORDERED)
        yield from frames


def _contents_frame(element_id: bytes, entries: list[bytes], flags: int) -> bytes:
    return _frame("CTOC", element_id + b"\0" + bytes([flags, len(entries)]) + b"".join(e + b"\0" for e in entries))


def _chapter_id(number: int) -> bytes:
    return b"%d" % (number + 1)  # where a chapter has no title, ffmpeg shows this


def _text_frame(frame_id: str, text: str) -> bytes:
    return _frame(frame_id, _encoded(text))


def _encoded(*texts: str) -> bytes:
    """Texts with NUL between them, behind an encoding byte: 0, Latin-1, kept to ASCII; or 1, UTF-16.

    Some players take Latin-1 for the code page of their own system.
    """
    if all(text.isascii() for text in texts):
        return b"\0" + "\0".join(texts).encode("ascii")
    return b"\1" + b"\0\0".join(b"\xff\xfe" + text.encode("utf-16-le") for text in texts)


def _frame(frame_id: str, body: bytes) -> bytes:
    return frame_id.encode("ascii") + struct.pack(">IH", len(body), 0) + body
