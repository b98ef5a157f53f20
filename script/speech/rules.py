"""The rules in their order, and a text as they have it spoken."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from script.article import Override
from script.characters import tidy
from script.speech.abbreviations import abbreviations
from script.speech.addresses import addresses
from script.speech.cardinals import numbers_in
from script.speech.dates import dates, figure_dates, month_years, yearless_dates
from script.speech.folding import folded
from script.speech.fractions import fractions
from script.speech.initialisms import initialisms
from script.speech.language import Language, language_of
from script.speech.mathematics import arithmetic, enclosed, formulas, greek_letters, powers, scientific
from script.speech.measures import measures, units_of_powers
from script.speech.money import money
from script.speech.numbers import cardinals, ordinals, other_digits, versions
from script.speech.phrases import phrases
from script.speech.primes import feet_and_inches, minutes
from script.speech.ranges import ranges, sizes, weekdays
from script.speech.references import references
from script.speech.rewriting import Rewrite, Spoken, apart_from, rendered, settled, spaced
from script.speech.roman import roman_numerals
from script.speech.runs import dotted_letters, endless_words, heaped_accents, repeated_characters
from script.speech.serials import models, serials, slashes
from script.speech.stars import stars
from script.speech.symbols import marks, pictures, symbols
from script.speech.telephones import hosts, telephones
from script.speech.times import durations, times
from script.speech.web import handles, paths, web_addresses
from script.speech.years import year_parts, years


@dataclass(frozen=True, slots=True)
class Rule:
    """A class of tokens: a quick test for whether a text can hold any, and what finds them and says them."""

    trigger: re.Pattern[str]
    rewrites: Callable[[str, Language], Iterator[Rewrite]]


_DIGIT: Final = re.compile(r"[0-9]")
_DIGITS: Final = re.compile(r"[0-9]+")
_DOT: Final = re.compile(r"[^\W\d_]\.|[\u0900-\u097f]\.|[ʳᵉˢˡᵐ]|[MDS][a-z]|s:t|мл|тыс|\b[гд]-|[nN][°º]")
_SIGN: Final = re.compile(r"[^\w\s.,;:?!'\"()“”‘’—–-]|[_²³]|--")

# Of two rules that begin at the same character and are of one length the first stands.
RULES: Final = (
    Rule(re.compile(r"\.\s?\w\.\s?\w\.\s?\w\."), dotted_letters),
    Rule(re.compile(r"([^\w\s])\s\1\s\1|(\S)\2\2"), repeated_characters),
    Rule(re.compile(r"\w{101}"), endless_words),
    Rule(re.compile(r"[\u0300-\u036f\u0488\u0489]{3}"), heaped_accents),
    Rule(re.compile(r"[0-9IVX]| v\.? [A-Z]"), phrases),
    Rule(_DOT, abbreviations),
    Rule(re.compile(r"@|://|\w\.\w"), web_addresses),
    Rule(re.compile(r"[/\\]|\w\.\w"), paths),
    Rule(re.compile(r"[@#]\w"), handles),
    Rule(re.compile(r"[\[¹²³⁴-⁹⁰†‡]"), references),
    Rule(re.compile(r"\d.{3}"), telephones),
    Rule(re.compile(r"\d\.\d+\.\d"), hosts),
    Rule(re.compile(r"\d [A-Z]|, [A-Z]{2}\b|[a-z.] \d{3}"), addresses),
    Rule(re.compile(r"\d(?:[-/.]|\. )\d+(?:[-/.]|\. )\d"), figure_dates),
    Rule(re.compile(r"\d\.\d+\.|[a-z] \d+/\d"), yearless_dates),
    Rule(_DIGIT, dates),
    Rule(re.compile(r"\d\d\d\d"), month_years),
    Rule(re.compile(r"\d[:.h]\d|\d ?[AaPpUh]"), times),
    Rule(re.compile(r"\d:\d\d:"), durations),
    Rule(re.compile(r"\d"), money),
    Rule(_DIGIT, years),
    Rule(re.compile(r"[QH]\d|\d[QH]"), year_parts),
    Rule(re.compile(r"\d ?[-–]?(?:[^\W\d_]|°|[Ω])|\d ?º"), measures),
    Rule(re.compile(r"10[⁰¹²³⁴-⁹⁻⁺^]|[eE][-−+]\d"), units_of_powers),
    Rule(re.compile(r"\d ?(?:['’′\"″]|ft)"), feet_and_inches),
    Rule(re.compile(r"\d['’′+]"), minutes),
    Rule(re.compile(r"[\d¼½¾⅐-⅞].?.?[–—-]|\d[:/]\d"), ranges),
    Rule(re.compile(r"\d\s?[/⁄]\s?\d|[¼½¾⅐-⅞↉]"), fractions),
    Rule(re.compile(r"\d\s?[x×]\s?\d"), sizes),
    Rule(re.compile(r"[^\W\d_]\.?\s?[–-]\s?[^\W\d_]|\w\.,? \d"), weekdays),
    Rule(_DIGIT, ordinals),
    Rule(re.compile(r"\d\.\d"), versions),
    Rule(re.compile(r"\d[A-Za-z]+\d|0[xX]"), serials),
    Rule(re.compile(r"[A-Z][ -]?\d{3}|\d\d(?:X| Ti)"), models),
    Rule(re.compile(r"[A-Z()]\d|[₀-₉]"), formulas),
    Rule(_DIGIT, cardinals),
    Rule(re.compile(r"[IVX]|[a-z.] [ivxl]"), roman_numerals),
    Rule(re.compile(r"[A-Z]\.[A-Z]|\b[a-z]{2,3}\b|\bAD\b|[A-Z][#+]"), initialisms),
    Rule(re.compile(r"[-−+=<>≈≠≤≥±×÷·∙*]"), arithmetic),
    Rule(re.compile(r"[|∫]"), enclosed),
    Rule(re.compile(r"[⁰¹²³⁴-⁹⁺⁻^]"), powers),
    Rule(re.compile(r"\d[eE]"), scientific),
    Rule(re.compile(r"[Α-Ωα-ω]"), greek_letters),
    Rule(re.compile(r"/"), slashes),
    Rule(re.compile(r"[^\x00-\x7f]"), other_digits),
    Rule(re.compile("★"), stars),
    Rule(_SIGN, symbols),
    Rule(_SIGN, pictures),
    Rule(_SIGN, marks),
)


def rewrites(text: str, language: str, overrides: Sequence[Override] = ()) -> list[Rewrite]:
    """What is said otherwise than written in a tidy text, in order.

    The overrides, in order and apart, stand before any rule.
    """
    found_language, plain = language_of(language), folded(text)
    candidates = (rewrite for rule in _triggered(plain) for rewrite in rule.rewrites(plain, found_language))
    if not overrides:
        return _complete(plain, settled(candidates), found_language)
    fixed = [_overriding(text, each) for each in overrides]
    standing = sorted([*fixed, *settled(apart_from(candidates, fixed))], key=lambda rewrite: rewrite.start)
    return _complete(plain, standing, found_language)


def _triggered(text: str) -> Iterator[Rule]:
    """The rules that may find something; neighbours that share a trigger have it looked for once."""
    last: re.Pattern[str] | None = None
    found = False
    for rule in RULES:
        if rule.trigger is not last:
            last, found = rule.trigger, rule.trigger.search(text) is not None
        if found:
            yield rule


def verbalised(text: str, language: str = "en") -> Spoken:
    """What is said for a piece of prose, traced to its tidy text; words without signs stay as they are."""
    whole = tidy(text)[0]
    return rendered(whole, rewrites(whole, language), 0, len(whole))


def _complete(text: str, standing: list[Rewrite], language: Language) -> list[Rewrite]:
    """The rewrites and, where the parts of a number fell to another rule, the digits that are left."""
    numbers = numbers_in(language)
    if not numbers or not _DIGIT.search(text):
        return standing
    candidates = (
        spaced(text, *match.span(), numbers.cardinal(match[0]))
        for start, end in pairwise([0, *(edge for each in standing for edge in (each.start, each.end)), len(text)])
        for match in _DIGITS.finditer(text, start, end)
    )
    left = apart_from(candidates, standing)
    return sorted([*standing, *left], key=lambda rewrite: rewrite.start) if left else standing


def _overriding(text: str, override: Override) -> Rewrite:
    said = "" if override.silent else override.say or text[override.start : override.end]
    return Rewrite(override.start, override.end, said, override.ipa)
