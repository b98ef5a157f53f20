"""The rules in their order, and a text as they have it spoken."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from script.article import Override
from script.boundaries import base_language
from script.characters import tidy
from script.speech.abbreviations import abbreviations
from script.speech.language import Language, language_of
from script.speech.money import money
from script.speech.numbers import cardinals, ordinals, ranges, years
from script.speech.references import references
from script.speech.rewriting import Rewrite, Spoken, apart_from, rendered, settled
from script.speech.roman import roman_numerals
from script.speech.runs import dotted_letters, endless_words, heaped_accents, repeated_characters
from script.speech.symbols import marks, pictures, symbols
from script.speech.web import web_addresses


@dataclass(frozen=True, slots=True)
class Rule:
    """A class of tokens: a quick test for whether a text can hold any, and what finds them and says them."""

    trigger: re.Pattern[str]
    rewrites: Callable[[str, Language], Iterator[Rewrite]]


_DIGIT: Final = re.compile(r"[0-9]")
_DOT: Final = re.compile(r"[^\W\d_]\.")
_SIGN: Final = re.compile(r"[^\w\s.,;:?!'\"()“”‘’—–-]|_|--")

# Of two rules that begin at the same character and are of one length the first stands.
RULES: Final = (
    Rule(re.compile(r"\.\s?\w\.\s?\w\.\s?\w\."), dotted_letters),
    Rule(re.compile(r"([^\w\s])\s\1\s\1|(\S)\2\2"), repeated_characters),
    Rule(re.compile(r"\w{101}"), endless_words),
    Rule(re.compile(r"[\u0300-\u036f\u0488\u0489]{3}"), heaped_accents),
    Rule(re.compile(r"@|://|\w\.\w"), web_addresses),
    Rule(re.compile(r"[\[¹²³⁴-⁹⁰†‡]"), references),
    Rule(re.compile(r"[$€£¥]"), money),
    Rule(_DIGIT, years),
    Rule(_DIGIT, ranges),
    Rule(_DIGIT, ordinals),
    Rule(_DIGIT, cardinals),
    Rule(re.compile(r" [IVX]"), roman_numerals),
    Rule(_DOT, abbreviations),
    Rule(_SIGN, symbols),
    Rule(_SIGN, pictures),
    Rule(_SIGN, marks),
)


def rewrites(text: str, language: str, overrides: Sequence[Override] = ()) -> list[Rewrite]:
    """What is said otherwise than written in a tidy text, in order.

    The overrides, in order and apart, stand before any rule.
    """
    found_language = language_of(base_language(language))
    candidates = (
        rewrite for rule in RULES if rule.trigger.search(text) for rewrite in rule.rewrites(text, found_language)
    )
    if not overrides:
        return settled(candidates)
    fixed = [_overriding(text, each) for each in overrides]
    return sorted([*fixed, *settled(apart_from(candidates, fixed))], key=lambda rewrite: rewrite.start)


def verbalised(text: str, language: str = "en") -> Spoken:
    """What is said for a piece of prose, traced to its tidy text; words without signs stay as they are."""
    whole = tidy(text)[0]
    return rendered(whole, rewrites(whole, language), 0, len(whole))


def _overriding(text: str, override: Override) -> Rewrite:
    said = override.say or text[override.start : override.end]
    return Rewrite(override.start, override.end, said, override.ipa)
