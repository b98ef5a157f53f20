import math
from fractions import Fraction

import av
import numpy as np
import pytest
import soxr
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from audio.clip import LAYOUTS
from audio.loudness import block_energies, clip_lufs, integrated_lufs, k_weighting, rms_db, sum_of_squares
from tests.audio.sounds import sine, voice

RATES = [8000, 11025, 16000, 22050, 24000, 44100, 48000, 96000, 192000]
energies = arrays(np.float32, st.integers(1, 60), elements=st.floats(2**-16, 1, width=32))
ONE_CHANNEL_DB = 10 * math.log10(2)  # EBU Tech 3341 plays its signals in two channels, whose energies add up


def ffmpeg_lufs(samples: np.ndarray, rate: int) -> float:
    graph = av.filter.Graph()
    layout = LAYOUTS[samples.ndim]
    source = graph.add_abuffer(sample_rate=rate, format="fltp", layout=layout, time_base=Fraction(1, rate))
    graph.link_nodes(source, graph.add("ebur128", "metadata=1"), graph.add("abuffersink")).configure()
    frame = av.AudioFrame.from_ndarray(np.atleast_2d(samples), "fltp", layout)
    frame.sample_rate, frame.pts = rate, 0
    graph.push(frame)
    graph.push(None)
    measured = ""
    while True:
        try:
            measured = graph.pull().metadata.get("lavfi.r128.I") or measured
        except (av.BlockingIOError, av.EOFError):
            return float(measured)


def test_filters_at_48_khz_are_those_of_the_standard():
    shelf, high_pass = k_weighting(48000)
    table_1 = (1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585)
    assert shelf == pytest.approx(table_1, abs=1e-12)
    assert high_pass == pytest.approx((1, -2, 1, -1.99004745483398, 0.99007225036621), abs=1e-12)


@pytest.mark.parametrize("rate", RATES)
def test_speech_measures_as_ffmpeg_measures_it(rate):
    samples = soxr.resample(voice(8, 22050), 22050, rate)
    assert clip_lufs(samples, rate) == pytest.approx(ffmpeg_lufs(samples, rate), abs=0.02)


@pytest.mark.parametrize("rate", RATES)
def test_full_scale_sine_of_997_hz_measures_3_lu_below_zero(rate):
    assert clip_lufs(sine(997, 0, 2, rate), rate) == pytest.approx(-3.01, abs=0.05)


@pytest.mark.parametrize(
    ("parts", "target"),
    [
        ([(-23, 20)], -23),
        ([(-33, 20)], -33),
        ([(-36, 10), (-23, 60), (-36, 10)], -23),
        ([(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)], -23),
        ([(-26, 20), (-20, 20.1), (-26, 20)], -23),
    ],
)
def test_signals_of_ebu_tech_3341_read_their_target(parts, target):
    samples = np.concatenate([sine(1000, level + ONE_CHANNEL_DB, seconds, 48000) for level, seconds in parts])
    assert clip_lufs(samples, 48000) == pytest.approx(target, abs=0.1)


def test_a_block_ends_every_100_ms_and_lasts_400():
    assert len(block_energies(voice(2.05, 22050), 22050)) == 17
    assert len(block_energies(voice(2.05, 11025), 11025)) == 17
    assert len(block_energies(voice(0.4, 11025), 11025)) == 1


@given(energies, st.floats(-12, 12))
def test_gain_moves_loudness_by_as_many_lu(blocks, gain_db):
    louder = (blocks * 10 ** (gain_db / 10)).astype(np.float32)
    assume(np.abs(blocks / blocks.mean() - 0.1).min() > 1e-3)  # rounding may take a block at the gate either way
    assert integrated_lufs(louder) == pytest.approx(integrated_lufs(blocks) + gain_db, abs=1e-3)


@given(energies)
def test_saying_it_all_again_is_no_louder(blocks):
    assert integrated_lufs(np.concatenate([blocks, blocks])) == pytest.approx(integrated_lufs(blocks), abs=1e-4)


@given(energies, st.integers(0, 20))
def test_silence_in_between_does_not_count(blocks, n_silent):
    quiet = np.zeros(n_silent, np.float32)
    assert integrated_lufs(np.concatenate([blocks, quiet])) == pytest.approx(integrated_lufs(blocks), abs=1e-4)


@given(energies, energies)
def test_loudness_of_two_does_not_depend_on_their_order(one, other):
    there, back = np.concatenate([one, other]), np.concatenate([other, one])
    assert integrated_lufs(there) == pytest.approx(integrated_lufs(back), abs=1e-4)


def test_an_episode_is_as_loud_as_its_takes_energies_say():
    takes = [voice(seconds, 22050, peak) for seconds, peak in ((4, 0.9), (0.3, 0.5), (7, 0.6), (3, 0.8))]
    pause = np.zeros(13000, np.float32)
    episode = np.concatenate([sound for take in takes for sound in (take, pause)])
    together = np.concatenate([block_energies(take, 22050) for take in takes])
    assert integrated_lufs(together) == pytest.approx(clip_lufs(episode, 22050), abs=0.3)


@pytest.mark.parametrize("seconds", [0.05, 0.1, 0.25, 0.39])
def test_clip_shorter_than_a_block_measures_as_all_of_it(seconds):
    assert clip_lufs(sine(1000, -20, seconds, 22050), 22050) == pytest.approx(-23, abs=0.3)


def test_silence_has_no_loudness():
    assert clip_lufs(np.zeros(22050, np.float32), 22050) == -math.inf
    assert clip_lufs(np.zeros(0, np.float32), 22050) == -math.inf
    assert integrated_lufs(np.zeros(0, np.float32)) == -math.inf


def test_squares_of_parts_add_up_to_those_of_the_whole():
    whole = voice(3, 22050)
    parts = [whole[:1000], whole[1000:40000], whole[40000:]]
    assert sum(sum_of_squares(part) for part in parts) == pytest.approx(sum_of_squares(whole), rel=1e-5)


def test_rms_of_a_full_scale_sine_is_3_db_down():
    samples = sine(1000, 0, 1, 48000)
    assert rms_db(sum_of_squares(samples), len(samples)) == pytest.approx(-3.01, abs=0.01)


def test_silence_has_no_rms_level():
    assert rms_db(0.0, 100) == -math.inf
    assert rms_db(0.0, 0) == -math.inf


def test_a_voice_in_both_channels_is_3_lu_louder_than_in_one():
    samples = voice(5, 22050)
    louder_lu = clip_lufs(np.stack([samples, samples]), 22050) - clip_lufs(samples, 22050)
    assert louder_lu == pytest.approx(10 * math.log10(2), abs=1e-4)


@pytest.mark.parametrize("right_db", [0, -6, -20])
def test_two_channels_measure_as_ffmpeg_measures_them(right_db):
    right = voice(6, 44100) * np.float32(10 ** (right_db / 20))
    samples = np.stack([np.roll(voice(6, 44100, 0.5), 9000), right])
    assert clip_lufs(samples, 44100) == pytest.approx(ffmpeg_lufs(samples, 44100), abs=0.02)
