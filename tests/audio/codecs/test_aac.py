import av
import numpy as np
import pytest

from audio.codecs.aac import AacCodec, audio_specific_config
from audio.codecs.pyav import Encoding

CODEC = AacCodec()


@pytest.mark.parametrize("channels", [1, 2])
def test_specific_config_is_the_encoders_own(channels):
    context = Encoding("aac", "fltp", 44_100, 1024, 64_000, {}, channels).encoder()
    context.open()
    assert audio_specific_config(44_100, channels) == context.extradata


def test_key_names_bit_rate_settings_and_encoder_version():
    assert len({CODEC.key, AacCodec(bit_rate_bps=96_000).key, AacCodec(channels=2).key}) == 3
    assert "aac_pns=0" in CODEC.key
    assert ".".join(map(str, av.library_versions["libavcodec"])) in CODEC.key


def test_higher_bit_rate_makes_more_bytes():
    noise = np.random.default_rng(1).normal(0, 0.1, 40 * 1024).astype(np.float32)
    assert len(AacCodec(bit_rate_bps=96_000).encode(noise).payload) > 1.2 * len(CODEC.encode(noise).payload)


@pytest.mark.parametrize("rate_hz", [44_100, 48_000, 24_000])
def test_specific_config_states_the_rate(rate_hz):
    index = (int.from_bytes(audio_specific_config(rate_hz, 1)[:2], "big") >> 7) & 15
    assert {3: 48_000, 4: 44_100, 6: 24_000}[index] == rate_hz
