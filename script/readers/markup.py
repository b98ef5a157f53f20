"""XML and XHTML as trees, whatever is wrong with them."""

import re
from html import unescape
from html.entities import html5
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from script.decoding import decoded
from script.errors import ArticleError
from script.patterns import regex

_MOST_ELEMENTS = 1_000_000
_DEEPEST = 100  # elements within elements; the text of deeper ones belongs to the last
_LONGEST_TAG = 10_000  # characters
_OPS = "{http://www.idpf.org/2007/ops}"  # EPUB 3.3, 5.2: what `epub:` stands for
_ENCODING = regex(rb"<\?xml[^>]{0,200}?encoding=[\"']([\w-]+)")
_TEXT_ENCODINGS = regex(r"iso-8859-\d+|windows-\d+|cp\d+|koi8-\w|shift_jis|euc-\w+|gb\w+|big5")
_DOCTYPE = regex(r"<!DOCTYPE[^>\[]*+(?:\[[^\]]*+\]\s*+)?>", re.IGNORECASE)
_NAMED = regex(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_OF_XML = {"amp", "lt", "gt", "quot", "apos"}
_TAG = regex(r"(/?)([A-Za-z][\w:.-]*+)([^>]*+)>")
_ATTRIBUTE = regex(r"""(?<![\w:.-])([\w:.-]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""")
_CHILDLESS = {"br", "img", "hr", "meta", "link", "input", "wbr", "col", "area", "source", "track", "embed"}
_ENDED_BY_THEIR_LIKE = {"li", "dt", "dd", "tr", "td", "th", "option"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_END_A_PARAGRAPH = {"p", "div", "section", "ul", "ol", "dl", "table", "blockquote", "pre", "hr", "figure"} | _HEADINGS
_WALLS = {*_END_A_PARAGRAPH, *_ENDED_BY_THEIR_LIKE, "body", "html"}


def tree(content: bytes, name: str) -> Element:
    """The root of a document in XML, HTML or something near them, its names lower case and without namespaces.

    No entity of a document's own is ever expanded and nothing outside is opened. Raises ArticleError when the
    content is no text, or more than a million elements.
    """
    text = _NAMED.sub(_character, _DOCTYPE.sub("", _text(content, name), count=1))
    builder = _Builder(name)
    parser = XMLParser(target=builder)  # noqa: S314 - without its document type no entity can be declared
    try:
        parser.feed(text)
        root: Element = parser.close()
    except ParseError:
        return _mended(text, name)
    return root


def local(name: str) -> str:
    """A name without its namespace, in lower case; `epub:type` keeps its prefix."""
    if name.startswith(_OPS):
        return f"epub:{name.removeprefix(_OPS)}"
    lowered = name.rpartition("}")[2].lower()
    return lowered if lowered.startswith("epub:") else lowered.rpartition(":")[2]


def words_of(element: Element) -> str:
    """The text of an element in one line."""
    return " ".join("".join(element.itertext()).split())


def _text(content: bytes, name: str) -> str:
    declared = _ENCODING.match(content[:300])
    encoding = declared[1].decode("ascii", "replace").lower() if declared else ""
    if _TEXT_ENCODINGS.fullmatch(encoding):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            pass
    return decoded(content, name).text


def _character(reference: re.Match[str]) -> str:
    if reference[1] in _OF_XML:
        return reference[0]
    return html5.get(f"{reference[1]};", reference[0])


class _Builder:
    """Builds a tree of local names, no deeper than it can be walked."""

    def __init__(self, source: str) -> None:
        self._builder = TreeBuilder()
        self._source = source
        self._count = 0
        self._depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > _MOST_ELEMENTS:
            raise ArticleError(f"{self._source} has a page of more than a million elements, which no book does.")
        self._depth += 1
        if self._depth <= _DEEPEST:
            self._builder.start(local(name), {local(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        if self._depth <= _DEEPEST:
            self._builder.end(local(name))
        self._depth -= 1

    def data(self, text: str) -> None:
        self._builder.data(text)

    def close(self) -> Element:
        return self._builder.close()


def _mended(text: str, name: str) -> Element:
    """The tree of text that is no well-formed XML: ends without a beginning go, missing ones are supplied."""
    builder = _Builder(name)
    builder.start("document", {})
    opened: list[str] = []
    first, *pieces = _without(_without(text, "<!--", "-->"), "<?", ">").split("<")
    builder.data(unescape(first))
    for piece in pieces:
        tag = _TAG.match(piece) if len(piece) < _LONGEST_TAG or ">" in piece[:_LONGEST_TAG] else None
        if not tag:
            builder.data(unescape("" if piece.startswith("!") else f"<{piece}"))
            continue
        if tag[1]:
            _close(builder, opened, local(tag[2]))
        else:
            _open(builder, opened, local(tag[2]), tag[3])
        builder.data(unescape(piece[tag.end() :]))
    for each in ["document", *opened][::-1]:
        builder.end(each)
    return builder.close()


def _open(builder: _Builder, opened: list[str], name: str, attributes: str) -> None:
    last = opened[-1] if opened else ""
    if (last == "p" and name in _END_A_PARAGRAPH) or (last == name and name in _ENDED_BY_THEIR_LIKE):
        builder.end(opened.pop())
    found = {match[1]: unescape(match[2] or match[3] or match[4] or "") for match in _ATTRIBUTE.finditer(attributes)}
    builder.start(name, found)
    if name in _CHILDLESS or attributes.endswith("/"):
        builder.end(name)
    else:
        opened.append(name)


def _close(builder: _Builder, opened: list[str], name: str) -> None:
    """End the nearest element of this name and all in it, but no block for the sake of what stands around it."""
    for count, each in enumerate(reversed(opened[-_DEEPEST:]), 1):
        if each == name:
            for _ in range(count):
                builder.end(opened.pop())
            return
        if each in _WALLS and name not in _WALLS - {"p"}:
            return


def _without(text: str, opening: str, closing: str) -> str:
    """The text without what stands from each opening to its closing mark."""
    kept: list[str] = []
    position = 0
    while (start := text.find(opening, position)) >= 0:
        end = text.find(closing, start)
        if end < 0:
            break
        kept.append(text[position:start])
        position = end + len(closing)
    return "".join([*kept, text[position:]])
