"""Pandoc's metadata, the front matter of a document, as plain text."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from script.readers.pandoc_inlines import Inline

MetaValue = dict[str, Any]
_TextOf = Callable[[list[Inline]], str]

_TITLE = "title"
_AUTHORS = ("author", "authors", "by", "creator")
_LANGUAGES = ("lang", "language", "locale")
_DESCRIPTIONS = ("description", "abstract", "summary")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the front matter says; settings: every other key that holds plain values, nested ones dotted."""

    title: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    description: str = ""
    settings: dict[str, str] = field(default_factory=dict)


def metadata(meta: dict[str, MetaValue], text_of: _TextOf) -> Metadata:
    """The metadata of pandoc's syntax tree."""
    lowered = {key.lower(): value for key, value in meta.items()}

    def first(*names: str) -> str:
        return next((text for name in names if (text := _text(lowered.get(name), text_of))), "")

    known = {_TITLE, "date", *_AUTHORS, *_LANGUAGES, *_DESCRIPTIONS}
    settings = {
        name: text for key, value in lowered.items() if key not in known for name, text in _flat(key, value) if text
    }
    return Metadata(first(_TITLE), first(*_AUTHORS), first("date"), first(*_LANGUAGES), first(*_DESCRIPTIONS), settings)


def _text(value: MetaValue | None, text_of: _TextOf) -> str:
    """A value as it would be printed: a list joined by commas and "and", of a map its name."""
    if value is None:
        return ""
    kind, content = value["t"], value.get("c")
    if kind == "MetaList":
        texts = [text for each in content or () if (text := _text(each, text_of))]
        return " and ".join([*([", ".join(texts[:-1])] if texts[1:] else []), *texts[-1:]])
    if kind == "MetaMap":
        inner = content or {}
        return _text(inner.get("name") or inner.get("text") or inner.get("literal"), text_of)
    return text_of(list(_inlines(value)))


def _flat(key: str, value: MetaValue) -> Iterator[tuple[str, str]]:
    kind, content = value["t"], value.get("c")
    if kind == "MetaMap":
        for inner, each in (content or {}).items():
            yield from _flat(f"{key}.{inner}", each)
    elif kind == "MetaList":
        yield key, ", ".join(text for each in content or () for _, text in _flat(key, each))
    else:
        yield key, _typed(list(_inlines(value))).strip()


def _inlines(value: MetaValue) -> Iterator[Inline]:
    kind, content = value["t"], value.get("c")
    if kind == "MetaInlines":
        yield from content or ()
    elif kind == "MetaBlocks":
        for block in content or ():
            if block["t"] in {"Plain", "Para"}:
                yield from [*block["c"], {"t": "Space"}]
    elif kind == "MetaBool":
        yield {"t": "Str", "c": "true" if content else "false"}
    elif kind == "MetaString":
        yield {"t": "Str", "c": content}


def _typed(inlines: list[Inline]) -> str:
    """The elements as they were typed, as near as can be told: a setting is a name or a path, not prose."""
    return "".join(_as_typed(inline) for inline in inlines)


def _as_typed(inline: Inline) -> str:
    kind: str = inline["t"]
    content: Any = inline.get("c")
    if kind == "Str":
        return str(content).replace("\xa0", " ")
    if kind in {"RawInline", "Code"}:
        return str(content[1])
    if kind in {"Emph", "Strong", "Subscript", "Superscript", "Strikeout"}:
        mark = {"Emph": "*", "Strong": "**", "Subscript": "~", "Superscript": "^", "Strikeout": "~~"}[kind]
        return f"{mark}{_typed(content)}{mark}"
    if kind in {"Link", "Span", "Cite", "Quoted"}:
        return _typed(content[1])
    return f"${content[1]}$" if kind == "Math" else " "
