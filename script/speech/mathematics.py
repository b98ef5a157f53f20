"""Signs of arithmetic where they are words, Greek letters, powers and chemical formulas."""

import re
from collections.abc import Iterator

from script.patterns import regex
from script.speech.cardinals import numbers_in
from script.speech.language import Language
from script.speech.rewriting import Rewrite, spaced

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_SIGN = regex(
    r"(?<=[\w)%°²³|}…] )(?:[+=≈≠≤≥±×÷](?= ?(?:[\w(−$€£¥-]|\.\d))|\*(?= [\w(−-]))"
    r"|(?:(?<=\d )|(?<=\W\w )|(?<=\) ))[·∙](?= (?:\d[\d.,]*(?![\d.,]| ?[^\W\d_])|\(|[^\W\d]\b))"
    r"|(?<=[\w)²³])[+=×÷](?= ?[\d(A-Za-zα-ω−]|-\d)|(?<=\d)(?:\s?\*\s?|[·∙])(?=\d)"
    r"|(?<=[\w)%°²³|] )[<>](?= (?:[\w(−-]|\.\d))|(?<=\w)[<>](?=\.?\d)"
)
_TYPED = regex(r"(?<=[\w)\]\"'] )(?:[<>!=]=|[-=]>)(?= [\w(\[\"'$-])")
_AS_PRINTED = {"<=": "≤", ">=": "≥", "!=": "≠", "==": "=", "->": "→", "=>": "→"}
_MINUS = regex(
    r"(?<=[\d)A-Za-z])\s?[-−–]\s?(?=[\dA-Za-z.]*[\dA-Za-z]\s?[=+])"
    r"|(?<=[=+*×÷] )[-−](?=\d)|(?<=\w )−(?= \w)|(?<=\d)−(?=\d)"
)
_SCIENTIFIC = regex(r"(?<![\w.,])(\d+\.\d+|\d(?=[eE][-−+]))[eE]([-−+]?)(\d{1,3})(?![\w.]*\w)", re.ASCII)
_POWER = regex(
    r"(?<=[\w)])(?<![⁰¹²³⁴-⁹])([⁻⁺]?[⁰¹²³⁴-⁹]+)(?![⁺⁻])|(?<=[\dA-Za-z)])\^(-?\d{1,3}(?:,\d{3})+|-?\d+)(?!\d|\.\d)"
)
_ISOTOPE = regex(r"(?<![^\s(\[,;/–-])[¹²³⁴-⁹][⁰¹²³⁴-⁹]*(?=[A-Z][a-z]?(?![a-z]))")
_CHARGE = regex(r"(?<=[A-Za-z₀-₉])([¹²³⁴-⁹]?)([⁺⁻])(?!\w)")
_FORMULA = regex(
    r"(?<![\w.-])(?=[A-Za-z()]*[₀-₉])(?:(?:[A-Z][a-z]?|[()])[₀-₉]*)+(?![\w])"
    r"|(?<![\w.-])(?:(?:H|C|N|O|S|Na|K|Ca|Mg|Fe|Al|Si|P|Cl|Li)\d{0,2}){2,6}(?![\w.-])"
)
_ABSOLUTE = regex(r"(?<![\w|])\|(?=[^\s|][^|]{0,30}\|)(?=[^|]*[^\s|]\|(?!\w))([^|]+)\|")
_BOUNDS = regex(r"∫([₀-₉]+)([⁰¹²³⁴-⁹]+) ?")
_LOW = regex("[₀-₉]+")
_GREEK = regex(r"(?<![\u0370-\u03ff\u1f00-\u1fff])[Α-Ωα-ωϑϕϵ](?![\u0370-\u03ff\u1f00-\u1fff])")


def arithmetic(text: str, language: Language) -> Iterator[Rewrite]:
    """Plus, minus, times, equals and comparisons between two things."""
    table = language.table("mathematics")
    if not table:
        return
    signs = table["between"]
    for match in _SIGN.finditer(text):
        yield _parted(text, match, signs.get(match[0].strip(), match[0]))
    for match in _TYPED.finditer(text):
        sign = _AS_PRINTED[match[0]]
        said = signs.get(sign) or language.table("symbols").get(sign)
        if said:
            yield _parted(text, match, said)
    for match in _MINUS.finditer(text):
        yield _parted(text, match, numbers_in(language).words["minus"])  # type: ignore[union-attr]


