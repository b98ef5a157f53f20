"""Boxes of the ISO base media file format that every MP4 file has. Source: ISO/IEC 14496-12, section 8."""

import struct
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from audio.packets import Sizes

Box = tuple[bytes | memoryview, ...]  # in pieces, so that long tables are not copied from box to box
Offsets = NDArray[np.uint32] | NDArray[np.uint64]

_WORD = 1 << 32
IDENTITY_MATRIX = struct.pack(">9I", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)


def box(kind: bytes, *content: bytes | Box) -> Box:
    """Size, kind and content."""
    pieces = [piece for part in content for piece in ([part] if isinstance(part, bytes) else part)]
    return (struct.pack(">I4s", 8 + n_bytes(pieces), kind), *pieces)


def full_box(kind: bytes, flags: int, *content: bytes | Box, version: int = 0) -> Box:
    """Box that begins with a version and 24 bits of flags."""
    return box(kind, struct.pack(">I", version << 24 | flags), *content)


def n_bytes(pieces: Iterable[bytes | memoryview]) -> int:
    """Length of the pieces altogether."""
    return sum(map(len, pieces))


def movie_header(timescale_hz: int, duration: int, n_tracks: int) -> Box:
    """Box mvhd; duration in units of the timescale. Creation times are zero: a file tells no clock."""
    version, times = _times(">2{0}I{0}", duration, 0, 0, timescale_hz, duration)
    preferred = struct.pack(">IH10x", 1 << 16, 1 << 8)  # normal rate, full volume
    return full_box(
        b"mvhd",
        0,
        times,
        preferred,
        IDENTITY_MATRIX,
        bytes(24),
        struct.pack(">I", n_tracks + 1),
        version=version,
    )


def track_header(number: int, flags: int, duration: int, *, volume: int) -> Box:
    """Box tkhd; duration in units of the movie's timescale, volume 256 for sound and 0 for anything else."""
    version, times = _times(">2{0}2I{0}", duration, 0, 0, number, 0, duration)
    return full_box(b"tkhd", flags, times, struct.pack(">12xH2x", volume), IDENTITY_MATRIX, bytes(8), version=version)


def edit_list(*edits: tuple[int, int]) -> Box:
    """Box edts: what of a track is heard.

    edits: duration in units of the movie's timescale and start in units of the track's, -1 for nothing.
    """
    version = int(any(duration >= _WORD for duration, _ in edits))
    entry = struct.Struct(">QqI" if version else ">IiI")
    entries = [entry.pack(duration, start, 1 << 16) for duration, start in edits]
    return box(b"edts", full_box(b"elst", 0, struct.pack(">I", len(edits)), *entries, version=version))


def media_header(timescale_hz: int, duration: int, language: str) -> Box:
    """Box mdhd; duration in units of the timescale, language in ISO 639-2/T."""
    version, times = _times(">2{0}I{0}", duration, 0, 0, timescale_hz, duration)
    first, second, third = (ord(letter) - 0x60 for letter in language)
    packed = struct.pack(">H2x", first << 10 | second << 5 | third)
    return full_box(b"mdhd", 0, times, packed, version=version)


def media(header: Box, handler: bytes, kind_header: Box, samples: Box) -> Box:
    """Box mdia of samples that lie in this same file.

    handler: soun, text or the like; kind_header: smhd, gmhd or the like; samples: their stbl.
    """
    here = full_box(b"dref", 0, struct.pack(">I", 1), full_box(b"url ", 1))
    return box(
        b"mdia",
        header,
        full_box(b"hdlr", 0, struct.pack(">4x4s13x", handler)),
        box(b"minf", kind_header, box(b"dinf", here), samples),
    )


def sample_table(
    description: Box, runs: Sequence[tuple[int, int]], sizes: Sizes, chunks: Offsets, per_chunk: int
) -> Box:
    """Box stbl: what the samples are, how long, how big, and where they lie.

    runs: so many samples of such a duration; sizes: bytes of each sample; chunks: where each begins in the
    file; per_chunk: samples in each but the last.
    """
    rest = len(sizes) - (len(chunks) - 1) * per_chunk
    groups = [(1, per_chunk, 1), (len(chunks), rest, 1)][len(chunks) == 1 :]
    offsets = b"co64" if chunks.itemsize == 8 else b"stco"
    return box(
        b"stbl",
        full_box(b"stsd", 0, struct.pack(">I", 1), description),
        full_box(b"stts", 0, struct.pack(">I", len(runs)), *(struct.pack(">2I", *run) for run in runs)),
        full_box(b"stsc", 0, struct.pack(">I", len(groups)), *(struct.pack(">3I", *group) for group in groups)),
        full_box(b"stsz", 0, struct.pack(">2I", 0, len(sizes)), _table(sizes)),
        full_box(offsets, 0, struct.pack(">I", len(chunks)), _table(chunks)),
    )


def _table(numbers: Offsets) -> Box:
    """Numbers as they stand in the file, highest byte first."""
    return (numbers.astype(numbers.dtype.newbyteorder(">")).view(np.uint8).data,)


def _times(layout: str, longest: int, *fields: int) -> tuple[int, bytes]:
    """Version of the box, and its fields in that version: times have 32 bits in version 0 and 64 in 1."""
    version = int(longest >= _WORD)
    return version, struct.pack(layout.format("IQ"[version]), *fields)
