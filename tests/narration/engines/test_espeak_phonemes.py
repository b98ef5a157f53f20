"""Whether eSpeak NG says what a transcription says: by its own account in IPA, of the mnemonics that it was given."""

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narration.engines.espeak_driver import EspeakDriver
from narration.engines.espeak_library import Library
from narration.engines.espeak_phonemes import Marked, marked, mnemonics

WORDS = {
    "en-us": "dʒˈɪf tˈɛmz bɹˈɛd kwɪnˈoʊə nˈaɪkiː ʒˈɑ̃ xˈaɪvə ɲˈɔki hˈɜː sˌɪmɪzˈɛn",
    "en-gb": "wˈɒtfəd nˈɜːs ðˈeə tˈʊə lˈɒx ˈəʊk",
    "de": "ɡˈøːtə mˈʏnçən pfˈɛɾt ʃpɾˈaxə",
    "fr": "bɔ̃ʒˈuʁ vˈɛ̃ lˈy pˈø mˈœʁ ɲˈɔ",
    "es": "pˈero pˈeɾo kwˈaɪ aɲˈo ʎˈaβe",
    "ru": "dʲɪrʲˈevnʲə",
}


@cache
def driver() -> EspeakDriver:
    return EspeakDriver(None)


@pytest.mark.parametrize("voice", WORDS)
def test_voice_says_the_sounds_that_were_written(voice: str) -> None:
    said = {word: driver().mnemonics(word, voice) for word in WORDS[voice].split()}
    library = Library()
    library.set_voice(driver()._identified(voice))
    heard = {word: library.phonemes(each) for word, each in said.items()}
    library.close()
    assert heard == {word: word for word in said}


@pytest.mark.parametrize(
    ("ipa", "expected"),
    [
        ("dʒɪf", "dZ'If"),
        ("/ˈd͡ʒɪ.fi/", "dZ'Ifi"),
        ("əˈlaʊ", "@l'aU"),
        ("ðə", "D@"),
        ("ˈbʌtn̩", "b'Vt@n"),
        ("rɛd", "r'Ed"),
        ("ˈɡøːtə", "g'3:t@"),
        ("ˈmʏnçən", "m'InC@n"),
        ("nuː ˈjɔɹk", "n'u: j'Ork"),
        ("ma˥", ""),
        ("", ""),
    ],
)
def test_transcription_becomes_mnemonics_of_the_nearest_sounds(ipa: str, expected: str) -> None:
    assert driver().mnemonics(ipa, "en-us") == expected


def test_every_voice_has_the_common_sounds() -> None:
    lacking = [voice.id for voice in driver().getProperty("voices") if not driver().mnemonics("ˈpatika", voice.id)]
    assert lacking == []


@given(st.text(alphabet="aɪuəptkʃɡˈˌːʲ̩̃. xœ[]/˥", max_size=12))
def test_no_transcription_does_harm(ipa: str) -> None:
    found = mnemonics(ipa, "en", lambda said: said.replace("@", "ə"))
    assert not re.search(r"[\[\]/]", found)


def test_marked_text_says_where_its_words_stand() -> None:
    text = "A gif, [so] gif."
    found = marked(text, [(2, 5, "dZ'If"), (12, 15, "g'If")], "en")
    assert found.text == "A [[dZ'If]],  so  [[g'If]]."
    assert found.place(2, 11) == (2, 5)
    assert found.place(4, 6) == (2, 5)
    assert found.place(2, 12) == (2, 6)
    assert found.place(14, 16) == (8, 10)
    assert found.place(0, len(found.text)) == (0, len(text))


def test_text_without_marks_stands_where_it_stood() -> None:
    assert Marked("some words").place(5, 10) == (5, 10)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("(gif)", "en", "( [[dZ'If]] )"),
        ("gif's", "en-gb", "[[dZ'Ifs]]"),
        ("gifs, a", "de", "[[dZ'Ifs]], a"),
        ("“gif”", "en", "“ [[dZ'If]] ”"),
        ("gifst", "en", "[[dZ'If]] st"),
    ],
)
def test_mnemonics_stand_between_spaces_with_what_belongs_to_them(text: str, language: str, expected: str) -> None:
    start = text.index("gif")
    assert marked(text, [(start, start + 3, "dZ'If")], language).text == expected


@pytest.mark.parametrize(("said", "expected"), [("b'VS", "b'VSIz"), ("d'0g", "d'0gz"), ("k'at", "k'ats")])
def test_english_genitive_follows_the_last_sound(said: str, expected: str) -> None:
    assert marked("it’s", [(0, 2, said)], "en").text == f"[[{expected}]]"
