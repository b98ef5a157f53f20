"""The pictures of a saved web page, each with the block that it belongs to."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote

from script.article import Block, Picture
from script.characters import tidy
from script.patterns import regex
from script.readers.pandoc_blocks import ILLUSTRATED
from script.readers.web_images import addresses
from script.readers.web_metadata import file_beside
from script.readers.web_page import Tree

_AROUND = {"nav", "aside", "footer", "button", "form"}  # what stands around an article, or is no part of its text
_LINES = {  # within a line: where any other element begins, a block may begin
    *("a", "abbr", "b", "bdi", "cite", "code", "em", "i", "img", "mark", "q", "s", "small", "span", "strong", "sub"),
    *("sup", "time", "u"),
}
_DESCRIBING = {"figure", "caption"}
_ORDINAL = regex(r"\w{1,5}\.\s")
_WEB = regex(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_SURE = 40  # letters of a block that can stand nowhere else
_FARTHEST, _MOST_TRIES = 100_000, 100  # letters to look through for a block's, and places that only look like it
_SMALLEST_PX = 64  # of a picture whose page says its size: what is smaller is an icon


@dataclass(frozen=True, slots=True)
class _Shown:
    """A picture on the page: what is said of it there, in letters, and how many letters of the page stand before it.

    inside: whether it is in what the page calls its article.
    """

    picture: Picture
    said: tuple[str, ...]
    place: int
    inside: bool


@dataclass(frozen=True, slots=True)
class _Page:
    """The letters of a page, where in them a block may begin, and the pictures between them."""

    letters: str
    beginnings: frozenset[int]
    pictures: tuple[_Shown, ...]


def illustrated(
    blocks: Sequence[Block], tree: Tree, source: str, without_marks: Callable[[str], str], *, alone: bool
) -> list[Block]:
    """The blocks, each with the pictures that it describes or that stand behind it on the page.

    Pictures are those that are files in the folder of the page, or below it; they are not opened. source: the page's
    path; without_marks: takes from its text what is no part of it; alone: whether all of the page is the article,
    else what comes behind its last block may not be.
    """
    if not (source and Path(source).is_file()):
        return list(blocks)
    images = {image: place for image in tree.iter("img") if (place := _place(image, source))}
    if not images:
        return list(blocks)
    page = _page(tree, images, without_marks)
    starts = list(_starts(blocks, page))
    captions = {_letters(block.text): index for index, block in enumerate(blocks) if block.kind in _DESCRIBING}
    pictures: dict[int, list[Picture]] = {}
    for shown in page.pictures:
        described = next((captions[each] for each in shown.said if each and each in captions), None)
        index = _before(blocks, starts, shown, alone=alone) if described is None else described
        if index is not None:
            pictures.setdefault(index, []).append(shown.picture)
    return [replace(block, pictures=tuple(pictures.get(index, ()))) for index, block in enumerate(blocks)]


def _place(image: Tree, source: str) -> str:
    """Where the file of a picture is, as seen from the page; "" when it has none there, or is too small for one."""
    sides = [float(side) for side in (image.get("width") or "", image.get("height") or "") if side.isdecimal()]
    if any(side < _SMALLEST_PX for side in sides):
        return ""
    places = (address.partition("#")[0].partition("?")[0] for address in addresses(image))
    return next((each for each in places if each and not _WEB.match(each) and file_beside(unquote(each), source)), "")


def _page(tree: Tree, images: dict[Tree, str], without_marks: Callable[[str], str]) -> _Page:
    from lxml import etree

    pieces: list[str] = []
    beginnings: set[int] = set()
    pictures: list[_Shown] = []
    length = 0
    body = tree.find("body")
    for event, node in etree.iterwalk(tree if body is None else body, events=("start", "end")):
        if node.tag not in _LINES:
            beginnings.add(length)
        if event == "start" and node in images and not any(each.tag in _AROUND for each in node.iterancestors()):
            pictures.append(_shown(node, images[node], length, without_marks))
        pieces.append(_letters(without_marks((node.text if event == "start" else node.tail) or "")))
        length += len(pieces[-1])
    return _Page("".join(pieces), frozenset(beginnings), tuple(pictures))


def _shown(image: Tree, place: str, length: int, without_marks: Callable[[str], str]) -> _Shown:
    alternative = tidy(image.get("alt") or "")[0]
    figure = next(image.iterancestors("figure"), None)
    captions = [] if figure is None else ["".join(each.itertext()) for each in figure.iter("figcaption")]
    said = tuple(_letters(without_marks(each)) for each in (*captions, alternative))
    inside = next(image.iterancestors("article", "main"), None) is not None
    return _Shown(Picture(place, alternative), said, length, inside)


def _starts(blocks: Sequence[Block], page: _Page) -> Iterator[tuple[int, int]]:
    """Where in the page's letters blocks begin, and their indices: one behind the other, those that are found."""
    behind = 0
    for index, block in enumerate(blocks):
        for text in (block.text, _ORDINAL.sub("", block.text, count=1)):
            letters = _letters(text)
            start = _found(letters, page, behind) if letters else -1
            if start >= 0:
                behind = start + len(letters)
                yield start, index
                break


def _found(letters: str, page: _Page, behind: int) -> int:
    start = behind - 1
    for _ in range(_MOST_TRIES):
        start = page.letters.find(letters, start + 1, behind + _FARTHEST)
        if start < 0 or len(letters) >= _SURE or start in page.beginnings:
            return start
    return -1


def _before(blocks: Sequence[Block], starts: Sequence[tuple[int, int]], shown: _Shown, *, alone: bool) -> int | None:
    """The last block before the picture, None for one that stands before the article or behind it."""
    count = bisect_left(starts, shown.place, key=lambda each: each[0])
    if count == len(starts) and not (alone or shown.inside):
        return None
    return next((index for _, index in reversed(starts[:count]) if blocks[index].kind in ILLUSTRATED), None)


def _letters(text: str) -> str:
    """What is left of a text when only letters and digits count: the same however it was set."""
    return "".join(filter(str.isalnum, normalize("NFKC", text)))
