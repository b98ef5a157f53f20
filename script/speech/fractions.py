"""Fractions: "3/4", "2 1/2", "½"."""

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction

from script.speech.cardinals import Numbers, numbers_in
from script.speech.language import Language
from script.speech.rewriting import Rewrite, spaced

_VULGAR = "¼½¾⅐-⅞↉"
_SIGN = re.compile(rf"(?:(?<![\w.,])(\d+)[ ⁄]?)?([{_VULGAR}])")
_WRITTEN = re.compile(
    r"(?<![\w.,/-])(?:([-−]?\d+)[ -])?([-−]?\d+|\d{1,3}(?:,\d{3})+)(\s?[/⁄]\s?)(\d+|\d{1,3}(?:,\d{3})+)"
    r"(?:st|nd|rd|ths?)?(?![\w/]|[.,]\d|-\d)",
    re.ASCII | re.IGNORECASE,
)


def fractions(text: str, language: Language) -> Iterator[Rewrite]:
    """One number over another, with a whole number before or without."""
    numbers, table = numbers_in(language), language.table("fractions")
    if not numbers or not table:
        return
    for match in _SIGN.finditer(text):
        value = Fraction(unicodedata.numeric(match[2])).limit_denominator(12)
        said = _said(str(value.numerator), str(value.denominator), language, numbers, mixed=bool(match[1]))
        yield spaced(text, *match.span(), _mixed(match[1], said, numbers))
    for match in _WRITTEN.finditer(text):
        whole, above, slash, below = match.groups()
        fixed = table["fixed"].get(f"{above}/{below}")
        if fixed and not whole:
            yield Rewrite(*match.span(), fixed)
        elif int(below.replace(",", "")) > 1 and not (whole and " " in slash):
            yield Rewrite(
                *match.span(), _mixed(whole, _said(above, below, language, numbers, mixed=bool(whole)), numbers)
            )


def _mixed(whole: str | None, said: str, numbers: Numbers) -> str:
    if not whole:
        return said
    minus = f"{numbers.words['minus']} " if whole[0] in "-−" else ""
    return f"{minus}{numbers.cardinal(whole.lstrip('-−'))} {numbers.words['and']} {said}"


def _said(above: str, below: str, language: Language, numbers: Numbers, *, mixed: bool = False) -> str:
    table = language.table("fractions")
    minus = f"{numbers.words['minus']} " if above[0] in "-−" else ""
    above = above.lstrip("-−")
    one = above == "1"
    names = table["names"].get(below)
    if names:
        name = names[not one]
    else:
        rank = numbers.ordinal(below, joint=False)
        name = rank if one else table["several"].format(rank=rank)
    return f"{minus}{table['mixed_one' if mixed else 'one'] if one else numbers.cardinal(above, joint=False)} {name}"
