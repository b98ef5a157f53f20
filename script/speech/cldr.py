"""What CLDR knows of a language, out of Babel: the names of units and currencies, and which plural a number takes."""

from decimal import Decimal
from functools import cache
from typing import Any


def plural_form(tag: str, number: str) -> str:
    """The plural category of a plain number: "one", "few", "other"; trailing zeros count, "1.0" is not "one"."""
    return str(_locale(tag).plural_form(Decimal(number)))


@cache
def unit(tag: str, name: str, plural: str) -> str:
    """How a unit is said with a number, such as "{0} kilometers"; "" when it is not known.

    name: of CLDR, "length-kilometer"; of two with a slash the second is what the first is divided by.
    """
    above, _, below = name.partition("/")
    pattern = _form(_data(tag)["unit_patterns"].get(above), plural)
    if not (pattern and below):
        return pattern
    divisor = _data(tag)["unit_patterns"].get(below, {}).get("long") or {}
    if "per" in divisor:
        return str(divisor["per"]).format(pattern)
    one = _form(_data(tag)["unit_patterns"].get(below), "one").replace("{0}", "").strip()
    per = str(_data(tag)["compound_unit_patterns"]["per"]["long"]["compound"])
    return per.format(pattern, one) if one else ""


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


def _form(forms: Any, plural: str) -> str:  # noqa: ANN401 - Babel's nested data has no types
    # A long form that is no other than the short one, as many are in Chinese, CLDR has once.
    lengths = [forms.get(length) or {} for length in ("long", "short")] if forms else []
    found = next((words for form in lengths for words in (form.get(plural), form.get("other")) if words), "")
    spoken = str(found).replace("\xa0", " ")
    return "" if any(map(str.isdigit, spoken.replace("{0}", ""))) else spoken  # "{0} 14 पौंड का बट्टा"


@cache
def _locale(tag: str) -> Any:  # noqa: ANN401 - loaded late: Babel takes 0.09 s
    from babel.core import Locale

    return Locale.parse(tag)


def _data(tag: str) -> Any:  # noqa: ANN401
    return _locale(tag)._data  # noqa: SLF001 - Babel has no public way to a unit's pattern without a number in it
