"""Lines of a PDF become paragraphs."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from script.patterns import regex
from script.readers.pdf_lines import Line

MARK = regex(r"(?:[•‣◦▪■●○–—*·►➢✓\uf0b7\uf0a7-])\s+(?=\S)|\(?(\d{1,2}|[a-z])[.)]\s+(?=\S)")
CAPTION = regex(
    r"(?:fig(?:ure|\.)?|table|tab\.|abb(?:ildung|\.)|tabelle|tableau|chart|exhibit|plate|photo)\s*\d+[\w.]*\s*(?:[.:|–—-]|\s[A-Z])",
    re.IGNORECASE,
)
NUMBERED_HEADING = regex(r"\d{1,2}(?:\.\d{1,2}){1,4}\.?\s+[^\W\d_a-z][^.!?]{1,80}")
_ENDED = regex(r"[.!?:…。！？][\"'”’»)\]]*$")
_WORD = regex(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_DIVIDED = regex(r"([^\W\d_]+)[-\u2010\u00ad]$")
_BEGINNING = regex(r"[^\W\d_]+")
_NO_SPACES = regex(r"[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\u3000-\u30ff]")


@dataclass(frozen=True, slots=True)
class _Column:
    """Where the lines of a column begin and end, in points from the left."""

    left: float
    right: float


class Layout:
    """How a document sets its paragraphs: where its columns are, how far apart lines are, whether it indents."""

    def __init__(self, lines: Sequence[Line], body_size: float) -> None:
        self._body_size = body_size
        self._columns = _all_columns(lines)
        self._rights = _rights(lines)
        pitches = [
            (below.middle - line.middle) / line.size
            for line, below in pairwise(lines)
            if _follows(line, below) and max(abs(line.size - body_size), abs(below.size - body_size)) < 0.5
        ]
        self._pitch = median(pitches) if pitches else 1.2
        self._indents = sum(self._is_indented(line, below) for line, below in pairwise(lines) if _follows(line, below))

    def column_of(self, line: Line) -> _Column:
        """The column that a line stands in."""
        return self._columns[line.page, line.column]

    def parts(self, line: Line, below: Line, first: bool) -> bool:  # noqa: FBT001 - whether `line` is its paragraph's first
        """Whether a paragraph ends between two lines that follow one another in reading order."""
        if line.typewriter or below.typewriter:
            return not (line.typewriter and below.typewriter) or line.column < below.column
        numbered = first and NUMBERED_HEADING.fullmatch(line.text) and self._is_short(line, below)
        if _differ(line, below) or numbered or self._is_numbered_heading(below, after=line):
            return True
        if line.bold != below.bold and (self._is_short(line, below) or _ENDED.search(line.text)):
            return True
        if (line.page, line.column) != (below.page, below.column):
            return self._parts_columns(line, below)
        far = below.middle - line.middle > 1.35 * self._pitch * max(line.size, self._body_size)
        return far or below.middle < line.middle or self._parts_neighbours(line, below, first)

    def _parts_neighbours(self, line: Line, below: Line, first: bool) -> bool:  # noqa: FBT001 - the same
        step = below.left - line.left
        if line.size > 1.1 * self._body_size:
            return False
        if step > 0.8 * line.size:
            hanging = first and (MARK.match(line.text) or not (_ENDED.search(line.text) or self._is_short(line, below)))
            return not hanging
        if step < -0.8 * line.size and not first:
            return True
        if not self._is_short(line, below):
            return False
        narrow = line.right - line.left < 0.6 * (self._rights[line] - line.left) and not below.text[:1].islower()
        return bool(_ENDED.search(line.text)) or narrow

    def _parts_columns(self, line: Line, below: Line) -> bool:
        """The same at the foot of a column or page."""
        if line.bold or line.size > 1.1 * self._body_size:
            return True
        if below.text[:1].islower() or _DIVIDED.search(line.text):
            return False
        if not _ENDED.search(line.text):
            return self._is_short(line, below) and below.left > self.column_of(below).left + 0.8 * below.size
        indented = below.left > self.column_of(below).left + 0.8 * below.size
        return indented or self._indents < 3 or self._is_short(line, below)

    def _is_numbered_heading(self, line: Line, after: Line) -> bool:
        full = line.right > self._rights[line] - line.size
        return bool(NUMBERED_HEADING.fullmatch(line.text)) and not (full and not _ENDED.search(after.text))

    def _is_short(self, line: Line, below: Line) -> bool:
        """Whether the first word of the line below would have fitted into the line."""
        return line.right + 0.3 * line.size + below.first_word < self._rights[line] - line.size

    def _is_indented(self, line: Line, below: Line) -> bool:
        column = self.column_of(below)
        return (
            0.8 * below.size < below.left - column.left < 4 * below.size and line.left < column.left + 0.5 * line.size
        )


def _differ(line: Line, below: Line) -> bool:
    """Whether two lines are of different sizes, or one of them belongs to a table, a list or a picture."""
    if abs(line.size - below.size) > 0.12 * max(line.size, below.size) or max(len(line.cells), len(below.cells)) > 1:
        return True
    return bool(MARK.match(below.text) or CAPTION.match(below.text))


def _all_columns(lines: Iterable[Line]) -> dict[tuple[int, int], _Column]:
    groups: dict[tuple[int, int], list[Line]] = {}
    pages: dict[int, list[Line]] = {}
    for line in lines:
        groups.setdefault((line.page, line.column), []).append(line)
        pages.setdefault(line.page, []).append(line)
    return {key: _column(group if len(group) > 2 else pages[key[0]]) for key, group in groups.items()}


def _rights(lines: Sequence[Line]) -> dict[Line, float]:
    """How far to the right each line could go, in points: as far as the next ones, for a picture may stand beside."""
    return {
        line: max(each.right for each in (line, *lines[index + 1 : index + 4]) if each.column == line.column)
        for index, line in enumerate(lines)
    }


def _column(lines: Sequence[Line]) -> _Column:
    lefts = Counter(round(line.left) for line in lines)
    common = [left for left, count in lefts.items() if count >= 0.2 * len(lines)]
    return _Column(min(common or lefts), max(line.right for line in lines))


def _follows(line: Line, below: Line) -> bool:
    """Whether the second line stands below the first in the same column."""
    return (line.page, line.column) == (below.page, below.column) and 0 < below.middle - line.middle < 4 * line.size


def paragraphs(lines: Sequence[Line], layout: Layout) -> list[list[Line]]:
    """The lines, grouped into paragraphs."""
    found: list[list[Line]] = []
    for line in lines:
        if found and not layout.parts(found[-1][-1], line, len(found[-1]) == 1):
            found[-1].append(line)
        else:
            found.append([line])
    return found


class Words:
    """The words of a document, to tell a hyphen that divides a word from one that belongs to it."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._found: Counter[str] = Counter()
        for line in lines:
            self._found.update(_WORD.findall(line.text.casefold()))

    def joined(self, lines: Sequence[Line]) -> str:
        """The text of the lines as one."""
        text = lines[0].text
        for line in lines[1:]:
            text = self._with(text, line.text)
        return text

    def _with(self, text: str, line: str) -> str:
        before, after = _DIVIDED.search(text[-60:]), _BEGINNING.match(line)
        if before and after:
            kept = self._keeps_hyphen(before[1].casefold(), after[0].casefold()) or not line[0].islower()
            return f"{text if kept else text[:-1]}{line}"
        if _NO_SPACES.match(text[-1:]) and _NO_SPACES.match(line):
            return text + line
        return f"{text} {line}"

    def _keeps_hyphen(self, before: str, after: str) -> bool:
        if before + after in self._found:
            return False
        if f"{before}-{after}" in self._found:
            return True
        return min(len(before), len(after)) > 3 and min(self._found[before], self._found[after]) > 1
