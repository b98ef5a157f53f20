"""Runs of characters that no voice should get: some crash it, all bore the listener."""

import re
from collections.abc import Iterator

from script.patterns import regex
from script.speech.cardinals import numbers_in
from script.speech.language import Language
from script.speech.rewriting import Rewrite

# eSpeak NG 1.51 and 1.52 abort on 100 to 200 dotted letters; nothing that is read aloud has eight.
_DOTTED = regex(r"(?:[^\W\d_]\.\s?){8,}")
_SAME = regex(r"([^\W\d])\1{9,}|([^\w\s])(?:\s?\2){3,}", re.IGNORECASE)
_DIGITS = regex(r"\d{101,}")
_LONG_WORD = regex(r"[^\W\d_]{101,}")
_ACCENTS = regex(r"[\u0300-\u036f\u0488\u0489]{3,}")
_MOST_LETTERS = 20
_SAME_KEPT = 3
_PIECE = 50  # letters: no word is longer


def dotted_letters(text: str, _: Language) -> Iterator[Rewrite]:
    """Eight or more letters with a full stop after each lose the stops, and all after the twentieth."""
    for match in _DOTTED.finditer(text):
        letters = list(filter(str.isalpha, match[0]))[:_MOST_LETTERS]
        after = " " if match[0][-1].isspace() else ""
        yield Rewrite(*match.span(), " ".join(letters) + after, note="A run of dotted letters was broken up.")


def repeated_characters(text: str, _: Language) -> Iterator[Rewrite]:
    """A letter ten times or more is kept three times; of four or more marks one stays if it ends a sentence."""
    for match in _SAME.finditer(text):
        letter, mark = match[1], match[2]
        if letter and not letter.isalpha():
            continue
        said = letter * _SAME_KEPT if letter else mark if mark in ".!?…" else ""
        note = "A run of one character was shortened." if letter or mark in "!?" else ""
        yield Rewrite(*match.span(), said, note=note)


def endless_words(text: str, language: Language) -> Iterator[Rewrite]:
    """A word of more than 100 letters is parted, a number of more than 100 digits is cut."""
    numbers = numbers_in(language)
    for match in _DIGITS.finditer(text):
        note = "A number of more than 100 digits was shortened."
        kept = match[0][:_MOST_LETTERS]
        yield Rewrite(*match.span(), numbers.spelled(kept) if numbers else " ".join(kept), note=note)
    for match in _LONG_WORD.finditer(text):
        pieces = (match[0][start : start + _PIECE] for start in range(0, len(match[0]), _PIECE))
        yield Rewrite(*match.span(), " ".join(pieces), note="A word of more than 100 letters was broken up.")


def heaped_accents(text: str, _: Language) -> Iterator[Rewrite]:
    """Of three accents or more on one letter two stay."""
    for match in _ACCENTS.finditer(text):
        yield Rewrite(*match.span(), match[0][:2])
