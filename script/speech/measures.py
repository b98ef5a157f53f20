"""Measures: a number and its unit, by CLDR's names for units."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from script.patterns import regex
from script.speech import cldr
from script.speech.cardinals import Numbers, numbers_in
from script.speech.figures import matches_at_figures
from script.speech.language import Language
from script.speech.rewriting import Rewrite, kept_stop, spaced

_BEHIND_FIGURES = regex(r"[0-9][\s-]?([^\W\d_\u2e80-\uffff]+|[^\w\s])")
_MOLAR = regex(r"[a-zµμ]M|[A-Z]{2,}s")  # "5 mM" are no millimeters, "62 HRs" no hours
_OR_ELSE = regex(r"/(?=\d)")
_TIMES = {"x", "×"}
_ARTICLE = regex(r"\b([Aa]n?|[Tt]he) \Z")
_NOUN = regex(r"[ -]([a-z]+)")


def measures(text: str, language: Language) -> Iterator[Rewrite]:
    """A number or a range with its unit: "10 km/h", "−5 °C", "2-5 lb", "25 x 7 m"."""
    numbers, table = numbers_in(language), language.table("measures")
    if not numbers or not table:
        return
    before: re.Match[str] | None = None
    for match in matches_at_figures(_pattern(language), text) if _may_hold_one(text, language) else ():
        unit = _unit(match, language, close=not numbers.gap)
        if unit and _form(unit, "other", language):
            said = _said(match, unit, language, numbers) + kept_stop(text, *match.span(), language)
            if before and before.end() + 1 == match.start() and text[before.end()] in "/–":
                yield Rewrite(before.end(), match.start(), _joining(before, unit, language, numbers))
            yield spaced(text, *match.span(), said)
            before = match


def units_of_powers(text: str, language: Language) -> Iterator[Rewrite]:
    """The unit behind a number that ends in a power of ten: "3 × 10⁸ m/s", "9.11e-31 kg"."""
    table = language.table("measures")
    if not table or not numbers_in(language):
        return
    for match in _behind_powers(language).finditer(text):
        unit = _unit(match, language, close=True)
        words = _form(unit, "other", language).replace("{0}", "").strip() if unit else ""
        if words:
            yield Rewrite(*match.span("behind"), words)


def _may_hold_one(text: str, language: Language) -> bool:
    """Whether what stands behind some number begins like the sign of a unit: a glance that spares the whole pattern."""
    heads = _heads(language)
    return any(match[1].lower() in heads for match in _BEHIND_FIGURES.finditer(text))


@cache
def _heads(language: Language) -> frozenset[str]:
    """How units and the magnitudes before them begin."""
    near, apart = _units(language)
    signs = (*near, *apart, *language.table("measures")["magnitudes"])
    return frozenset(match[1].lower() for sign in signs if (match := _BEHIND_FIGURES.match(f"1{sign}")))


def _said(match: re.Match[str], unit: str, language: Language, numbers: Numbers) -> str:
    low, high, table = match["low"], match["high"], language.table("measures")
    last = numbers.plain(high or low)
    plural = cldr.plural_form(language.tag, f"0{last}" if last[0] == "." else last)
    if match["space"] == "-" or _is_attributive(match, table):
        plural = table.get("hyphen", plural)
    sizes = table["magnitudes"]
    inflected = isinstance(sizes, Mapping) and match["size"]  # "2,5 миллиона литров"
    words = _form(unit, "many" if inflected else plural, language)
    joint = _joint(match, unit, language, numbers)
    minus = numbers.words["minus"] + numbers.gap if match["minus"] else ""
    of_neuter = words.replace("{0}", "").strip() in table.get("neuter", ())
    first = numbers.of_things(low)
    first = table["one"] if "one" in table and low == "1" and not high and not of_neuter else first
    first = table.get("amounts", {}).get(low, first)
    amount = f"{numbers.of_things(match['first'])} {joint} " if match["first"] else ""
    amount += minus + first + (f" {joint} {numbers.of_things(high)}" if high else "")
    if is_feminine(words, language):
        amount = numbers.feminine(amount)
    size = f" {sizes[match['size']][plural] if inflected else match['size'].lower()}" if match["size"] else ""
    return words.format(amount + size)


def _joining(match: re.Match[str], unit: str, language: Language, numbers: Numbers) -> str:
    """What the sign before another measure is: the same otherwise, "350°F/180°C", for so much, "20 l/100 km", or to."""
    if match.string[match.end()] == "–":
        return f" {numbers.words['to']} "
    kind, before = (each.partition("-")[0] for each in (unit, _unit(match, language, close=True)))
    if kind == before:
        return ", "
    per = str(language.table("measures").get("per_amount") or _divided("<", ">", language))
    return per[1:-1] if per[0] == "<" and per[-1] == ">" else ", "


def _form(name: str, plural: str, language: Language) -> str:
    """A unit with a number, "{0} kilometers": the language's own words for it, else CLDR's."""
    above, *below = name.split("/")
    prefix, _, base = above.rpartition("+")
    table = language.table("measures")
    own = table.get("own", {})
    if base in own:
        words = f"{{0}} {own[base][plural != 'one']}"
        words = cldr.prefixed(language.tag, prefix, words) if prefix else words
    else:
        words = cldr.unit(language.tag, above, plural)
    for each in below if words else ():
        words = cldr.per(language.tag, words, each) or _divided(words, _divisor(each, language), language)
    return re.sub(table["unsaid"], "", words) if "unsaid" in table else words


def _divisor(name: str, language: Language) -> str:
    """What a unit is divided by, in the case that the language has there; "" when it has no name."""
    table = language.table("measures")
    one = cldr.unit(language.tag, name, "one").replace("{0}", "").strip()
    return str(table.get("divisors", {}).get(name) or table.get("accusative", {}).get(one, one))


def _divided(words: str, divisor: str, language: Language) -> str:
    """What is said of a unit by another: the language's own words, else CLDR's; "" when there are none."""
    if not divisor:
        return ""
    own = language.table("measures").get("per")
    return str(own).format(words, divisor) if own else cldr.divided(language.tag, words, divisor)


def _is_attributive(match: re.Match[str], table: Mapping[str, object]) -> bool:
    """Whether a measure stands before what it belongs to: "a 5km run", "the 400m hurdles", "2 x 400g tins"."""
    if "hyphen" not in table:
        return False
    text, small = match.string, table["after_inches"]
    assert isinstance(small, list)
    ahead, behind = _ARTICLE.search(text, max(0, match.start() - 5), match.start()), _NOUN.match(text, match.end())
    if not behind or (behind[0][0] == " " and behind[1] in small):
        return False
    if not ahead:
        return bool(match["joint"]) and match["joint"].strip() in _TIMES
    return ahead[1].lower() != "the" or not match["space"]


def _joint(match: re.Match[str], unit: str, language: Language, numbers: Numbers) -> str:
    """What joins two numbers with one unit: "to", and for × "by", but "times" where things are not long and wide."""
    if not match["joint"] or match["joint"].strip() not in _TIMES:
        return str(numbers.words["to"])
    if unit.startswith(("mass", "volume", "digital")):
        return str(language.table("mathematics").get("between", {}).get("×", "×"))
    return str(language.table("measures").get("by", "×"))


def is_feminine(words: str, language: Language) -> bool:
    """Whether the words for a unit, "{0} тонн" or without the number, are of feminine gender."""
    return words.replace("{0}", "").strip().startswith(tuple(language.table("measures").get("feminine", ())))


def unit_words(language: Language, sign: str, plural: str = "other") -> str:
    """What a unit is called without its number, the sign itself where CLDR has no name."""
    near, apart = _units(language)
    name = near.get(sign) or apart.get(sign, "")
    return (_form(name, plural, language) if name else "").replace("{0}", "").strip() or sign


@cache
def any_unit(language: Language) -> str:
    """A regular expression for the sign of any unit."""
    near, apart = _units(language)
    return "|".join(sorted(map(re.escape, {*near, *apart}), key=len, reverse=True))


def _unit(match: re.Match[str], language: Language, *, close: bool) -> str:
    """CLDR's name of the unit that stands behind a number, "" when it is none.

    close: whether any unit may stand close to its number, as where words have no spaces between them.
    """
    near, apart = _units(language)
    written, space = match["unit"], match["space"]
    found = near.get(written) or (apart.get(written) if space == " " or close else None)
    if not found and len(written) > 1 and not _MOLAR.fullmatch(written):
        found = near.get(written.lower()) or (
            _in_any_case(language).get(written.lower(), "") if len(written) > 2 else ""
        )
    if not (found and match["divisors"]):
        return found or ""
    by_words = language.table("measures").get("divisors", {})
    below = [each if each in by_words else near.get(each) or apart[each] for each in match["divisors"][1:].split("/")]
    compound = "/".join([found, *below])
    return compound if _form(compound, "other", language) else ""


@cache
def _units(language: Language) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The signs of units that may stand close to their number, the language's own too, and those that need a space."""
    data = _everywhere()
    table = language.table("measures")
    own = {sign: sign for sign in table.get("own", {})}
    return {**data["near"], **own, **table.get("signs", {})}, data["apart"]


