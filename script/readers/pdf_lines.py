"""The words of a page become lines in reading order, column after column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise
from statistics import median
from typing import Any
from unicodedata import bidirectional

_COLUMN_LINE_CHARACTERS = 15  # a column of prose has at least so many in most of its lines; a table's cells have not
_FEWEST_COLUMN_LINES = 3
_RAISED = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or a part of one that stands apart: its text and place.

    left, top, right, bottom: in points from the page's upper left corner; size: of its type, in points;
    page: from 0; column: numbers the columns of a page in reading order, with what stands across them between;
    cells: the texts that wide gaps part in it; first_word: the width of its first word in points; typewriter: whether
    all of it is in such type.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool
    page: int
    column: int = 0
    cells: tuple[str, ...] = ()
    first_word: float = 0.0
    typewriter: bool = False

    @property
    def middle(self) -> float:
        """How far down the page its middle is, in points."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool
    typewriter: bool
    joined: bool

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def lines_of(page: dict[str, Any], number: int) -> list[Line]:
    """The lines of a page as `pdf_words` gives it, in reading order; text that is not set straight is left out."""
    words = [each for each in page["words"] if each[8] >= 0 and each[0].strip()]
    if not words:
        return []
    turns = [each[8] for each in words]
    upright = max(set(turns), key=turns.count)
    placed = [_placed(each, upright, page["size"]) for each in words if each[8] == upright]
    segments = _merged([_segment(run, number) for run in _runs(placed)])
    return [replace(line, column=column) for column, lines in enumerate(_columns(segments)) for line in lines]


def _placed(word: list[Any], turns: int, size: Sequence[float]) -> _Word:
    """A word with its box as seen upright, measured from the upper left corner."""
    text, left, bottom, right, top, points, bold, typewriter, _, joined = word
    width, height = size
    box = {
        0: (left, height - top, right, height - bottom),
        1: (bottom, left, top, right),
        2: (width - right, bottom, width - left, top),
        3: (height - top, width - right, height - bottom, width - left),
    }[turns]
    return _Word(text, *box, points if 1 < points < 400 else max(box[3] - box[1], 1.0), bold, typewriter, joined)


def _runs(words: Sequence[_Word]) -> Iterator[list[_Word]]:
    """Words that follow one another in one line, in the order in which the page draws them."""
    run = [words[0]]
    for before, word in pairwise(words):
        gap = word.left - before.right
        level = abs(word.middle - before.middle) < 0.5 * max(before.bottom - before.top, word.bottom - word.top)
        if not (level and -0.5 * before.size < gap < 1.5 * max(before.size, word.size)):
            yield run
            run = []
        run.append(word)
    yield run


def _segment(words: Sequence[_Word], page: int) -> Line:
    ordered = sorted(words, key=lambda word: -word.right) if _is_right_to_left(words) else words
    largest = max(words, key=lambda word: len(word.text))
    text = _text(ordered)
    return Line(
        text,
        min(word.left for word in words),
        min(word.top for word in words),
        max(word.right for word in words),
        max(word.bottom for word in words),
        largest.size,
        sum(len(word.text) for word in words if word.bold) * 2 > sum(len(word.text) for word in words),
        page,
        cells=(text,),
        first_word=words[0].right - words[0].left,
        typewriter=all(word.typewriter for word in words),
    )


def _is_right_to_left(words: Sequence[Line | _Word]) -> bool:
    return sum(bidirectional(word.text[0]) in {"R", "AL"} for word in words) * 2 > len(words)


def _text(words: Sequence[_Word]) -> str:
    """The words in one line; a raised number is an exponent after a letter or two, else the mark of a note."""
    text = ""
    for before, word in zip([None, *words], words, strict=False):
        raised = (
            before and word.joined and word.size < 0.9 * before.size and word.bottom < before.bottom - 0.1 * before.size
        )
        if raised and word.text.rstrip(",").isdigit():
            unit = len(text.rpartition(" ")[2]) <= 2 and len(word.text) == 1
            text += word.text.translate(_RAISED) if unit else ""
        elif raised and word.text in {"*", "†", "‡", "§", "∗"}:
            continue
        else:
            text += ("" if word.joined or not text else " ") + word.text
    return text


