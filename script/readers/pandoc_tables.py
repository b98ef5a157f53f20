"""A table becomes lines that can be listened to."""

from collections.abc import Callable, Iterator
from typing import Any

from script.article import BlockKind
from script.readers.pandoc_inlines import Inline

_MOST_COLUMNS = 5
_MOST_ROWS = 10
_Line = tuple[BlockKind, list[Inline]]


def table_lines(content: list[Any], text_of: Callable[[list[Inline]], str]) -> Iterator[_Line]:
    """The caption, then each row with its headers; of a large table only the caption and the size.

    content: what pandoc's Table element holds. A listener follows five columns and ten rows at most.
    """
    _, (_, caption), columns, head, bodies, foot = content
    titled = [inline for block in caption for inline in _inlines(block)]
    if titled:
        yield "caption", titled
    rows = [row for body in bodies for row in [*body[2], *body[3]]] + foot[1]
    if len(columns) > _MOST_COLUMNS or len(rows) > _MOST_ROWS:
        yield "table", _words(f"Table with {len(rows)} rows and {len(columns)} columns.")
        return
    headers = [_cell(cell) for cell in head[1][-1][1]] if head[1] else []
    for row in rows:
        line = _row(headers, [_cell(cell) for cell in row[1]], text_of)
        if line:
            yield "table", line


def _row(
    headers: list[list[Inline]], cells: list[list[Inline]], text_of: Callable[[list[Inline]], str]
) -> list[Inline]:
    """The cells of a row that hold something, each after its header, parted by semicolons."""
    line: list[Inline] = []
    for index, cell in enumerate(cells):
        if not text_of(cell):
            continue
        header = headers[index] if index < len(headers) else []
        titled = [*header, *_words(": ")] if text_of(header) else []
        line += [*(_words("; ") if line else []), *titled, *cell]
    return [*line, *_words("" if not line or text_of(line)[-1:] in ".!?…" else ".")]


def _cell(cell: list[Any]) -> list[Inline]:
    return [inline for block in cell[4] for inline in [*_inlines(block), {"t": "Space"}]][:-1]


def _inlines(block: dict[str, Any]) -> list[Inline]:
    """The inline elements of a block in a cell; of a list, of each item after the other."""
    kind, content = block["t"], block.get("c")
    if kind in {"Plain", "Para"}:
        return list(content or ())
    if kind in {"BulletList", "BlockQuote", "Div", "OrderedList"}:
        inner = content if kind in {"BulletList", "BlockQuote"} else content[1]  # type: ignore[index]
        blocks = [each for item in inner for each in (item if isinstance(item, list) else [item])]  # type: ignore[union-attr]
        return [inline for each in blocks for inline in [*_inlines(each), {"t": "Space"}]]
    return _words(content[1]) if kind == "CodeBlock" and content else []


def _words(text: str) -> list[Inline]:
    return [{"t": "Str", "c": text}]
