"""Words found by a recogniser, held against what the voice itself says."""

import numpy as np
import pytest

from audio.clip import Clip
from narration.take import SentenceTime
from narration.word_times.aligned import aligned, is_alignable
from narration.word_times.timing import told_apart, with_words
from narration.word_times.words import Timed, from_engine, words
from tests.narration.word_times import flite_voice

pytestmark = pytest.mark.skipif(not flite_voice.IS_HERE, reason="Debian's flite is not installed")

SENTENCES = (
    "The harbour was quiet, and nobody had lit the lamp for Captain Frobnicovsky.",
    "In those years a well-to-do captain seldom came home, although everyone watched.",
)


def off_s(found: tuple[Timed, ...], truth: tuple[Timed, ...], rate_hz: int) -> list[float]:
    return [(one[2] - other[2]) / rate_hz for one, other in zip(found, truth, strict=True)]


def test_words_are_found_within_a_few_milliseconds() -> None:
    off: list[float] = []
    for text in SENTENCES:
        clip, runs = flite_voice.spoken(text, "slt")
        found = aligned(text, clip)
        assert found is not None
        assert tuple(word[:2] for word in found) == words(text)
        off += off_s(found, from_engine(text, runs), clip.sample_rate_hz)
    assert np.median(np.abs(off)) < 0.015  # of these few; benchmarks/word_times.py has it of many


def test_times_say_that_they_were_found_by_a_recogniser() -> None:
    clip, runs = flite_voice.spoken(SENTENCES[0], "rms")
    (time,) = with_words(SENTENCES[:1], [SentenceTime(0, len(clip.samples))], clip, "en-GB")
    assert time.source == "aligned"
    assert np.median(np.abs(off_s(time.words, from_engine(SENTENCES[0], runs), clip.sample_rate_hz))) < 0.015


def test_recording_of_several_sentences_is_told_apart() -> None:
    clips = [flite_voice.spoken(text, "rms")[0] for text in SENTENCES]
    whole = Clip(np.concatenate([clip.samples for clip in clips]), clips[0].sample_rate_hz)
    first, second = told_apart(SENTENCES, whole, "en")
    assert (first.source, second.source) == ("aligned", "aligned")
    assert first.to_samples <= len(clips[0].samples) <= second.from_samples


@pytest.mark.parametrize("sound", [np.zeros(16_000, np.float32), np.zeros(3, np.float32)])
def test_what_cannot_be_followed_is_spread(sound: np.ndarray) -> None:
    clip = Clip(sound, 16_000)
    assert aligned("Nobody says a word of this here, for there is no time for it.", clip) is None
    (time,) = with_words(["Nobody says this."], [SentenceTime(0, len(sound))], clip, "en")
    assert time.source == "spread"


def test_only_english_is_aligned() -> None:
    assert is_alignable("en")
    assert is_alignable("en_US")
    assert not is_alignable("de")
    assert not is_alignable("")
