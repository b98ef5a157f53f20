"""Paragraphs of a PDF become blocks: headings by their type, items, captions, tables; bookmarks give headings too."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from script.article import Block, Table
from script.characters import tidy
from script.patterns import regex
from script.readers.pdf_lines import Line
from script.readers.pdf_paragraphs import CAPTION, MARK, NUMBERED_HEADING, Layout, Words, paragraphs

_LONGEST_HEADING = 150  # characters
_MOST_HEADING_LINES = 4
_LARGER = 1.15  # times the body's size makes a heading
_MOST_BETWEEN_ROWS = 3
_FEWEST_LABELS = 3  # in a drawing; fewer may be a heading above a picture
_ORNAMENT = regex(r"[\W_]{1,15}")
_LETTERS = regex(r"[\W_]+")
_NUMBERED = regex(r"[\W\d_]*(?:[ivxlc]+\.\s)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Placed:
    """A block, the page it begins on, from 0, and how far down that page, in points."""

    block: Block
    page: int
    top: float


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark: its title, depth from 1, page from 0, and how far down that page it leads, in points."""

    title: str
    level: int
    page: int
    top: float


class BlockMaker:
    """Makes blocks of lines.

    lines: all of a document in reading order; body_size: of most of its type, in points.
    """

    def __init__(self, lines: Sequence[Line], body_size: float) -> None:
        self._lines = _without_typewriter(lines)
        self._size = body_size
        self._words = Words(lines)
        self._bold_means_heading = sum(len(line.text) for line in lines if line.bold) * 3 < sum(
            len(line.text) for line in lines
        )
        self._placed: list[Placed] = []

    def placed(self) -> list[Placed]:
        """The blocks in reading order."""
        position = 0
        groups = paragraphs(self._lines, Layout(self._lines, self._size))
        while position < len(groups):
            rows = _table_at(groups, position)
            if rows:
                self._add_table(groups[position : position + rows])
                position += rows
            else:
                self._add(groups[position])
                position += 1
        return _leveled(self._placed)

    def _add(self, lines: list[Line]) -> None:
        if lines[0].typewriter:
            code = Block("code", "\n".join(line.text for line in lines))
            self._placed.append(Placed(code, lines[0].page, lines[0].top))
            return
        text = tidy(self._words.joined(lines))[0]
        if not text:
            return
        mark = MARK.match(text)
        if _ORNAMENT.fullmatch(text):
            block = Block("break", "")
        elif CAPTION.match(text):
            self._drop_labels(lines[0])
            block = Block("caption", text)
        elif self._is_heading(text, lines):
            block = Block("heading", text, 1)
        elif mark:
            block = Block("item", text if mark[1] else text[mark.end() :], 1)
        else:
            block = Block("paragraph", text)
        # The size stands in for the level until all sizes are known.
        size = lines[0].size + (0.01 if lines[0].bold else 0)
        level = block.level if block.kind != "heading" else round(size * 100)
        self._placed.append(Placed(replace(block, level=level), lines[0].page, lines[0].top))

    def _is_heading(self, text: str, lines: list[Line]) -> bool:
        if len(text) > _LONGEST_HEADING or len(lines) > _MOST_HEADING_LINES or text[-1] in ",;-" or text[0].islower():
            return False
        if sum(map(str.isalpha, text)) < 2 or self._is_within_sentence():
            return False
        if NUMBERED_HEADING.fullmatch(text):
            return True
        size = max(line.size for line in lines)
        if size >= _LARGER * self._size:
            return text[-1] != "." or len(text) < 60
        bold = self._bold_means_heading and all(line.bold for line in lines) and size > 0.9 * self._size
        return bold and text[-1] not in ".:" and len(text) < 100

    def _is_within_sentence(self) -> bool:
        """Whether the block before has not come to its end."""
        before = self._placed[-1].block if self._placed else None
        return bool(before and before.kind == "paragraph" and before.text[-1:] in {",", "-", "–"})

    def _drop_labels(self, caption: Line) -> None:
        """Drop what stands above a caption in single words: it is written in the drawing."""
        count = 0
        while count < len(self._placed) and _is_label(self._placed[-1 - count], caption.page):
            count += 1
        if count >= _FEWEST_LABELS:
            del self._placed[-count:]

    def _add_table(self, groups: list[list[Line]]) -> None:
        rows = tuple(tuple(Block("table", tidy(cell)[0]) for cell in row) for row in _rows(groups))
        text = "\n".join(" ".join(cell.text for cell in row) for row in rows)
        first = groups[0][0]
        self._placed.append(Placed(Block("table", text, table=Table(None, (), rows)), first.page, first.top))