def enclosed(text: str, language: Language) -> Iterator[Rewrite]:
    """What stands between bars, "|x − a|", and the bounds of an integral, "∫₀¹"."""
    numbers, table = numbers_in(language), language.table("mathematics")
    if not numbers or "absolute" not in table:
        return
    for match in _ABSOLUTE.finditer(text):
        yield Rewrite(match.start(), match.start(1), f"{table['absolute']} ")
        yield Rewrite(match.end(1), match.end(), "," if text[match.end() : match.end() + 1] == " " else "")
    for match in _BOUNDS.finditer(text):
        low, high = match[1].translate(_LOWERED), match[2].translate(_RAISED)
        yield Rewrite(*match.span(), table["integral"].format(*map(numbers.cardinal, (low, high))) + " ")


def powers(text: str, language: Language) -> Iterator[Rewrite]:
    """Raised figures: "x²", "10⁻³", "2^10"; an isotope's, "¹⁴C"; and what an ion carries: "Fe³⁺"."""
    numbers, table = numbers_in(language), language.table("mathematics")
    if not numbers or not table:
        return
    for match in _CHARGE.finditer(text):
        figure = f"{numbers.cardinal(match[1].translate(_RAISED))} " if match[1] else ""
        sign = table["between"]["+"] if match[2] == "⁺" else numbers.words["minus"]
        yield Rewrite(*match.span(), f" {figure}{sign}")
    for match in _ISOTOPE.finditer(text):
        yield Rewrite(*match.span(), f"{numbers.cardinal(match[0].translate(_RAISED))} ")
    for match in _POWER.finditer(text):
        power = (match[1] or match[2]).translate(_RAISED).replace(",", "")
        if power in table["powers"]:
            said = table["powers"][power]
        else:
            minus = f"{numbers.words['minus']} " if power[0] == "-" else ""
            said = table["power"].format(minus + numbers.cardinal(power.lstrip("-+") or "0"))
        yield Rewrite(*match.span(), f" {said}" + (" " if text[match.end() : match.end() + 1].isalnum() else ""))


def scientific(text: str, language: Language) -> Iterator[Rewrite]:
    """Numbers with an exponent: "3.2e-5"."""
    numbers, table = numbers_in(language), language.table("mathematics")
    if not numbers or not table:
        return
    for match in _SCIENTIFIC.finditer(text):
        minus = f"{numbers.words['minus']} " if match[2] in {"-", "−"} else ""
        power = table["power"].format(minus + numbers.cardinal(match[3].lstrip("0") or "0"))
        times, ten = table["between"]["×"], numbers.cardinal("10")
        yield Rewrite(*match.span(), f"{numbers.decimal(match[1])} {times} {ten} {power}")


def formulas(text: str, language: Language) -> Iterator[Rewrite]:
    """Chemical formulas letter by letter: "CO₂", "H2O", "C6H12O6"."""
    numbers = numbers_in(language)
    if not numbers:
        return
    for match in _FORMULA.finditer(text):
        plain = match[0].translate(_LOWERED)
        if any(map(str.isdigit, plain)):
            parts = re.findall(r"[A-Z][a-z]?|\d+", plain)
            yield Rewrite(
                *match.span(),
                " ".join(numbers.cardinal(part) if part.isdigit() else " ".join(part.upper()) for part in parts),
            )
    for match in _LOW.finditer(text):
        yield spaced(text, *match.span(), numbers.cardinal(match[0].translate(_LOWERED)))


def greek_letters(text: str, language: Language) -> Iterator[Rewrite]:
    """Greek letters that stand alone, by their names."""
    names = language.table("greek")
    if not names:
        return
    for match in _GREEK.finditer(text):
        name = names.get(match[0].lower())
        if name:
            yield spaced(text, *match.span(), name)


def _parted(text: str, match: re.Match[str], words: str) -> Rewrite:
    """The words with a space on either side where none is written."""
    start, end = match.span()
    before = "" if text[start - 1 : start].isspace() else " "
    after = "" if text[end : end + 1].isspace() else " "
    return Rewrite(start, end, f"{before}{words}{after}")
