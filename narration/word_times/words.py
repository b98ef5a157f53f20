"""The words of a spoken sentence, told apart in the same way whatever engine speaks them, and their times."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby

Timed = tuple[int, int, int, int]
"""A word and when it is heard: its start and end in the text, its first sample and the one after its last."""

_UNSPACED = "\u2e80-\u312f\u31a0-\ua4cf\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b16f\U00020000-\U0003ffff"
_SMALL = "ぁぃぅぇぉゃゅょゎっァィゥェォャュョヮッー々ｰ"  # sounded with the character before
_LETTERS = rf"[^\W_{_UNSPACED}]+"
_WORD = re.compile(rf"[{_UNSPACED}](?<=\w)[{_SMALL}]*|{_LETTERS}(?:['’‐‑-]{_LETTERS})*")
_NO_LETTER = re.compile(r"[^\w\s]")


def words(text: str) -> tuple[tuple[int, int], ...]:
    """Where each word starts and ends: letters and digits, with apostrophes and hyphens between them.

    In scripts written without spaces each character is one.
    """
    return tuple(match.span() for match in _WORD.finditer(_NO_LETTER.sub(_mark_as_letter, text)))


def _mark_as_letter(sign: re.Match[str]) -> str:
    """A letter in place of an accent or vowel sign that stands for itself, which belongs to its word."""
    return "x" if unicodedata.category(sign[0])[0] == "M" else sign[0]


def shares(weights: Sequence[float], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The samples from start to end shared out by weight, without a gap."""
    total = sum(weights)
    borders = [start + round((end - start) * weight / total) for weight in accumulate(weights)]
    return zip([start, *borders], borders, strict=False)


def by_length(text: str, start: int, end: int) -> tuple[Timed, ...]:
    """The words of a text that is heard from one sample to another, which they share by their length."""
    return _shared(words(text), start, end)


def _shared(places: Sequence[tuple[int, int]], start: int, end: int) -> tuple[Timed, ...]:
    times = shares([last - first for first, last in places], start, end)
    return tuple((*place, *time) for place, time in zip(places, times, strict=True))


def from_engine(text: str, given: Sequence[Timed]) -> tuple[Timed, ...]:
    """The words of a text by an engine's own times, which may be of longer or shorter runs than ours.

    given: in order, at least one. Words within one run share its time; so do those that it gave no time for with the
    run before.
    """
    starts = [start for start, *_ in given]

    def run(position: int) -> int:
        return max(bisect_right(starts, position) - 1, 0)

    timed: list[Timed] = []
    for index, places in groupby(words(text), lambda place: run(place[0])):
        *shared, (start, end, at, to) = _shared(tuple(places), *given[index][2:])
        timed += (*shared, (start, end, at, max(to, given[run(end - 1)][3])))
    return tuple(timed)


def later(timed: Iterable[Timed], n_samples: int) -> tuple[Timed, ...]:
    """The same words so many samples further on."""
    return tuple((start, end, at + n_samples, to + n_samples) for start, end, at, to in timed)
