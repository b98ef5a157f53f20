"""Pandoc's block elements become blocks in reading order."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any, ClassVar

from script.article import Block, BlockKind, Picture, Table
from script.readers.pandoc_inlines import Inline, InlineText
from script.readers.pandoc_tables import table_parts

Element = dict[str, Any]

_ALPHABETIC_STYLES = {"LowerAlpha": "a", "UpperAlpha": "A"}
_RAW_NAMES = {"html": "HTML", "tex": "TeX", "latex": "TeX", "openxml": "Word", "rst": "reStructuredText"}
_WAY_BACK = "↩↑⏎↵\ufe0e\ufe0f "
_NOTE_EDGES = _WAY_BACK + ".:)]^*"
ILLUSTRATED = {"heading", "paragraph", "item", "quote", "figure"}  # what a picture without words stands behind
_UNSPOKEN = {"footnotes": "footnote", "output": "notebook output", "skip": "passage marked to be skipped"}


@dataclass(frozen=True, slots=True)
class _Manner:
    """What a block takes over from the elements it stands in."""

    kind: BlockKind = "paragraph"
    level: int = 0
    language: str = ""
    voice: str = ""
    speed: float | None = None


class BlockList:
    """Gathers blocks, counts by name what is left out and what is no prose, and notes what is doubtful."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.left_out: Counter[str] = Counter()
        self.announced: Counter[str] = Counter()
        self.doubts: list[str] = []

    def add(self, elements: list[Element]) -> None:
        """Add the blocks of pandoc's elements; raises RecursionError when they are nested too deeply."""
        self._add_all(elements, _Manner())

    def text_of(self, inlines: list[Inline]) -> str:
        """The visible text of inline elements."""
        return InlineText(self.left_out).gathered(inlines)[0]

    def _add_all(self, elements: list[Element], manner: _Manner) -> None:
        for element in elements:
            walk = self._WALKS.get(element["t"])
            if walk:
                walk(self, element.get("c"), manner)
            else:
                self.left_out[f"{element['t']} element"] += 1

    def _say(self, inlines: list[Inline], manner: _Manner) -> None:
        found = InlineText(self.left_out)
        text, overrides = found.gathered(inlines)
        if text:
            footnote = replace(manner, kind="footnote", level=0)
            notes = tuple(_without_edges(self._gathered(note, footnote)) for note in found.footnotes)
            where = (manner.kind, text, manner.level, manner.language, manner.voice, manner.speed)
            self.blocks.append(Block(*where, overrides=overrides, footnotes=notes))

    def _gathered(self, elements: list[Element], manner: _Manner) -> Block:
        """What stands in the elements as one block."""
        before = len(self.blocks)
        self._add_all(elements, manner)
        found = [block for block in self.blocks[before:] if block.text]
        del self.blocks[before:]
        spaced = [piece for block in found for piece in (" ", block)][1:]
        whole = Block(manner.kind, "", manner.level, manner.language, manner.voice, manner.speed)
        return whole.holding(spaced)

    def _paragraph(self, inlines: list[Inline], manner: _Manner) -> None:
        if _is_picture(inlines):
            self._picture(inlines, manner)
        else:
            self._say(inlines, manner)

    def _picture(self, inlines: list[Inline], manner: _Manner) -> None:
        before = len(self.blocks)
        self._say(inlines, replace(manner, kind="figure", level=0))
        if len(self.blocks) == before:
            self.left_out["picture without a description"] += 1
        if self.blocks and self.blocks[-1].kind in ILLUSTRATED:
            last = self.blocks[-1]
            self.blocks[-1] = replace(last, pictures=(*last.pictures, *_shown(inlines)))

    def _verse(self, lines: list[list[Inline]], manner: _Manner) -> None:
        self._say([inline for line in lines for inline in [*line, {"t": "LineBreak"}]], manner)

    def _code(self, content: list[Any], manner: _Manner) -> None:
        self.announced["code example"] += 1
        self.blocks.append(Block("code", content[1], 0, manner.language, manner.voice, manner.speed))

    def _raw(self, content: list[str], _: _Manner) -> None:
        comment = content[1].lstrip().startswith("<!--")
        self.left_out["comment" if comment else "piece of raw " + _RAW_NAMES.get(content[0], content[0])] += 1

    def _quotation(self, elements: list[Element], manner: _Manner) -> None:
        level = manner.level + 1 if manner.kind == "quote" else 1
        self._add_all(elements, replace(manner, kind="quote", level=level))

    def _bullets(self, items: list[list[Element]], manner: _Manner) -> None:
        self._list(((item, []) for item in items), manner)

    def _ordered(self, content: list[Any], manner: _Manner) -> None:
        (first, style, _), items = content
        marks = (_ordinal_mark(first + index, style["t"]) for index in range(len(items)))
        self._list(zip(items, marks, strict=True), manner)

    def _definitions(self, content: list[Any], manner: _Manner) -> None:
        for term, definitions in content:
            opening = [*term, {"t": "Str", "c": ":"}, {"t": "Space"}]
            for index, definition in enumerate(definitions):
                self._list([(definition, [] if index else opening)], manner)

    def _list(self, items: Any, manner: _Manner) -> None:  # noqa: ANN401 - pairs of pandoc's untyped JSON
        inner = replace(manner, kind="item", level=manner.level + 1 if manner.kind == "item" else 1)
        for item, opening in items:
            if opening and item and item[0]["t"] in {"Plain", "Para"}:
                self._say([*opening, *item[0]["c"]], inner)
                self._add_all(item[1:], inner)
            else:
                self._say(opening, inner)
                self._add_all(item, inner)

    def _heading(self, content: list[Any], manner: _Manner) -> None:
        level, attributes, inlines = content
        top = manner.kind == "paragraph"
        heading = replace(manner, kind="heading", level=min(level, 6)) if top else manner
        before = len(self.blocks)
        self._say(inlines, self._asked(attributes, heading))
        self._pause(attributes, before)

    def _break(self, _: None, manner: _Manner) -> None:
        self.blocks.append(Block("break", "", 0, manner.language, manner.voice, manner.speed))

    def _table(self, content: list[Any], manner: _Manner) -> None:
        self.announced["table"] += 1
        inner = replace(manner, kind="table", level=0)
        caption, headers, rows = table_parts(content)
        table = Table(
            self._gathered(caption, replace(inner, kind="caption")) if caption else None,
            tuple(self._gathered(cell, inner) for cell in headers),
            tuple(tuple(self._gathered(cell, inner) for cell in row) for row in rows),
        )
        lines = (table.headers, *table.rows)
        text = "\n".join(" ".join(cell.text for cell in line if cell.text) for line in lines if line)
        titled = f"{table.caption.text}\n{text}" if table.caption else text
        if titled.strip():
            self.blocks.append(
                Block("table", titled.strip(), 0, manner.language, manner.voice, manner.speed, table=table)
            )

    def _figure(self, content: list[Any], manner: _Manner) -> None:
        _, (_, caption), elements = content
        pictures = [inline for element in elements for inline in _pictures(element)]
        others = [element for element in elements if not _pictures(element)]
        self._add_all(others, manner)
        said = self._gathered(caption, replace(manner, kind="figure" if pictures else "caption", level=0))
        if said.text:
            self.blocks.append(replace(said, pictures=_shown(pictures)))
        elif pictures:
            self._picture(pictures, manner)

    def _division(self, content: list[Any], manner: _Manner) -> None:
        attributes, elements = content
        _, classes, _ = attributes
        unspoken = next((_UNSPOKEN[each] for each in classes if each in _UNSPOKEN), "")
        if dict(attributes[2]).get("skip", "false").lower() not in {"false", "no", "0"}:
            unspoken = "passage marked to be skipped"
        if unspoken:
            self.left_out[unspoken] += 1
            return
        inner = replace(manner, kind="caption", level=0) if "caption" in classes else manner
        before = len(self.blocks)
        self._add_all(elements, self._asked(attributes, inner))
        self._pause(attributes, before)

    def _asked(self, attributes: list[Any], manner: _Manner) -> _Manner:
        """The manner with the voice, speed and language that an element's attributes ask for."""
        asked: dict[str, str] = dict(attributes[2])
        speed = self._number(asked, "speed", least=0.1, most=10)
        return replace(
            manner,
            voice=asked.get("voice", manner.voice),
            speed=manner.speed if speed is None else speed,
            language=asked.get("lang", asked.get("language", manner.language)),
        )

    def _pause(self, attributes: list[Any], before: int) -> None:
        """Give the pause that an element's attributes ask for to the last of its blocks."""
        pause_s = self._number(dict(attributes[2]), "pause", least=0, most=600)
        if pause_s is not None and len(self.blocks) > before:
            self.blocks[-1] = replace(self.blocks[-1], pause_s=pause_s)

    def _number(self, asked: dict[str, str], name: str, *, least: float, most: float) -> float | None:
        if name not in asked:
            return None
        try:
            value = float(asked[name].removesuffix("s"))
        except ValueError:
            value = float("nan")
        if isfinite(value) and least <= value <= most:
            return value
        self.doubts.append(f'{name}="{asked[name]}" is not a number from {least:g} to {most:g}; it was left out.')
        return None

    _WALKS: ClassVar[dict[str, Callable[["BlockList", Any, _Manner], None]]] = {
        "Plain": _paragraph,
        "Para": _paragraph,
        "LineBlock": _verse,
        "CodeBlock": _code,
        "RawBlock": _raw,
        "BlockQuote": _quotation,
        "OrderedList": _ordered,
        "BulletList": _bullets,
        "DefinitionList": _definitions,
        "Header": _heading,
        "HorizontalRule": _break,
        "Table": _table,
        "Figure": _figure,
        "Div": _division,
    }