def _merged(segments: Sequence[Line]) -> list[Line]:
    """The segments with those joined that stand close together in one line, however the page draws them."""
    found: list[Line] = []
    for segment in sorted(segments, key=lambda line: (round(line.middle), line.left)):
        near = next(
            (index for index in range(len(found) - 1, max(len(found) - 9, -1), -1) if _touch(found[index], segment)), -1
        )
        if near < 0:
            found.append(segment)
        else:
            found[near] = _side_by_side(found[near], segment, " ")
    return found


def _touch(one: Line, other: Line) -> bool:
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    gap = max(other.left - one.right, one.left - other.right)
    return overlap > 0.5 * min(one.bottom - one.top, other.bottom - other.top) and gap < 0.9 * min(one.size, other.size)


def _side_by_side(one: Line, other: Line, gap: str) -> Line:
    first, second = (one, other) if (one.left <= other.left) != _is_right_to_left([one, other]) else (other, one)
    larger = one if len(one.text) >= len(other.text) else other
    return Line(
        f"{first.text}{gap}{second.text}",
        first.left,
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
        larger.size,
        larger.bold,
        one.page,
        cells=(f"{first.text}{gap}{second.text}",) if gap == " " else (*first.cells, *second.cells),
        first_word=first.first_word,
        typewriter=one.typewriter and other.typewriter,
    )


def _columns(segments: list[Line], depth: int = 0) -> list[list[Line]]:
    """The segments as columns in reading order; what stands across a gutter parts what is above from what is below."""
    gutter = _gutter(segments) if depth < 4 else None
    if gutter is None:
        return [_rows(segments)] if segments else []
    found: list[list[Line]] = []
    left: list[Line] = []
    right: list[Line] = []
    for segment in sorted(segments, key=lambda line: line.middle):
        if segment.left < gutter < segment.right:
            found += [*_columns(left, depth + 1), *_columns(right, depth + 1), [segment]]
            left, right = [], []
        elif segment.right <= gutter:
            left.append(segment)
        else:
            right.append(segment)
    found += [*_columns(left, depth + 1), *_columns(right, depth + 1)]
    return _joined_across(found)


def _joined_across(columns: list[list[Line]]) -> list[list[Line]]:
    """The columns with single lines that follow one another across the page put together."""
    found: list[list[Line]] = []
    for column in columns:
        if found and len(column) == 1 and len(found[-1]) >= 1 and _continues(found[-1][-1], column[0]):
            found[-1].append(column[0])
        else:
            found.append(list(column))
    return found


def _continues(line: Line, below: Line) -> bool:
    near = 0 <= below.middle - line.middle < 2.5 * max(line.size, below.size)
    return near and min(line.right, below.right) - max(line.left, below.left) > 0.8 * (line.right - line.left)


def _gutter(segments: Sequence[Line]) -> float | None:
    """Where a gutter between columns of prose is, in points from the left; None where there is none."""
    if len(segments) < 2 * _FEWEST_COLUMN_LINES:
        return None
    best: tuple[float, float] | None = None
    for gutter in sorted({round(line.right) + 2.0 for line in segments}):
        left = [line for line in segments if line.right <= gutter]
        right = [line for line in segments if line.left >= gutter]
        across = len(segments) - len(left) - len(right)
        if min(len(left), len(right)) < _FEWEST_COLUMN_LINES or across > 0.4 * len(segments):
            continue
        width = median(line.left for line in right) - median(line.right for line in left)
        if width > 0 and _face_each_other(left, right) and (best is None or (across, -width) < best):
            best = (across, -width)
            found = gutter
    return None if best is None else found


def _face_each_other(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether two groups of lines are columns of prose side by side."""
    if any(median(len(line.text) for line in side) < _COLUMN_LINE_CHARACTERS for side in (left, right)):
        return False
    overlap = min(max(line.bottom for line in side) for side in (left, right)) - max(
        min(line.top for line in side) for side in (left, right)
    )
    return overlap > 2 * median(line.size for line in left)


def _rows(segments: Sequence[Line]) -> list[Line]:
    """The segments from top to bottom, those in one line put together as its cells."""
    rows: list[list[Line]] = []
    for segment in sorted(segments, key=lambda line: line.middle):
        if rows and abs(segment.middle - rows[-1][0].middle) < 0.4 * min(segment.size, rows[-1][0].size):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [reduce(lambda one, other: _side_by_side(one, other, "  "), sorted(row, key=_left)) for row in rows]


def _left(line: Line) -> float:
    return line.left
