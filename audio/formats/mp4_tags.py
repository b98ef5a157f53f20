"""What an MP4 player shows: iTunes tags, the cover, and Nero's chapter list."""

import struct

from audio.episode import Chapter, Episode, Tags
from audio.formats.mp4_boxes import Box, box, full_box
from audio.formats.tag_text import cut_utf8, tag_pairs

_UTF8, _JPEG, _PNG, _INTEGER = 1, 13, 14, 21  # types of values
_AUDIOBOOK = 2  # iTunes media kind
_MAX_NERO_CHAPTERS = 255  # their count is one byte, as is the length of a title
_MAX_NERO_BYTES = 255
_NERO_HZ = 10_000_000
_NAMES: dict[str, tuple[bytes, ...]] = {
    "title": (b"\xa9nam", b"\xa9alb"),
    "author": (b"\xa9ART", b"aART"),
    "date": (b"\xa9day",),
    "description": (b"desc", b"ldes", b"\xa9cmt"),
}


def user_data(episode: Episode, *, audiobook: bool) -> Box:
    """Box udta: chapters as Nero's players know them, tags as iTunes writes them."""
    handler = full_box(b"hdlr", 0, struct.pack(">4x4s4s9x", b"mdir", b"appl"))
    return box(
        b"udta",
        _nero_chapters(episode.chapters, episode.codec.sample_rate_hz),
        full_box(b"meta", 0, handler, _item_list(episode.tags, audiobook=audiobook)),
    )


def _item_list(tags: Tags, *, audiobook: bool) -> Box:
    pairs = dict(tag_pairs(tags))
    items = [_item(name, _UTF8, pairs[key].encode()) for key, names in _NAMES.items() if key in pairs for name in names]
    if "language" in pairs:
        name = (full_box(b"mean", 0, b"com.apple.iTunes"), full_box(b"name", 0, b"LANGUAGE"))
        items.append(box(b"----", *name, _value(_UTF8, pairs["language"].encode())))
    if audiobook:
        items.append(_item(b"stik", _INTEGER, bytes([_AUDIOBOOK])))
    if tags.cover is not None:
        items.append(_item(b"covr", _PNG if tags.cover.mime == "image/png" else _JPEG, tags.cover.image))
    return box(b"ilst", *items)


def _item(name: bytes, kind: int, content: bytes) -> Box:
    return box(name, _value(kind, content))


def _value(kind: int, content: bytes) -> Box:
    return full_box(b"data", kind, bytes(4), content)


def _nero_chapters(chapters: tuple[Chapter, ...], sample_rate_hz: int) -> Box:
    """Box chpl, or nothing where it cannot list all: a player that finds it looks no further."""
    if not 0 < len(chapters) <= _MAX_NERO_CHAPTERS:
        return ()
    entries: list[bytes] = []
    for chapter in chapters:
        title = cut_utf8(chapter.title, _MAX_NERO_BYTES)
        time = (chapter.start_samples * _NERO_HZ * 2 + sample_rate_hz) // (2 * sample_rate_hz)
        entries.append(struct.pack(">QB", time, len(title)) + title)
    return full_box(b"chpl", 0, struct.pack(">xxxxB", len(chapters)), *entries, version=1)
