"""Ogg pages, the container of Opus packets. Source: RFC 3533, section 6."""

import zlib
from itertools import chain, pairwise
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from audio.packets import Packets, Sizes

Positions = NDArray[np.int64]
_Cut = tuple[bytes | bytearray, Positions]  # a whole, and where each of its pieces ends

_MAX_SEGMENTS = 255  # of a page
_SEGMENT_BYTES = 255
_NOTHING_ENDS = -1  # granule position of a page on which no packet ends
_CONTINUED, _FIRST, _LAST = 1, 2, 4
_HEAD = np.dtype(  # of a page, without its segment table
    [
        ("capture", "S4"),
        ("version", "u1"),
        ("flags", "u1"),
        ("granule", "<i8"),
        ("serial_number", "<u4"),
        ("number", "<u4"),
        ("checksum", "<u4"),
        ("n_segments", "u1"),
    ]
)
_CHECKSUM_AT, _CHECKSUM_BYTES = 22, 4  # in the head
_INVERTED = 0xFFFFFFFF
_MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


class OggStream:
    """Writes packets as the pages of one logical stream."""

    def __init__(self, out: BinaryIO, serial_number: int) -> None:
        self._out = out
        self._serial_number = serial_number
        self._n_pages = 0

    def write_header(self, packet: bytes) -> None:
        """Write a header packet of any length on pages of its own."""
        lacing, _ = _lacing(np.array([len(packet)], np.uint32))
        segment_ends = np.minimum(np.arange(_MAX_SEGMENTS, len(lacing) + _MAX_SEGMENTS, _MAX_SEGMENTS), len(lacing))
        flags = np.full(len(segment_ends), _CONTINUED, np.uint8)
        flags[0] = 0 if self._n_pages else _FIRST
        granules = np.full(len(segment_ends), _NOTHING_ENDS, np.int64)
        granules[-1] = 0
        byte_ends = np.minimum(segment_ends * _SEGMENT_BYTES, len(packet))
        self._write_pages(flags, granules, (lacing, segment_ends), (packet, byte_ends))

    def write_packets(self, packets: Packets, granules: Positions, per_page: int, *, last: bool) -> None:
        """Write packets, so many to a page; with the last ones the stream ends.

        granules: position of each packet's end, int64, shape (n_packets,). per_page: so few that they have
        255 segments at most, size // 255 + 1 for each.
        """
        n_packets = len(packets.sizes)
        if not n_packets:
            return
        lacing, segment_ends = _lacing(packets.sizes)
        byte_ends = np.cumsum(packets.sizes, dtype=np.int64)
        ends = np.minimum(np.arange(per_page, n_packets + per_page, per_page), n_packets) - 1
        flags = np.zeros(len(ends), np.uint8)
        flags[-1] = _LAST if last else 0
        self._write_pages(flags, granules[ends], (lacing, segment_ends[ends]), (packets.payload, byte_ends[ends]))

    def _write_pages(self, flags: NDArray[np.uint8], granules: Positions, lacing: _Cut, body: _Cut) -> None:
        """Write pages; lacing and body: of all of them, and where each page's end."""
        heads = np.zeros(len(flags), _HEAD)
        heads["capture"] = b"OggS"
        heads["flags"], heads["granule"], heads["serial_number"] = flags, granules, self._serial_number
        heads["number"] = np.arange(self._n_pages, self._n_pages + len(flags))
        heads["n_segments"] = np.diff(lacing[1], prepend=0)
        head = heads.tobytes(), _HEAD.itemsize * np.arange(1, len(flags) + 1)
        pages = bytearray().join(chain.from_iterable(zip(*map(_pieces, (head, lacing, body)), strict=True)))
        ends = head[1] + lacing[1] + body[1]
        starts = ends - np.diff(ends, prepend=0)
        checksums = np.frombuffer(_checksums((pages, ends)), np.uint8).reshape(-1, _CHECKSUM_BYTES)
        np.frombuffer(pages, np.uint8)[starts[:, np.newaxis] + _CHECKSUM_AT + np.arange(_CHECKSUM_BYTES)] = checksums
        self._out.write(pages)
        self._n_pages += len(flags)


def _checksums(pages: _Cut) -> bytes:
    """CRC-32 of each page as it stands in it: polynomial 0x04C11DB7, highest bit first, from 0.

    pages: with 0 as their checksums. zlib has the same polynomial, but lowest bit first and inverted at both ends: the
    bits are mirrored on the way in and out.
    """
    mirrored = pages[0].translate(_MIRRORED), pages[1]
    crcs = [zlib.crc32(page, _INVERTED) ^ _INVERTED for page in _pieces(mirrored)]
    return np.array(crcs, ">u4").tobytes().translate(_MIRRORED)


def _pieces(cut: _Cut) -> list[memoryview]:
    whole = memoryview(cut[0])
    return [whole[start:end] for start, end in pairwise([0, *cut[1].tolist()])]


def _lacing(sizes: Sizes) -> _Cut:
    """Segment table of the packets, and where each packet's segments end in it."""
    n_full = sizes // _SEGMENT_BYTES
    ends = np.cumsum(n_full + 1, dtype=np.int64)
    table = np.full(ends[-1] if len(ends) else 0, _SEGMENT_BYTES, np.uint8)
    table[ends - 1] = sizes - n_full * _SEGMENT_BYTES
    return table.tobytes(), ends
