"""Years, decades and centuries."""

import re
from collections.abc import Iterator
from functools import cache

from script.patterns import regex
from script.speech.cardinals import Numbers, numbers_in
from script.speech.figures import matches_at_figures
from script.speech.language import Language
from script.speech.rewriting import Rewrite, spaced

_YEAR = regex(
    r"(?:(?<![\w.,$€£¥#+/-])|(?<=pre-)|(?<=post-)|(?<=mid-)|(?<=\bFY))(1\d{3}|20\d\d)(?![\w$€£¥%]|[.,]\d|[-/]\d)",
    re.ASCII,
)
_DECADE = regex(r"(?<!\w)(?:(1\d|20)(\d0)(?: (?=s\b))?|['’]?(?<![\d.,])([2-9]0))['’]?s\b", re.ASCII)
_ENDS_DECADE = regex(r"0['’ ]?s\b")
_SHORT = regex(r"(?<![\w'’])['’](\d\d)\b(?![.,:'’\"]?\w)", re.ASCII)
_WORD_BEFORE = regex(r"([\w©]+)\W{1,2}(?:\d{1,2}(?:st|nd|rd|th)?,? )?\Z", re.ASCII)
_WORD_AFTER = regex(r"[ -]([a-z]+)")
# A figure is no year at once behind another: "H264" is a way to pack films.
_PARTS = regex(r"\b(?:Q([1-4])|([1-4])Q|H([12])|([12])H)(?:(?:[ ’']|(?<=[QH])|(?=\d{4}))((?:19|20)?\d\d))?\b", re.ASCII)


def years(text: str, language: Language) -> Iterator[Rewrite]:
    """Four digits where they plainly are a year, and decades: "in 1990", "the 1960s", "the ’80s", "340 BC"."""
    numbers, table = numbers_in(language), language.table("years")
    if not numbers or not table:
        return
    end = 0
    for match in _DECADE.finditer(text) if _ENDS_DECADE.search(text) else ():
        if end and text[end : match.start()] in {"-", "–", " – "}:
            yield Rewrite(end, match.start(), f" {numbers.words['to']} ")
        end = match.end()
        yield Rewrite(*match.span(), _decade(match, numbers))
    for match in _SHORT.finditer(text) if "'" in text or "’" in text else ():
        yield Rewrite(*match.span(), numbers.pair(match[1]))
    for match in matches_at_figures(_era_pattern(language), text):
        era = table["eras"][match[2].replace(".", "").upper()]
        stop = "." if match[2].endswith(".") and not text[match.end() : match.end() + 16].strip() else ""
        yield Rewrite(*match.span(), f"{numbers.year(match[1].replace(',', ''))} {era}{stop}")
    before, counted = _words(language)
    for match in matches_at_figures(_YEAR, text):
        if _is_year(text, match, before, counted):
            yield spaced(text, *match.span(), numbers.year(match[0]))


def year_parts(text: str, language: Language) -> Iterator[Rewrite]:
    """Quarters and halves of a year: "Q3 2024", "1H23"."""
    numbers, words = numbers_in(language), language.table("years").get("parts")
    if not numbers or not words:
        return
    for match in _PARTS.finditer(text):
        quarter, half = match[1] or match[2], match[3] or match[4]
        numbered = not match.start() and text[match.end() : match.end() + 1] in {".", ":", ")"}  # "Q1. Is there …?"
        if not match[5] and (half or numbered):
            continue
        part = words["quarter" if quarter else "half"].format(rank=numbers.ordinal(quarter or half))
        year = f" {words['of']} {_year(match[5], numbers)}" if match[5] else ""
        said = f"{part}{year}"
        if text[max(0, match.start() - 8) : match.start()].lower().endswith(f"{words['the']} "):
            said = said.removeprefix(f"{words['the']} ")
        yield Rewrite(*match.span(), said)


def like_year(digits: str) -> bool:
    """Whether four digits may be a year of our time."""
    return len(digits) == 4 and digits.isdigit() and "1100" <= digits < "2100"


def _year(digits: str, numbers: Numbers) -> str:
    return numbers.year(digits) if len(digits) == 4 else numbers.pair(digits)


def _decade(match: re.Match[str], numbers: Numbers) -> str:
    if match[3]:
        return numbers.several(numbers.cardinal(match[3]))
    if match[2] == "00" and match[1] == "20":
        return numbers.several(numbers.cardinal("2000"))
    return numbers.several(numbers.year(match[1] + match[2]))


def _is_year(text: str, match: re.Match[str], before: frozenset[str], counted: frozenset[str]) -> bool:
    """Whether four digits are a year: by the words about them; from 1700 on also unless they count."""
    ahead = _WORD_BEFORE.search(text, max(0, match.start() - 24), match.start())
    if ahead and ahead[1].lower() in before:
        return True
    after = _WORD_AFTER.match(text, match.end())
    counts = after is not None and (after[1] in counted or after[1].endswith("s"))
    return match[0] >= "1700" and (not counts or (ahead is not None and ahead[1].lower() == "the"))


@cache
def _words(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    table = language.table("years")
    return frozenset(table["before"]), frozenset(table["counted"])


@cache
def _era_pattern(language: Language) -> re.Pattern[str]:
    eras = "|".join(
        sorted((r"\.?".join(era) + r"\.?" for era in language.table("years")["eras"]), key=len, reverse=True)
    )
    return re.compile(rf"(?<![\w.,])(\d{{1,4}}|\d{{1,3}}(?:,\d{{3}})+)\s?({eras})(?!\w)", re.ASCII)
