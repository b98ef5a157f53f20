"""Ranges, scores, sizes and spans of years."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from script.patterns import regex
from script.speech.cardinals import Numbers, numbers_in
from script.speech.forms import months
from script.speech.language import Language
from script.speech.rewriting import Rewrite
from script.speech.years import like_year

_SIZE = regex(
    r"(?<![\w.,/-])(?!0x)(\d+(?:\.\d+)?)(?:\sx\s|x|×)(\d+(?:\.\d+)?)(?:(?:\sx\s|x|×)(\d+(?:\.\d+)?))?(?![\w.]*\d|\w|[\^⁰¹²³⁴-⁹⁻⁺])",
    re.ASCII,
)
_SEASON = regex(r"(?<![\w.,/-])(1[6-9]\d\d|20\d\d)/(\d\d)(?![\w/]|[.,]\d)", re.ASCII)
_RATIO = regex(r"(?<![\w.,:])(\d{1,3}):(\d{1,4})(?![\w:]|[.,]\d)", re.ASCII)
# Not in "1-½ cups", one and a half.
_MIXED = regex(r"(?<=[¼½¾⅐-⅞])\s?[–—-]\s?(?=\d|[¼½¾⅐-⅞])|(?<=\d)\s?[–—-]\s?(?=\d{1,3}[¼½¾⅐-⅞])")
_PERCENT = regex(r"(?<![\w.,/-])(\d+(?:[.,]\d+)?)\s?%?\s?[–—-]\s?(\d+(?:[.,]\d+)?)\s?%", re.ASCII)


def ranges(text: str, language: Language) -> Iterator[Rewrite]:
    """From one number to a greater one, "10–12" and "1939-45", and a score: "won 3-2"."""
    numbers = numbers_in(language)
    if not numbers:
        return
    yield from _ranges_and_scores(text, language, numbers)
    for match in _SEASON.finditer(text):
        if (int(match[1]) + 1) % 100 == int(match[2]):
            yield Rewrite(*match.span(), f"{numbers.year(match[1])} {numbers.words['to']} {numbers.pair(match[2])}")
    for match in _RATIO.finditer(text):
        yield Rewrite(*match.span(), _between(match, "ratio", language, numbers))
    for match in _MIXED.finditer(text):
        yield Rewrite(*match.span(), f"{numbers.gap}{numbers.words['to']}{numbers.gap}")
    for match in _PERCENT.finditer(text):
        said = f"{numbers.decimal(match[1])} {numbers.words['to']} {numbers.decimal(match[2])}"
        yield Rewrite(match.start(), match.end() - 1, said + " " * text[match.end() - 2].isspace())


def _ranges_and_scores(text: str, language: Language, numbers: Numbers) -> Iterator[Rewrite]:
    scores = language.table("ranges").get("scores", ())
    for match in _pattern(language).finditer(text):
        said = _range(match, numbers)
        if not said and (_falls(match, numbers) or _is_score(match, scores)):
            said = _between(match, "score", language, numbers)
        if said:
            yield Rewrite(*match.span(), said)


def _between(match: re.Match[str], form: str, language: Language, numbers: Numbers) -> str:
    """Two numbers in the language's form for a score or a ratio, else with "to" between them."""
    table = language.table("ranges")
    found = str(table.get(form, f"{{}} {numbers.words['to']} {{}}"))
    nought = table.get("nought", "") if form == "score" else ""
    return found.format(*(nought if nought and each == "0" else numbers.cardinal(each) for each in match.groups()[:2]))


def sizes(text: str, language: Language) -> Iterator[Rewrite]:
    """A number by another: "1920x1080", "4 x 4"; "4 × 4" is a product."""
    numbers, by = numbers_in(language), language.table("measures").get("by")
    if not numbers or not by:
        return
    for match in _SIZE.finditer(text):
        yield Rewrite(*match.span(), f" {by} ".join(numbers.decimal(part) for part in match.groups() if part))


