import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.codecs.flac import FlacCodec
from audio.errors import AudioError
from audio.formats.flac_frames import renumbered
from audio.packets import Packets
from tests.audio.episodes import tone

CODEC = FlacCodec()
STEREO = FlacCodec(channels=2)
PACKETS = CODEC.encode(tone(CODEC, 150, 440))  # numbers of one byte and of two


def crc(data, polynomial, n_bits):
    """Checksum by the book, one bit after the other."""
    value = 0
    for byte in data:
        value ^= byte << n_bits - 8
        for _ in range(8):
            value = value << 1 ^ polynomial * (value >> n_bits - 1)
    return value


def frames_of(packets):
    ends = np.cumsum(packets.sizes, dtype=np.int64).tolist()
    return [packets.payload[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def number_bytes(number):
    return 1 + sum(number >= 1 << bits for bits in (7, 11, 16, 21, 26))


def test_own_numbers_change_nothing():
    assert renumbered(PACKETS, 0).payload == PACKETS.payload


@settings(max_examples=25, deadline=None)
@given(st.one_of(st.integers(0, 2**31 - 200), st.sampled_from([2**n - 75 for n in (7, 11, 16, 21, 26)])))
def test_both_checksums_hold_under_any_number(first):
    first = max(first, 0)
    frames = frames_of(renumbered(PACKETS, first))
    for index in (0, 74, 76, 149):
        header_bytes = 4 + number_bytes(first + index)
        assert crc(frames[index][: header_bytes + 1], 0x107, 8) == 0
        assert crc(frames[index], 0x18005, 16) == 0


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**31 - 200))
def test_renumbering_can_be_undone(first):
    assert renumbered(renumbered(PACKETS, first), 0).payload == PACKETS.payload


@pytest.mark.parametrize("first", [0, 1_900, 50_000, 65_500])
def test_numbers_are_coded_as_utf_8_codes_characters(first):
    for number, frame in enumerate(frames_of(renumbered(PACKETS, first)), first):
        coded = chr(number).encode("utf-8", "surrogatepass")
        assert frame[4 : 4 + len(coded)] == coded


@pytest.mark.parametrize("codec", [CODEC, STEREO], ids=["mono", "stereo"])
def test_decoded_sound_is_the_same(codec):
    packets = codec.encode(tone(codec, 150, 440))
    again = renumbered(packets, 70_000)
    assert again.payload != packets.payload
    assert np.array_equal(codec.decode_pcm16(again), codec.decode_pcm16(packets))


def test_channels_of_a_frame_stay_as_they_were_laid_out():
    sides = [np.stack([sound, other]) for sound, other in ((_noise(1), _noise(2)), (_noise(1), _noise(1)))]
    packets = STEREO.encode(np.concatenate(sides, axis=-1))
    assignments = [[frame[3] >> 4 for frame in frames_of(each)] for each in (packets, renumbered(packets, 70_000))]
    assert assignments[0] == assignments[1]
    assert len(set(assignments[0])) > 1  # apart, and as one and a difference


def _noise(seed):
    return np.random.default_rng(seed).uniform(-0.5, 0.5, 10 * 1152).astype(np.float32)


def test_no_frames_stay_no_frames():
    assert renumbered(Packets(np.zeros(0, np.uint32), b""), 5).payload == b""


def test_what_is_no_frame_is_an_error():
    with pytest.raises(AudioError, match="none"):
        renumbered(Packets(np.array([20], np.uint32), bytes(20)), 5)
