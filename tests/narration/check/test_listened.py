"""What is said of sentences that were not listened to."""

import pytest

from narration.check import listened
from narration.check.speech import SpokenSentence
from tests.narration.check.test_phones import SILENCE

pytest.importorskip("pocketsphinx", reason="the extra `check` is not installed")
LONG, SHORT = "Four words are enough.", "Two words."


def unheard(voice: str, *sentences: tuple[str, str, bool]) -> list[str]:
    """Of sentences of that voice: text, language, whether it was heard word for word."""
    heard: list[listened.Heard] = [
        (SpokenSentence(1, text, voice, 0.0, 1.0, SILENCE, language), () if as_written else None)
        for text, language, as_written in sentences
    ]
    return list(listened._unheard(listened._hearing(voice, heard), heard))


def test_voice_that_is_followed_is_listened_to() -> None:
    assert unheard("a/b", (LONG, "en-GB", True), (SHORT, "en", False)) == []


def test_voice_that_is_not_followed_is_told_in_numbers() -> None:
    (told,) = unheard("a/b", (LONG, "en", True), (LONG, "en", False))
    assert "cannot follow a/b: it hears 1 of 2 sentences" in told


def test_voice_of_short_sentences_alone_is_not_said_to_have_failed() -> None:
    (told,) = unheard("a/b", (SHORT, "en", True))
    assert told.startswith("a/b says no sentence of 4 words or more")


def test_other_languages_are_told_apart_from_what_was_heard() -> None:
    (told,) = unheard("a/b", (LONG, "en", True), (LONG, "fr", False), (LONG, "fr", False))
    assert told.startswith("The recogniser knows English alone; the words of 2 of 3 sentences of a/b")
    (told,) = unheard("a/b", (LONG, "fr", False))
    assert "1 of 1 sentences" in told


def test_own_recording_is_said_not_to_have_been_listened_to() -> None:
    (told,) = unheard("", (LONG, "en", False))
    assert told.startswith("Your own recordings are not listened to")
