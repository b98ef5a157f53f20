"""Numbers, ranks, ranges and years in prose."""

import re
from collections.abc import Iterator

from script.speech.cardinals import Numbers, numbers_in
from script.speech.language import Language
from script.speech.rewriting import Rewrite, spaced

# A whole number with commas between its thousands or without, and its decimals.
NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?![\d])|\d+)(?:\.\d+)?"
_MINUS = r"(?:(?<![\w.,)\]])[-−–](?=[\d.]))?"
_CARDINAL = re.compile(rf"({_MINUS})({NUMBER}|(?<![\w.])\.\d+)", re.ASCII)
_VERSION = re.compile(r"(?<![\w.,])\d+(?:\.\d+){2,}(?!\w)", re.ASCII)
_ORDINAL = re.compile(r"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th)\b", re.IGNORECASE | re.ASCII)
_RANGE = re.compile(rf"(?<![\w.,/–-])({NUMBER})\s?[–—-]\s?({NUMBER})(?![\w/–-]|[.,]\d)", re.ASCII)
_YEAR = re.compile(r"(?<![\w.,$€£¥#+/-])(1\d{3}|20\d\d)(?![\w$€£¥%]|[.,]\d|[-/]\d)", re.ASCII)
_DECADE = re.compile(r"(?<!\w)(?:(1\d|20)(\d0)|['’]?(?<!\d)([2-9]0))['’]?s\b", re.ASCII)
_ERA = re.compile(r"\s?(?:AD|BC|CE|BCE|A\.D\.|B\.C\.)(?!\w)")
_WORD_BEFORE = re.compile(r"([\w©]+)\W{1,2}(?:\d{1,2}(?:st|nd|rd|th)?,? )?\Z", re.ASCII)
_WORD_AFTER = re.compile(r"[ -]([a-z]+)")


def cardinals(text: str, language: Language) -> Iterator[Rewrite]:
    """Whole numbers and decimals, with a minus where one stands, and numbers of more parts: "3.11.7"."""
    numbers = numbers_in(language)
    if numbers:
        point = f" {numbers.words['point']} "
        for match in _VERSION.finditer(text):
            yield Rewrite(*match.span(), point.join(map(numbers.cardinal, match[0].split("."))))
        for match in _CARDINAL.finditer(text):
            minus = f"{numbers.words['minus']} " if match[1] else ""
            yield spaced(text, *match.span(), minus + numbers.decimal(match[2]))


def ordinals(text: str, language: Language) -> Iterator[Rewrite]:
    """Ranks: 1st, 22nd."""
    numbers = numbers_in(language)
    if numbers:
        for match in _ORDINAL.finditer(text):
            yield Rewrite(*match.span(), numbers.ordinal(match[1]))


def ranges(text: str, language: Language) -> Iterator[Rewrite]:
    """From one number to a greater one: "10–12", "1939-45"."""
    numbers = numbers_in(language)
    if numbers:
        for match in _RANGE.finditer(text):
            said = _range(match[1], match[2], numbers)
            if said:
                yield Rewrite(*match.span(), said)


def years(text: str, language: Language) -> Iterator[Rewrite]:
    """Four digits where they plainly are a year, and decades: "in 1990", "the 1960s", "the ’80s"."""
    numbers = numbers_in(language)
    if not numbers:
        return
    for match in _DECADE.finditer(text):
        yield Rewrite(*match.span(), _decade(match, numbers))
    before, counted = (
        frozenset(language.table("years")["before"]),
        frozenset(language.table("years")["counted"]),
    )
    for match in _YEAR.finditer(text):
        if _is_year(text, match, before, counted):
            yield Rewrite(*match.span(), numbers.year(match[0]))


def _range(first: str, last: str, numbers: Numbers) -> str:
    """The range in words, "" when the two are no range: a telephone number, a score, a subtraction."""
    if _like_year(first) and last.isdigit() and (len(last) == 2 or (_like_year(last) and first < last)):
        end = numbers.year(last) if len(last) == 4 else numbers.decimal(last)
        return f"{numbers.year(first)} {numbers.words['to']} {end}"
    value, limit = float(first.replace(",", "")), float(last.replace(",", ""))
    bare = first.isdigit() and last.isdigit() and max(len(first), len(last)) > 3
    if value >= limit or bare or (len(first) > 1 and first[0] == "0"):
        return ""
    return f"{numbers.decimal(first)} {numbers.words['to']} {numbers.decimal(last)}"


def _like_year(digits: str) -> bool:
    return len(digits) == 4 and digits.isdigit() and "1100" <= digits < "2100"


def _decade(match: re.Match[str], numbers: Numbers) -> str:
    if match[3]:
        return numbers.several(numbers.cardinal(match[3]))
    return numbers.several(numbers.year(match[1] + match[2]))


def _is_year(text: str, match: re.Match[str], before: frozenset[str], counted: frozenset[str]) -> bool:
    """Whether four digits are a year: by the words about them; from 1700 on also unless they count."""
    if _ERA.match(text, match.end()):
        return True
    ahead = _WORD_BEFORE.search(text, max(0, match.start() - 24), match.start())
    if ahead and ahead[1].lower() in before:
        return True
    after = _WORD_AFTER.match(text, match.end())
    counts = bool(after) and after is not None and (after[1] in counted or after[1].endswith("s"))
    return match[0] >= "1700" and (not counts or (ahead is not None and ahead[1].lower() == "the"))