def _is_label(each: Placed, page: int) -> bool:
    text = each.block.text
    short = len(text.split()) <= 4 and text[-1:] not in {".", "!", "?", ":"}
    return each.page == page and short and not text[:1].isdigit() and each.block.kind in {"heading", "paragraph"}


def _rows(groups: list[list[Line]]) -> list[list[str]]:
    """The cells of each row; a line between two rows goes on from the last cell above."""
    found: list[list[str]] = []
    for group in groups:
        for line in group:
            if len(line.cells) > 1 or not found:
                found.append(list(line.cells))
            else:
                found[-1][-1] += f" {line.text}"
    return found


def _without_typewriter(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines, none of them in typewriter's type when a third is: then it is no sign of code."""
    if sum(line.typewriter for line in lines) * 3 < len(lines):
        return lines
    return [replace(line, typewriter=False) for line in lines]


def _table_at(groups: Sequence[list[Line]], position: int) -> int:
    """How many groups from here on are one table: two rows or more on a page, with few lines between them; else 0."""
    first = groups[position][0]
    if len(first.cells) < 2 or first.typewriter:
        return 0
    rows, last, between, before = 1, 0, 0, first
    for count, group in enumerate(groups[position + 1 :], 1):
        line = group[0]
        if line.page != first.page or line.column != first.column:
            break
        if len(line.cells) > 1:
            rows, last, between = rows + 1, count, 0
        elif line.left < first.left + 2 * line.size or (between := between + len(group)) > _MOST_BETWEEN_ROWS:
            break
        elif line.middle - before.middle < 1.5 * line.size and last == count - 1:
            last = count  # the cell above goes on
        before = group[-1]
    return last + 1 if rows > 1 else 0


def _leveled(found: list[Placed]) -> list[Placed]:
    """The blocks with headings leveled by their sizes, the largest first."""
    sizes = sorted({each.block.level for each in found if each.block.kind == "heading"}, reverse=True)
    merged: list[int] = []
    for size in sizes:
        if not merged or merged[-1] - size > 30:
            merged.append(size)
    return [
        replace(each, block=replace(each.block, level=_level(each.block.level, merged)))
        if each.block.kind == "heading"
        else each
        for each in found
    ]


def _level(size: int, sizes: Sequence[int]) -> int:
    return (
        min(sum(each >= size for each in sizes) or 1, 6)
        if size in sizes
        else min(sum(each > size for each in sizes), 6)
    )


def headed(found: Sequence[Placed], bookmarks: Sequence[Bookmark]) -> list[Placed]:
    """The blocks with a heading where each bookmark leads: the one that stands there, or a new one.

    Headings that no bookmark leads to come below all that one does.
    """
    result = list(found)
    if not bookmarks:
        return result
    lowest = min(max(bookmark.level for bookmark in bookmarks) + 1, 6)
    result = [_lowered(each, lowest) for each in result]
    taken: set[int] = set()
    inserted: list[tuple[int, Placed]] = []
    for bookmark in bookmarks:
        level = min(bookmark.level, 6)
        own = _own_heading(result, bookmark, taken)
        if own is not None:
            taken.add(own)
            result[own] = replace(result[own], block=Block("heading", result[own].block.text, level))
        elif any(map(str.isalnum, bookmark.title)):
            heading = Placed(Block("heading", bookmark.title, level), bookmark.page, bookmark.top)
            inserted.append((_place(result, bookmark), heading))
    for position, heading in reversed(inserted):
        result.insert(position, heading)
    return result


def _lowered(each: Placed, lowest: int) -> Placed:
    if each.block.kind != "heading":
        return each
    return replace(each, block=replace(each.block, level=min(max(each.block.level, lowest), 6)))


def _own_heading(found: Sequence[Placed], bookmark: Bookmark, taken: set[int]) -> int | None:
    """Which block is the bookmark's heading: one of the same words on its page, the nearest to its place."""
    wanted = _letters(bookmark.title)
    alike = [
        (abs(each.top - bookmark.top), index)
        for index, each in enumerate(found)
        if each.page == bookmark.page
        and index not in taken
        and len(each.block.text) <= len(bookmark.title) + 20
        and wanted in {_letters(each.block.text), _letters(_NUMBERED.sub("", each.block.text, count=1))}
    ]
    return min(alike)[1] if alike and wanted else None


def _place(found: Sequence[Placed], bookmark: Bookmark) -> int:
    after = (index for index, each in enumerate(found) if (each.page, each.top) >= (bookmark.page, bookmark.top - 3))
    return next(after, len(found))


def _letters(text: str) -> str:
    return _LETTERS.sub("", text.casefold())
