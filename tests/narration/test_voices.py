"""Which voice is meant."""

import pytest

from narration.engines import Voice
from narration.errors import UsageError
from narration.voices import VoiceName, chosen, voice_name

VOICES = (
    Voice("af", ("af",), "Afrikaans"),
    Voice("en-029", ("en-029", "en"), "English (Caribbean)"),
    Voice("en-gb", ("en-gb", "en"), "English (Great Britain)"),
    Voice("en-us", ("en-us", "en"), "English (America)"),
    Voice("fr-be", ("fr-be", "fr"), "French (Belgium)"),
    Voice("fr-fr", ("fr-fr", "fr"), "French (France)"),
    Voice("nb", ("nb", "no"), "Norwegian Bokmål"),
    Voice("pt", ("pt", "pt-pt"), "Portuguese (Portugal)"),
    Voice("pt-br", ("pt-br",), "Portuguese (Brazil)"),
)


@pytest.mark.parametrize(
    ("name", "engine", "meant"),
    [
        ("", "", "pyttsx3/"),
        ("en-gb", "", "pyttsx3/en-gb"),
        ("tone/low", "", "tone/low"),
        ("low", "tone", "tone/low"),
        ("tone/low", "tone", "tone/low"),
        ("other/voice", "", "pyttsx3/other/voice"),
    ],
)
def test_name_has_an_engine_and_a_voice(name: str, engine: str, meant: str) -> None:
    assert str(voice_name(name, engine)) == meant


@pytest.mark.parametrize(("name", "engine"), [("tone/low", "pyttsx3"), ("low", "ton")])
def test_name_that_cannot_be_is_refused(name: str, engine: str) -> None:
    with pytest.raises(UsageError):
        voice_name(name, engine)


@pytest.mark.parametrize(
    ("language", "voice"),
    [
        ("en", "en-us"),
        ("", "en-us"),
        ("en-GB", "en-gb"),
        ("en_gb", "en-gb"),
        ("en-AU", "en-us"),
        ("fr", "fr-fr"),
        ("fr-BE", "fr-be"),
        ("fr-CA", "fr-fr"),
        ("nn", "nb"),
        ("nn-NO", "nb"),
        ("pt", "pt"),
        ("pt-BR", "pt-br"),
        ("af-ZA", "af"),
        ("xx", "en-us"),
    ],
)
def test_language_gets_the_nearest_voice(language: str, voice: str) -> None:
    assert chosen(VoiceName("pyttsx3", ""), language, VOICES).voice == voice


@pytest.mark.parametrize(
    ("name", "voice"),
    [
        ("en-gb", "en-gb"),
        ("EN-GB", "en-gb"),
        ("English (Great Britain)", "en-gb"),
        ("en-gb+f3", "en-gb+f3"),
        ("af", "af"),
    ],
)
def test_voice_is_found_by_name_or_description(name: str, voice: str) -> None:
    assert chosen(VoiceName("pyttsx3", name), "pt", VOICES).voice == voice


def test_unknown_voice_names_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"has no voice “en-gp”\. The nearest are: en-gb"):
        chosen(VoiceName("pyttsx3", "en-gp"), "en", VOICES)


def test_engine_without_voices_says_so() -> None:
    with pytest.raises(UsageError, match="has no voice here"):
        chosen(VoiceName("pyttsx3", ""), "en", ())


def test_language_nobody_speaks_gets_any_voice() -> None:
    assert chosen(VoiceName("x", ""), "xx", VOICES[:1]).voice == "af"
