"""FLAC frames under new numbers, without being encoded again.

A frame's number stands in its header. So the header and its CRC-8 are written anew; and the CRC-16 of the whole
frame, which is linear, is corrected by what the change of the header adds to it. Source: RFC 9639, section 9.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from audio.errors import AudioError
from audio.packets import Packets

Headers = NDArray[np.uint8]  # a header to a row, with zeros ahead of the shorter ones: these leave a CRC as it is
Crcs = NDArray[np.uint16]
Numbers = NDArray[np.int64]

_SYNC = (0xFF, 0xF8)  # with the bit that says that blocks have a fixed size
_FIXED_BYTES = 4  # sync code, block size, sample rate, channels, bits
_CRC8_BYTES = 1
_CRC16_BYTES = 2
_MAX_NUMBER_BYTES = 7
_MAX_HEADER_BYTES = _FIXED_BYTES + _MAX_NUMBER_BYTES + _CRC8_BYTES
_NUMBER_LIMITS = np.array([1 << 7, 1 << 11, 1 << 16, 1 << 21, 1 << 26, 1 << 31])  # first that need a byte more
_CRC8_POLYNOMIAL, _CRC16_POLYNOMIAL = 0x07, np.uint16(0x8005)
_BIT, _BYTE = np.uint16(1), np.uint16(8)  # shifts of this type keep to 16 bits
_CRC16_PERIOD_BYTES = 32_767  # x ** 32767 = 1 modulo the CRC-16's polynomial


def renumbered(packets: Packets, first_number: int) -> Packets:
    """The same frames, numbered upwards from first_number.

    packets: frames of a FlacCodec, whose block size and rate stand in the first four bytes of each header. Packets
    that are no such frames raise AudioError.
    """
    frames = np.frombuffer(packets.payload, np.uint8)
    sizes = packets.sizes.astype(np.int64)
    ends = np.cumsum(sizes)
    starts = ends - sizes
    fixed = frames[starts[:, np.newaxis] + np.arange(_FIXED_BYTES)]
    if (fixed[:, :2] != _SYNC).any():
        raise AudioError("What should be a FLAC frame is none. Encode the passage again.")
    old_bytes = _header_bytes()[frames[starts + _FIXED_BYTES]]
    body_starts, body_ends = starts + old_bytes, ends - _CRC16_BYTES
    old = _old_headers(frames, starts, body_starts)
    new, new_bytes = _new_headers(fixed, first_number + np.arange(len(sizes)))
    crcs = frames[body_ends].astype(np.uint16) << _BYTE | frames[body_ends + 1]
    crcs ^= _crc16_followed(_crc16(old ^ new), body_ends - body_starts)
    payload = _joined(new, new_bytes, packets.payload, body_starts, body_ends, crcs)
    return Packets((sizes + new_bytes - old_bytes).astype(np.uint32), payload)


def _old_headers(frames: Headers, starts: Numbers, body_starts: Numbers) -> Headers:
    positions = body_starts[:, np.newaxis] - np.arange(_MAX_HEADER_BYTES, 0, -1)
    return np.where(positions >= starts[:, np.newaxis], frames[np.maximum(positions, 0)], np.uint8(0))


def _new_headers(fixed: Headers, numbers: Numbers) -> tuple[Headers, Numbers]:
    """Headers with the fixed bytes and the numbers, and how many bytes each has."""
    headers = np.zeros((len(numbers), _MAX_HEADER_BYTES), np.uint8)
    number_bytes = np.searchsorted(_NUMBER_LIMITS, numbers, side="right") + 1
    for length in np.unique(number_bytes).tolist():
        rows = number_bytes == length
        headers[rows, -1 - length - _FIXED_BYTES : -1 - length] = fixed[rows]
        headers[rows, -1 - length : -1] = _coded_numbers(numbers[rows], length)
    headers[:, -1] = _crc8(headers[:, :-1])
    return headers, _FIXED_BYTES + number_bytes + _CRC8_BYTES


def _coded_numbers(numbers: Numbers, length: int) -> Headers:
    """Numbers coded as UTF-8 codes characters, all in the same number of bytes. Source: RFC 9639, 9.1.5."""
    shifts = 6 * np.arange(length - 1, -1, -1)
    coded = numbers[:, np.newaxis] >> shifts
    if length > 1:
        coded = coded & 0x3F | 0x80
        coded[:, 0] = numbers >> shifts[0] | 0xFF00 >> length & 0xFF
    return coded.astype(np.uint8)


def _joined(
    headers: Headers, header_bytes: Numbers, old: bytes, body_starts: Numbers, body_ends: Numbers, crcs: Crcs
) -> bytes:
    all_headers, all_crcs = headers.tobytes(), crcs.astype(">u2").tobytes()
    header_ends = _MAX_HEADER_BYTES * np.arange(1, len(headers) + 1)
    places = zip(
        (header_ends - header_bytes).tolist(),
        header_ends.tolist(),
        body_starts.tolist(),
        body_ends.tolist(),
        range(0, len(all_crcs), _CRC16_BYTES),
        strict=True,
    )
    pieces: list[bytes] = []
    for header_start, header_end, body_start, body_end, crc in places:
        pieces += (all_headers[header_start:header_end], old[body_start:body_end], all_crcs[crc : crc + 2])
    return b"".join(pieces)


@cache
def _header_bytes() -> Numbers:
    """Length of the header whose number begins with this byte, shape (256,)."""
    number_bytes = np.ones(256, np.int64)
    for length in range(2, _MAX_NUMBER_BYTES + 1):
        number_bytes[0xFF00 >> length & 0xFF :] = length
    return _FIXED_BYTES + number_bytes + _CRC8_BYTES


def _crc8(headers: Headers) -> NDArray[np.uint8]:
    crcs = np.zeros(len(headers), np.uint8)
    for column in headers.T:
        crcs = _crc8_table()[crcs ^ column]
    return crcs


def _crc16(headers: Headers) -> Crcs:
    crcs = np.zeros(len(headers), np.uint16)
    for column in headers.T:
        crcs = crcs << _BYTE ^ _crc16_table()[crcs >> _BYTE ^ column]
    return crcs


def _crc16_followed(crcs: Crcs, n_bytes: Numbers) -> Crcs:
    """What the CRCs become when so many bytes of zero follow: multiplied by x ** (8 n_bytes), bit by bit."""
    factors = _crc16_powers()[n_bytes % _CRC16_PERIOD_BYTES]
    product = np.zeros_like(crcs)
    for bit in range(15, -1, -1):
        product = product << _BIT ^ (product >> np.uint16(15)) * _CRC16_POLYNOMIAL
        product ^= (factors >> np.uint16(bit) & _BIT) * crcs
    return product


@cache
def _crc8_table() -> NDArray[np.uint8]:
    crcs = np.arange(256)
    for _ in range(8):
        crcs = crcs << 1 ^ (crcs >> 7 & 1) * (0x100 | _CRC8_POLYNOMIAL)
    return crcs.astype(np.uint8)


@cache
def _crc16_table() -> Crcs:
    crcs = np.arange(256) << 8
    for _ in range(8):
        crcs = crcs << 1 ^ (crcs >> 15 & 1) * (0x10000 | int(_CRC16_POLYNOMIAL))
    return crcs.astype(np.uint16)


@cache
def _crc16_powers() -> Crcs:
    """CRC-16 of a 1 that n bytes of zero follow, shape (_CRC16_PERIOD_BYTES,)."""
    table = _crc16_table().tolist()
    powers = [1]
    for _ in range(_CRC16_PERIOD_BYTES - 1):
        powers.append(powers[-1] << 8 & 0xFFFF ^ table[powers[-1] >> 8])
    return np.array(powers, np.uint16)
