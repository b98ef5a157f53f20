"""Which language a text is in, when nobody says so."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from script.boundaries import base_language
from script.characters import tidy
from script.patterns import regex

_SAMPLE = 20_000  # characters of an article; more do not make it surer
_FEWEST_LETTERS = 60  # in a paragraph, to be taken for one in another language of the same script
_FEWEST_OF_SENTENCE = 16  # letters, where short words of the language bear it out
_FEWEST_SHORT_WORDS = 2
_ENDS, _CLOSING = (".", "!", "?", "…"), "\"'”’»)]"
_MOST_PERCENT, _ALL_PERCENT = 50, 90  # of the text: for an article in a language, for a paragraph in another

_RENAMED = {"iw": "he", "jw": "jv", "no": "nb", "in": "id", "tl": "fil"}  # CLD2's old codes
_ALIKE = tuple(
    frozenset(group.split())
    for group in ("da nb nn sv", "hr sr bs sl", "id ms", "cs sk", "af nl", "gl pt", "be ru uk", "hi mr ne")
)


@dataclass(frozen=True, slots=True)
class _Alphabet:
    """A writing system other than Latin: the languages written in it, the likeliest first."""

    letters: str  # as in a regular expression
    languages: tuple[str, ...]


_ALPHABETS = tuple(
    _Alphabet(f"[{letters}]", tuple(languages.split()))
    for letters, languages in (
        ("\u0400-\u052f", "ru uk bg sr mk be kk ky mn tg tt ba uz"),
        ("\u0370-\u03ff\u1f00-\u1fff", "el grc"),
        ("\u3040-\u30ff", "ja"),
        ("\u4e00-\u9fff\u3400-\u4dbf", "zh ja yue cmn wuu"),
        ("\uac00-\ud7af\u1100-\u11ff\u3130-\u318f", "ko"),
        ("\u0600-\u06ff\u0750-\u077f", "ar fa ur ps ckb ug sd ku"),
        ("\u0590-\u05ff", "he yi"),
        ("\u0900-\u097f", "hi mr ne sa kok"),
        ("\u0980-\u09ff", "bn as bpy"),
        ("\u0a00-\u0a7f", "pa"),
        ("\u0a80-\u0aff", "gu"),
        ("\u0b80-\u0bff", "ta"),
        ("\u0c00-\u0c7f", "te"),
        ("\u0c80-\u0cff", "kn"),
        ("\u0d00-\u0d7f", "ml"),
        ("\u0d80-\u0dff", "si"),
        ("\u0e00-\u0e7f", "th"),
        ("\u1000-\u109f", "my shn"),
        ("\u10a0-\u10ff", "ka"),
        ("\u0530-\u058f", "hy hyw"),
        ("\u1200-\u137f", "am ti"),
        ("\u1780-\u17ff", "km"),
    )
)
_TAG = regex(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_LETTER = regex(r"[^\W\d_]")
_LETTERS = regex(r"[^\W\d_]+")
_BEYOND_LATIN = tuple(map(re.compile, (r"[\u0370-\u1cff\u1f00-\u1fff]", r"[\u3040-\ud7af]")))  # one set compiles slowly


def tag(language: str) -> str:
    """The BCP 47 tag as it is written, also of en_GB; "" for what is none, such as a language's name."""
    written = language.strip().replace("_", "-")
    return written if _TAG.fullmatch(written) else ""


def tag_of(language: str) -> str:
    """The BCP 47 tag that a tag is, or that a language's name in English or in itself stands for; "" for neither."""
    if (known := tag(language)) or not language.strip():
        return known
    name = language.strip().replace("_", "-").casefold()
    return _named_in_english().get(name) or _named_in_themselves().get(name, "")


@cache
def _named_in_english() -> dict[str, str]:
    from babel.core import Locale

    return {name.casefold(): code for code, name in Locale("en").languages.items() if "_" not in code}


