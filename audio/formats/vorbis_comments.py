"""Vorbis comments: tags, chapters and cover as FLAC and Ogg Opus files carry them."""

import base64
import struct
from collections.abc import Iterable

from audio.episode import Chapter, Cover, Episode, Tags
from audio.formats.tag_text import chapter_time_ms, tag_pairs, tag_text

Comment = tuple[str, str]

VENDOR = "narration"
_KEYS = {
    "title": "TITLE",
    "author": "ARTIST",
    "date": "DATE",
    "language": "LANGUAGE",
    "description": "DESCRIPTION",
}
_FRONT_COVER = 3  # picture type, as in ID3v2 APIC
_BITS_PER_PIXEL = 24


def comment_block(vendor: str, comments: Iterable[Comment]) -> bytes:
    """Body of a comment header, without the framing bit that only Ogg Vorbis has.

    comments: (KEY, value) pairs in file order. Source: Ogg Vorbis I, section 5; RFC 9639, section 8.6.
    """
    entries = [f"{key}={value}".encode() for key, value in comments]
    return b"".join([_counted(vendor.encode()), struct.pack("<I", len(entries)), *map(_counted, entries)])


def episode_comments(episode: Episode) -> tuple[Comment, ...]:
    """Tags and chapters of the episode as comments; the cover is not among them (picture_comment)."""
    return (
        *tag_comments(episode.tags),
        *chapter_comments(episode.chapters, episode.codec.sample_rate_hz),
    )


def tag_comments(tags: Tags) -> tuple[Comment, ...]:
    """TITLE, ARTIST, DATE, LANGUAGE and DESCRIPTION, as far as they are set."""
    return tuple((_KEYS[name], value) for name, value in tag_pairs(tags))


def chapter_comments(chapters: Iterable[Chapter], sample_rate_hz: int) -> tuple[Comment, ...]:
    """CHAPTERxxx and CHAPTERxxxNAME of every chapter, numbered from 000, which leaves room for 1,000.

    sample_rate_hz: the rate that Chapter.start_samples counts in. Source: wiki.xiph.org/Chapter_Extension.
    """
    comments: list[Comment] = []
    for number, chapter in enumerate(chapters):
        key = f"CHAPTER{number:03}"
        comments.append((key, _clock(chapter_time_ms(chapter, sample_rate_hz))))
        comments.append((f"{key}NAME", tag_text(chapter.title)))
    return tuple(comments)


def picture_block(cover: Cover) -> bytes:
    """Body of a FLAC picture block: the cover as front cover. Source: RFC 9639, section 8.8."""
    size = struct.pack(">4I", cover.width, cover.height, _BITS_PER_PIXEL, 0)
    mime = cover.mime.encode("ascii")
    return b"".join(
        [
            struct.pack(">2I", _FRONT_COVER, len(mime)),
            mime,
            struct.pack(">I", 0),  # no description
            size,
            struct.pack(">I", len(cover.image)),
            cover.image,
        ]
    )


def picture_comment(cover: Cover) -> Comment:
    """Cover as Ogg files carry it: a picture block in base 64."""
    return ("METADATA_BLOCK_PICTURE", base64.b64encode(picture_block(cover)).decode("ascii"))


def _counted(entry: bytes) -> bytes:
    return struct.pack("<I", len(entry)) + entry


def _clock(time_ms: int) -> str:
    seconds, milliseconds = divmod(time_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{milliseconds:03}"
