"""Word times found in the sound, held against those of an engine that knows them."""

from itertools import pairwise

import numpy as np
import pytest

from audio.clip import Clip
from audio.edit import joined, trimmed
from narration.engines import Delivery
from narration.engines.pyttsx3 import Pyttsx3Engine
from narration.take import SentenceTime
from narration.word_times import timing
from narration.word_times.timing import told_apart, with_words
from narration.word_times.words import Timed, from_engine, later, words

SENTENCES = (
    "The harbour was quiet, and nobody had lit the lamp.",
    "In those years a careless captain seldom came home, although everyone watched.",
    "Nothing else was heard.",
)


@pytest.fixture(autouse=True)
def _no_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "is_alignable", lambda _: False)


def spoken(sentences: tuple[str, ...], delivery: Delivery) -> tuple[Clip, tuple[tuple[Timed, ...], ...]]:
    """The sentences joined into one clip, and when the engine says that their words are heard."""
    speeches = Pyttsx3Engine().speak(sentences, delivery)
    clips, cuts = zip(*(trimmed(speech.clip) for speech in speeches), strict=True)
    whole, starts = joined(clips, 0.5)
    given = [[(w.start, w.end, w.from_samples, w.to_samples) for w in speech.words] for speech in speeches]
    return whole, tuple(
        later(from_engine(text, times), start - cut)
        for text, times, start, cut in zip(sentences, given, starts, cuts, strict=True)
    )


def apart_s(found: tuple[SentenceTime, ...], truth: tuple[tuple[Timed, ...], ...], rate_hz: int) -> np.ndarray:
    """How far each word starts from where it does, in seconds."""
    pairs = zip((w for time in found for w in time.words), (w for each in truth for w in each), strict=True)
    return np.array([abs(one[2] - other[2]) / rate_hz for one, other in pairs])


def test_words_are_found_by_a_reading_in_another_voice_at_another_pace() -> None:
    clip, truth = spoken(SENTENCES, Delivery("en-gb-scotland+f3", speed=0.8))
    times = [SentenceTime(each[0][2], each[-1][3]) for each in truth]
    found = with_words(SENTENCES, times, clip, "en-US")
    assert {time.source for time in found} == {"spread"}
    assert [tuple(word[:2] for word in time.words) for time in found] == [words(each) for each in SENTENCES]
    assert np.median(apart_s(found, truth, clip.sample_rate_hz)) < 0.020


def test_sentences_of_one_recording_are_told_apart() -> None:
    clip, truth = spoken(SENTENCES, Delivery("en-us+m3", speed=1.2))
    found = told_apart(SENTENCES, clip, "en")
    assert (found[0].from_samples, found[-1].to_samples) == (0, len(clip.samples))
    assert all(one.to_samples <= other.from_samples for one, other in pairwise(found))
    assert np.median(apart_s(found, truth, clip.sample_rate_hz)) < 0.020


@pytest.mark.parametrize("language", ["", "tlh"])
def test_words_lie_between_silences_where_no_voice_reads_the_language(language: str) -> None:
    clip, truth = spoken(SENTENCES, Delivery("en-us"))
    found = told_apart(SENTENCES, clip, language)
    assert {time.source for time in found} == {"spread"}
    assert np.median(apart_s(found, truth, clip.sample_rate_hz)) < 0.100
    for time, each in zip(found, truth, strict=True):
        assert time.from_samples == pytest.approx(each[0][2], abs=0.1 * clip.sample_rate_hz)


def test_words_that_the_engine_gave_stay() -> None:
    given = SentenceTime(0, 9, ((0, 3, 0, 9),))
    assert with_words(["One"], [given], Clip(np.zeros(9, np.float32), 22_050), "en") == (given,)


@pytest.mark.parametrize("sound", [np.zeros(4, np.float32), np.ones(22_050, np.float32)])
@pytest.mark.parametrize("language", ["en", ""])
def test_any_sound_gives_times_that_rise_within_it(sound: np.ndarray, language: str) -> None:
    for time in told_apart(["A few words.", "And — more."], Clip(sound, 22_050), language):
        marks = [mark for word in time.words for mark in word[2:]]
        assert [0, *marks, len(sound)] == sorted([0, *marks, len(sound)])