def weekdays(text: str, language: Language) -> Iterator[Rewrite]:
    """Days and months from one to another, "Mon.–Fri.", "Mar–May", and a day before its date: "Mo., 3. Mai"."""
    days, numbers = _named_days(language), numbers_in(language)
    if not numbers or not days or not _likely_days(language).search(text):
        return
    for match in _days(language).finditer(text):
        first, last = days[match[1].lower()], days.get((match[2] or "").lower())
        if last:
            rest = text[match.end() : match.end() + 16].lstrip()
            stop = "." if match[0].endswith(".") and (not rest or rest[0].isupper()) else ""
            yield Rewrite(*match.span(), f"{first} {numbers.words['to']} {last}{stop}")
        else:
            yield Rewrite(*match.span(), first)


def _named_days(language: Language) -> Mapping[str, str]:
    """The days of the week, and in a language that writes these with a capital, the months, by how they are written."""
    table = language.table("ranges")
    spans = language.table("dates").get("months", {}) if "capital_days" in table else {}
    return {**spans, **table.get("weekdays", {})}


def _any_day(language: Language) -> str:
    """In capitals or small letters as the language has them: "do 3" is no Thursday where days have capitals."""
    days = [f"[{day[0].upper()}{day[0]}]{day[1:]}" for day in _named_days(language)]
    if "capital_days" in language.table("ranges"):
        days = [day.capitalize() for day in _named_days(language)]
    return f"(?:{'|'.join(sorted(days, key=len, reverse=True))})"


@cache
def _likely_days(language: Language) -> re.Pattern[str]:
    """A day before a dash or a figure: whatever `_days` finds begins so, and that takes CLDR, which is slow to load."""
    return re.compile(rf"\b{_any_day(language)}(?:\.?\s?[–-]|\.,? \d)")


@cache
def _days(language: Language) -> re.Pattern[str]:
    """Two days of the week with a dash between, or one with its full stop before a date."""
    any_day = _any_day(language)
    date = rf"\d{{1,2}}(?:\.|er)?(?:[./]\d| ?(?:de )?(?i:{'|'.join(map(re.escape, months(language)))})\b)"
    return re.compile(rf"\b({any_day})(?:\.?\s?[–-]\s?({any_day})\b\.?|\.(?=,? {date}))")


@cache
def _pattern(language: Language) -> re.Pattern[str]:
    numbers = numbers_in(language)
    assert numbers
    number = numbers.pattern
    return re.compile(rf"(?<![\w.,/–-])({number})\s?[–—-]\s?({number})(?![\w/–¼½¾⅐-⅞-]|[.,:]\d|\s?[=+])", re.ASCII)


def _range(match: re.Match[str], numbers: Numbers) -> str:
    """The range in words, "" when the two are no range: a telephone number, a score, a subtraction."""
    first, last = match.groups()
    if like_year(first) and last.isdigit() and (len(last) == 2 or (like_year(last) and first < last)):
        end = numbers.year(last) if len(last) == 4 else numbers.pair(last)
        return f"{numbers.year(first)} {numbers.words['to']} {end}"
    if like_year(first) and len(last) == 1 and last > first[3]:  # "1962–7"
        return f"{numbers.year(first)} {numbers.words['to']} {numbers.cardinal(last)}"
    bare = first.isdigit() and last.isdigit() and max(len(first), len(last)) > 3
    if float(numbers.plain(first)) >= float(numbers.plain(last)) or bare or (first[0] == "0" and first[1:2].isdigit()):
        return ""
    return f"{numbers.decimal(first)} {numbers.words['to']} {numbers.decimal(last)}"


def _falls(match: re.Match[str], numbers: Numbers) -> bool:
    """Whether two small numbers, parted by a dash that is no hyphen, can be nothing but a score: "4–0"."""
    first, last = match.groups()
    close = match[0] == f"{first}–{last}" and first.isdigit() and last.isdigit() and max(len(first), len(last)) < 4
    return close and first[0] != "0" and float(numbers.plain(first)) >= float(numbers.plain(last))


def _is_score(match: re.Match[str], scores: tuple[str, ...]) -> bool:
    """Whether two small numbers, the second no greater, follow a word of winning and losing."""
    small = len(match[1]) < 4 and len(match[2]) < 4 and match[1].isdigit() and match[2].isdigit()
    before = match.string[max(0, match.start() - 40) : match.start()].lower()
    return small and any(word in before for word in scores)
