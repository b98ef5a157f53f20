"""The notes of a web page: their marks, and what stands at the place a mark leads to."""

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from script.patterns import regex
from script.readers.web_elements import Element, elements
from script.readers.web_page import Tree

_MARK = regex(r"[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,4}|[*†‡§¶]{1,3}|(?:note|nb) ?\d{1,2})[\])]?", re.IGNORECASE)
_BACK = regex(r"[\W_]*(?:\w{1,4}[\W_]*)?|(?:jump up|back|return|zurück|retour)\b.{0,20}", re.IGNORECASE)
_BLOCKS = {"li", "p", "div", "aside", "dd", "td", "tr", "section", "blockquote"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LONGEST = 5000  # characters; what is longer is no note but a part of the article
_SIGNS = "𝍖𝍗𝍘𝍙𝍚𝍛"  # one that the page itself does not have stands around the number of a note


@dataclass(frozen=True, slots=True)
class WebNotes:
    """The notes whose marks were found, as block elements; sign: stands around the number of each in the text.

    lost: how many marks led to nothing that is a note.
    """

    notes: tuple[list[Element], ...]
    sign: str
    lost: int = 0

    def without_marks(self, text: str) -> str:
        """The text without the numbers of notes."""
        return self._token().sub("", text) if self.notes else text

    def placed(self, found: list[Element]) -> list[Element]:
        """The elements with each note in the place of its number. Raises RecursionError for endless nesting."""
        return self._placed(found) if self.notes else found

    def _placed(self, value: Any) -> Any:  # noqa: ANN401 - pandoc's untyped JSON
        if isinstance(value, dict):
            return {key: self._placed(each) for key, each in value.items()}
        if not isinstance(value, list):
            return self.without_marks(value) if isinstance(value, str) else value
        return [piece for each in value for piece in self._pieces(each)]

    def _pieces(self, value: Any) -> Iterator[Any]:  # noqa: ANN401
        if not (isinstance(value, dict) and value.get("t") == "Str" and self.sign in value["c"]):
            yield self._placed(value)
            return
        for index, piece in enumerate(self._token().split(value["c"])):
            if index % 2:
                yield {"t": "Note", "c": self.notes[int(piece)]}
            elif piece:
                yield {"t": "Str", "c": piece}

    def _token(self) -> re.Pattern[str]:
        return re.compile(f"{self.sign}([0-9]+){self.sign}")


def taken_notes(tree: Tree) -> WebNotes:
    """Take the notes out of a tree, and put the number of each where its mark stood."""
    marks = list(_marks(tree))
    sign = next((each for each in _SIGNS if marks and each not in "".join(tree.itertext())), "")
    places = {name: each for each in tree.iter() if (name := each.get("id") or each.get("name"))} if sign else {}
    targets = [places.get(_target(mark)) for mark in marks]
    bodies = [None if target is None else _body(target, mark) for mark, target in zip(marks, targets, strict=True)]
    shared = _shared(bodies, targets)
    notes: list[list[Element]] = []
    numbers: dict[Tree, int] = {}
    lost = 0
    for mark, body in zip(marks, bodies, strict=True):
        if body is None or body in shared:
            lost += 1
            token = ""
        else:
            if body not in numbers:
                numbers[body] = len(notes)
                notes.append(_content(body, _words(mark)))
            token = f"{sign}{numbers[body]}{sign}"
        mark.tail = token + (mark.tail or "")
        mark.drop_tree()
    for body in {each for each in bodies if each is not None}:
        _remove(body)
    return WebNotes(tuple(notes), sign, lost)


def _marks(tree: Tree) -> Iterator[Tree]:
    """The raised numbers that lead to a place on the same page, and what is marked as such; none within another."""
    seen: set[Tree] = set()
    for element in tree.iter("sup", "a"):
        if element.getparent() is not None and element.getparent() not in seen and _is_mark(element):
            seen.update(element.iter())
            yield element


def _is_mark(element: Tree) -> bool:
    if element.get("role") == "doc-noteref":
        return True
    raised = element.tag == "sup" or element.find("sup") is not None
    return raised and "#" in _reference(element) and _MARK.fullmatch(_words(element)) is not None


def _reference(mark: Tree) -> str:
    links = [mark] if mark.tag == "a" else mark.findall(".//a")
    return next((each.get("href") or "" for each in links if "#" in (each.get("href") or "")), "")


def _target(mark: Tree) -> str:
    return _reference(mark).partition("#")[2]


def _words(node: Tree) -> str:
    return " ".join("".join(node.itertext()).split())


def _body(target: Tree, mark: Tree) -> Tree | None:
    """The element that holds the note at a place; None where that is more than a note."""
    body = target
    while body is not None and body.tag not in _BLOCKS:
        body = body.getparent()
    if body is None or body in set(mark.iterancestors()) or next(body.iter(*_HEADINGS), None) is not None:
        return None
    return body if 0 < len(_words(body)) <= _LONGEST else None


def _shared(bodies: Iterable[Tree | None], targets: Iterable[Tree | None]) -> set[Tree]:
    """Those that hold the places of several notes, which cannot be told apart."""
    places: dict[Tree, set[Tree]] = {}
    for body, target in zip(bodies, targets, strict=True):
        if body is not None and target is not None:
            places.setdefault(body, set()).add(target)
    return {body for body, held in places.items() if len(held) > 1}


def _content(body: Tree, mark: str) -> list[Element]:
    """What the note says, without the ways back to its mark and without its number."""
    copy = deepcopy(body)
    copy.tail = None
    for link in list(copy.iter("a")):
        back = "#" in (link.get("href") or "") and _BACK.fullmatch(_words(link))
        if back or link.get("role") == "doc-backlink":
            link.drop_tree()
    for raised in list(copy.iter("sup")):
        if _words(raised).strip("[]()") == mark.strip("[]()"):
            raised.drop_tree()
            break
    return elements(copy)


def _remove(body: Tree) -> None:
    """Take a note out, and what held nothing else."""
    parent = body.getparent()
    if parent is None:
        return
    body.drop_tree()
    if len(parent) == 0 and not _words(parent) and parent.tag not in {"body", "html"}:
        _remove(parent)
