"""Writes .wav files: 16-bit sound, with tags, cover and chapters behind it.

Beyond 4 GiB the file is RF64, which tells its sizes in 64 bits. Sources: "Multimedia Programming Interface and Data
Specifications 1.0" (RIFF); EBU Tech 3306 (RF64).
"""

import struct
from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO

from audio.codecs.flac import FlacCodec
from audio.episode import Chapter, Episode, Tags
from audio.formats.id3 import id3_tag
from audio.formats.tag_text import cut_utf8, tag_pairs

_SAMPLE_BYTES = 2
_UNKNOWN = 0xFFFFFFFF  # stands where the size or position does not fit in 32 bits
_MAX_LABEL_BYTES = 511  # ffmpeg cuts after these, in the middle of a character if need be
_INFO_KEYS = {"title": b"INAM", "author": b"IART", "date": b"ICRD", "language": b"ILNG", "description": b"ICMT"}


class WavFormat:
    """An episode as .wav."""

    suffix = ".wav"
    codec = FlacCodec()  # what the project keeps is smaller, and no less exact
    stereo_codec = FlacCodec(channels=2)

    def write(self, episode: Episode, out: BinaryIO) -> None:
        """Write the head, the sound of one part after the other, and the chunks behind it."""
        chunks = _chunks_behind(episode)
        codec = FlacCodec(channels=episode.codec.channels)
        out.write(_head(episode.n_samples, codec.channels, len(chunks)))
        out.writelines(codec.decode_wave(part.packets()) for part in episode.parts)
        out.write(chunks)


WAV = WavFormat()


def _head(n_samples: int, channels: int, n_bytes_behind: int) -> bytes:
    """All up to the first sample; n_bytes_behind: of the chunks after the last."""
    rate = FlacCodec.sample_rate_hz
    block_bytes = channels * _SAMPLE_BYTES
    data_bytes = n_samples * block_bytes
    fmt = _chunk(b"fmt ", struct.pack("<2H2I2H", 1, channels, rate, rate * block_bytes, block_bytes, 16))
    riff_bytes = len(b"WAVE") + len(fmt) + 8 + data_bytes + n_bytes_behind
    if riff_bytes < _UNKNOWN:
        return b"RIFF" + struct.pack("<I", riff_bytes) + b"WAVE" + fmt + b"data" + struct.pack("<I", data_bytes)
    ds64_bytes = 36
    sizes = _chunk(b"ds64", struct.pack("<3QI", riff_bytes + ds64_bytes, data_bytes, n_samples, 0))
    unknown = struct.pack("<I", _UNKNOWN)
    return b"RF64" + unknown + b"WAVE" + sizes + fmt + b"data" + unknown


def _chunks_behind(episode: Episode) -> bytes:
    # Chapters are cues, and not in the ID3 tag as well: ffmpeg would take them for twice as many.
    id3 = id3_tag(replace(episode, chapters=()))
    return _info(episode.tags) + _cues(episode.chapters) + _chunk(b"id3 ", id3)


def _info(tags: Tags) -> bytes:
    entries = [_chunk(_INFO_KEYS[name], value.encode() + b"\0") for name, value in tag_pairs(tags)]
    return _chunk(b"LIST", b"INFO" + b"".join(entries)) if entries else b""


def _cues(chapters: Sequence[Chapter]) -> bytes:
    """Chapters as cue points, and their titles as labels; none from 27 hours on, where 32 bits end."""
    chapters = [chapter for chapter in chapters if chapter.start_samples < _UNKNOWN]
    if not chapters:
        return b""
    points = [
        struct.pack("<2I4s3I", number, chapter.start_samples, b"data", 0, 0, chapter.start_samples)
        for number, chapter in enumerate(chapters, 1)
    ]
    labels = [
        _chunk(b"labl", struct.pack("<I", number) + cut_utf8(chapter.title, _MAX_LABEL_BYTES) + b"\0")
        for number, chapter in enumerate(chapters, 1)
    ]
    cue = _chunk(b"cue ", struct.pack("<I", len(points)) + b"".join(points))
    return cue + _chunk(b"LIST", b"adtl" + b"".join(labels))


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)
