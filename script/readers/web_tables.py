"""Which tables of a page are tables, and what rows they have."""

from dataclasses import dataclass

from script.readers.web_page import Tree

_LONGEST_CELL = 400  # characters: more is prose that was laid out with a table
_BLOCKS = (
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "list",
    "head",
    "blockquote",
    "pre",
    "form",
    "figure",
)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row; headed: every one that holds something is a header."""

    cells: tuple[Tree, ...]
    headed: bool


def rows_of(table: Tree) -> list[Row]:
    """The rows of a table that holds no other, without empty ones."""
    rows = [tuple(row.iterchildren("td", "th", "cell")) for row in table.iter("tr", "row")]
    return [Row(cells, _is_headed(cells)) for cells in rows if any(_text(cell) for cell in cells)]


def is_layout(table: Tree) -> bool:
    """Whether a table only places things on the page, as mail and old pages do, and its cells are read one by one."""
    if table.get("role") in {"presentation", "none"} or next(table.iterdescendants(*_BLOCKS), None) is not None:
        return True
    rows = rows_of(table)
    if any(row.headed for row in rows) or table.find("caption") is not None:
        return False
    columns = max((len(row.cells) for row in rows), default=0)
    longest = max((len(_text(cell)) for row in rows for cell in row.cells), default=0)
    return columns < 2 or len(rows) < 2 or longest > _LONGEST_CELL


def _is_headed(cells: tuple[Tree, ...]) -> bool:
    return all(cell.tag == "th" or cell.get("role") == "head" for cell in cells if _text(cell))


def _text(cell: Tree) -> str:
    return " ".join("".join(cell.itertext()).split())
