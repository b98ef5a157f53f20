import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.clip import Clip
from audio.edit import joined, trimmed
from audio.errors import AudioError
from audio.pcm import int16_of, samples_of
from tests.audio.sounds import sine

RATE = 22050
lengths = st.integers(0, 4000)


def noise(n_samples: int, amplitude: int = 9000, rate: int = RATE) -> Clip:
    integers = np.random.default_rng(n_samples).integers(-amplitude, amplitude + 1, n_samples)
    return Clip(samples_of(integers.astype(np.int16)), rate)


def silence(seconds: float) -> np.ndarray:
    return np.zeros(round(seconds * RATE), np.float32)


def test_silence_at_both_ends_is_cut_but_for_a_hundredth_second():
    clip = Clip(np.concatenate([silence(0.5), sine(440, -12, 1, RATE), silence(0.7)]), RATE)
    short, front = trimmed(clip)
    assert 0.48 * RATE <= front <= 0.5 * RATE
    assert RATE <= len(short.samples) <= 1.04 * RATE


@given(before=lengths, sound=st.integers(500, 4000), after=lengths)
def test_what_trimming_leaves_is_the_clip_from_the_front_on(before, sound, after):
    clip = Clip(np.concatenate([np.zeros(before), noise(sound).samples, np.zeros(after)]).astype(np.float32), RATE)
    short, front = trimmed(clip)
    assert np.array_equal(short.samples, clip.samples[front : front + len(short.samples)])
    assert front <= before
    assert front + len(short.samples) >= before + sound


def test_sound_without_silence_is_not_cut():
    short, front = trimmed(noise(5000))
    assert (front, len(short.samples)) == (0, 5000)


@pytest.mark.parametrize("samples", [silence(1), silence(0), sine(440, -70, 1, RATE)])
def test_clip_of_silence_becomes_empty(samples):
    short, front = trimmed(Clip(samples, RATE))
    assert len(short.samples) == 0
    assert front == len(samples)


def test_trimming_does_not_round_samples():
    clip = Clip(sine(440, -12, 0.2, RATE), RATE)
    assert np.array_equal(trimmed(clip)[0].samples, clip.samples)


def test_the_threshold_decides_what_is_silence():
    clip = Clip(np.concatenate([sine(440, -40, 0.5, RATE), sine(440, -10, 0.5, RATE)]), RATE)
    assert trimmed(clip, threshold_db=-50)[1] == 0
    assert trimmed(clip, threshold_db=-30)[1] > 0.4 * RATE


@given(
    st.lists(lengths, min_size=1, max_size=5),
    st.floats(0, 0.5),
    st.sampled_from([8000, 11025, 16000, 22050, 24000, 44100, 48000]),
)
def test_lengths_of_clips_and_pauses_add_up(sizes, pause_s, rate):
    whole, starts = joined([noise(size, rate=rate) for size in sizes], pause_s)
    pause = round(pause_s * rate)
    assert len(whole.samples) == sum(sizes) + pause * (len(sizes) - 1)
    assert starts == tuple(sum(sizes[:i]) + pause * i for i in range(len(sizes)))


def test_clips_stand_unchanged_at_their_starts_but_for_their_edges():
    clips = [noise(3000), noise(2001)]
    whole, starts = joined(clips, 0.1)
    for clip, start in zip(clips, starts, strict=True):
        inside = slice(100, len(clip.samples) - 100)
        assert np.array_equal(whole.samples[start:][inside], clip.samples[inside])


def test_pause_is_digital_silence():
    whole, starts = joined([noise(3000), noise(3000)], 0.2)
    assert not whole.samples[3000 : starts[1]].any()


def test_edges_fade_so_that_nothing_clicks():
    loud = Clip(np.full(2000, 0.8, np.float32), RATE)
    whole, _ = joined([loud, loud], 0.1)
    assert np.abs(np.diff(whole.samples)).max() < 0.02
    assert abs(whole.samples[0]) + abs(whole.samples[-1]) < 0.02


def test_clip_too_short_to_fade_is_kept_as_it_is():
    short = noise(90)
    whole, starts = joined([noise(3000), short], 0.1)
    assert np.array_equal(whole.samples[starts[1] :], short.samples)


def test_joined_sound_is_16_bit():
    whole, _ = joined([Clip(sine(440, -12, 0.1, RATE), RATE)], 0)
    assert np.array_equal(samples_of(int16_of(whole.samples)), whole.samples)


def test_unequal_rates_are_refused_by_name():
    with pytest.raises(AudioError, match="22050 Hz, 44100 Hz"):
        joined([noise(10), noise(10, rate=44100)], 0)


def test_nothing_cannot_be_joined():
    with pytest.raises(AudioError, match="no clip"):
        joined([], 0.1)


def test_pydub_comes_in_silently_where_there_is_no_ffmpeg(tmp_path):
    program = "import numpy as n; from audio.clip import Clip; from audio.edit import trimmed; "
    program += "trimmed(Clip(n.ones(9, n.float32), 8000))"
    environment = {**os.environ, "PATH": str(tmp_path), "PYTHONPYCACHEPREFIX": str(tmp_path)}
    command = [sys.executable, "-W", "always", "-c", program]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_two_channels_are_trimmed_where_either_is_heard():
    samples = np.zeros((2, RATE), np.float32)
    samples[0, 4000:9000] = samples[1, 8000:15_000] = 0.5
    clip, front = trimmed(Clip(samples, RATE))
    assert 4000 - round(0.02 * RATE) <= front <= 4000
    assert np.array_equal(clip.samples, samples[:, front : front + clip.n_samples])
    assert 15_000 <= front + clip.n_samples <= 15_000 + round(0.02 * RATE)
