import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.codecs.flac import FlacCodec
from audio.errors import AudioError
from audio.packets import Packets
from audio.pcm import int16_of
from tests.audio.episodes import tone

CODEC = FlacCodec()
STEREO = FlacCodec(channels=2)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0, 1.5), st.integers(0, 4), st.sampled_from([CODEC, STEREO]))
def test_every_sound_comes_back_as_its_16_bits(seed, level, n_frames, codec):
    noise = np.random.default_rng(seed).uniform(-level, level, (codec.channels, n_frames * 1152)).astype(np.float32)
    sound = noise[0] if codec is CODEC else noise
    packets = codec.encode(sound)
    assert len(packets.sizes) == n_frames
    assert np.array_equal(codec.decode_pcm16(packets), int16_of(sound))
    assert codec.decode_wave(packets) == int16_of(noise).T.tobytes()


def test_decoded_sound_is_float_within_half_a_step():
    sound = tone(CODEC, 12, 440)
    heard = CODEC.decode(CODEC.encode(sound))
    assert heard.dtype == np.float32
    assert np.abs(sound - heard).max() <= 0.5 / 32768


def test_part_of_a_frame_is_refused():
    with pytest.raises(AudioError, match="multiple of 1152"):
        CODEC.encode(np.zeros(1000, np.float32))


def test_damaged_packets_are_an_error():
    packets = CODEC.encode(tone(CODEC, 12, 440))
    with pytest.raises(AudioError, match="damaged"):
        CODEC.decode(Packets(packets.sizes.copy(), bytes(len(packets.payload))))


def test_compression_level_and_channels_are_in_the_key():
    assert len({CODEC.key, FlacCodec(compression_level=8).key, STEREO.key}) == 3


def test_packets_of_another_number_of_channels_are_an_error():
    with pytest.raises(AudioError, match="damaged"):
        CODEC.decode(STEREO.encode(tone(STEREO, 12, 440)))
