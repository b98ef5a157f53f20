"""The two tracks of an MP4 episode: the sound, and the chapters' titles as text."""

import struct
from collections.abc import Sequence

import numpy as np

from audio.codecs.aac import audio_specific_config
from audio.episode import Chapter, Episode
from audio.formats.languages import terminology_code
from audio.formats.mp4_boxes import (
    IDENTITY_MATRIX,
    Box,
    box,
    edit_list,
    full_box,
    media,
    media_header,
    sample_table,
    track_header,
)
from audio.formats.tag_text import chapter_time_ms, cut_utf8
from audio.packets import Codec, Sizes

_SOUND_TRACK, _CHAPTER_TRACK = 1, 2
_ENABLED, _IN_MOVIE = 1, 2
_FULL_VOLUME = 1 << 8
_PACKETS_PER_CHUNK = 43  # about a second
_DECODER_BUFFER_BYTES = 768  # 6,144 bits for each channel: ISO/IEC 14496-3, section 4.5.3
_MAX_TITLE_BYTES = 0xFFFF
_MILLISECONDS_HZ = 1000
_UTF8_MARK = struct.pack(">I4sI", 12, b"encd", 0x100)


def sound_track(episode: Episode, sizes: Sizes, start_bytes: int, *, wide: bool) -> Box:
    """Box trak of the packets, which lie one behind the other; the edit list takes the codec's delay off.

    sizes: bytes of each packet; start_bytes: where the first one lies in the file; wide: that takes 64 bits.
    """
    codec = episode.codec
    duration = len(sizes) * codec.frame_samples
    chunk_bytes = np.add.reduceat(sizes, np.arange(0, len(sizes), _PACKETS_PER_CHUNK), dtype=np.uint32)
    average_bps = int(chunk_bytes.sum(dtype=np.int64)) * 8 * codec.sample_rate_hz // duration
    highest_bps = int(chunk_bytes.max()) * 8 * codec.sample_rate_hz // (_PACKETS_PER_CHUNK * codec.frame_samples)
    chunks = np.cumsum(chunk_bytes, dtype=np.int64) - chunk_bytes + start_bytes
    table = sample_table(
        _sound_description(codec, average_bps, highest_bps),
        [(len(sizes), codec.frame_samples)],
        sizes,
        chunks.astype(np.uint64) if wide else chunks.astype(np.uint32),
        _PACKETS_PER_CHUNK,
    )
    header = media_header(codec.sample_rate_hz, duration, terminology_code(episode.tags.language))
    return box(
        b"trak",
        track_header(_SOUND_TRACK, _ENABLED | _IN_MOVIE, episode.n_samples, volume=_FULL_VOLUME),
        edit_list((episode.n_samples, codec.delay_samples)),
        box(b"tref", box(b"chap", struct.pack(">I", _CHAPTER_TRACK))) if episode.chapters else (),
        media(header, b"soun", full_box(b"smhd", 0, bytes(4)), table),
    )


def chapter_samples(chapters: Sequence[Chapter]) -> list[bytes]:
    """Titles as samples of a text track. Source: QuickTime File Format, "Text sample data"."""
    titles = [cut_utf8(chapter.title, _MAX_TITLE_BYTES) for chapter in chapters]
    return [struct.pack(">H", len(title)) + title + _UTF8_MARK for title in titles]


def chapter_track(episode: Episode, titles: Sequence[bytes], start_bytes: int) -> Box:
    """Box trak of the chapters, which only those who know what it is for should play.

    titles: the chapters' samples, one behind the other; start_bytes: where the first one lies in the file.
    """
    ends = (*episode.chapters, Chapter("", episode.n_samples))
    times_ms = np.array([chapter_time_ms(chapter, episode.codec.sample_rate_hz) for chapter in ends])
    times_ms = np.minimum(times_ms, times_ms[-1])  # a chapter may begin in the silence that stays in the decoder
    table = sample_table(
        _text_description(),
        [(1, duration_ms) for duration_ms in np.diff(times_ms).tolist()],
        np.array([len(title) for title in titles], np.uint32),
        np.array([start_bytes], np.uint32),
        len(titles),
    )
    start = min(episode.chapters[0].start_samples, episode.n_samples)
    duration_ms = int(times_ms[-1] - times_ms[0])
    header = media_header(_MILLISECONDS_HZ, duration_ms, terminology_code(episode.tags.language))
    return box(
        b"trak",
        track_header(_CHAPTER_TRACK, _IN_MOVIE, episode.n_samples, volume=0),
        edit_list((start, -1), (episode.n_samples - start, 0)) if start else (),
        media(header, b"text", _text_header(), table),
    )


def _sound_description(codec: Codec, average_bps: int, highest_bps: int) -> Box:
    """Box mp4a of AAC. Source: ISO/IEC 14496-14, section 5.6; ISO/IEC 14496-1, section 7.2.6."""
    rates = struct.pack(">2B", 0x40, 0x15) + (_DECODER_BUFFER_BYTES * codec.channels).to_bytes(3, "big")
    rates += struct.pack(">2I", highest_bps, average_bps)
    config = _descriptor(5, audio_specific_config(codec.sample_rate_hz, codec.channels))
    stream = _descriptor(3, bytes(3), _descriptor(4, rates, config), _descriptor(6, b"\2"))
    entry = struct.pack(">6xH8x2H4xI", 1, codec.channels, 16, codec.sample_rate_hz << 16)
    return box(b"mp4a", entry, full_box(b"esds", 0, stream))


def _descriptor(tag: int, *content: bytes) -> bytes:
    """MPEG-4 descriptor, its length in four bytes as most writers have it."""
    body = b"".join(content)
    return bytes([tag, 0x80, 0x80, 0x80, len(body)]) + body


def _text_description() -> Box:
    """Box text, all colours, places and fonts left to the player. Source: QTFF, "Text sample description"."""
    return box(b"text", struct.pack(">6xH44x", 1))


def _text_header() -> Box:
    """Box gmhd as QuickTime writes it. Source: QTFF, "Base media information header atoms"."""
    colours = struct.pack(">4H4x", 0x40, 0x8000, 0x8000, 0x8000)
    return box(b"gmhd", full_box(b"gmin", 0, colours), box(b"text", IDENTITY_MATRIX))
