"""What CLDR knows of a language, out of Babel: the names of units and currencies, and which plural a number takes."""

from decimal import Decimal
from functools import cache
from typing import Any

_FORMERLY = {"concentr-part-per-1e6": "concentr-permillion"}  # what CLDR called a unit up to version 47


def plural_form(tag: str, number: str) -> str:
    """The plural category of a plain number: "one", "few", "other"; trailing zeros count, "1.0" is not "one"."""
    return str(_locale(tag).plural_form(Decimal(number)))


@cache
def unit(tag: str, name: str, plural: str) -> str:
    """How a unit is said with a number, such as "{0} kilometers"; "" when it is not known.

    name: of CLDR, "length-kilometer", or one and its prefix, "10p9+energy-electronvolt".
    """
    prefix, _, base = name.rpartition("+")
    pattern = _form(_unit(tag, base), plural)
    return prefixed(tag, prefix, pattern) if prefix else pattern


def per(tag: str, pattern: str, below: str) -> str:
    """What is said of a unit by one that has a way of its own to be divided by: "{0} watts per second"; else ""."""
    return _in_words((_unit(tag, below).get("long") or {}).get("per")).format(pattern)


def prefixed(tag: str, prefix: str, pattern: str) -> str:
    """A unit's words, "{0} Elektronenvolt", with a prefix such as "10p9": "{0} Gigaelektronenvolt"; "" as "" came."""
    form = str(_data(tag)["compound_unit_patterns"].get(prefix, {}).get("long", {}).get("prefix", ""))
    number, words = pattern[:3], pattern[3:].lstrip()
    if not (form and words and number == "{0}"):
        return ""
    gap = pattern[3 : len(pattern) - len(words)]
    return f"{number}{gap}{form.format(words.lower() if form[0].isupper() else words)}"


def divided(tag: str, pattern: str, divisor: str) -> str:
    """What is said of a unit by another, "{0} watts per serving"; "" where a language has no word for it."""
    forms = _data(tag)["compound_unit_patterns"]["per"].get("long", {})
    return _in_words(forms.get("compound")).format(pattern, divisor)


@cache
def currency(tag: str, code: str, plural: str) -> str:
    """The name of a currency by its ISO 4217 code, "US dollars"; "" when it is not known."""
    names = _data(tag)["currency_names_plural"].get(code, {})
    name = names.get(plural) or names.get("other") or _data(tag)["currency_names"].get(code, "")
    return str(name)


@cache
def months(tag: str) -> dict[str, str]:
    """The months' names and their abbreviations in small letters, without a full stop, and each one's name."""
    names: dict[str, str] = {}
    for form in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in _data(tag)["months"][form][width].items():
                names.setdefault(str(name).lower().rstrip("."), str(_data(tag)["months"]["format"]["wide"][number]))
    return names


def _unit(tag: str, name: str) -> Any:  # noqa: ANN401
    patterns = _data(tag)["unit_patterns"]
    return patterns.get(name) or patterns.get(_FORMERLY.get(name, "")) or {}


def _in_words(form: object) -> str:
    """A form, unless it is a sign: some languages write "{0}/{1}" for one unit by another."""
    return str(form) if form and "/" not in str(form) else ""


def _form(forms: Any, plural: str) -> str:  # noqa: ANN401 - Babel's nested data has no types
    # A long form that is no other than the short one, as many are in Chinese, CLDR has once.
    lengths = [forms.get(length) or {} for length in ("long", "short")]
    found = next((words for form in lengths for words in (form.get(plural), form.get("other")) if words), "")
    spoken = str(found).replace("\xa0", " ")
    return "" if any(map(str.isdigit, spoken.replace("{0}", ""))) else spoken  # "{0} 14 पौंड का बट्टा"


@cache
def _locale(tag: str) -> Any:  # noqa: ANN401 - loaded late: Babel takes 0.09 s
    from babel.core import Locale

    return Locale.parse(tag)


def _data(tag: str) -> Any:  # noqa: ANN401
    return _locale(tag)._data  # noqa: SLF001 - Babel has no public way to a unit's pattern without a number in it
