"""Numbers and ranks in prose, and digits that no other rule has said."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from script.patterns import regex
from script.speech.cardinals import numbers_in
from script.speech.figures import matches_at_figures
from script.speech.language import Language
from script.speech.rewriting import Rewrite, spaced

_MINUS = r"(?:(?<![.,)\]%])(?u:(?<![^\W\u2e80-\uffff]))[-−–](?=[\d.]))?"
_VERSION = regex(r"(?<![\w.,])v?(\d+(?:\.\d+){2,})(?!\d|_|[a-z]{3})", re.ASCII | re.IGNORECASE)
_DOTTED = regex(r"(?<![\w.,])v?(\d+(?:\.\d+)+)(?!\w)", re.ASCII | re.IGNORECASE)
# Among them are all raised, lowered and circled ones.
_SIGNS_OF_NUMBERS = regex("[²³¹\u1369-\u1371\u19da\u2070-\u2089\u2460-\u2793\u3192-\u32bf\U00010a40-\U0001f10c]")
_OTHER_DIGITS = regex(r"(?:(?![0-9])\d)+")


def cardinals(text: str, language: Language) -> Iterator[Rewrite]:
    """Whole numbers and decimals, with a minus where one stands."""
    numbers = numbers_in(language)
    if numbers:
        for match in matches_at_figures(_cardinal(language), text):
            minus = numbers.words["minus"] + numbers.gap if match[1] else ""
            large = _large(language).match(text, match.end())
            said = numbers.decimal(match[2], joint=not large)
            yield spaced(text, *match.span(), minus + (numbers.before_large(said) if large else said))


def versions(text: str, language: Language) -> Iterator[Rewrite]:
    """Numbers of three parts and more, "3.11.7"; of two as well where decimals have a comma."""
    numbers = numbers_in(language)
    if numbers:
        comma = numbers.words["decimal"] == ","
        word = language.table("web").get("dot") if comma else None
        point = f"{numbers.gap}{word or numbers.words['point']}{numbers.gap}"
        for match in (_DOTTED if comma else _VERSION).finditer(text):
            if re.fullmatch(numbers.pattern, match[1]):  # in many languages the stops part the thousands
                continue
            yield spaced(text, *match.span(1), point.join(map(numbers.cardinal, match[1].split("."))))


def ordinals(text: str, language: Language) -> Iterator[Rewrite]:
    """Ranks: 1st, 22nd; "2th" is none."""
    numbers = numbers_in(language)
    if numbers and "ordinal" in numbers.words:
        for match in _ordinal(language).finditer(text):
            plain = numbers.plain(match["number"])
            if language.code != "en" or match["suffix"].lower() == _english_suffix(plain):
                said = numbers.ordinal(plain)
                if "feminine" in match.re.groupindex and match["feminine"]:
                    said = re.sub(r"o\b", "a", said)
                if "short" in match.re.groupindex and match["short"]:
                    said = re.sub(r"(primer|tercer)o\b", r"\1", said)
                first = numbers.words.get("first", {}).get(match[0].lower())
                yield Rewrite(*match.span(), first or said)


def other_digits(text: str, language: Language) -> Iterator[Rewrite]:
    """Digits of other scripts and in circles: "٤٢", "①"."""
    numbers = numbers_in(language)
    if not numbers:
        return
    for match in _OTHER_DIGITS.finditer(text):
        digits = "".join(str(unicodedata.decimal(digit)) for digit in match[0])
        yield spaced(text, *match.span(), numbers.cardinal(digits))
    for match in _SIGNS_OF_NUMBERS.finditer(text):
        sign = match[0]
        if sign.isdigit() and not sign.isdecimal():
            yield spaced(text, *match.span(), numbers.cardinal(str(unicodedata.digit(sign))))
        elif "①" <= sign <= "㊿" and unicodedata.numeric(sign, 0) > 9 and not sign.isalpha():
            yield spaced(text, *match.span(), numbers.cardinal(str(int(unicodedata.numeric(sign)))))


def _english_suffix(digits: str) -> str:
    if digits[-2:-1] == "1":
        return "th"
    return {"1": "st", "2": "nd", "3": "rd"}.get(digits[-1], "th")


@cache
def _cardinal(language: Language) -> re.Pattern[str]:
    numbers = numbers_in(language)
    assert numbers
    point = numbers.words["decimal"]
    return re.compile(rf"({_MINUS})({numbers.pattern}|(?<![\w{point}])[{point}]\d+)", re.ASCII)


@cache
def _large(language: Language) -> re.Pattern[str]:
    sizes = "|".join(language.table("measures").get("magnitudes", ())) or "(?!)"
    return re.compile(rf"[ -](?:{sizes})\b", re.IGNORECASE)


@cache
def _ordinal(language: Language) -> re.Pattern[str]:
    numbers = numbers_in(language)
    assert numbers
    group = numbers.words["group"]
    return re.compile(
        rf"(?<![\w.,])(?P<number>\d{{1,3}}(?:[{group} \u202f]\d{{3}}){{1,12}}(?!\d)|\d+){numbers.words['ordinal']}",
        re.IGNORECASE | re.ASCII,
    )
