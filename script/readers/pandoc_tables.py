"""A table of pandoc's, taken apart."""

from typing import Any

_Blocks = list[dict[str, Any]]


def table_parts(content: list[Any]) -> tuple[_Blocks, list[_Blocks], list[list[_Blocks]]]:
    """The elements of the caption, of each header, and of the cells of each row.

    content: what pandoc's Table element holds. The last line of a head is taken for the headers.
    """
    _, (_, caption), _, head, bodies, foot = content
    rows = [row for body in bodies for row in [*body[2], *body[3]]] + foot[1]
    headers = _cells(head[1][-1]) if head[1] else []
    return caption, headers, [_cells(row) for row in rows]


def _cells(row: list[Any]) -> list[_Blocks]:
    return [cell[4] for cell in row[1]]
