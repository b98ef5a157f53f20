from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.formats.ogg import OggStream
from audio.packets import Packets


def pages(data: bytes) -> list[tuple[int, int, list[int], bytes]]:
    """Flags, granule position, segment sizes and body of every page, its checksum and number verified."""
    found, at = [], 0
    while at < len(data):
        n_segments = data[at + 26]
        sizes = list(data[at + 27 : at + 27 + n_segments])
        end = at + 27 + n_segments + sum(sizes)
        page = data[at:end]
        assert page[:5] == b"OggS\0"
        assert int.from_bytes(page[18:22], "little") == len(found)
        assert int.from_bytes(page[22:26], "little") == checksum_bit_by_bit(page[:22] + bytes(4) + page[26:])
        granule = int.from_bytes(page[6:14], "little", signed=True)
        found.append((page[5], granule, sizes, page[27 + n_segments :]))
        at = end
    return found


def checksum_bit_by_bit(page: bytes) -> int:
    remainder = 0
    for byte in page:
        remainder ^= byte << 24
        for _ in range(8):
            remainder = (remainder << 1) ^ (0x104C11DB7 if remainder & 0x80000000 else 0)
    return remainder


def written_header(n_bytes: int) -> list[tuple[int, int, list[int], bytes]]:
    out = BytesIO()
    OggStream(out, 1).write_header(bytes(n_bytes))
    return pages(out.getvalue())


@given(st.binary(max_size=300))
def test_checksum_is_that_of_the_standard(header):
    out = BytesIO()
    OggStream(out, 1).write_header(header)
    ((*_, body),) = pages(out.getvalue())  # which looks at the checksum
    assert body == header


@pytest.mark.parametrize("n_bytes", [0, 1, 254, 255, 256, 255 * 255 - 1])
def test_packet_ends_with_a_segment_that_is_not_full(n_bytes):
    ((flags, granule, sizes, body),) = written_header(n_bytes)
    assert (flags, granule, len(body)) == (2, 0, n_bytes)
    assert sizes == [255] * (n_bytes // 255) + [n_bytes % 255]


@pytest.mark.parametrize("n_bytes", [255 * 255, 255 * 255 + 1, 200_000])
def test_long_header_goes_over_several_pages(n_bytes):
    found = written_header(n_bytes)
    assert sum(len(body) for *_, body in found) == n_bytes
    assert [flags for flags, *_ in found] == [2] + [1] * (n_bytes // 65_025)
    assert [granule for _, granule, *_ in found] == [-1] * (n_bytes // 65_025) + [0]


@given(st.lists(st.integers(0, 1275), min_size=1, max_size=120))
def test_packets_come_back_in_order(sizes):
    packets = Packets(np.array(sizes, np.uint32), bytes(n % 251 for n in range(sum(sizes))))
    out = BytesIO()
    OggStream(out, 1).write_packets(packets, np.arange(len(sizes), dtype=np.int64), 42, last=True)
    found = pages(out.getvalue())
    laced = [size for _, _, segments, _ in found for size in segments]
    assert laced == [part for size in sizes for part in [255] * (size // 255) + [size % 255]]
    assert b"".join(body for *_, body in found) == packets.payload
    assert [granule for _, granule, *_ in found] == [*range(41, len(sizes) - 1, 42), len(sizes) - 1]
    assert [flags for flags, *_ in found] == [0] * (len(found) - 1) + [4]


def test_no_packets_make_no_page():
    out = BytesIO()
    OggStream(out, 1).write_packets(Packets(np.zeros(0, np.uint32), b""), np.zeros(0, np.int64), 42, last=True)
    assert out.getvalue() == b""
