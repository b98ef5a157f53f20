"""What stands in SSML's `say-as`, in words (W3C Note, SSML 1.0 say-as attribute values)."""

import re
from collections.abc import Callable

from script.boundaries import base_language
from script.speech import spoken

_DATE_ORDERS = {"mdy", "dmy", "ymd", "ym", "my", "md", "dm", "y", "m", "d"}


def said_as(text: str, kind: str, form: str, language: str) -> str | None:
    """A text as the kind and format of say-as have it; None for a kind or a text without words for it."""
    way = _WAYS.get(kind.lower())
    return way(text, form.lower(), language) if way and text else None


def _characters(text: str, _: str, language: str) -> str:
    return " ".join(_character(each, language) for each in text if not each.isspace())


def _character(character: str, language: str) -> str:
    return spoken(character, language) if character.isdigit() else character.upper()


def _number(text: str, to: str, language: str) -> str | None:
    digits = re.sub(r"[\s,.'’](?=\d{3}(?!\d))", "", text.strip())
    if not re.fullmatch(r"[-−]?[0-9]{1,15}(?:st|nd|rd|th|\.)?", digits):
        return None
    from num2words import num2words

    value = int(re.sub(r"[^\d-]", "", digits.replace("−", "-")))
    try:
        said = str(num2words(value, lang=base_language(language), to=to))
    except (NotImplementedError, OverflowError, TypeError):
        return None
    return said.replace(",", "")


def _cardinal(text: str, _: str, language: str) -> str | None:
    return _number(text, "cardinal", language)


def _ordinal(text: str, _: str, language: str) -> str | None:
    return _number(text, "ordinal", language)


def _date(text: str, form: str, language: str) -> str | None:
    """A date whose parts stand in the order that the format names, by the rules for ISO dates."""
    parts = re.findall("[0-9]+", text)
    if len(form) == 3 and form in _DATE_ORDERS and len(parts) == 3:
        year, month, day = (parts[form.index(part)] for part in "ymd")
        if len(year) == 4 and 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            return spoken(f"{year}-{int(month):02}-{int(day):02}", language)
    return spoken(text, language)


def _usual(text: str, _: str, language: str) -> str:
    return spoken(text, language)


def _telephone(text: str, _: str, language: str) -> str:
    """Digit by digit, with a pause between the groups."""
    groups = re.findall(r"\+|[0-9]+|[A-Za-z]+", text)
    said = [_characters(each, "", language) if each != "+" else spoken("+1", language).split()[0] for each in groups]
    return ", ".join(said).replace("+,", "+").strip()


_WAYS: dict[str, Callable[[str, str, str], str | None]] = {
    "characters": _characters,
    "spell-out": _characters,
    "verbatim": _characters,
    "digits": _characters,
    "cardinal": _cardinal,
    "number": _cardinal,
    "ordinal": _ordinal,
    "date": _date,
    "time": _usual,
    "telephone": _telephone,
    "currency": _usual,
    "unit": _usual,
    "fraction": _usual,
}
