"""Writes .mp3 files: an ID3 tag, an Info frame, and the episode's frames as they are."""

import struct
from functools import cache
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from audio.codecs.mp3 import Mp3Codec, frame_bit_rate_kbps, frame_size
from audio.episode import Episode
from audio.errors import AudioError
from audio.formats.id3 import id3_tag

_INFO_OFFSETS = {1: 4 + 17, 2: 4 + 32}  # header and side information, by channels. ISO/IEC 11172-3, 2.4.1
_MODES = {1: 0 << 2, 2: 3 << 2}  # mono and joint stereo, as the LAME tag has them
_HAS_FRAMES, _HAS_BYTES, _HAS_QUALITY = 0x01, 0x02, 0x08
_ENCODER = b"LAME3.100"
_CONSTANT_BIT_RATE = 1
_ENCODER_DELAY = 576
_PADDING = Mp3Codec.delay_samples - _ENCODER_DELAY  # no more than decoders add by themselves: nothing is cut
_CRC_PERIOD_BYTES = 32_767


class Mp3Format:
    """An episode as .mp3."""

    suffix = ".mp3"
    codec = Mp3Codec()
    stereo_codec = Mp3Codec(bit_rate_kbps=128, channels=2)

    def write(self, episode: Episode, out: BinaryIO) -> None:
        """Write the tag, the frames, and in the room kept for it between them the Info frame."""
        header = _info_header(episode)
        out.write(id3_tag(episode))
        info_position = out.tell()
        out.write(bytes(frame_size(header)))
        music = _MusicCrc()
        for part in episode.parts:
            payload = part.packets().payload
            music.add(payload)
            out.write(payload)
        end = out.tell()
        out.seek(info_position)
        out.write(_info_frame(header, episode, end - info_position, music.value()))
        out.seek(end)


MP3 = Mp3Format()


def _info_header(episode: Episode) -> bytes:
    """Header of the episode's first frame, as one without padding has it."""
    for part in episode.parts:
        if part.n_packets:
            header = bytearray(part.packets().payload[:4])
            header[2] &= ~0x02
            return bytes(header)
    raise AudioError("The episode has no sound, and an mp3 file cannot do without. Record a paragraph first.")


def _info_frame(header: bytes, episode: Episode, n_bytes: int, music_crc: int) -> bytes:
    """Silent frame that says how many of the episode's follow it, and what delay to take off.

    n_bytes: of this frame and all behind it. There is no table for seeking: its 100 entries of a byte miss by
    minutes in long files, and a constant bit rate needs none. Source: "Mp3 Info Tag rev 1",
    gabriel.mp3-tech.org/mp3infotag.html.
    """
    n_bytes, channels = min(n_bytes, 0xFFFFFFFF), episode.codec.channels
    flags = _HAS_FRAMES | _HAS_BYTES | _HAS_QUALITY
    info = struct.pack(">4s4I", b"Info", flags, episode.n_packets, n_bytes, 0)
    encoder = struct.pack(">9sB10xB", _ENCODER, _CONSTANT_BIT_RATE, min(frame_bit_rate_kbps(header), 255))
    delay = (_ENCODER_DELAY << 12 | _PADDING).to_bytes(3, "big")
    music = struct.pack(">B3xIH", _MODES[channels], n_bytes, music_crc)
    checked = header + bytes(_INFO_OFFSETS[channels] - len(header)) + info + encoder + delay + music
    return (checked + _crc16(checked).to_bytes(2, "big")).ljust(frame_size(header), b"\0")


class _MusicCrc:
    """CRC-16 of the frames altogether.

    x ** 32767 = 1 modulo its polynomial, so bytes that lie 32,767 apart count alike and are added up first:
    some milliseconds for an hour of sound, where a table takes seconds.
    """

    def __init__(self) -> None:
        self._sums = np.zeros(_CRC_PERIOD_BYTES, np.uint8)
        self._n_bytes = 0

    def add(self, payload: bytes) -> None:
        """Take in the bytes that come next."""
        phase = self._n_bytes % _CRC_PERIOD_BYTES
        n_periods = -(-(phase + len(payload)) // _CRC_PERIOD_BYTES)
        padded = np.zeros(n_periods * _CRC_PERIOD_BYTES, np.uint8)
        padded[phase : phase + len(payload)] = np.frombuffer(payload, np.uint8)
        self._sums ^= np.bitwise_xor.reduce(padded.reshape(n_periods, _CRC_PERIOD_BYTES), axis=0)
        self._n_bytes += len(payload)

    def value(self) -> int:
        """Checksum of all bytes so far."""
        return _crc16(np.roll(self._sums, -self._n_bytes).tobytes())


def _crc16(data: bytes) -> int:
    """CRC-16 with polynomial 0x8005, lowest bit first, as the LAME tag has it.

    That of two pieces is that of the first with as many zeros behind it as the second has bytes, and that of the second
    added: so single bytes are joined to pairs, pairs to fours, and so on, all of a length at once.
    """
    n_steps = max(len(data) - 1, 0).bit_length()
    crcs = np.zeros(1 << n_steps, np.uint16)
    crcs[len(crcs) - len(data) :] = _with_zeros(0)[np.frombuffer(data, np.uint8)]  # zeros in front count nothing
    for step in range(n_steps):
        crcs = _with_zeros(step)[crcs[::2]] ^ crcs[1::2]
    return int(crcs[0])


@cache
def _with_zeros(step: int) -> NDArray[np.uint16]:
    """For every CRC the one that it becomes with 2 ** step bytes of zero behind it."""
    if step:
        half = _with_zeros(step - 1)
        return half[half]
    crcs = np.arange(1 << 16, dtype=np.uint16)
    for _ in range(8):
        crcs = np.where(crcs & 1, crcs >> 1 ^ 0xA001, crcs >> 1).astype(np.uint16)
    return crcs
