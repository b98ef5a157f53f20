"""Sentences read by a voice whose word times are known."""

import pytest

from narration.engines.espeak_library import EspeakError
from narration.word_times import reference
from narration.word_times.reference import joined_readings, readings
from narration.word_times.words import words

SENTENCES = ["The lamp was lit.", "Nobody, it seems, saw it."]


@pytest.mark.parametrize("language", ["en", "en-GB", "en_ZA", "de-AT", "fr", "zh-Hans"])
def test_every_word_of_a_sentence_is_read(language: str) -> None:
    read = readings(SENTENCES, language)
    assert read is not None
    for text, each in zip(SENTENCES, read, strict=True):
        assert tuple(word[:2] for word in each.words) == words(text)
        assert each.words[-1][2] < len(each.clip.samples)


def test_joined_readings_are_heard_one_behind_the_other() -> None:
    read = readings(SENTENCES, "en")
    assert read is not None
    whole = joined_readings(read, 0.5)
    assert whole.clip.duration_s == pytest.approx(sum(each.clip.duration_s for each in read) + 0.5, abs=0.001)
    starts = [word[2] for word in whole.words]
    assert starts == sorted(starts)


def test_nothing_is_read_where_it_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    assert readings(SENTENCES, "tlh") is None
    assert readings(["…"], "en") is None

    def broken() -> None:
        raise EspeakError("no data")

    monkeypatch.setattr(reference, "Library", broken)
    assert readings(SENTENCES, "en") is None


@pytest.mark.parametrize(
    ("language", "voice"), [("en", "gmw/en-US"), ("en-ZA", "gmw/en-US"), ("en-gb", "gmw/en"), ("pt_BR", "roa/pt-BR")]
)
def test_reader_is_of_the_region_or_the_usual_one(language: str, voice: str) -> None:
    assert reference.voice_of(language) == voice
