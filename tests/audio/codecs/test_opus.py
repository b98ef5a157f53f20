import av
import numpy as np
import pytest

from audio.codecs.opus import OpusCodec, opus_head
from audio.codecs.pyav import Encoding

CODEC = OpusCodec()


@pytest.mark.parametrize("channels", [1, 2])
def test_head_is_the_encoders_own(channels):
    context = Encoding("libopus", "flt", 48_000, 960, 32_000, {}, channels).encoder()
    context.open()
    assert opus_head(CODEC.delay_samples, 48_000, channels) == context.extradata


def test_key_names_bit_rate_settings_and_version():
    assert len({CODEC.key, OpusCodec(bit_rate_bps=64_000).key, OpusCodec(channels=2).key}) == 3
    assert "application=audio" in CODEC.key
    assert av.__version__ in CODEC.key


def test_higher_bit_rate_makes_more_bytes():
    noise = np.random.default_rng(1).normal(0, 0.1, 50 * 960).astype(np.float32)
    assert len(OpusCodec(bit_rate_bps=64_000).encode(noise).payload) > 1.5 * len(CODEC.encode(noise).payload)
