"""Texts in the phonetic alphabet."""

import pytest

from narration.engines.espeak_library import EspeakError
from narration.engines.espeak_transcription import transcriptions
from narration.engines.kokoro_names import LANGUAGES

TEXT = "Hello, world! (Yes.) — 42 3.5."


def test_texts_are_transcribed_with_their_marks() -> None:
    assert transcriptions([TEXT, "a"], "en-us") == ("həlˈoʊ, wˈɜːld! (jˈɛs.) — fˈɔːɹɾi tˈuː θɹˈiː pɔɪnt fˈaɪv.", "ˈeɪ")


def test_going_over_to_another_language_is_not_spelled_out() -> None:
    assert "(" not in transcriptions(["le weekend"], "fr")[0]


@pytest.mark.parametrize("language", [espeak for _, espeak in LANGUAGES.values()])
def test_languages_of_kokoro_are_known(language: str) -> None:
    assert transcriptions(["a"], language)[0]


def test_unknown_voice_transcribes_nothing() -> None:
    with pytest.raises(EspeakError, match="nosuch"):
        transcriptions(["a"], "nosuch")
