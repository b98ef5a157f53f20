"""Roman numerals, only where something announces one."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from script.speech.cardinals import Numbers, numbers_in
from script.speech.language import Language
from script.speech.rewriting import Rewrite

_NUMERAL = r"(?:(?:XL|LX{0,3}|X{1,3})(?:IX|IV|V?I{0,3})|IX|IV|VI{0,3}|I{1,3})"
# Behind a name of any kind: "Rocky III". One letter may be an initial, "IV" a drip, "XX" a sign.
_TITLED = re.compile(
    rf"\b(?!The|This|That|His|Her)[A-Z][a-z]{{3,}} (?!X{{1,3}}\b|L)"
    rf"(?P<numeral>{_NUMERAL})(?<=[A-Z]{{2}})\b(?!['’](?!s\b)\w|\.\w)"
)
# In front of a name, of several signs and letters: "the XVIII Airborne Corps", not "the XXX Bar".
_NUMBERED_ARMY = re.compile(rf"\bthe (?P<numeral>(?=[IVX]{{3,}}\b)(?!XXX\b){_NUMERAL})(?= [A-Z][a-z])")
_CENTURY = re.compile(rf"\b(?P<numeral>{_NUMERAL})(?:th|st|nd|rd)?(?=(?:[–-]{_NUMERAL})? (?:century|centuries)\b)")
_ALONE = re.compile(r"\s*(X{0,3}(?:IX|IV|V?I{1,3})|XX{1,2}V?|XV|XL(?:IX|IV|V?I{0,3}))[.):]?\s*")
_NEXT_WORD = re.compile(r" ?([^\W\d_]+)")
_STOP = re.compile(r"\.(?=[,;:)]| [^\W\d_A-ZÄÖÜ])")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def roman_numerals(text: str, language: Language) -> Iterator[Rewrite]:
    """The numeral in "World War II" and "Chapter IV", as a rank in "Henry VIII", and one that is the whole text."""
    numbers, table = numbers_in(language), language.table("roman")
    if not numbers or not table:
        return
    alone = _ALONE.fullmatch(text)
    if alone and alone[1] != "I":
        yield Rewrite(*alone.span(1), numbers.cardinal(str(value(alone[1]))))
    for match in _CENTURY.finditer(text):
        yield Rewrite(*match.span(), numbers.ordinal(str(value(match["numeral"]))))
    for match in _pattern(language).finditer(text):
        number = str(value(match["numeral"]))
        ranked = bool(match["given"]) or match["word"] in table["ordinal"]
        # "Peter I" may be the beginning of "Peter, I think": a lone I is a rank where the clause ends, or before "of".
        if ranked and match["numeral"] == "I" and _goes_on(text, match.end(), table):
            continue
        ranked = ranked and int(number) <= table.get("most_ranked", int(number))
        said = _ranked(match, number, table, numbers) if ranked else numbers.cardinal(number)
        # In German a numeral of rank has a full stop, which ends no sentence before a small letter.
        dotted = "dotted" in table and _STOP.match(text, match.end("numeral"))
        yield Rewrite(match.start("numeral"), match.end("numeral") + bool(dotted), said)
    for match in _NUMBERED_ARMY.finditer(text) if language.code == "en" else ():
        yield Rewrite(*match.span("numeral"), numbers.ordinal(str(value(match["numeral"]))))
    for match in _TITLED.finditer(text) if language.code == "en" else ():
        yield Rewrite(*match.span("numeral"), numbers.cardinal(str(value(match["numeral"]))))


def _goes_on(text: str, end: int, table: Mapping[str, Any]) -> bool:
    """Whether a word follows that may have the I before it for its subject."""
    word = _NEXT_WORD.match(text, end)
    return word is not None and word[1] not in table.get("behind_one", ())


def _ranked(match: re.Match[str], number: str, table: Mapping[str, Any], numbers: Numbers) -> str:
    """The rank behind a name: of a woman in the form for one, where the language has it."""
    if (match["word"] or match["given"]) not in table.get("women", ()):
        return str(table["rank"].format(numbers.ordinal(number)))
    rank = re.sub(r"o\b", "a", numbers.ordinal(number))
    return str(table.get("rank_of_women", table["rank"]).format(rank))


def value(numeral: str) -> int:
    """The number a Roman numeral stands for: IV gives 4."""
    digits = [_VALUES[letter] for letter in numeral.upper()]
    return sum(-digit if digit < max(digits[index:]) else digit for index, digit in enumerate(digits))


def one_or_more(language: Language) -> str:
    """A look-ahead, for behind an abbreviation, that forbids an I that is a word: "modern art. I like it"."""
    behind = language.table("roman").get("behind_one")
    return rf"(?!I(?:['’](?!s\b)| (?!(?:{'|'.join(behind)})\b)[a-z]))" if behind else ""


@cache
def _pattern(language: Language) -> re.Pattern[str]:
    table = language.table("roman")
    numbered = (rf"{re.escape(word)}\." for word in language.table("abbreviations").get("numbered", ()) if word != "c")
    words = "|".join(dict.fromkeys([*table["cardinal"], *table["ordinal"], *numbered]))
    surname = r"(?: (?:[A-Z]\.|[A-Z][a-z]+)){0,2}"
    ranked = "|".join(dict.fromkeys(table["ordinal"]))
    numeral = rf"(?:(?<!\. )|{one_or_more(language)})(?P<numeral>{_NUMERAL})"
    return re.compile(rf"\b(?:(?P<word>{words})|(?P<given>{ranked}){surname}) {numeral}\b(?!['’](?!s\b)\w|\.\w)")
