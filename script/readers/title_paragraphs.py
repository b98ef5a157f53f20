"""Paragraphs at the top of a word processor's document that its styles call title, subtitle, author or date.

Pandoc takes them for metadata in DOCX, and for prose in ODT and RTF.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

from script.article import Block
from script.characters import tidy
from script.errors import ArticleError
from script.patterns import regex
from script.readers.epub_archive import Archive
from script.readers.markup import tree, words_of
from script.readers.pandoc_metadata import Metadata

_STYLES = {"title": "title", "subtitle": "description", "author": "author", "date": "date"}
_TOP = 20_000  # bytes of the text that are looked at; a title stands at its very beginning
_BODY = b"<office:text"
# Of RTF 1.9.1: the style of this name in the style sheet, and the words that may stand before a paragraph's text.
_RTF_TITLE = regex(rb"\{\\s(\d{1,4})\b(?:[^{}]|\{[^{}]*\}){0,2000}?\bTitle;\}")
_RTF_PARAGRAPH = regex(rb"\\pard((?:\\[a-z]{1,20}-?\d{0,9}[ ]?|[{\r\n]){0,60})")


def without_title_paragraphs(
    about: Metadata, blocks: list[Block], format_name: str, content: bytes, name: str
) -> tuple[Metadata, list[Block]]:
    """The metadata with what these paragraphs say where nothing else does, and the blocks without them.

    blocks: as pandoc gives them; content: the bytes of the ODT or RTF file, other formats stay as they are.
    """
    styled = {"odt": _in_odt, "rtf": _in_rtf}.get(format_name)
    left = list(blocks)
    for style in styled(content, name) if styled else ():
        if len(left) < 2 or left[0].kind != "paragraph":
            break
        text = tidy(left[0].text)[0]
        field = _STYLES[style]
        about = about if getattr(about, field) else _with(about, field, text)
        left = left[1:]
    return about, left


def _with(about: Metadata, field: str, text: str) -> Metadata:
    changes: dict[str, Any] = {field: text}
    return replace(about, **changes)


def _in_odt(content: bytes, name: str) -> Iterator[str]:
    """The styles of the first paragraphs that hold words, while they are ones of ours (OpenDocument 1.3-3, 16.2)."""
    try:
        document = Archive(content, name).content("content.xml")
        root = tree(document[: document.find(_BODY) + _TOP], name)
    except ArticleError:  # pandoc could read the text, and that is what matters
        return
    parents = {each.get("name", ""): each.get("parent-style-name", "") for each in root.iter("style")}
    for paragraph in _paragraphs(root):
        style = paragraph.get("style-name", "")
        known = next((each.lower() for each in (style, parents.get(style, "")) if each.lower() in _STYLES), "")
        if words_of(paragraph) and not (known and paragraph.tag == "p"):
            return
        if words_of(paragraph):
            yield known


def _paragraphs(root: Element) -> Iterator[Element]:
    body = next(root.iter("body"), None)
    return (each for each in (body.iter() if body is not None else ()) if each.tag in {"p", "h"})


def _in_rtf(content: bytes, _: str) -> Iterator[str]:
    """Whether the first paragraph has the style called Title."""
    style = _RTF_TITLE.search(content)
    first = _RTF_PARAGRAPH.search(content, style.end()) if style else None
    if style and first and re.search(rb"\\s%b(?!\d)" % style[1], first[1]):
        yield "title"
