"""Sums of money."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from script.patterns import regex
from script.speech import cldr
from script.speech.cardinals import Numbers, numbers_in
from script.speech.language import Language
from script.speech.rewriting import Rewrite, kept_stop, spaced

_TO = regex(r"\s?[–—-]\s?")
# "a $5 bill", "a $100-million loan": before what it belongs to a currency has no plural.
_BEFORE_NOUN = regex(r"\b[Aa]n? \Z")
_NOUN = regex(
    r"-[a-z]| (?!(?:a|an|and|at|for|from|in|into|less|more|of|off|on|or|over|per|than|to|up|when|with)\b)[a-z]"
)
# ISO 4217 codes that are said as their currency; others of three capitals are more often something else.
CODES = (
    r"USD|EUR|GBP|JPY|CHF|CAD|AUD|NZD|CNY|INR|KRW|BRL|MXN|RUB|SEK|NOK|DKK|PLN|CZK|HUF|TRY|ZAR"
    r"|SGD|HKD|THB|ILS|AED|SAR|ARS|CLP|COP|PHP|IDR|MYR|VND|EGP|NGN|KES|UAH|RON|BGN|ISK|TWD|PKR"
)


def money(text: str, language: Language) -> Iterator[Rewrite]:
    """Sums before or behind their currency, with a magnitude, a range or a rate: "$3.50", "€5–10 million", "$20/mo"."""
    numbers, table = numbers_in(language), language.table("money")
    if not numbers or not table or not _hint(language).search(text):
        return
    end = 0
    for match in _pattern(language).finditer(text):
        if _TO.fullmatch(text, end, match.start()):
            yield Rewrite(end, match.start(), f" {numbers.words['to']} ")
        end = match.end()
        sign = match["sign"] or match["behind"]
        magnitude = table["magnitudes"].get((match["magnitude"] or match["size"] or "").lower(), "")
        if isinstance(magnitude, Mapping):
            magnitude = _inflected(
                magnitude, numbers.plain(match["high"] or match["low"] or match["until"] or match["amount"]), language
            )
        attributive = "attributive" in table and _is_attributive(match)
        said = _sum(match, sign, magnitude, language, numbers, attributive=attributive)
        minus = f"{numbers.words['minus']} " if match["minus"] or match["less"] else ""
        rate = f" {table['rates'][match['rate'].lower()]}" if match["rate"] else ""
        yield spaced(text, *match.span(), minus + said + rate + kept_stop(text, *match.span(), language))


@cache
def _hint(language: Language) -> re.Pattern[str]:
    """What is there wherever a sum may be: a currency's sign, its name, or three letters of a code."""
    table = language.table("money")
    codes = rf"(?i:{CODES})" if table.get("small_codes") else "[A-Z]{3}"
    return re.compile(rf"{_any_of(table['names'])}|{codes}")


@cache
def _pattern(language: Language) -> re.Pattern[str]:
    table = language.table("money")
    numbers = numbers_in(language)
    assert numbers
    number = rf"(?:{numbers.pattern}|[{numbers.words['decimal']}]\d+)"
    codes = f"(?i:{CODES})" if table.get("small_codes") else CODES
    signs = rf"(?:{_any_of(table['names'])}|(?:{codes})\b|\b(?:{codes})(?=\d))"
    magnitudes, rates = _any_of(table["magnitudes"]), _any_of(table["rates"])
    return re.compile(
        rf"(?:(?P<minus>(?<![\w)])[-−–])?(?<![A-Za-z])(?P<sign>{signs})\s?(?P<low>{number})(?![\d])"
        rf"(?:\s?[–—-]\s?(?P<again>{signs})?\s?(?P<high>{number}))?(?:[\s-]?(?P<magnitude>(?i:{magnitudes}))(?!\w))?"
        rf"|(?P<less>(?<!\w)[-−–])?(?<![\w.,])(?P<amount>{number})(?:\s?[–-]\s?(?P<until>{number}))?\s?"
        rf"(?:(?P<size>(?i:{magnitudes}))\s)?(?P<behind>{signs})(?!\s?\d|\w))"
        rf"(?:/(?P<rate>(?i:{rates}))(?!\w)(?:\.(?=[,;)]|\ [a-z(]))?)?",
    )