@cache
def _named_in_themselves() -> dict[str, str]:
    """Asked last: all of CLDR's languages are loaded for it."""
    from babel.core import Locale, UnknownLocaleError

    names: dict[str, str] = {}
    for code in _named_in_english().values():
        try:
            names.setdefault(str(Locale(code).languages.get(code, "")).casefold(), code)
        except UnknownLocaleError:  # CLDR has its name alone
            continue
    return names


def language_in(texts: Iterable[str]) -> str:
    """The language that most of an article is in, as a BCP 47 tag; "" when that is in doubt."""
    sample = tidy("\n".join(_first(texts)))[0]
    alphabet = _alphabet(sample)
    if alphabet is None and _has_few_letters(sample):
        return ""
    found = _detected(sample, _MOST_PERCENT)
    return _within(alphabet, found) if alphabet else found


def other_language(text: str, language: str) -> str:
    """The language of a paragraph in an article of this language; "" when it is not plainly another.

    A paragraph in letters that the article's language is not written in is at once; one in the same letters must be
    of some length, or a sentence with short words of the other language and none of its own, and without doubt.
    """
    own = base_language(language)
    alphabet = _alphabet(text)
    if alphabet is not None and own not in alphabet.languages:
        return _within(alphabet, _detected(text, _MOST_PERCENT))
    if len(text) < _FEWEST_OF_SENTENCE:
        return ""
    short = _has_few_letters(text)
    if short and (not text.rstrip(_CLOSING).endswith(_ENDS) or _has_few_letters(text, _FEWEST_OF_SENTENCE)):
        return ""
    found = _detected(text, _ALL_PERCENT)
    base = base_language(found) if found else own
    if short and base != own and not _borne_out(text, base, own):
        return ""
    return "" if base == own or any(base in group and own in group for group in _ALIKE) else found


def _borne_out(text: str, other: str, own: str) -> bool:
    """Whether a sentence has short words of another language, and none that are of its own alone."""
    table = _short_words()
    if other not in table or own not in table:
        return False
    words = [word.lower() for word in _LETTERS.findall(text)]
    foreign = sum(word in table[other] for word in words)
    return foreign >= _FEWEST_SHORT_WORDS and not (table[own] - table[other]).intersection(words)


@cache
def _short_words() -> dict[str, frozenset[str]]:
    table = tomllib.loads(Path(__file__).with_name("short_words.toml").read_text("utf-8"))
    return {language: frozenset(words.split()) for language, words in table.items()}


def _has_few_letters(text: str, fewest: int = _FEWEST_LETTERS) -> bool:
    return sum(1 for _ in islice(_LETTER.finditer(text), fewest)) < fewest


def _first(texts: Iterable[str]) -> Iterator[str]:
    left = _SAMPLE
    for text in texts:
        if left <= 0:
            return
        yield text[:left]
        left -= len(text)


def _within(alphabet: _Alphabet, found: str) -> str:
    return found if base_language(found) in alphabet.languages and found else alphabet.languages[0]


def _alphabet(text: str) -> _Alphabet | None:
    """What three letters of five are from; None for Latin. Some kana make Chinese characters Japanese."""
    if text.isascii() or not any(letters.search(text) for letters in _BEYOND_LATIN):
        return None
    letters = len(_LETTER.findall(text))
    counts = {alphabet: len(re.findall(alphabet.letters, text)) for alphabet in _ALPHABETS}
    kana, han = _ALPHABETS[2], _ALPHABETS[3]
    if counts[kana] * 10 > counts[han]:
        counts[kana] += counts.pop(han)
    most = max(counts, key=lambda alphabet: counts[alphabet])
    return most if counts[most] * 5 > letters * 3 else None


def _detected(text: str, least_percent: int) -> str:
    """What CLD2 finds without doubt, "" otherwise, and where there is no wheel of it."""
    try:
        import pycld2
    except ImportError:
        return ""
    try:
        reliable, _, languages = pycld2.detect(text, isPlainText=True)
    except pycld2.error:  # characters that no text has
        return ""
    _, code, percent, _ = languages[0]
    if not reliable or percent < least_percent or not re.fullmatch(r"[a-z]{2,3}(?:-Hant)?", code) or code == "un":
        return ""
    return str(_RENAMED.get(code, code))
