"""An HTML tree becomes the elements of pandoc's syntax tree, so that all formats are read in one manner.

Trafilatura's own vocabulary (head, list, item, quote, row, cell, graphic, hi, lb) is understood beside HTML's.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from script.characters import tidy
from script.patterns import regex
from script.readers.pandoc_inlines import Inline
from script.readers.web_page import Tree
from script.readers.web_tables import is_layout, rows_of

Element = dict[str, Any]

_CONTAINERS = frozenset(
    (
        *("html", "body", "div", "section", "article", "main", "header", "footer", "aside", "address", "center"),
        *("fieldset", "form", "hgroup", "details", "dialog", "search", "summary", "dd", "dt"),
        *("tbody", "thead", "tfoot", "tr", "td", "th", "row", "cell"),
    )
)
_UNREAD = frozenset(
    (
        *("title", "nav", "script", "style", "template", "noscript", "button", "select", "textarea", "input"),
        *("datalist", "video", "audio", "iframe", "embed", "object", "canvas", "svg", "meta", "link", "rt", "rp"),
    )
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PHRASES = {
    "em": "Emph",
    "i": "Emph",
    "strong": "Strong",
    "b": "Strong",
    "sub": "Subscript",
    "sup": "Superscript",
}
_STRUCK = {"del", "s", "strike"}
_NO_PROSE = regex(
    r"\S+\.(?:jpe?g|png|gif|webp|svg|avif|bmp)|https?://\S*|(?:image|img|photo|picture|logo|icon)\W*\d*", re.IGNORECASE
)
_NUMBER = regex(r"[0-9]{1,6}", re.ASCII)
_LONGEST_ALTERNATIVE = 400
_NO_ATTRIBUTES: list[Any] = ["", [], []]


def elements(node: Tree) -> list[Element]:
    """What stands in the node, as block elements; text that stands by itself becomes paragraphs.

    Raises RecursionError when it is nested too deeply.
    """
    flow = _Flow()
    flow.text(node.text)
    for child in node:
        if isinstance(child.tag, str) and child.tag not in _UNREAD:
            flow.add(child)
        flow.text(child.tail)
    return flow.blocks_so_far()


class _Flow:
    """Blocks in order, with the run of inline elements that may become the next paragraph."""

    def __init__(self) -> None:
        self._blocks: list[Element] = []
        self._run: list[Inline] = []

    def blocks_so_far(self) -> list[Element]:
        self._end_paragraph()
        return self._blocks

    def text(self, text: str | None) -> None:
        if text:
            self._run.append({"t": "Str", "c": text})

    def add(self, child: Tree) -> None:
        walk = _block_walk(child)
        if walk is None and child.tag in {"br", "lb"}:
            self._break_line()
        elif walk is None:
            self._run += _inline(child)
        else:
            self._end_paragraph()
            self._blocks += walk(child)

    def _break_line(self) -> None:
        """A line ends; at two line ends, one after the other, so does the paragraph."""
        before = next((each for each in reversed(self._run) if not _is_blank(each)), None)
        if before is not None and before["t"] == "LineBreak":
            self._end_paragraph()
        else:
            self._run.append({"t": "LineBreak"})

    def _end_paragraph(self) -> None:
        if not all(_is_blank(each) or each["t"] == "LineBreak" for each in self._run):
            self._blocks.append({"t": "Para", "c": self._run})
        self._run = []


def _is_blank(inline: Inline) -> bool:
    return inline["t"] == "Str" and not inline["c"].strip()


def _block_walk(node: Tree) -> Callable[[Tree], list[Element]] | None:
    """How to make blocks of a node, None when it stands within a line."""
    if node.tag in _WALKS:
        return _WALKS[node.tag]
    if node.tag in _CONTAINERS:
        return elements
    if node.tag in {"quote", "code"}:
        alone = node.getparent().tag in {"body", "quote"} and not (node.getprevious() is None and node.getparent().text)
        lines = "\n" in "".join(node.itertext()).strip()
        return (_quotation if node.tag == "quote" else _code) if alone or lines else None
    return elements if any(each.tag in _WALKS or each.tag in _CONTAINERS for each in node.iterdescendants()) else None


def _inline(node: Tree) -> list[Inline]:
    if node.tag in _UNREAD:
        return []
    make = _INLINES.get(node.tag)
    if make:
        return make(node)
    kind = _PHRASES.get(node.tag) or {"#sub": "Subscript", "#sup": "Superscript"}.get(node.get("rend") or "")
    inner = _inlines(node)
    return [{"t": kind, "c": inner}] if kind else inner


def _inlines(node: Tree) -> list[Inline]:
    """What stands in a node, as inline elements."""
    found: list[Inline] = [{"t": "Str", "c": node.text}] if node.text else []
    for child in node:
        if isinstance(child.tag, str):
            found += _inline(child)
        if child.tail:
            found.append({"t": "Str", "c": child.tail})
    return found


def _picture(node: Tree) -> list[Inline]:
    """A picture by its alternative text; nothing for one that says it has none, being decoration."""
    if node.get("alt") == "":
        return []
    said = tidy(node.get("alt") or "")[0]
    described = any(map(str.isalnum, said)) and len(said) <= _LONGEST_ALTERNATIVE and not _NO_PROSE.fullmatch(said)
    return [{"t": "Image", "c": [_NO_ATTRIBUTES, [{"t": "Str", "c": said}] if described else [], ["", ""]]}]


def _formula(node: Tree) -> list[Inline]:
    """MathML by the TeX it carries (MathML Core, annotation and alttext)."""
    notes = [each for each in node.iter() if each.tag == "annotation" and "tex" in (each.get("encoding") or "")]
    tex = "".join(notes[0].itertext()) if notes else node.get("alttext") or "".join(node.itertext())
    return [{"t": "Math", "c": [{"t": "InlineMath"}, " ".join(tex.split())]}]


def _quoted(node: Tree) -> list[Inline]:
    return [{"t": "Quoted", "c": [{"t": "DoubleQuote"}, _inlines(node)]}]


_INLINES: dict[str, Callable[[Tree], list[Inline]]] = {
    "br": lambda _: [{"t": "LineBreak"}],
    "lb": lambda _: [{"t": "LineBreak"}],
    "wbr": lambda _: [],
    "img": _picture,
    "graphic": _picture,
    "math": _formula,
    "q": _quoted,
    "quote": _quoted,
    "code": lambda node: [{"t": "Code", "c": [_NO_ATTRIBUTES, "".join(node.itertext())]}],
    **dict.fromkeys(_STRUCK, lambda node: [{"t": "Strikeout", "c": _inlines(node)}]),
}


def _heading(node: Tree) -> list[Element]:
    level = _HEADINGS.get(node.tag) or _HEADINGS.get(node.get("rend") or "")
    if not level:
        return elements(node)
    inlines = [each for each in _inlines(node) if each["t"] != "Image"]
    return [{"t": "Header", "c": [level, _NO_ATTRIBUTES, inlines]}]


def _rule(_: Tree) -> list[Element]:
    return [{"t": "HorizontalRule"}]


def _code(node: Tree) -> list[Element]:
    for line_end in node.iter("br", "lb"):
        line_end.tail = f"\n{line_end.tail or ''}"
    text = "".join(node.itertext()).strip("\n").rstrip()
    return [{"t": "CodeBlock", "c": [_NO_ATTRIBUTES, text]}] if text else []


def _quotation(node: Tree) -> list[Element]:
    return [{"t": "BlockQuote", "c": elements(node)}]


def _caption(node: Tree) -> list[Element]:
    """A caption by itself, as that of a picture that is not there."""
    picture: Element = {"t": "Para", "c": [{"t": "Image", "c": [_NO_ATTRIBUTES, [], ["", ""]]}]}
    return [{"t": "Figure", "c": [_NO_ATTRIBUTES, [None, elements(node)], [picture]]}]


def _figure(node: Tree) -> list[Element]:
    captions = node.findall("figcaption")
    said = [block for each in captions for block in elements(each)]
    for each in captions:
        each.drop_tree()
    return [{"t": "Figure", "c": [_NO_ATTRIBUTES, [None, said], elements(node)]}]


def _list(node: Tree) -> list[Element]:
    if node.tag == "dl" or node.get("rend") == "dl":
        return [{"t": "DefinitionList", "c": list(_definitions(node))}]
    items: list[list[Element]] = []
    for child in node:
        if child.tag in {"ul", "ol", "list"} and items:
            items[-1] += _list(child)
        elif isinstance(child.tag, str) and child.tag not in _UNREAD:
            items.append(elements(child))
    items = [item for item in items if item]
    if not items:
        return []
    if node.tag != "ol" and node.get("rend") != "ol":
        return [{"t": "BulletList", "c": items}]
    start = node.get("start") or ""
    style = {"a": "LowerAlpha", "A": "UpperAlpha"}.get(node.get("type") or "", "Decimal")
    first = int(start) if _NUMBER.fullmatch(start) else 1
    return [{"t": "OrderedList", "c": [[first, {"t": style}, {"t": "Period"}], items]}]


def _definitions(node: Tree) -> Iterator[list[Any]]:
    """Each term, or several joined, with the definitions that follow it."""
    term: list[Inline] = []
    found: list[list[Element]] = []
    for child in node.iter("dt", "dd", "item"):
        if child.tag == "dd" or (child.get("rend") or "").startswith("dd"):
            found.append(elements(child))
            continue
        if found:
            yield [term, found]
            term, found = [], []
        term += [*([{"t": "Str", "c": ", "}] if term else []), *_inlines(child)]
    if term or found:
        yield [term, found or [[]]]


def _table(node: Tree) -> list[Element]:
    if is_layout(node):
        return elements(node)
    captions = [block for each in node.iter("caption") for block in elements(each)]
    rows = rows_of(node)
    headed = bool(rows) and rows[0].headed
    made = [[_NO_ATTRIBUTES, [[_NO_ATTRIBUTES, None, 1, 1, elements(cell)] for cell in row.cells]] for row in rows]
    columns = [None] * max((len(row.cells) for row in rows), default=0)
    head = [_NO_ATTRIBUTES, made[:1] if headed else []]
    body = [_NO_ATTRIBUTES, 0, [], made[1:] if headed else made]
    return [{"t": "Table", "c": [_NO_ATTRIBUTES, [None, captions], columns, head, [body], [_NO_ATTRIBUTES, []]]}]


def _lone_item(node: Tree) -> list[Element]:
    return [{"t": "BulletList", "c": [elements(node)]}]


_WALKS: dict[str, Callable[[Tree], list[Element]]] = {
    **dict.fromkeys((*_HEADINGS, "head"), _heading),
    "p": elements,
    "hr": _rule,
    "pre": _code,
    "blockquote": _quotation,
    "figure": _figure,
    "figcaption": _caption,
    "caption": lambda _: [],
    **dict.fromkeys(("ul", "ol", "dl", "menu", "list"), _list),
    **dict.fromkeys(("li", "item"), _lone_item),
    "table": _table,
}
