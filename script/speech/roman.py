"""Roman numerals, only where something announces one."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from script.patterns import regex
from script.speech.cardinals import Numbers, numbers_in
from script.speech.language import Language
from script.speech.rewriting import Rewrite

_NUMERAL = r"(?:(?:XL|LX{0,3}|X{1,3})(?:IX|IV|V?I{0,3})|IX|IV|VI{0,3}|I{1,3})"
# Behind a name of any kind: "Rocky III". One letter may be an initial, "IV" a drip, "XX" a sign.
_TITLED = regex(
    rf"\b(?!The|This|That|His|Her)[A-Z][a-z]{{3,}} (?!X{{1,3}}\b|L)"
    rf"(?P<numeral>{_NUMERAL})(?<=[A-Z]{{2}})\b(?!['’](?!s\b)\w|\.\w)"
)
# In front of a name, of several signs and letters: "the XVIII Airborne Corps", not "the XXX Bar".
_NUMBERED_ARMY = regex(rf"\bthe (?P<numeral>(?=[IVX]{{3,}}\b)(?!XXX\b){_NUMERAL})(?= [A-Z][a-z])")
_RANKED = regex(
    rf"\b(?P<numeral>{_NUMERAL})(?:(?<=[IVX]{{2}})(?:th|st|nd|rd)\b"
    rf"|(?:th|st|nd|rd)?(?=(?:[–-]{_NUMERAL})?[ -](?:century|centuries)\b))"
)
_ALONE = regex(r"\s*(X{0,3}(?:IX|IV|V?I{1,3})|XX{1,2}V?|XV|XL(?:IX|IV|V?I{0,3}))[.):]?\s*")
# In small letters, as books number the pages of a preface; a lone i is more often a careless I.
_SMALL_NUMERAL = r"(?:(?:xl|lx{0,3}|x{1,3})(?:ix|iv|v?i{0,3})|ix|iv|vi{0,3}|i{2,3})"
_MORE = regex(
    rf"(?P<to>[–-])(?P<until>{_NUMERAL}|{_SMALL_NUMERAL})\b|(?:, |,? [^\W\dA-Z]{{1,3}} )(?P<next>{_NUMERAL})\b"
)
_NEXT_WORD = regex(r" ?([^\W\d_]+)")
_STOP = regex(r"\.(?=[,;:)]| (?:\(|[^\W\d_A-ZÄÖÜ]))")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def roman_numerals(text: str, language: Language) -> Iterator[Rewrite]:
    """The numeral in "World War II" and "Chapter IV", as a rank in "Henry VIII", and one that is the whole text."""
    numbers, table = numbers_in(language), language.table("roman")
    if not numbers or not table:
        return
    alone = _ALONE.fullmatch(text)
    if alone and alone[1] != "I":
        yield Rewrite(*alone.span(1), numbers.cardinal(str(value(alone[1]))))
    for match in _RANKED.finditer(text):
        yield Rewrite(*match.span(), numbers.ordinal(str(value(match["numeral"]))))
    for match in _pattern(language).finditer(text):
        number = str(value(match["numeral"]))
        ranked = bool(match["given"]) or match["word"].replace(".", r"\.") in table["ordinal"]
        # "Peter I" may be the beginning of "Peter, I think": a lone I is a rank where the clause ends, or before "of".
        if ranked and (match["numeral"].islower() or (match["numeral"] == "I" and _goes_on(text, match.end(), table))):
            continue
        ranked = ranked and int(number) <= table.get("most_ranked", int(number))
        said = partial(_ranked, match, table, numbers) if ranked else numbers.cardinal
        dotted = "dotted" in table
        end = _end(text, match.end("numeral"), dotted=dotted)
        yield Rewrite(match.start("numeral"), end, said(number))
        yield from _more(text, end, int(number), said, str(numbers.words["to"]), dotted=dotted)
    for match in _NUMBERED_ARMY.finditer(text) if language.code == "en" else ():
        yield Rewrite(*match.span("numeral"), numbers.ordinal(str(value(match["numeral"]))))
    for match in _TITLED.finditer(text) if language.code == "en" else ():
        yield Rewrite(*match.span("numeral"), numbers.cardinal(str(value(match["numeral"]))))


def _goes_on(text: str, end: int, table: Mapping[str, Any]) -> bool:
    """Whether a word follows that may have the I before it for its subject, where the language has such a word."""
    word = _NEXT_WORD.match(text, end) if "behind_one" in table else None
    return word is not None and word[1] not in table["behind_one"]


def _end(text: str, end: int, *, dotted: bool) -> int:
    """Where a numeral ends: in German behind its full stop, which ends no sentence before a small letter."""
    return end + bool(dotted and _STOP.match(text, end))


def _more(text: str, end: int, last: int, said: Callable[[str], str], to: str, *, dotted: bool) -> Iterator[Rewrite]:
    """The numerals that go on behind one, each greater than the one before: "Ramses II, III and IV", "pp. ix–xii"."""
    while (match := _MORE.match(text, end)) and (number := value(match["next"] or match["until"])) > last:
        start = match.start("next") if match["next"] else match.start("to")
        end, last = _end(text, match.end(), dotted=dotted), number
        yield Rewrite(start, end, (f" {to} " if match["to"] else "") + said(str(number)))


def _ranked(match: re.Match[str], table: Mapping[str, Any], numbers: Numbers, number: str) -> str:
    """The rank behind a name: in the form for a woman, and in the case that the word before asks for."""
    woman = (match["word"] or match["given"]) in table.get("women", ())
    ordinal = numbers.ordinal(number)
    for case in table.get("cases", ()):
        if _is_behind(case["behind"], match) if "behind" in case else _is_genitive(match, table):
            return str(case["women" if woman else "men"].format(ordinal))
    if not woman:
        return str(table["rank"].format(ordinal))
    return str(table.get("rank_of_women", table["rank"]).format(re.sub(r"o\b", "a", ordinal)))


def _is_genitive(match: re.Match[str], table: Mapping[str, Any]) -> bool:
    """Whether a name ends in the s of the genitive, the last of several too: "Friedrich Wilhelms I."."""
    last = match.string[match.start() : match.start("numeral") - 1].rpartition(" ")[2]
    return bool(match["genitive"]) or (last not in table["ordinal"] and last.removesuffix("s") in table["ordinal"])


def _is_behind(words: str, match: re.Match[str]) -> bool:
    """Whether one of these words stands before a name, with a title and another name between them or not."""
    before = match.string[max(0, match.start() - 40) : match.start()]
    return re.search(rf"\b(?i:{words})(?: [^\W\d_]+(?<!und)){{0,2}} \Z", before) is not None


def value(numeral: str) -> int:
    """The number a Roman numeral stands for: IV gives 4."""
    digits = [_VALUES[letter] for letter in numeral.upper()]
    return sum(-digit if digit < max(digits[index:]) else digit for index, digit in enumerate(digits))


def behind_abbreviation(language: Language) -> str:
    """A regular expression for the beginning of a Roman numeral behind "vol." and the like."""
    return rf"{one_or_more(language)}[IVXL]+\b|{_SMALL_NUMERAL}\b"


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
    ranked = "|".join(dict.fromkeys(table["ordinal"])) or "(?!)"
    small = rf"(?:(?<=\. )|(?=[a-z]{{2}})){_SMALL_NUMERAL}"
    numeral = rf"(?:(?<!\. )|{one_or_more(language)})(?P<numeral>{_NUMERAL}|{small})"
    genitive = "s" if "cases" in table else "(?!)"
    name = rf"(?:(?P<word>{words})|(?P<given>{ranked}){surname})(?P<genitive>{genitive})?"
    return re.compile(rf"\b{name} {numeral}\b(?!['’](?!s\b)\w|\.\w)")
