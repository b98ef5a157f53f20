import numpy as np

from audio.pcm import int16_of, samples_of


def test_every_16_bit_value_survives_the_way_through_float():
    integers = np.arange(-32768, 32768, dtype=np.int16)
    assert np.array_equal(int16_of(samples_of(integers)), integers)


def test_sound_above_full_scale_is_clipped():
    assert int16_of(np.array([1.0, 2.5, -1.0, -2.5], np.float32)).tolist() == [32767, 32767, -32768, -32768]


def test_samples_are_rounded_to_the_nearest_value():
    assert int16_of(np.array([0.6, -0.6, 1.4, 2.5], np.float32) / 32768).tolist() == [1, -1, 1, 2]


def test_long_sound_is_converted_as_a_whole():
    integers = np.random.default_rng(1).integers(-32768, 32768, 200_001).astype(np.int16)
    assert np.array_equal(int16_of(samples_of(integers)), integers)


def test_no_sound_stays_no_sound():
    assert len(int16_of(np.zeros(0, np.float32))) == 0


def test_two_channels_are_converted_as_each_alone():
    sound = np.random.default_rng(1).uniform(-1, 1, (2, 70_000)).astype(np.float32)
    assert np.array_equal(int16_of(sound), np.stack([int16_of(channel) for channel in sound]))
