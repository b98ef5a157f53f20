"""Roman numerals, only after words that announce one."""

import re
from collections.abc import Iterator
from functools import cache

from script.speech.cardinals import numbers_in
from script.speech.language import Language
from script.speech.rewriting import Rewrite

_NUMERAL = r"(?:X{1,3}(?:IX|IV|V?I{0,3})|IX|IV|VI{0,3}|I{1,3})"
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def roman_numerals(text: str, language: Language) -> Iterator[Rewrite]:
    """The numeral in "World War II" and "Chapter IV", and as a rank in "Henry VIII"."""
    numbers, table = numbers_in(language), language.table("roman")
    if not numbers or not table:
        return
    for match in _pattern(language).finditer(text):
        said = numbers.cardinal(str(value(match["numeral"])))
        ranked = match["word"] in table["ordinal"]
        # "Peter I" may be the beginning of "Peter, I think": a lone I is a rank only where the clause ends.
        if ranked and match["numeral"] == "I" and text[match.end() : match.end() + 2].strip(" ").isalpha():
            continue
        yield Rewrite(*match.span("numeral"), f"{table['the']} {numbers.ranked(said)}" if ranked else said)


def value(numeral: str) -> int:
    """The number a Roman numeral stands for: IV gives 4."""
    digits = [_VALUES[letter] for letter in numeral.upper()]
    return sum(-digit if digit < max(digits[index:]) else digit for index, digit in enumerate(digits))


@cache
def _pattern(language: Language) -> re.Pattern[str]:
    table = language.table("roman")
    words = "|".join([*table["cardinal"], *table["ordinal"]])
    return re.compile(rf"\b(?P<word>{words}) (?P<numeral>{_NUMERAL})\b(?!['’]\w|\.\w)")
