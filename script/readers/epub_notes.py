"""Which links of a book are marks of its notes, and where the notes stand."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from xml.etree.ElementTree import Element

from script.patterns import regex
from script.readers.epub_archive import resolved
from script.readers.markup import words_of

_MARK = regex(r"[\[(]?\s*(?:\d{1,4}|[*†‡§¶‖#]{1,4}|[a-z]{1,2}|[ivxlc]{1,6})\s*[\])]?\.?", re.IGNORECASE)
_NOTES_CLASS = regex(r"(?:^|[\s_-])(?:foot|end|rear)notes?(?:$|[\s_-])", re.IGNORECASE)
_REFERENCES = {"noteref", "doc-noteref"}
_NOTES = {"footnote", "endnote", "rearnote", "doc-footnote", "doc-endnote"}
_GROUPS = {"footnotes", "endnotes", "rearnotes", "doc-endnotes"}
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_BLOCKS = {"p", "li", "div", "aside", "dd", "td", "tr", "section", "blockquote"}
_MOST_LINKS = 50_000  # of a page
_MOST_NEAR = 50  # elements in or beside a link
_Place = tuple[str, str]  # path and fragment


def sorts_of(element: Element) -> set[str]:
    """What an element says it is, by its epub:type and its role."""
    return {*element.get("epub:type", "").split(), *element.get("role", "").split()}


@dataclass(slots=True)
class Notes:
    """The elements that are marks of notes, each with the element that holds its note, None when that is not found.

    bodies: the elements that hold notes, which are not read where they stand; unmarked: how many have no mark.
    """

    marks: dict[Element, Element | None] = field(default_factory=dict)
    bodies: set[Element] = field(default_factory=set)
    unmarked: int = 0


def notes(pages: Mapping[str, Element]) -> Notes:
    """The notes of the pages, by path in reading order: those marked as such, and marks with a way back to them."""
    found = Notes()
    places: dict[Element, _Place] = {}
    single: list[Element] = []
    for path, root in pages.items():
        for element in root.iter():
            sorts = sorts_of(element)
            if sorts & _REFERENCES:
                places[element] = resolved(path, element.get("href", ""))
            elif sorts & (_NOTES | _GROUPS):
                found.bodies.add(element)
                single += [element] if sorts & _NOTES else []
    blocks = _blocks_at(set(places.values()), pages)
    found.marks |= {mark: blocks.get(place) for mark, place in places.items()}
    found.bodies |= {body for body in found.marks.values() if body is not None}
    found.unmarked = len(set(single) - {body for body in found.marks.values() if body is not None})
    _add_linked(pages, found)
    return found


def _blocks_at(places: set[_Place], pages: Mapping[str, Element]) -> dict[_Place, Element]:
    """The block that each place is, or stands in."""
    found: dict[_Place, Element] = {}
    for path in {path for path, _ in places} & pages.keys():
        waiting: list[tuple[Element, Element | None]] = [(pages[path], None)]
        while waiting:
            element, around = waiting.pop()
            block = element if element.tag in _BLOCKS else around
            place = (path, element.get("id") or element.get("name") or "")
            if block is not None and place in places:
                found.setdefault(place, block)
            waiting += [(child, block) for child in element]
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Link:
    """A link within the book, and the places that lead to it: ids on it, in it and around it up to its block."""

    element: Element
    target: _Place
    homes: frozenset[_Place]
    around: tuple[Element, ...]  # the elements it stands in, from the nearest


def _add_linked(pages: Mapping[str, Element], found: Notes) -> None:
    """Add what no markup but a link there and a link back shows to be a note."""
    links = [link for path, root in pages.items() for link in _links(path, root)]
    answers: dict[_Place, list[tuple[int, _Link]]] = {}
    for index, link in enumerate(links):
        for home in link.homes:
            found_there = answers.setdefault(home, [])
            if len(found_there) < _MOST_NEAR:
                found_there.append((index, link))
    for index, link in enumerate(links):
        if not _MARK.fullmatch(words_of(link.element)):
            continue
        back = next(
            (each for at, each in answers.get(link.target, ()) if at > index and each.target in link.homes), None
        )
        body = _body(back, link) if back else None
        if body is not None:
            found.marks.setdefault(link.element, body)
            found.bodies.add(body)


def _links(path: str, root: Element) -> Iterator[_Link]:
    parents = {child: parent for parent in root.iter() for child in parent}
    holders = _holders_of_headings(root, parents)
    for element in islice(root.iter("a"), _MOST_LINKS):
        target = resolved(path, element.get("href", "")) if "#" in element.get("href", "") else ("", "")
        if not target[1]:
            continue
        around = tuple(_around(element, parents, holders))
        near = [*islice(element.iter(), _MOST_NEAR), *_within_block(around)]
        homes = frozenset((path, name) for each in near if (name := each.get("id") or each.get("name")))
        yield _Link(element, target, homes, around)


def _holders_of_headings(root: Element, parents: Mapping[Element, Element]) -> set[Element]:
    """The headings, and every element that a heading stands in."""
    holders: set[Element] = set()
    for element in root.iter():
        holder: Element | None = element if element.tag in _HEADINGS else None
        while holder is not None and holder not in holders:
            holders.add(holder)
            holder = parents.get(holder)
    return holders


def _around(element: Element, parents: Mapping[Element, Element], holders: set[Element]) -> Iterator[Element]:
    """The elements that an element stands in, from the nearest, as long as no heading is in them."""
    while (parent := parents.get(element)) is not None and parent.tag not in {"body", "html"}:
        if parent in holders:
            return
        yield parent
        element = parent


def _within_block(around: tuple[Element, ...]) -> Iterator[Element]:
    """The elements up to the block a link stands in, the one around a paragraph, and the anchors beside the link."""
    for index, each in enumerate(around):
        yield each
        yield from (child for child in islice(each, _MOST_NEAR) if child.tag == "a" and not child.get("href"))
        if each.tag in _BLOCKS:
            yield from around[index + 1 : index + 2] if each.tag == "p" else ()
            return


def _body(back: _Link, mark: _Link) -> Element | None:
    """The element that holds the note with the link back, None where there is none without a heading or the mark."""
    body: Element | None = None
    for each in back.around:
        if each in mark.around:
            break
        notes_alone = _NOTES_CLASS.search(each.get("class", "")) or (each.tag in _BLOCKS and len(each) == 1)
        if notes_alone or (body is None and each.tag in _BLOCKS):
            body = each
    return body
