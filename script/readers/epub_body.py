"""A page of a book becomes the plain HTML of what is read aloud of it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from html import escape
from xml.etree.ElementTree import Element, tostring

from script.patterns import regex
from script.readers.epub_archive import resolved
from script.readers.epub_notes import Notes, sorts_of
from script.readers.markup import words_of

# What the book's own words call a page or section that a listener does not want (EPUB 3 Structural Semantics 1.1,
# EPUB 2's guide, and DPUB-ARIA 1.1), and what it is called in a note.
LEFT_OUT = {
    "cover": "cover",
    "doc-cover": "cover",
    "titlepage": "title page",
    "title-page": "title page",
    "halftitlepage": "title page",
    "copyright-page": "copyright page",
    "copyright": "copyright page",
    "imprint": "copyright page",
    "colophon": "colophon",
    "doc-colophon": "colophon",
    "toc": "contents",
    "doc-toc": "contents",
    "landmarks": "contents",
    "page-list": "contents",
    "doc-pagelist": "contents",
    "loi": "list of illustrations",
    "lot": "list of tables",
    "index": "index",
    "doc-index": "index",
    "pg-boilerplate": "Project Gutenberg's notice",
}
_PAGE_NUMBERS = {"pagebreak", "doc-pagebreak"}
_PAGE_NUMBER_CLASS = regex(r"(?:^|\s)(?:pagenum|pageno|page-?number|page_?number)(?:$|\s)", re.IGNORECASE)
_MEDIA = {"iframe", "object", "embed", "audio", "video", "canvas", "svg", "map"}
_CONTROLS = {"input", "select", "textarea", "button"}
_UNHEARD = _MEDIA | _CONTROLS | {"head", "script", "style", "template", "noscript", "nav", "rt", "rp", "rtc"}
_BLOCKS = {"p", "ul", "ol", "dl", "blockquote", "pre", "table", "figure", *(f"h{level}" for level in range(1, 7))}
_PARTS = ("li", "dt", "dd", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "figcaption", "sup", "sub", "q")
_KEPT = _BLOCKS.union(_PARTS)
_DIVISIONS = ("body", "section", "article", "main", "header", "footer", "aside", "div", "details")
_RENAMED = {"del": "del", "s": "del", "strike": "del", **dict.fromkeys(_DIVISIONS, "div")}
_RENAMED |= dict.fromkeys(("summary", "address", "center", "hgroup"), "div")
_ATTRIBUTES = {"ol": ("start", "type"), "td": ("colspan", "rowspan"), "th": ("colspan", "rowspan")}
_NAME_NOT_WORDS = regex(
    r"\S+\.(?:jpe?g|png|gif|svg|webp)|image|img|illustration|picture|cover|images?\d*", re.IGNORECASE
)
_BACK = regex(r"[\W_]*(?:\w{1,4}[\W_]*)?|(?:back|return|zurück|retour)\b.{0,20}", re.IGNORECASE)
_NOT_NOTES = {"tr", "td"}  # laid out as tables, whose parts mean nothing alone
_MARK, _MARK_END = "\ue000", "\ue001"
MARKER = regex(f"{_MARK}(\\d+){_MARK_END}")


class Body:
    """Writes the HTML of pages, and counts what it leaves out of them.

    notes: the book's; language: the book's, so that only other ones are marked; whole: with front matter.
    """

    def __init__(self, notes: Notes, language: str, *, whole: bool) -> None:
        self.left_out: Counter[str] = Counter()
        self.sections: Counter[str] = Counter()
        self._pages = 0
        self._path = ""
        self._unwanted: dict[str, str] = {} if whole else LEFT_OUT
        self._notes = notes
        self._language = language.lower().partition("-")[0]
        self._pieces: list[str] = []
        self._places: Mapping[str, Iterable[int]] = {}
        self._block_at: int | None = None  # where in the pieces the outermost open block begins
        self._in_note = False
        self._called: list[Element] = []

    def written(self, path: str, root: Element, places: Mapping[str, Iterable[int]]) -> str:
        """The HTML of the page at a path, a paragraph of markers before the block where each place in it is.

        places: the numbers of the markers for each fragment, "" for the beginning. Of a page without words, "".
        """
        self._path = path
        self._pieces, self._places, self._block_at, self._called = [], places, None, []
        self._pages += 1
        body = next(root.iter("body"), root)
        self._write(body, self._language, inherited=root.get("lang", ""))
        html = "".join(self._pieces)
        if not re.search(r"[^\W_]", re.sub(r"<(?!img)[^>]*>|" + MARKER.pattern, "", html)):
            return ""
        known = {each.get("id") or each.get("name") for each in root.iter()}
        beginning = [number for place, numbers in places.items() if place not in known for number in numbers]
        return f"{_markers(beginning)}{html}{self._notes_called()}"

    def _notes_called(self) -> str:
        """The notes whose marks stood in the page, as pandoc knows them."""
        self._in_note, self._pieces = True, []
        for number, body in enumerate(self._called):
            self._pieces.append(f'<aside epub:type="footnote" id="note{number}-{self._pages}">')
            self._children(body, self._language)
            self._pieces.append("</aside>")
        self._in_note = False
        return "".join(self._pieces)

    def _write(self, element: Element, language: str, inherited: str = "") -> None:
        if element in self._notes.marks:
            self._call(self._notes.marks[element])
            return
        if self._is_unheard(element):
            return
        self._mark(element)
        tag = str(element.tag)
        if tag == "img":
            self._picture(element)
        elif tag in {"br", "hr"}:
            self._pieces.append(f"<{tag}>")
        elif tag == "math":
            element.tail, tail = None, element.tail
            self._pieces.append(tostring(element, encoding="unicode"))
            element.tail = tail
        else:
            self._element(element, tag, _known_language(element.get("lang") or inherited) or language)

    def _element(self, element: Element, tag: str, language: str) -> None:
        name = _RENAMED.get(tag, tag if tag in _KEPT else "")
        outermost = tag in _BLOCKS and self._block_at is None
        if outermost:
            self._block_at = len(self._pieces)
        other = name in {"div", *_BLOCKS} and language.partition("-")[0] != self._language
        if other:
            self._pieces.append(f'<div lang="{escape(language)}">')
        self._pieces.append(f"<{name}{_attributes(element, tag)}>" if name else "")
        self._children(element, language)
        self._pieces.append(f"</{name}>" if name else "")
        self._pieces.append("</div>" if other else "")
        if outermost:
            self._block_at = None

    def _children(self, element: Element, language: str) -> None:
        self._say(element.text)
        for child in element:
            self._write(child, language)
            self._say(child.tail)

    def _say(self, text: str | None) -> None:
        if text:
            self._pieces.append(escape(text.replace(_MARK, "").replace(_MARK_END, ""), quote=False))

    def _call(self, body: Element | None) -> None:
        """Put the mark of a note, and keep the note for the end of the page."""
        if body is None or body.tag in _NOT_NOTES:
            self.left_out["footnote without words"] += 1
        elif not self._in_note:
            self._pieces.append(f'<a epub:type="noteref" href="#note{len(self._called)}-{self._pages}">*</a>')
            self._called.append(body)

    def _is_unheard(self, element: Element) -> bool:
        if element in self._notes.bodies or (self._in_note and _is_way_back(element)):
            return True
        classes = element.get("class", "")
        sorts = sorts_of(element) | ({"pg-boilerplate"} & set(classes.split()))
        unwanted = sorted(sorts & self._unwanted.keys())
        if unwanted:
            self.sections[self._unwanted[unwanted[0]]] += 1
            return True
        if sorts & _PAGE_NUMBERS or _PAGE_NUMBER_CLASS.search(classes):
            return True
        style = element.get("style", "").replace(" ", "")
        hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true" or "display:none" in style
        return hidden or element.tag in _UNHEARD

    def _mark(self, element: Element) -> None:
        """Put the markers of this place before the outermost block it stands in."""
        name = element.get("id") or element.get("name") or ""
        if name in self._places and name and not self._in_note:
            markers = _markers(self._places[name])
            if self._block_at is None:
                self._pieces.append(markers)
            else:
                self._pieces[self._block_at] = markers + self._pieces[self._block_at]

    def _picture(self, element: Element) -> None:
        said = " ".join(element.get("alt", "").split())
        if element.get("role") != "presentation":
            said = "" if _NAME_NOT_WORDS.fullmatch(said) else said
            place = resolved(self._path, element.get("src", ""))[0]
            self._pieces.append(f'<img src="{escape(place or "x")}" alt="{escape(said)}">')


def _is_way_back(element: Element) -> bool:
    return element.tag == "a" and "#" in element.get("href", "") and bool(_BACK.fullmatch(words_of(element)))


def _known_language(tag: str) -> str:
    """A language tag, "" for one that says that the language is not known."""
    return "" if tag.lower() in {"und", "mul", "mis", "zxx"} else tag.replace("_", "-")


def _markers(numbers: Iterable[int]) -> str:
    return "".join(f"<p>{_MARK}{number}{_MARK_END}</p>" for number in numbers)


def _attributes(element: Element, tag: str) -> str:
    found = ((name, element.get(name, "")) for name in _ATTRIBUTES.get(tag, ()))
    return "".join(f' {name}="{value}"' for name, value in found if value.isalnum() and len(value) <= 3)