@cache
def _in_any_case(language: Language) -> Mapping[str, str]:
    """By the sign in small letters: "kwh" is plain enough, "mw" is not."""
    return {sign.lower(): name for sign, name in _units(language)[0].items()}


@cache
def _everywhere() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(Path(__file__).with_name("units.toml").read_text("utf-8"))


@cache
def _behind_powers(language: Language) -> re.Pattern[str]:
    units = any_unit(language)
    power = r"10(?:[⁻⁺]?[⁰¹²³⁴-⁹]+|\^[-−]?\d+)|\d[eE][-−+]\d{1,3}"
    return re.compile(
        rf"(?:{power})(?P<space> )"
        rf"(?P<behind>(?P<unit>{units})(?P<divisors>(?:/(?:{units})(?!\w)){{1,2}})?)(?![\w²³^/’'])"
    )


@cache
def _pattern(language: Language) -> re.Pattern[str]:
    numbers = numbers_in(language)
    assert numbers
    number = rf"(?:{numbers.pattern}|(?<![\w.])[{numbers.words['decimal']}]\d+)"
    units = any_unit(language)
    divisors = "|".join([units, *map(re.escape, language.table("measures").get("divisors", ()))])
    sizes = "|".join(map(re.escape, language.table("measures")["magnitudes"]))
    word = r"[^\W\u2e80-\uffff]"  # not of ASCII alone: "mil" is no unit in "milhões"; "重25kg的" has no spaces
    return re.compile(
        rf"(?P<minus>(?<![.,)\]%])(?<!{word})[-−–])?(?<![.,])(?<!{word})"
        rf"(?:(?P<first>{number})\s?[x×]\s?(?={number}\s?[x×]))?(?P<low>{number})"
        rf"(?:(?P<joint>\s?[–〜～~-]\s?|\s?[x×]\s?)(?P<high>{number}))?"
        rf"(?:\s(?P<size>{sizes}))?(?P<space>[ -]?)(?P<unit>(?i:{units}))"
        rf"(?P<divisors>(?:/(?:{divisors})(?!{word})){{1,2}})?(?!{word}|[²³^'’]|(?<!°[CF])/{word}(?<!\d))"
        rf"(?:(?<={word})\.(?=[,;)]|\ [a-zß-öø-ÿа-яё]))?"
    )
