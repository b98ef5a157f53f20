"""Sums of money."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from script.speech.cardinals import Numbers, numbers_in
from script.speech.language import Language
from script.speech.numbers import NUMBER
from script.speech.rewriting import Rewrite, spaced


def money(text: str, language: Language) -> Iterator[Rewrite]:
    """Sums before or behind their currency, with a magnitude or a range: "$3.50", "€5–10 million"."""
    numbers, table = numbers_in(language), language.table("money")
    if not numbers or not table:
        return
    for match in _pattern(language).finditer(text):
        names = table["currencies"][match["sign"] or match["behind"]]
        magnitude = table["magnitudes"].get((match["magnitude"] or "").lower(), "")
        said = _sum(match, names, magnitude, numbers)
        minus = f"{numbers.words['minus']} " if match["minus"] else ""
        yield spaced(text, *match.span(), minus + said)


@cache
def _pattern(language: Language) -> re.Pattern[str]:
    table = language.table("money")
    signs, magnitudes = _any_of(table["currencies"]), _any_of(table["magnitudes"])
    before = (
        rf"(?P<minus>(?<!\w)[-−])?(?<![A-Za-z])(?P<sign>{signs})\s?(?P<low>{NUMBER})"
        rf"(?:\s?[–—-]\s?(?:{signs})?(?P<high>{NUMBER}))?(?:[\s-]?(?P<magnitude>{magnitudes})\b)?"
    )
    return re.compile(
        rf"{before}|(?<![\w.,])(?P<amount>{NUMBER})\s?(?P<behind>{signs})(?!\s?\d)", re.ASCII | re.IGNORECASE
    )


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _sum(match: re.Match[str], names: list[str], magnitude: str, numbers: Numbers) -> str:
    """The words for a sum; names: of the currency's unit and of its hundredth, one and several of each."""
    low, high = match["low"] or match["amount"], match["high"]
    if magnitude or high:
        until = f" {numbers.words['to']} {numbers.decimal(high)}" if high else ""
        return " ".join(part for part in (numbers.decimal(low) + until, magnitude, names[1]) if part)
    whole, dot, fraction = low.partition(".")
    if dot and len(fraction) != 2:
        return f"{numbers.decimal(low)} {names[1]}"
    units = int(whole.replace(",", "") or 0)
    hundredths = int(fraction or 0)
    parts = [f"{numbers.cardinal(whole)} {names[units != 1]}"] if units or not hundredths else []
    parts += [f"{numbers.cardinal(str(hundredths))} {names[2 + (hundredths != 1)]}"] if hundredths else []
    return f" {numbers.words['and']} ".join(parts)
