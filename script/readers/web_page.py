"""HTML becomes a tree, rid of what nobody sees."""

import re
from typing import Any

from script.characters import visible
from script.charsets import text_labelled
from script.decoding import Decoded
from script.errors import ArticleError
from script.patterns import regex
from script.reader import Document
from script.readers.pandoc_program import too_deep

Tree = Any  # an lxml element

_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_DECLARED = regex(
    rb"<meta\s[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,30})|\A\s*<\?xml\s[^>]{0,100}?encoding=[\"']([\w.:-]{2,30})",
    re.IGNORECASE,
)
_HIDDEN = regex(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_NOTE_ROLES = {"doc-noteref", "doc-endnotes", "doc-footnote", "doc-backlink"}
_NEVER_READ = (
    *("script", "style", "template", "noscript", "svg", "canvas", "object", "applet", "map", "rp", "rt"),
    *("select", "textarea", "datalist"),
)
_OWN_ENTITIES = regex(
    r"\A(\s*(?:<\?xml[^>]*>\s*)?(?>(?:<!--.*?-->\s*)*)<!DOCTYPE[^\[<>]{0,300})\[.*?\]\s*>", re.IGNORECASE | re.DOTALL
)
_MOST_ELEMENTS = 300_000


def decoded_page(document: Document) -> Decoded:
    """The text of an HTML document: by its byte order mark, else by the encoding it declares, else as it looks."""
    content = document.content
    declared = _DECLARED.search(content[:4096])
    if declared and not content.startswith(_BYTE_ORDER_MARKS) and b"\0" not in content:
        label = (declared[1] or declared[2]).decode("ascii", "replace")
        # A page that can be read so far is not UTF-16, whatever it says (HTML Standard, section 13.2.3.3).
        text = None if label.lower().startswith("utf") else text_labelled(content, label)
        if text is not None:
            return Decoded(text)
    return document.decoded()


def page(text: str, name: str) -> Tree:
    """The tree of an HTML text, whole page or fragment, under its `html` element.

    Nothing is fetched and no entity is defined. Raises ArticleError when there is nothing in it, or far too much.
    """
    from lxml import etree, html

    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=True)
    markup = without_own_entities(visible(text))
    try:
        tree = html.document_fromstring(markup.encode("utf-8", "ignore"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as error:
        raise ArticleError(f"{name} holds no readable HTML; there is nothing to read.") from error
    if any("xcessive depth" in error.message for error in parser.error_log):
        raise ArticleError(too_deep(name))
    if size(tree) > _MOST_ELEMENTS:
        raise ArticleError(f"{name} has more than {_MOST_ELEMENTS:,} elements; divide it.")
    return tree


def without_own_entities(markup: str) -> str:
    """HTML or XML without the entities that it defines at its beginning."""
    return _OWN_ENTITIES.sub(r"\1>", markup, count=1)


def size(tree: Tree) -> int:
    """The number of elements in a tree."""
    return sum(1 for _ in tree.iter())


def without_unseen(tree: Tree) -> None:
    """Take from the tree what nobody sees, and what is left of notes and of the marks that lead to them."""
    for element in [each for each in tree.iter(*_NEVER_READ) if not _is_data(each)]:
        _remove(element)
    for element in list(
        tree.iter("input", "sup", "a", "section", "div", "ol", "aside", "li", "span", "p", "td", "img")
    ):
        if _is_unseen(element):
            _remove(element)


def _remove(element: Tree) -> None:
    """Take an element out and keep the text behind it."""
    if element.getparent() is not None:
        element.drop_tree()


def _is_data(element: Tree) -> bool:
    """Whether a script is data that says something of the page."""
    return element.tag == "script" and "json" in (element.get("type") or "")


def _is_unseen(element: Tree) -> bool:
    classes = (element.get("class") or "").split()
    return (
        element.get("hidden") is not None
        or element.get("role") in _NOTE_ROLES
        or "footnotes" in classes
        or _HIDDEN.search(element.get("style") or "") is not None
        or (element.tag == "img" and {element.get("width"), element.get("height")} & {"0", "1"} != set())
    )
