"""The episode as captions: what is heard, as it is written, in cues that can be read in their time.

A cue lasts 1 to 7 s, has at most two lines of 42 characters (wide ones count twice), stays within its chapter and its
speaker, and ends where a sentence or clause does if it can. Words that are written and not said are left out; where
a take says other words than the written ones, it is these that are shown. Source of the figures: "Timed Text Style
Guide", netflix.com; EBU Tech 3360.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from math import inf
from unicodedata import east_asian_width

from narration.podcast.caption_atoms import Atom, chapter_atoms
from narration.podcast.programme import Programme

LINE_CHARACTERS = 42
SHORTEST_MS, LONGEST_MS = 1000, 7000
_CHAINED_MS = 500  # a shorter gap between two cues would only flicker

_A_CUE = 1.0  # fewer cues are better, all else alike
_TOO_SHORT, _SHORT = 15.0, 60.0  # a cue below the shortest, and for each second that is missing to it
_OTHER_SEGMENT = 25.0  # two paragraphs in one cue: only for want of time
_ENDS = {"segment": 0.0, "sentence": 0.3, "clause": 1.2, "": 4.0}


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown from start_ms to end_ms: one or two lines, each of the atoms that stand on it.

    speaker: "" when there is only one in the episode; turn: whether another one spoke before.
    """

    start_ms: int
    end_ms: int
    lines: tuple[tuple[Atom, ...], ...]
    speaker: str
    turn: bool

    @property
    def texts(self) -> tuple[str, ...]:
        """The lines as text."""
        return tuple(joined(line) for line in self.lines)


def cues(programme: Programme) -> tuple[Cue, ...]:
    """The captions of the whole episode, in order, never overlapping."""
    found: list[Cue] = []
    for atoms, start_ms, end_ms in chapter_atoms(programme):
        if atoms:
            found += _timed([cue for run in _turns(atoms) for cue in _cut(run)], start_ms, end_ms)
    return tuple(found)


def joined(atoms: Sequence[Atom]) -> str:
    """The text of atoms, with the spaces between them."""
    return "".join(("" if atom.glued else " ") + atom.text for atom in atoms).lstrip(" ")


def _turns(atoms: Sequence[Atom]) -> list[list[Atom]]:
    return [list(run) for _, run in groupby(atoms, lambda atom: atom.speaker)]


def _cut(atoms: Sequence[Atom]) -> list[list[Atom]]:
    """The atoms in cues: of all ways to part them the cheapest, found from the end (as Knuth and Plass break lines)."""
    widths = [*accumulate((_width(atom) for atom in atoms), initial=0)]
    starts_ms = [*(atom.from_ms for atom in atoms), atoms[-1].to_ms + SHORTEST_MS]
    joints = [_OTHER_SEGMENT * atom.segment for atom in atoms]
    ends = [_A_CUE + _ENDS[atom.ends] for atom in atoms]
    n = len(atoms)
    cost, nexts = [inf] * n + [0.0], [n] * (n + 1)
    for first in range(n - 1, -1, -1):
        for end in range(first + 1, _last(atoms, widths, first) + 1):
            missing_ms = SHORTEST_MS - (starts_ms[end] - starts_ms[first])
            short = _TOO_SHORT + _SHORT * missing_ms / 1000 if missing_ms > 0 else 0.0
            here = short + joints[end - 1] - joints[first] + ends[end - 1] + cost[end]
            if here < cost[first]:
                cost[first], nexts[first] = here, end
    cut, first = [], 0
    while first < n:
        cut.append(list(atoms[first : nexts[first]]))
        first = nexts[first]
    return cut


def _last(atoms: Sequence[Atom], widths: Sequence[int], first: int) -> int:
    """Behind the last atom that a cue from `first` on has room and time for: at least one."""
    line = _line_end(atoms, widths, first)
    end = max(_line_end(atoms, widths, line), first + 1)
    while end > first + 1 and atoms[end - 1].to_ms - atoms[first].from_ms > LONGEST_MS:
        end -= 1
    return end


def _line_end(atoms: Sequence[Atom], widths: Sequence[int], first: int) -> int:
    if first == len(atoms):
        return first
    space = 0 if atoms[first].glued else 1  # a line begins without one
    return bisect_right(widths, widths[first] + LINE_CHARACTERS + space) - 1


def _width(atom: Atom) -> int:
    return (not atom.glued) + text_width(atom.text) + text_width(atom.label)


def text_width(text: str) -> int:
    """Characters of room that a text takes: two for those that are as wide as they are high."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _timed(cut: Sequence[Sequence[Atom]], free_ms: int, end_ms: int) -> list[Cue]:
    """The cues of a chapter, from free_ms to end_ms: a short one may reach into the silence around it."""
    starts = [atoms[0].from_ms for atoms in cut]
    timed: list[Cue] = []
    for atoms, said_ms, following in zip(cut, starts, [*starts[1:], end_ms], strict=True):
        end = max(atoms[-1].to_ms, said_ms + SHORTEST_MS)
        end = following if following - end < _CHAINED_MS else end
        end = min(end, said_ms + LONGEST_MS, following)
        start = max(min(said_ms, end - SHORTEST_MS), free_ms)
        if end > start:
            timed.append(Cue(start, end, _lines(atoms), atoms[0].speaker, bool(atoms[0].label)))
            free_ms = end
    return timed


def _lines(atoms: Sequence[Atom]) -> tuple[tuple[Atom, ...], ...]:
    """The atoms on one line if they fit, else on two of about the same length, broken where the text has a joint."""
    widths = [*accumulate((_width(atom) for atom in atoms), initial=0)]
    space = 0 if atoms[0].glued else 1
    total = widths[-1] - space
    joints = [n for n, (one, other) in enumerate(pairwise(atoms), 1) if one.segment != other.segment]
    if total <= LINE_CHARACTERS and not joints:
        return (tuple(atoms),)

    def ugliness(n: int) -> float:
        first, second = widths[n] - space, widths[-1] - widths[n] - (not atoms[n].glued)
        if max(first, second) > LINE_CHARACTERS:
            return inf
        across = _OTHER_SEGMENT if joints and n not in joints else 0.0  # paragraphs stand on a line each, if they fit
        return abs(first - second) / 6 + (first > second) + _ENDS[atoms[n - 1].ends] + across

    best = min(range(1, len(atoms)), key=ugliness, default=0)
    return (tuple(atoms[:best]), tuple(atoms[best:])) if best else (tuple(atoms),)
