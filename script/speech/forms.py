"""The forms in which a phrase says what was written: by its number, in another case, digit by digit, by a table."""

import re
from collections.abc import Callable, Mapping
from functools import partial

from script.patterns import regex
from script.speech import cldr
from script.speech.cardinals import Numbers
from script.speech.language import Language
from script.speech.measures import unit_words
from script.speech.roman import value

Form = Callable[[re.Match[str], str], str]
"""From a match and the name of a group the words for what stands there, "" when nothing does."""

_ROMAN = regex("[IVXLCDM]+")


def form_of(spec: str, language: Language, numbers: Numbers) -> Form:
    """The form of this name: one of those below, a table of `[words]`, or one of `[numbers.forms]`.

    "counted TABLE": the word of the table that CLDR's plural of the number asks for; "counted TABLE GROUP": of that
    part of the table which what was written in the group names. "unit_of GROUP": a unit, in the genitive, of
    so many as that group has. Raises KeyError for a name that nobody knows.
    """
    kind, *rest = spec.split()[:3] or [""]
    if kind == "counted":
        return partial(_counted, language, numbers, rest)
    if kind == "unit_of":
        return partial(_genitive, language, numbers, rest[0])
    words = language.table("words").get(kind)
    if isinstance(words, Mapping):
        return partial(_looked_up, {key.casefold(): word for key, word in words.items()})
    if kind in numbers.words.get("forms", {}):
        return _of_text(lambda written: numbers.in_form(kind, _figures(written)))
    known: dict[str, Callable[[str], str]] = {
        "": partial(_said, numbers),
        "digits": lambda written: numbers.spelled(re.sub(r"\D", "", written)),
        "year": numbers.year,
        "pair": numbers.pair,
        "pairs": numbers.in_pairs,
        "several": lambda written: numbers.several(numbers.cardinal(written)),
        "minus": lambda _: str(numbers.words["minus"]) + numbers.gap,
        "currency": partial(_currency, language),
        "unit": partial(unit_words, language),
        "month": partial(_month, language),
    }
    return _of_text(known[kind])


def _of_text(said: Callable[[str], str]) -> Form:
    return lambda match, group: said(match[group]) if match[group] else ""


def _looked_up(words: Mapping[str, str], match: re.Match[str], group: str) -> str:
    return words[match[group].casefold()] if match[group] else ""


def _counted(language: Language, numbers: Numbers, rest: list[str], match: re.Match[str], group: str) -> str:
    if not match[group]:
        return ""
    words = language.table("words")[rest[0]]
    if len(rest) > 1:
        words = words[match[rest[1]].lower()]
    number = numbers.plain(match[group].lstrip("-−"))
    return str(words.get(cldr.plural_form(language.tag, number)) or words["other"])


def _genitive(language: Language, numbers: Numbers, number: str, match: re.Match[str], group: str) -> str:
    """A unit in the genitive of Slavic languages: CLDR's forms behind decimals and behind five are one and several."""
    one = cldr.plural_form(language.tag, numbers.plain(match[number])) == "one"
    return unit_words(language, match[group], "other" if one else "many")


def _figures(written: str) -> str:
    """The number in figures that may be written as a Roman numeral."""
    return str(value(written)) if _ROMAN.fullmatch(written) else written


def _said(numbers: Numbers, written: str) -> str:
    """A number in words, zeros before it not said; anything else as it stands."""
    if not written[-1].isdigit():
        return written
    minus = numbers.words["minus"] + numbers.gap if written[0] in "-−" else ""
    return minus + numbers.decimal(re.sub(r"^0+(?=\d)", "", written.lstrip("-−")))


def _currency(language: Language, sign: str) -> str:
    """What a currency is called by its sign or ISO 4217 code."""
    name = str(language.table("words")["currencies"].get(sign.upper(), sign.upper()))
    return cldr.currency(language.tag, name, "other") or name


def months(language: Language) -> Mapping[str, str]:
    """Each month's name by its names and abbreviations: CLDR's, and those of the language's data."""
    return {**cldr.months(language.tag), **language.table("months")}


def _month(language: Language, written: str) -> str:
    """The name of a month by its number or abbreviation."""
    if written.isdigit():
        return list(dict.fromkeys(months(language).values()))[int(written) - 1]
    return months(language)[written.lower().rstrip(".")]
