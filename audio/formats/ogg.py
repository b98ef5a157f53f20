"""Ogg pages, the container of Opus packets. Source: RFC 3533, section 6."""

import struct
import zlib
from itertools import pairwise
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from audio.packets import Packets, Sizes

_MAX_SEGMENTS = 255  # of a page
_SEGMENT_BYTES = 255
_NOTHING_ENDS = -1  # granule position of a page on which no packet ends
_CONTINUED, _FIRST, _LAST = 1, 2, 4
_HEADER = struct.Struct("<4s2BqIIIB")
_CHECKSUM_AT = 22  # in the header
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
        flags = 0 if self._n_pages else _FIRST
        for start in range(0, len(lacing), _MAX_SEGMENTS):
            segments = lacing[start : start + _MAX_SEGMENTS]
            body = packet[start * _SEGMENT_BYTES : (start + _MAX_SEGMENTS) * _SEGMENT_BYTES]
            ends = start + _MAX_SEGMENTS >= len(lacing)
            self._write_page(flags, 0 if ends else _NOTHING_ENDS, segments, body)
            flags = _CONTINUED

    def write_packets(self, packets: Packets, granules: NDArray[np.int64], per_page: int, *, last: bool) -> None:
        """Write packets, so many to a page; with the last ones the stream ends.

        granules: position of each packet's end, int64, shape (n_packets,). per_page: so few that they have
        255 segments at most, size // 255 + 1 for each.
        """
        n_packets = len(packets.sizes)
        lacing, lacing_ends = _lacing(packets.sizes)
        byte_ends = np.cumsum(packets.sizes, dtype=np.int64)
        page_ends = [*range(per_page, n_packets, per_page), n_packets] if n_packets else []
        at = np.array(page_ends, np.int64) - 1
        segments = pairwise([0, *lacing_ends[at].tolist()])
        spans = pairwise([0, *byte_ends[at].tolist()])
        for end, granule, laced, span in zip(page_ends, granules[at].tolist(), segments, spans, strict=True):
            flags = _LAST if last and end == n_packets else 0
            self._write_page(flags, granule, lacing[slice(*laced)], packets.payload[slice(*span)])

    def _write_page(self, flags: int, granule: int, lacing: bytes, body: bytes) -> None:
        head = _HEADER.pack(b"OggS", 0, flags, granule, self._serial_number, self._n_pages, 0, len(lacing))
        page = b"".join((head, lacing, body))
        self._out.write(b"".join((head[:_CHECKSUM_AT], ogg_checksum(page), page[_CHECKSUM_AT + 4 :])))
        self._n_pages += 1


def ogg_checksum(page: bytes) -> bytes:
    """CRC-32 of a page with 0 as its checksum, as it stands there: polynomial 0x04C11DB7, highest bit first, from 0.

    zlib has the same polynomial, but lowest bit first and inverted at both ends: the bits are mirrored on the
    way in and out.
    """
    mirrored = zlib.crc32(page.translate(_MIRRORED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return mirrored.to_bytes(4, "big").translate(_MIRRORED)


def _lacing(sizes: Sizes) -> tuple[bytes, NDArray[np.int64]]:
    """Segment table of the packets, and where each packet's segments end in it."""
    ends = np.cumsum(sizes // _SEGMENT_BYTES + 1, dtype=np.int64)
    table = np.full(ends[-1] if len(ends) else 0, _SEGMENT_BYTES, np.uint8)
    table[ends - 1] = sizes % _SEGMENT_BYTES
    return table.tobytes(), ends
