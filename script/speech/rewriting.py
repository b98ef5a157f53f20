"""Rewrites: which written characters are said in another way, and the spoken text they give."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from script.script import Span
from script.speech.language import Language

_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Rewrite:
    """The written characters text[start:end] are said as `spoken`, "" for not at all.

    ipa: how to pronounce them, or ""; note: the doubt to be told to the author, or "".
    """

    start: int
    end: int
    spoken: str
    ipa: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A spoken text with its traces: they rise and cover it all; of an unchanged run character by character."""

    text: str
    spans: tuple[Span, ...]


def settled(candidates: Iterable[Rewrite]) -> list[Rewrite]:
    """The rewrites that stand, in order and without overlap.

    The leftmost wins, of those the longest, of those the one that comes first.
    """
    standing: list[Rewrite] = []
    end = 0
    for candidate in sorted(candidates, key=lambda each: (each.start, -each.end)):
        if candidate.start >= end:
            standing.append(candidate)
            end = candidate.end
    return standing


def apart_from(rewrites: Iterable[Rewrite], fixed: Sequence[Rewrite]) -> list[Rewrite]:
    """The rewrites that touch none of the fixed ones, which are in order and do not overlap."""
    apart: list[Rewrite] = []
    for rewrite in rewrites:
        index = bisect_left(fixed, rewrite.end, key=lambda each: each.start) - 1
        if index < 0 or fixed[index].end <= rewrite.start:
            apart.append(rewrite)
    return apart


def rendered(text: str, rewrites: Sequence[Rewrite], start: int, end: int) -> Spoken:
    """What is said for text[start:end]; no rewrite may reach over either edge."""
    pieces: list[str] = []
    spans: list[Span] = []
    length = 0

    def add(piece: str, from_start: int, from_end: int, ipa: str = "") -> None:
        nonlocal length
        if piece:
            pieces.append(piece)
            spans.append(Span(length, length + len(piece), from_start, from_end, ipa))
            length += len(piece)

    last = start
    for index in range(bisect_left(rewrites, start, key=lambda each: each.start), len(rewrites)):
        rewrite = rewrites[index]
        if rewrite.end > end:
            break
        add(text[last : rewrite.start], last, rewrite.start)
        add(rewrite.spoken, rewrite.start, rewrite.end, rewrite.ipa)
        last = rewrite.end
        dangling = not rewrite.spoken and (not pieces or pieces[-1].endswith(" "))
        last += dangling and last < end and text[last] == " "  # of the two spaces around what is dropped one stays
    add(text[last:end], last, end)
    return Spoken("".join(pieces), tuple(spans))


def spaced(text: str, start: int, end: int, words: str) -> Rewrite:
    """A rewrite whose words keep a space from letters and digits on either side: "10km" is not "tenkm".

    Scripts that are written without spaces, from the CJK radicals on, need none.
    """
    before = " " if start and _is_word(text[start - 1]) else ""
    after = " " if _is_word(text[end : end + 1]) else ""
    return Rewrite(start, end, f"{before}{words}{after}")


def kept_stop(text: str, start: int, end: int, language: Language) -> str:
    """The full stop of an abbreviation that ends text[start:end], where it also ends the sentence; else "".

    Where nouns have capitals, only the end of the text shows the end of a sentence.
    """
    if text[end - 1] != "." or not text[max(start, end - 2)].isalpha():
        return ""
    rest = text[end : end + 16].lstrip("\"'”’)")
    begins = rest[:1] == " " and rest[1:2].isupper() and "capital_nouns" not in language.table("abbreviations")
    return "." if begins or not rest.strip() else ""


def _is_word(sign: str) -> bool:
    """Whether a sign needs a space before words; raised figures bring their own."""
    return sign.isalnum() and sign < "\u2e80" and sign not in _RAISED
