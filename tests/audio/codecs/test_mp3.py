import pickle

import numpy as np
import pytest

from audio.codecs.mp3 import Mp3Codec, frame_size, frame_sizes
from audio.errors import AudioError
from audio.packets import Packets
from tests.audio.episodes import tone

CODEC = Mp3Codec()
STEREO = Mp3Codec(128, channels=2)


@pytest.fixture(params=[CODEC, STEREO], ids=["mono", "stereo"])
def codec(request):
    return request.param


def test_one_packet_comes_out_for_each_frame():
    packets = CODEC.encode(tone(CODEC, 20, 440))
    assert len(packets.sizes) == 20
    assert set(packets.sizes) <= {208, 209}


def test_decoded_sound_lies_where_it_lay_before(codec):
    sound = tone(codec, 40, 440)
    heard = codec.decode(codec.encode(sound))
    assert heard.shape[-1] == sound.shape[-1] - codec.delay_samples
    lags = range(-3, 4)
    for before, after in zip(np.atleast_2d(sound), np.atleast_2d(heard), strict=True):
        likeness = [np.dot(before[4000:30000], after[4000 + lag : 30000 + lag]) for lag in lags]
        assert lags[int(np.argmax(likeness))] == 0
        assert np.abs(before[4000:30000] - after[4000:30000]).max() < 0.02


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("bit_rate_kbps", [32, 64, 96, 128, 160, 192, 224, 256])
def test_decoded_sound_is_as_loud_as_what_went_in(bit_rate_kbps, channels):
    codec = Mp3Codec(bit_rate_kbps, channels=channels)
    sound = tone(codec, 40, 440)[..., 4000:30000]
    heard = codec.decode(codec.encode(tone(codec, 40, 440)))[..., 4000:30000]
    assert 20 * np.log10(np.linalg.norm(heard) / np.linalg.norm(sound)) == pytest.approx(0, abs=0.03)


def test_no_frames_become_no_packets(codec):
    packets = codec.encode(np.zeros(0, np.float32))
    assert len(packets.sizes) == 0
    assert codec.decode(packets).size == 0


def test_two_channels_become_joint_stereo():
    payload = STEREO.encode(tone(STEREO, 12, 440)).payload
    assert payload[3] >> 6 == 0b01


def test_part_of_a_frame_is_refused():
    with pytest.raises(AudioError, match="multiple of 1152"):
        CODEC.encode(np.zeros(1000, np.float32))


def test_damaged_packets_are_an_error():
    with pytest.raises(AudioError, match="damaged"):
        CODEC.decode(Packets(np.array([208, 208], np.uint32), bytes(416)))


def test_same_sound_gives_the_same_packets_twice():
    sound = tone(CODEC, 20, 440)
    assert CODEC.encode(sound).payload == CODEC.encode(sound).payload


@pytest.mark.parametrize("other", [Mp3Codec(bit_rate_kbps=96), Mp3Codec(quality=5), Mp3Codec(channels=2)])
def test_every_setting_is_in_the_key(other):
    assert other.key != CODEC.key


@pytest.mark.parametrize("settings", [{"bit_rate_kbps": 65}, {"quality": 10}])
def test_settings_that_mp3_has_not_are_refused(settings):
    with pytest.raises(AudioError, match=r"mp3 has no|LAME has no"):
        Mp3Codec(**settings)


@pytest.mark.parametrize("bit_rate_kbps", [32, 64, 128, 320])
def test_frames_of_every_bit_rate_are_told_apart(bit_rate_kbps):
    codec = Mp3Codec(bit_rate_kbps)
    packets = codec.encode(tone(codec, 12, 440))
    assert frame_sizes(packets.payload).tolist() == packets.sizes.tolist()
    assert len(codec.decode(packets)) == 12 * 1152 - 1105


@pytest.mark.parametrize("header", ["fffb00c4", "fffbf0c4", "fffb54c4", "ffe350c4", "00000000"])
def test_what_is_no_frame_of_ours_is_an_error(header):
    with pytest.raises(AudioError, match="none"):
        frame_size(bytes.fromhex(header))


def test_codec_travels_to_a_worker():
    assert pickle.loads(pickle.dumps(Mp3Codec(96))) == Mp3Codec(96)
