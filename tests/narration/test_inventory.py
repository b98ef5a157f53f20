"""What there is to speak with."""

import pytest

from narration.errors import UsageError
from narration.inventory import ListedEngine, engines, voices


def test_engines_that_work_have_a_version_and_voices() -> None:
    listed = {engine.name: engine for engine in engines()}
    assert listed["tone"] == ListedEngine("tone", "tone 1", 2)
    assert listed["pyttsx3"].works
    assert listed["pyttsx3"].n_voices > 0


@pytest.mark.usefixtures("stranger")
def test_engine_that_does_not_work_says_why_and_hides_no_other() -> None:
    listed = {engine.name: engine for engine in engines()}
    assert not listed["missing"].works
    assert listed["tone"].works
    assert listed["faulty"].works


def test_voices_are_listed_under_their_one_name() -> None:
    assert [voice.name for voice in voices("tone")] == ["tone/low", "tone/high"]


@pytest.mark.parametrize(("language", "count"), [("en", 2), ("EN", 2), ("en-us", 0), ("e", 0), ("de", 0)])
def test_voices_are_chosen_by_language(language: str, count: int) -> None:
    assert len(voices("tone", language)) == count


def test_region_is_part_of_its_language() -> None:
    english, british = ({voice.name for voice in voices("pyttsx3", language)} for language in ("en", "en_GB"))
    assert "pyttsx3/en-gb" in british < english
    assert "pyttsx3/en-us" in english - british


def test_unknown_engine_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="There is no engine “nosuch”"):
        voices("nosuch")