def _without_edges(note: Block) -> Block:
    """A note without what is left of its number and of the way back to its mark."""
    start = len(note.text) - len(note.text.lstrip(_NOTE_EDGES))
    end = max(len(note.text.rstrip(_WAY_BACK)), start)
    if end - start == len(note.text):
        return note
    moved = (
        replace(each, start=max(each.start, start) - start, end=min(each.end, end) - start) for each in note.overrides
    )
    return replace(note, text=note.text[start:end], overrides=tuple(each for each in moved if each.start < each.end))


def _is_picture(inlines: list[Inline]) -> bool:
    """Whether a paragraph holds pictures and nothing else."""
    kinds = {inline["t"] for inline in inlines}
    return "Image" in kinds and kinds <= {"Image", "Space", "SoftBreak", "LineBreak"}


def _pictures(element: Element) -> list[Inline]:
    plain = element["t"] in {"Plain", "Para"} and _is_picture(element["c"])
    return [inline for inline in element["c"] if inline["t"] == "Image"] if plain else []


def _shown(inlines: list[Inline]) -> tuple[Picture, ...]:
    images = (inline["c"] for inline in inlines if inline["t"] == "Image")
    return tuple(
        Picture(place, InlineText(Counter()).gathered(alternative)[0]) for _, alternative, (place, _) in images if place
    )


def _ordinal_mark(number: int, style: str) -> list[Inline]:
    """What stands before an item of an ordered list: its number, or its letter where the list is lettered."""
    if style in _ALPHABETIC_STYLES and 1 <= number <= 26:
        mark = chr(ord(_ALPHABETIC_STYLES[style]) + number - 1)
    else:
        mark = str(number)
    return [{"t": "Str", "c": f"{mark}."}, {"t": "Space"}]
