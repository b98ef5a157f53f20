"""Days of the year, in words and in figures."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from script.patterns import regex
from script.speech import cldr
from script.speech.cardinals import Numbers, numbers_in
from script.speech.language import Language
from script.speech.rewriting import Rewrite, kept_stop

_YEAR = r"(?P<year>\d{4})(?![\d:]|[.,–-]\d)"
_TO = regex(r"\s?[–-]\s?")
_WORD_BEFORE = regex(r"(\w+) \Z")
_DAY_AND_MONTH = regex(r"(?<![\w.,:/-])(\d\d?)\.(\d\d?)\.(?!\d)", re.ASCII)
_AFTER = r"(?![\w/]|[-.]\d)"
_FIGURES = (
    regex(
        rf"(?<![\w./:-])(?P<year>[12]\d{{3}})(?P<mark>[-/.])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)(?:{_AFTER}|(?=T\d\d:))"
    ),
    regex(rf"(?<![\w./:-])(?P<first>\d\d?)(?P<mark>[-/]|\. ?)(?P<second>\d\d?)(?P=mark)(?P<year>\d{{4}}|\d\d){_AFTER}"),
)


def dates(text: str, language: Language) -> Iterator[Rewrite]:
    """A day with its month in words: "July 25, 2012", "25th of July", "Jan. 5"."""
    numbers, table = numbers_in(language), language.table("dates")
    if not numbers or not table:
        return
    for pattern in _patterns(language):
        end = -1
        for match in pattern.finditer(text):
            if _TO.fullmatch(text, max(end, 0), match.start()):
                yield Rewrite(end, match.start(), f" {numbers.words['to']} ")
            end = match.end()
            if 1 <= int(match["day"]) <= 31 and not _is_verb(match):
                month = _month(match["month"], language)
                said = _said(match["day"], month, match, table, numbers)
                # "Mai." is no abbreviation: its full stop is the sentence's.
                whole = match[0].endswith(f"{month}.")
                yield Rewrite(*match.span(), said + ("." if whole else kept_stop(text, *match.span(), language)))


def figure_dates(text: str, language: Language) -> Iterator[Rewrite]:
    """A date in figures: "2012-01-05", "15.01.2020", "01/07/98"."""
    numbers, table = numbers_in(language), language.table("dates")
    if not numbers or not table:
        return
    names = tuple(dict.fromkeys(_months(language).values()))
    for pattern in _FIGURES:
        for match in pattern.finditer(text):
            day, month, order = _day_and_month(match, table)
            if 1 <= day <= 31 and 1 <= month <= 12:
                order = _order(text, match.start(), order, table)
                said = _ordered(str(day), names[month - 1], order, table, numbers)
                yield Rewrite(*match.span(), said + _with_year(match["year"], table, numbers))


def yearless_dates(text: str, language: Language) -> Iterator[Rewrite]:
    """A day and month in figures without a year: "on 12/25", and in German "am 3.5."."""
    numbers, table = numbers_in(language), language.table("dates")
    if not numbers or not ("inflected" in table or "before_days" in table):
        return
    names = tuple(dict.fromkeys(_months(language).values()))
    for match in _slashed_days(language).finditer(text) if "before_days" in table else ():
        first, second = int(match[1]), int(match[2])
        month_first = table["order"] == "month first" and first <= 12
        day, month = (second, first) if month_first or second > 12 else (first, second)
        if 1 <= day <= 31 and 1 <= month <= 12:
            yield Rewrite(*match.span(), _ordered(str(day), names[month - 1], str(table["order"]), table, numbers))
    for match in _DAY_AND_MONTH.finditer(text) if "inflected" in table else ():
        day, month = int(match[1]), int(match[2])
        if 1 <= day <= 31 and 1 <= month <= 12:
            said = _ordered(str(day), names[month - 1], _order(text, match.start(), "day first", table), table, numbers)
            yield Rewrite(*match.span(), said + ("" if text[match.end() : match.end() + 16].strip() else "."))


def month_years(text: str, language: Language) -> Iterator[Rewrite]:
    """A month with its year alone: "July 1506"; its name is written out."""
    numbers, table = numbers_in(language), language.table("dates")
    if not numbers or not table:
        return
    for match in _month_year(language).finditer(text):
        month = _month(match["month"], language)
        yield Rewrite(*match.span(), f"{month}{_with_year(match['year'], table, numbers)}")


def _day_and_month(match: re.Match[str], table: Mapping[str, object]) -> tuple[int, int, str]:
    """Day, month and the order in which they are said: that of the language unless it cannot be."""
    if "month" in match.re.groupindex:
        return int(match["day"]), int(match["month"]), str(table["order"])
    first, second = int(match["first"]), int(match["second"])
    if match["mark"][0] == "." and len(match["year"]) == 2 and table["order"] == "month first":
        return 0, 0, ""
    if table["order"] == "month first" and first <= 12 and match["mark"][0] != ".":
        return second, first, "month first"
    if second > 12 >= first:
        return second, first, str(table["order"])
    return first, second, "day first"


def _order(text: str, start: int, order: str, table: Mapping[str, object]) -> str:
    """The order, or the form for a word before that asks for another ending: "am dritten Mai", "der dritte Mai"."""
    inflecting, weak = table.get("inflecting", ()), table.get("weak_after", ())
    assert isinstance(inflecting, Sequence)
    assert isinstance(weak, Sequence)
    word = _WORD_BEFORE.search(text, max(0, start - 12), start) if inflecting or weak else None
    if not word:
        return order
    return "inflected" if word[1].lower() in inflecting else "weak" if word[1].lower() in weak else order


def _ordered(
    day: str, month: str, order: str, table: Mapping[str, object], numbers: Numbers, until: str | None = None
) -> str:
    form = str(table[order.replace(" ", "_")])
    number = str(table["first"]) if day == "1" and "first" in table else numbers.cardinal(day)
    rank = numbers.ordinal(day)
    if until:
        rank, number = (
            f"{first} {numbers.words['to']} {last}"
            for first, last in ((rank, numbers.ordinal(until)), (number, numbers.cardinal(until)))
        )
    return form.format(month=month, rank=rank, day=number)


def _said(day: str, month: str, match: re.Match[str], table: Mapping[str, object], numbers: Numbers) -> str:
    order = "day first" if match.start("day") < match.start("month") else "month first"
    order = _order(match.string, match.start(), order, table)
    said = _ordered(str(int(day)), month, order, table, numbers, match["until"])
    return said + (_with_year(match["year"], table, numbers) if match["year"] else "")


def _with_year(year: str, table: Mapping[str, object], numbers: Numbers) -> str:
    said = numbers.year(year) if len(year) == 4 else numbers.pair(year)
    return str(table["with_year"]).format(year=said)


def _month(written: str, language: Language) -> str:
    return _months(language)[written.lower().rstrip(".")]


def _months(language: Language) -> Mapping[str, str]:
    """By name and abbreviation: those of the data file, else CLDR's."""
    known: Mapping[str, str] | None = language.table("dates").get("months")
    return known or cldr.months(language.tag)


