import shutil
import subprocess

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.clip import Clip
from audio.errors import AudioError
from audio.lossless import packed, unpacked
from audio.pcm import int16_of, samples_of
from tests.audio.sounds import voice


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 20_000),
    st.sampled_from([8000, 11025, 16000, 22050, 24000, 44100, 48000, 96000]),
    st.integers(0, 32767),
)
def test_16_bit_sound_comes_back_bit_for_bit(n_samples, rate, amplitude):
    integers = np.random.default_rng(n_samples).integers(-amplitude - 1, amplitude + 1, n_samples)
    clip = Clip(samples_of(integers.astype(np.int16)), rate)
    back = unpacked(packed(clip))
    assert np.array_equal(back.samples, clip.samples)
    assert back.sample_rate_hz == rate


def test_long_clip_comes_back_whole():
    clip = Clip(samples_of(int16_of(voice(20, 22050))), 22050)
    assert np.array_equal(unpacked(packed(clip)).samples, clip.samples)


def test_float_sound_is_rounded_to_16_bits():
    clip = Clip(voice(1, 22050), 22050)
    assert np.array_equal(unpacked(packed(clip)).samples, samples_of(int16_of(clip.samples)))


def test_the_same_clip_gives_the_same_bytes():
    clip = Clip(voice(1, 22050), 22050)
    assert packed(clip) == packed(clip)


def test_speech_becomes_smaller():
    assert len(packed(Clip(voice(5, 22050), 22050))) < 0.8 * 5 * 22050 * 2


@pytest.mark.parametrize("keep", [0.0, 0.0005, 0.4, 0.9])
def test_cut_data_is_refused(keep):
    data = packed(Clip(voice(2, 22050), 22050))
    with pytest.raises(AudioError, match="damaged"):
        unpacked(data[: int(keep * len(data))])


def test_data_with_a_hole_is_refused():
    data = packed(Clip(voice(4, 22050), 22050))
    with pytest.raises(AudioError, match="damaged"):
        unpacked(data[: len(data) // 2] + bytes(200) + data[len(data) // 2 + 200 :])


@pytest.mark.skipif(not shutil.which("flac"), reason="needs the flac program")
def test_another_decoder_finds_the_file_sound(tmp_path):
    file = tmp_path / "take.flac"
    file.write_bytes(packed(Clip(voice(3, 22050), 22050)))
    done = subprocess.run(["flac", "-t", "-s", "-w", str(file)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("n_samples", [0, 1, 4096, 200_001])
def test_two_channels_come_back_bit_for_bit(n_samples):
    integers = np.random.default_rng(n_samples).integers(-9000, 9000, (2, n_samples))
    clip = Clip(samples_of(integers.astype(np.int16)), 44100)
    back = unpacked(packed(clip))
    assert np.array_equal(back.samples, clip.samples)
    assert back.channels == 2
