"""Codes of letters and digits, numbers of several parts, and what stands between two words."""

import re
from collections.abc import Iterator
from functools import cache

from script.patterns import regex
from script.speech.cardinals import Numbers, numbers_in
from script.speech.language import Language
from script.speech.rewriting import Rewrite, spaced

_SLASH = regex(r"(?<=[^\W\d_])/(?=[^\W\d_])|(?<=\d)/(?!\S)")
_CAPITALS = regex(r"(?<=[A-Z])/(?=[A-Z](?![a-z]))")
_CODE = regex(
    r"(?<![\w.,])(?:0[xX][\dA-Fa-f]+|(?=\w*[A-Za-z])(?=\w*\d)[A-Za-z0-9]{6,}|(?<=[A-Z] )0\d+)(?!\w)", re.ASCII
)


def models(text: str, language: Language) -> Iterator[Rewrite]:
    """Numbers of models and standards behind their letters, by pairs of digits: "RTX 4090", "F-150", "HTTP 404"."""
    numbers = numbers_in(language)
    if numbers and "paired" in language.table("addresses") and not text.isupper():
        for match in _model(language).finditer(text):
            yield spaced(text, *match.span(1), numbers.in_pairs(match[1]))


def serials(text: str, language: Language) -> Iterator[Rewrite]:
    """Long codes in which letters and digits change three times and more, digit by digit: "4f9a71c2"."""
    numbers = numbers_in(language)
    if not numbers:
        return
    for match in _CODE.finditer(text):
        parts = re.findall(r"\d+|[A-Za-z]+", match[0])
        if len(parts) > 3 or match[0][:2] in {"0x", "0X"}:
            said = (_part(part, numbers) for part in parts)
            yield Rewrite(*match.span(), " ".join(said))


def slashes(text: str, language: Language) -> Iterator[Rewrite]:
    """A slash between two words or behind a number, and the pairs that have words of their own: "and/or"."""
    words = language.table("web")
    if not words or "slash" not in words:
        return
    pairs = language.table("slashed")
    if pairs:
        for match in _pairs(language).finditer(text):
            yield Rewrite(*match.span(), pairs[match[0].lower()])
    for match in _CAPITALS.finditer(text):
        yield Rewrite(*match.span(), " ")
    for match in _SLASH.finditer(text):
        after = " " if text[match.end() : match.end() + 1].isalnum() else ""
        yield Rewrite(*match.span(), f" {words['slash']}{after}")


def _part(part: str, numbers: Numbers) -> str:
    """Letters one by one, one or two digits as a number, more one by one."""
    if not part.isdigit():
        return " ".join(part.upper())
    return numbers.cardinal(part) if len(part) < 3 else numbers.spelled(part)


@cache
def _model(language: Language) -> re.Pattern[str]:
    """Letters that are no country's, and a number that counts nothing that stands behind it."""
    tables = (("words", "counted"), ("years", "counted"), ("measures", "magnitudes"))
    counted = "|".join(word for table, key in tables for word in language.table(table)[key])
    return re.compile(
        r"(?<![\w.,/-])(?:(?!(?:US|UK|EU|UN|USA|UAE) )[A-Z]{2,4} |[A-Z]{1,3}-?|(?=\d+(?:X| Ti\b)))(\d{3,4})"
        rf"(?![\w–-]*[\d–-]|[.,:/]\d| ?[%‰°]| [A-Z]{{4}}| (?:{counted})\b)",
        re.ASCII,
    )


@cache
def _pairs(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/])(?:{'|'.join(map(re.escape, language.table('slashed')))})(?![\w/])", re.IGNORECASE)