def _is_verb(match: re.Match[str]) -> bool:
    """Whether the month may be a verb: "they may 5" and "march 10 miles", small and without a year."""
    return match["month"] in {"may", "march", "mar"} and not match["year"]


@cache
def _patterns(language: Language) -> tuple[re.Pattern[str], ...]:
    table = language.table("dates")
    month, of = _any_month(language), table["of"]
    suffix = table["suffix"]
    day = rf"(?P<day>\d{{1,2}})(?:{suffix}\s?[–-]\s?(?P<until>\d{{1,2}})(?![\d-]))?"
    year = rf"(?:{_gap(table)}{_YEAR})?"
    counted = "|".join(map(re.escape, language.table("years").get("counted", ()))) or "(?!)"
    return (
        re.compile(
            rf"(?<![\w.,$€£/-])(?:{table['article']} )?{day}{suffix}[ -](?:{of} )?{month}(?!\w){year}", re.IGNORECASE
        ),
        re.compile(
            rf"(?<![\w/-]){month}[ -](?:{table['article']} )?{day}{suffix}"
            rf"(?![\w%:/]|[.,]\d|-(?!\d{{4}}\b)\d|\s?(?:{counted}|%|°)\b){year}",
            re.IGNORECASE,
        ),
    )


@cache
def _slashed_days(language: Language) -> re.Pattern[str]:
    words = "|".join(f"(?<=\\b{word} )" for word in language.table("dates")["before_days"])
    return re.compile(rf"(?i:{words})(\d\d?)/(\d\d?)(?![\w/]|[.,-]\d)", re.ASCII)


@cache
def _month_year(language: Language) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w/-]){_any_month(language)}{_gap(language.table('dates'))}{_YEAR}(?![\w/-])", re.IGNORECASE
    )


def _gap(table: Mapping[str, object]) -> str:
    """What may stand between a month and its year."""
    return rf"(?:,? ?|-| (?:{table['before_year']}) )" if "before_year" in table else "(?:,? ?|-)"


def _any_month(language: Language) -> str:
    names = "|".join(sorted(map(re.escape, _months(language)), key=len, reverse=True))
    return rf"(?P<month>(?:{names})\b\.?)"
