"""Fractions: "3/4", "2 1/2", "½"."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache

from script.patterns import regex
from script.speech.cardinals import Numbers, numbers_in
from script.speech.language import Language
from script.speech.measures import any_unit, is_feminine, unit_words
from script.speech.rewriting import Rewrite, spaced

_VULGAR = "¼½¾⅐-⅞↉"
_SIGN = regex(rf"(?:(?<![\w.,])(\d+)[ ⁄]?)?([{_VULGAR}])")

_MOST_PARTS = 25  # more of them are written as a whole number and a fraction
_MOST_OF_TWO = 999  # above it a slash parts no codes, doses or scores
_LIKE_YEARS = frozenset(str(year) for year in range(1950, 2050) if year not in {2000, 2048})  # "Issue 1/2024"


def fractions(text: str, language: Language) -> Iterator[Rewrite]:
    """One number over another, with a whole number before or without, and a unit behind or none."""
    numbers, table = numbers_in(language), language.table("fractions")
    if not numbers or not table:
        return
    for match in _SIGN.finditer(text):
        value = Fraction(unicodedata.numeric(match[2])).limit_denominator(12)
        part = _said(str(value.numerator), str(value.denominator), language, numbers, mixed=bool(match[1]))
        said = _mixed(match[1], part, numbers, table)
        end, unit = _unit_behind(text, match.end(), language, mixed=bool(match[1]), half=value.denominator == 2)
        yield spaced(text, match.start(), end, unit.format(part=said))
    for match in _written(language).finditer(text):
        whole, above, slash, below = match.groups()
        fixed = table["fixed"].get(f"{above}/{below}")
        if fixed and not whole:
            yield Rewrite(*match.span(), fixed)
        elif not whole and _is_pair(above, below, numbers):
            said = f" {language.table('web').get('slash', '/')} ".join(map(numbers.cardinal, (above, below)))
            end, unit = _unit_behind(text, match.end(), language, mixed=True, half=False)
            yield Rewrite(match.start(), end, unit.format(part=said))
        elif int(numbers.plain(below)) > 1 and not (whole and " " in slash):
            said = _mixed(whole, _said(above, below, language, numbers, mixed=bool(whole)), numbers, table)
            end, unit = _unit_behind(text, match.end(), language, mixed=bool(whole), half=below == "2")
            yield Rewrite(match.start(), end, unit.format(part=said))


def _is_pair(above: str, below: str, numbers: Numbers) -> bool:
    """Whether two numbers are no fraction that anybody writes but two things: "404/500 errors", "875/125 mg"."""
    if not above[0].isdigit() or "0" in {above[0], below[0]}:
        return False
    over, under = int(numbers.plain(above)), int(numbers.plain(below))
    if (1 < over < under / 10 and under > _MOST_OF_TWO and under % 1000 != 0) or (over == 1 and below in _LIKE_YEARS):
        return True
    if over > _MOST_OF_TWO:
        return False
    return (over > under and over >= _MOST_PARTS) or (over > 4 * _MOST_PARTS and under % 1000 != 0)


def _unit_behind(text: str, end: int, language: Language, *, mixed: bool, half: bool) -> tuple[int, str]:
    """Where a fraction with its unit ends, and how the two are said: "3/4 km" is three quarters *of a kilometer*."""
    table = language.table("fractions")
    match = _unit(language).match(text, end) if "of_unit" in table else None
    if not match:
        return end, "{part}"
    unit = unit_words(language, match[1], "other" if mixed else table.get("unit_form", "one"))
    if half and not mixed and "half_of_unit" in table:
        feminine = is_feminine(unit, language)
        return match.end(), table["half_of_feminine_unit" if feminine else "half_of_unit"].replace("{unit}", unit)
    if mixed or (half and "of_half" not in table):
        return match.end(), f"{{part}} {unit}"
    form = "of_unit_vowel" if unit.startswith(tuple(table.get("vowels", ()))) else "of_unit"
    return match.end(), table[form].replace("{unit}", unit)


@cache
def _unit(language: Language) -> re.Pattern[str]:
    return re.compile(rf"[ -]({any_unit(language)})(?![\w²³^'’]|/\w)")


def _mixed(whole: str | None, said: str, numbers: Numbers, table: Mapping[str, str]) -> str:
    if not whole:
        return said
    minus = f"{numbers.words['minus']} " if whole[0] in "-−" else ""
    whole = whole.lstrip("-−")
    counted = table["whole_one"] if whole == "1" and "whole_one" in table else numbers.cardinal(whole)
    return f"{minus}{counted} {numbers.words['and']} {said}"


def _said(above: str, below: str, language: Language, numbers: Numbers, *, mixed: bool = False) -> str:
    table = language.table("fractions")
    minus = f"{numbers.words['minus']} " if above[0] in "-−" else ""
    above = above.lstrip("-−")
    one = above == "1"
    below = numbers.plain(below)
    names = table["names"].get(below)
    if not names and "over" in table and (table.get("always_over") or (int(below) > 100 and int(below) % 1000)):
        return f"{minus}{table['over'].format(above=numbers.cardinal(above), below=numbers.cardinal(below))}"
    name = names[not one] if names else _denominator(below, str(table["one_part" if one else "several"]), numbers)
    if mixed and one and below == "2" and "half" in table:
        return str(table["half"])
    count = (
        numbers.feminine(numbers.cardinal(above, joint=False))
        if "feminine" in table
        else numbers.cardinal(above, joint=False)
    )
    return f"{minus}{table['mixed_one' if mixed else 'one'] if one else count} {name}"


def _denominator(below: str, form: str, numbers: Numbers) -> str:
    """What the lower number is called: by its rank, its rank without the ending, or its number."""
    if form in numbers.words.get("forms", {}):
        return numbers.in_form(form, below)
    rank, number = numbers.ordinal(below, joint=False), numbers.cardinal(below, joint=False)
    parts = unicodedata.normalize("NFD", number.replace(" y ", "i").replace(" ", ""))
    joined = "".join(sign for sign in parts if not unicodedata.combining(sign)).rstrip("ao")
    if "joined" in form and int(below) % 1000 == 0:
        return joined.removesuffix("es") + ("ésimos" if form.endswith("s") else "ésimo")
    return form.format(rank=rank, stem=rank[:-2], number=number, joined=joined)


@cache
def _written(language: Language) -> re.Pattern[str]:
    numbers = numbers_in(language)
    assert numbers
    whole = rf"(?:\d{{1,3}}(?:[{numbers.words['group']}]\d{{3}})+|\d+)"
    return re.compile(
        rf"(?<![\w.,/-])(?:([-−]?\d+)[ -])?([-−]?{whole})(\s?[/⁄]\s?)({whole})(?:st|nd|rd|ths?)?(?![\w/]|[.,]\d|-\d)",
        re.ASCII | re.IGNORECASE,
    )
