"""Telephone numbers, and other numbers of which every digit counts: addresses of the net, card numbers."""

import re
from collections.abc import Iterator

from script.patterns import regex
from script.speech.cardinals import Numbers, numbers_in
from script.speech.language import Language
from script.speech.rewriting import Rewrite

_NUMBER = regex(
    r"(?<![\w.,/-])(?:"
    r"\+\d{1,3}(?:[ .-]?\(\d{1,5}\)|[ .-]\d{1,5})(?:[ .-]?\d{2,5}){1,4}|\+\d{7,15}"  # +44 20 7946 0018
    r"|(?:\d[ .-])?(?:\(\d{3}\)[ -]?|\d{3}[.-])\d{3}[.-]\d{4}(?:-\d{1,5})?"  # (212) 555-0100
    r"|\(0\d{1,5}\) ?\d{2,5}(?:[ -]\d{2,5}){0,3}|0\d{2,4}[ -]\d{3,4}[ -]\d{3,4}"  # 020 7946 0018
    r"|\d{3}-\d{2}-\d{4}|\d+(?:-\d+){3,}|\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}"  # numbers of insured persons and of cards
    r")(?![\w/]|[.,-]\d)",
    re.ASCII,
)
_LOCAL = regex(r"(?<![\w.,/$-])\d{3}-\d{4}(?![\w/]|[.,-]\d)", re.ASCII)
_VANITY = regex(r"(?<![\w.-])(1)-(8\d\d)-(?=[A-Z0-9-]{0,20}[A-Z])([A-Z0-9]+(?:-[A-Z0-9]+)*)(?!\w)", re.ASCII)
_HOST = regex(r"(?<![\w.])(\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?(?:/\d{1,2})?(?![\w.]*\d)", re.ASCII)
_OCTET = regex(r"0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5]", re.ASCII)


def telephones(text: str, language: Language) -> Iterator[Rewrite]:
    """Telephone numbers digit by digit, a pause between their groups."""
    numbers, table = numbers_in(language), language.table("telephones")
    if not numbers or not table:
        return
    for match in _NUMBER.finditer(text):
        yield Rewrite(*match.span(), _grouped(match[0], table["plus"], numbers))
    for match in _LOCAL.finditer(text):
        yield Rewrite(*match.span(), _grouped(match[0], table["plus"], numbers))
    for match in _VANITY.finditer(text):
        tail = [numbers.spelled(part) if part.isdigit() else part for part in re.findall(r"\d+|[A-Z]+", match[3])]
        code = numbers.cardinal(match[2]) if match[2].endswith("00") else numbers.spelled(match[2])
        yield Rewrite(*match.span(), f"{numbers.cardinal('1')}, {code}, {' '.join(tail)}")


def hosts(text: str, language: Language) -> Iterator[Rewrite]:
    """The address of a computer in the net: "192.168.0.1", each number digit by digit."""
    numbers, words = numbers_in(language), language.table("web")
    if not numbers or not words:
        return
    for match in _HOST.finditer(text):
        if re.fullmatch(numbers.pattern, match[1]) and not all(map(_OCTET.fullmatch, match[1].split("."))):
            continue  # "1.500.000.000" where stops part the thousands
        marks = {".": words["dot"], ":": words["colon"], "/": words["slash"]}
        parts = re.findall(r"\d+|\D", match[0])
        yield Rewrite(*match.span(), " ".join(marks.get(part) or numbers.spelled(part) for part in parts))


def _grouped(written: str, plus: str, numbers: Numbers) -> str:
    groups = ", ".join(numbers.spelled(group) for group in re.findall(r"\d+", written))
    return f"{plus} {groups}" if written.startswith("+") else groups
