"""What stands on the pages of a PDF beside its text: running heads, page numbers, notes, lists of contents."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from script.patterns import regex
from script.readers.pdf_lines import Line

Pages = list[list[Line]]

_OUTERMOST = 2  # lines at the head and at the foot of a page that may be furniture
_NEAR_PAGES = 4  # a running head comes again within so many pages, on left ones or right ones
_SAME_PLACE_PT = 6.0
_ALIKE = 0.8  # of the letters: text recognition seldom reads a running head twice alike
_SMALL = 0.93  # of the size of the body's type; notes are smaller
_PAGE_NUMBER = regex(
    r"[\W_]*(?:(?:page|seite|p\.)\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/|von)\s*\d{1,4})?[\W_]*", re.IGNORECASE
)
_NOTE = regex(r"(?:\d{1,3}|[*†‡§¶∗]{1,3})[.)\]]?(?=[\s\"“(]|[^\W\d_]).*[^\W\d_]{4}")
_LEADER = regex(r"(?:\.\s?){4,}\s*(?:\d{1,4}|[ivxlc]{1,7})?\s*$", re.IGNORECASE)
_CONTENTS = {
    "contents",
    "table of contents",
    "inhalt",
    "inhaltsverzeichnis",
    "table des matières",
    "índice",
    "sommario",
}
_ENDS_WITH_NUMBER = regex(r"\S.*\s(?:\d{1,4}|[ivxlc]{1,7})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bared:
    """The pages without their furniture, and how many notes and lines of contents were taken from them."""

    pages: Pages
    notes: int
    contents: int


def bared(pages: Pages, heights: Sequence[float], body_size: float) -> Bared:
    """The lines that are the text itself; heights: of the pages, in points; body_size: of most of the type.

    Where nothing is left, what recurs is the text.
    """
    inner = [list(_inner(pages, index, heights[index], body_size)) for index in range(len(pages))]
    if not any(inner):
        return Bared(pages, 0, 0)
    notes = [set(_notes(lines, height, body_size)) for lines, height in zip(inner, heights, strict=True)]
    count = sum(bool(_NOTE.match(line.text)) for found in notes for line in found)
    without = [[line for line in lines if line not in found] for lines, found in zip(inner, notes, strict=True)]
    listed = set(_contents_lines(without))
    return Bared([[line for line in lines if line not in listed] for lines in without], count, len(listed))


def _inner(pages: Pages, index: int, height: float, body_size: float) -> Iterator[Line]:
    outer = _outermost(pages[index])
    near = [
        other
        for page in range(max(index - _NEAR_PAGES, 0), min(index + _NEAR_PAGES + 1, len(pages)))
        if page != index
        for other in _outermost(pages[page])
    ]
    for line in pages[index]:
        at_edge = not 0.12 * height < line.middle < 0.88 * height
        numbered = at_edge and bool(_PAGE_NUMBER.fullmatch(line.text))
        if not (line in outer and (numbered or any(_recurs(line, other, body_size) for other in near))):
            yield line


def _outermost(lines: Sequence[Line]) -> list[Line]:
    ordered = sorted(lines, key=lambda line: line.middle)
    if len(ordered) <= 2 * _OUTERMOST:
        return ordered[:1] + ordered[1:][-1:]
    return ordered[:_OUTERMOST] + ordered[-_OUTERMOST:]


def _recurs(line: Line, other: Line, body_size: float) -> bool:
    """Whether another page has the same line at the same place, but for a number; a large one must be the same."""
    if abs(line.middle - other.middle) > _SAME_PLACE_PT:
        return False
    if line.text == other.text:
        return True
    if line.size > 1.1 * body_size or abs(line.size - other.size) > 0.5:
        return False
    one, two = _letters(line.text), _letters(other.text)
    if min(len(one), len(two)) < 5:
        return one == two and bool(one or _PAGE_NUMBER.fullmatch(line.text))
    return SequenceMatcher(None, one[:200], two[:200], autojunk=False).ratio() >= _ALIKE


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text.casefold()))


def _notes(lines: Sequence[Line], height: float, body_size: float) -> Iterator[Line]:
    """The lines of the notes at the foot of a page's columns: a run in smaller type that begins with a mark."""
    small = [line for line in lines if _is_small(line, body_size) and line.middle > 0.3 * height]
    large = [line for line in lines if not _is_small(line, body_size)]
    at_foot = [line for line in small if not any(_is_below(other, line) for other in large)]
    for column in sorted({line.column for line in at_foot}):
        run = [line for line in at_foot if line.column == column]
        first = next((index for index, line in enumerate(run) if _NOTE.match(line.text) and len(line.cells) == 1), None)
        if first is not None:
            yield from run[first:]


def _is_small(line: Line, body_size: float) -> bool:
    return line.size < _SMALL * body_size and not line.typewriter


def _is_below(other: Line, line: Line) -> bool:
    return other.top > line.middle and min(other.right, line.right) > max(other.left, line.left)


def _contents_lines(pages: Pages) -> Iterator[Line]:
    """The lines of a list of contents, and its heading."""
    for lines in pages:
        listing = False
        for position, line in enumerate(lines):
            titled = line.text.casefold().strip(" .:") in _CONTENTS
            # An entry may be too long for one line.
            listing = (listing or titled) and any(map(_is_entry, lines[position + titled : position + 2]))
            if listing or _LEADER.search(line.text):
                yield line


def _is_entry(line: Line) -> bool:
    return bool(_LEADER.search(line.text) or _ENDS_WITH_NUMBER.fullmatch(line.text))


def body_size(pages: Pages) -> float:
    """The size in which most of the text is set, in points."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0