def _is_attributive(match: re.Match[str]) -> bool:
    """Whether a sum stands before what it belongs to: "a $5 bill"."""
    ahead = _BEFORE_NOUN.search(match.string, max(0, match.start() - 5), match.start())
    return ahead is not None and _NOUN.match(match.string, match.end()) is not None


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _sum(
    match: re.Match[str], sign: str, magnitude: str, language: Language, numbers: Numbers, *, attributive: bool
) -> str:
    """The words for a sum or for a range of sums; attributive: whether it stands before what it belongs to."""
    low, high = match["low"] or match["amount"], match["high"] or match["until"]
    to = numbers.words["to"]
    if magnitude:
        until = f" {to} {numbers.decimal(high, joint=False)}" if high else ""
        form = language.table("money").get("large", "{number} {magnitude} {currency}")
        currency = _name(sign, "1" if attributive else "5", language)
        return str(
            form.format(
                number=numbers.decimal(low, joint=False) + until,
                magnitude=magnitude,
                of=_of(currency, language),
                currency=currency,
            )
        )
    if not high:
        return _amount(low, sign, language, numbers, attributive=attributive)
    if match["again"] or numbers.words["decimal"] in low + high:
        return f"{_amount(low, sign, language, numbers)} {to} {_amount(high, sign, language, numbers)}"
    return f"{numbers.decimal(low)} {to} {_amount(high, sign, language, numbers)}"


def _amount(written: str, sign: str, language: Language, numbers: Numbers, *, attributive: bool = False) -> str:
    whole, point, fraction = numbers.plain(written).partition(".")
    fraction = fraction[:2] + fraction[2:].rstrip("0")
    subunits = language.table("money")["subunits"].get(sign)
    if point and (len(fraction) > 2 or not subunits):
        shown = f"{whole}.{fraction}".rstrip("0").rstrip(".") or "0"
        shown = shown.replace(".", numbers.words["decimal"])
        return f"{numbers.decimal(shown)} {_name(sign, whole + point + fraction, language)}"
    hundredths = int(fraction.ljust(2, "0"))
    if not hundredths:
        whole = whole or "0"
        counted = (
            _count(whole, sign, language, numbers) if "one" in language.table("money") else numbers.cardinal(whole)
        )
        name = _name(sign, "1" if attributive else whole, language)
        of = _of(name, language) if counted.endswith(tuple(language.table("money").get("of_after", ()))) else ""
        return f"{counted} {of}{name}"
    name = _name(sign, "1" if attributive else whole, language)
    parts = [f"{_count(whole, sign, language, numbers)} {name}"] if int(whole or 0) else []
    few = str(hundredths)
    if isinstance(subunits, Mapping):
        parts.append(f"{_gendered(few, subunits, numbers)} {_inflected(subunits, few, language)}")
    else:
        parts.append(f"{_count(few, '', language, numbers)} {subunits[hundredths != 1 and not attributive]}")
    return str(language.table("money").get("joint", f" {numbers.words['and']} ")).join(parts)


def _count(digits: str, sign: str, language: Language, numbers: Numbers) -> str:
    """A number before a currency: one has a form of its own in many languages."""
    table = language.table("money")
    names = table["names"].get(sign, ())
    if isinstance(names, Mapping):
        return _gendered(digits, names, numbers)
    one = names[2] if len(names) == 3 and not isinstance(names, str) else table.get("one")
    if one and digits.lstrip("0") == "1":
        return str(one)
    said = numbers.cardinal(digits, joint=False)
    return numbers.feminine(said) if len(names) == 3 and not isinstance(names, str) else numbers.before_noun(said)


def _name(sign: str, number: str, language: Language) -> str:
    """What the currency is called with this number: by its sign short, by its code in full."""
    names = language.table("money")["names"].get(sign)
    if isinstance(names, str):
        return cldr.currency(language.tag, names, cldr.plural_form(language.tag, number))
    if isinstance(names, Mapping):
        return _inflected(names, number, language)
    if names:
        return str(names[number.lstrip("0") != "1"])
    return cldr.currency(language.tag, sign.upper(), cldr.plural_form(language.tag, number)) or sign


def _of(name: str, language: Language) -> str:
    """What joins a million and its currency: "de ", before a vowel "d’" in French, "di " in Italian."""
    table = language.table("money")
    return str(table["of_vowel"] if "of_vowel" in table and name[0] in "aeiou" else table.get("of", "de "))


def _inflected(names: Mapping[str, str], number: str, language: Language) -> str:
    """The form of a name that CLDR's plural of the number asks for."""
    return names.get(cldr.plural_form(language.tag, number)) or names["other"]


def _gendered(digits: str, names: Mapping[str, str], numbers: Numbers) -> str:
    said = numbers.cardinal(digits, joint=False)
    return numbers.feminine(said) if "feminine" in names else said
