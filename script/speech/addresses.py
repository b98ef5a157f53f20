"""Postal addresses: house numbers, kinds of street, states with their codes."""

import re
from collections.abc import Iterator
from functools import cache

from script.patterns import regex
from script.speech.cardinals import numbers_in
from script.speech.language import Language
from script.speech.rewriting import Rewrite, spaced

# Behind "Ave." a capital begins a sentence, but for a quarter of the town: "Pennsylvania Ave. NW".
_ENDS = regex(r" (?!(?:[NS][EW]?|[EW])\b)[^\W\d_a-z]")


def addresses(text: str, language: Language) -> Iterator[Rewrite]:
    """House numbers and those of flights and rooms, a street's kind written out, a state with its code."""
    numbers, table = numbers_in(language), language.table("addresses")
    if not numbers or not table:
        return
    street, state, paired = _patterns(language)
    for match in paired.finditer(text):
        yield Rewrite(*match.span(1), numbers.in_pairs(match[1]))
    for match in street.finditer(text):
        yield spaced(text, *match.span("house"), numbers.in_pairs(match["house"]))
        kind = table["streets"].get(match["kind"].rstrip(".").capitalize())
        if kind:
            yield Rewrite(*match.span("kind"), kind + _stop(match))
    for match in state.finditer(text):
        said = table["states"][match["name"] or match["state"]]
        if match["code"]:
            said = f"{said}{match['gap']}{numbers.spelled(match['code'].replace('-', ''))}"
        yield Rewrite(match.start("name" if match["name"] else "state"), match.end(), said)


def _stop(match: re.Match[str]) -> str:
    """The full stop of "St." where it also ends the sentence."""
    rest = match.string[match.end() : match.end() + 16]
    return "." if match["kind"].endswith(".") and (not rest.strip() or _ENDS.match(rest)) else ""


@cache
def _patterns(language: Language) -> tuple[re.Pattern[str], ...]:
    table = language.table("addresses")
    kinds = sorted({*table["streets"], *table["streets"].values()}, key=len, reverse=True)
    either = "|".join(f"{kind}|{kind.lower()}|{kind.upper()}" for kind in kinds)
    states = "|".join(table["states"])
    plain = "|".join(state for state in table["states"] if state not in table["words"])
    return (
        re.compile(
            rf"(?<![\w.,$€£/-])(?P<house>\d{{1,5}})[A-Z]?(?= [A-Z])"
            rf"(?: (?:[NSEW]\.? )?[A-Z][\w'’-]*| \d{{1,3}}(?:st|nd|rd|th)){{1,4}}?"
            rf" (?P<kind>(?:{either})\b\.?)(?!\w)"
        ),
        re.compile(
            rf"(?<=[a-z.,] )(?P<state>{states})(?P<gap>,? )(?P<code>\d{{5}}(?:-\d{{4}})?)(?![\w-]|\.\d)"
            rf"|\b[A-Z][\w'’.-]*[a-z], (?P<name>{plain})\b(?![-'’]| ?[=<>≈]|,? \d{{5}})"
        ),
        re.compile(rf"\b(?:{'|'.join(table['paired'])}) (\d{{3,4}})(?![\w-]|[.,:]\d)", re.ASCII),
    )
