import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.music import ATTACK_S, RELEASE_S, duck, fade, looped

RATE_HZ = 8000


def noise(seconds, seed=1):
    return np.random.default_rng(seed).uniform(-0.5, 0.5, round(seconds * RATE_HZ)).astype(np.float32)


def rms_db(samples):
    return 20 * np.log10(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))


def test_music_that_is_long_enough_is_cut():
    music = noise(10)
    assert np.array_equal(looped(music, 5 * RATE_HZ, RATE_HZ), music[: 5 * RATE_HZ])


def test_music_that_is_too_short_is_played_again_at_an_even_level():
    music = noise(7)
    bed = looped(music, 40 * RATE_HZ, RATE_HZ)
    levels = [rms_db(second) for second in bed.reshape(40, RATE_HZ)]
    assert max(levels) - min(levels) < 1


def test_the_end_goes_over_into_the_beginning_without_a_step():
    steady = np.sin(2 * np.pi * 100 * np.arange(6 * RATE_HZ) / RATE_HZ).astype(np.float32)
    bed = looped(steady, 30 * RATE_HZ, RATE_HZ)
    assert np.abs(np.diff(bed)).max() < 1.5 * np.abs(np.diff(steady)).max()


@given(st.integers(1, 300), st.integers(0, 3000))
def test_whatever_the_lengths_the_bed_is_as_long_as_asked_for(n_music, n_bed):
    assert len(looped(np.ones(n_music, np.float32), n_bed, 20)) == n_bed


def test_fades_begin_and_end_in_silence_and_leave_the_middle():
    sound = np.ones(1000, np.float32)
    fade(sound, 200, 300)
    assert sound[0] < 1e-3 > sound[-1]
    assert np.all(sound[200:700] == 1)
    assert np.all(np.diff(sound[:200]) > 0)
    assert np.all(np.diff(sound[700:]) < 0)


def test_music_is_turned_down_while_somebody_speaks_and_not_otherwise():
    sound = np.ones(10 * RATE_HZ, np.float32)
    duck(sound, [(4 * RATE_HZ, 6 * RATE_HZ)], RATE_HZ, 8.0)
    before, behind = round((4 - ATTACK_S) * RATE_HZ), round((6 + RELEASE_S) * RATE_HZ)
    assert np.all(sound[:before] == 1)
    assert np.all(sound[behind + 1 :] == 1)
    assert sound[4 * RATE_HZ : 6 * RATE_HZ] == pytest.approx(10 ** (-8 / 20), rel=1e-4)


def test_in_a_short_pause_the_music_stays_down():
    sound = np.ones(10 * RATE_HZ, np.float32)
    duck(sound, [(3 * RATE_HZ, 4 * RATE_HZ), (5 * RATE_HZ, 6 * RATE_HZ)], RATE_HZ, 8.0)
    assert sound[4 * RATE_HZ : 5 * RATE_HZ].max() < 0.41


def test_where_nobody_speaks_the_music_is_as_it_was():
    sound = noise(1)
    before = sound.copy()
    duck(sound, [], RATE_HZ, 8.0)
    assert np.array_equal(sound, before)


def test_two_channels_are_treated_as_each_alone():
    def treated(music):
        bed = looped(music, 20 * RATE_HZ, RATE_HZ)
        duck(bed, [(4 * RATE_HZ, 6 * RATE_HZ)], RATE_HZ, 8.0)
        fade(bed, 500, 700)
        return bed

    left, right = noise(7), noise(7, seed=2)
    assert np.array_equal(treated(np.stack([left, right])), np.stack([treated(left), treated(right)]))
