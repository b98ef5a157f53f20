"""The text of an episode as a page sets it: chapters of passages, with the headings, lists and quotations they show."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from audio.formats.tag_text import time_ms
from narration.heard import HeardSegment
from narration.podcast.plain_text import showable
from narration.podcast.programme import Programme, ProgrammeChapter
from script.script import Segment

_PASSAGE_CHARACTERS = 2_500  # about two screens: what a browser lays out at a time
_DEEPEST = 6
_TAGS = {  # the element of a line, and the frame that it shares with those around it
    "paragraph": ("p", ""),
    "item": ("p", "ul"),
    "quote": ("p", "blockquote"),
    "caption": ("figcaption", "figure"),
    "break": ("hr", ""),
}
_NUMBER = re.compile(r"\w{1,4}[.)]\s")


@dataclass(frozen=True, slots=True)
class Line:
    """A segment's text. number: the segment's; start_ms: when it is heard; language: BCP 47, "" for the episode's."""

    number: int
    start_ms: int
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture in the episode's folder, and how large it is shown at most, in pixels of CSS.

    description: its alternative text, "" where the words around it say the same.
    """

    path: str
    width: int
    height: int
    description: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the page: its tag, the line it holds, None for a frame or rule, and the elements inside it.

    pictures: those that a figure shows.
    """

    tag: str
    line: Line | None = None
    inside: tuple["Element", ...] = ()
    pictures: tuple[ShownPicture, ...] = ()

    @property
    def is_numbered(self) -> bool:
        """Whether it is an item whose text brings its own number, and needs no other mark."""
        first = self.inside[0].line if self.tag == "li" and self.inside else None
        return first is not None and bool(_NUMBER.match(first.text))

    @property
    def n_characters(self) -> int:
        """How much there is to read in it."""
        return len(self.line.text if self.line else "") + sum(each.n_characters for each in self.inside)


@dataclass(frozen=True, slots=True)
class ChapterText:
    """A chapter's text, in passages that a browser lays out one by one. start_ms, end_ms: when it is heard."""

    number: int
    title: str
    start_ms: int
    end_ms: int
    passages: tuple[tuple[Element, ...], ...]

    @property
    def n_characters(self) -> int:
        """How much there is to read in it."""
        return sum(element.n_characters for passage in self.passages for element in passage)


@dataclass(frozen=True, slots=True)
class Outline:
    """All the text of an episode. title: the line that is the page's title too, None when the article has none."""

    title: Line | None
    chapters: tuple[ChapterText, ...]

    @property
    def runs(self) -> tuple[tuple[ChapterText, ...], ...]:
        """The chapters, short ones that follow each other together: as many as a browser lays out at a time."""
        runs: list[list[ChapterText]] = []
        n_characters = 0
        for chapter in self.chapters:
            n_characters += chapter.n_characters
            if not runs or n_characters > _PASSAGE_CHARACTERS:
                runs.append([])
                n_characters = chapter.n_characters
            runs[-1].append(chapter)
        return tuple(map(tuple, runs))


def outline(programme: Programme, pictures: Mapping[str, ShownPicture] | None = None) -> Outline:
    """The text of the programme.

    Levels of headings go down one at a time below the page's title, which is level 1, whatever the article's are.
    pictures: those that are there to be shown, by their place in the article.
    """
    pictures = pictures or {}
    title, rest = None, programme.segments
    placed: dict[int, _Placed] = {}
    for first, heard in rest[:1]:
        if first.kind == "heading" and first.text == programme.title:
            title, rest = _line(first, heard, programme.sample_rate_hz), rest[1:]
            placed[first.number] = _Placed(first.number, "", None, "", 1, _pictures(first, pictures))
    placed |= {each.number: each for each in _placed(rest, programme.sample_rate_hz, pictures)}
    return Outline(title, tuple(_chapter(programme, chapter, placed) for chapter in programme.chapters))


@dataclass(frozen=True, slots=True)
class _Placed:
    """A segment's element, "" for none, its pictures, and its frame: its kind, and how deep in those of that kind."""

    number: int
    tag: str
    line: Line | None
    frame: str
    depth: int
    pictures: tuple[ShownPicture, ...]


def _placed(
    segments: Iterable[tuple[Segment, HeardSegment]], sample_rate_hz: int, pictures: Mapping[str, ShownPicture]
) -> Iterator[_Placed]:
    above: list[int] = []
    for segment, heard in segments:
        if segment.kind == "heading":
            above = [*(level for level in above if level < segment.level), segment.level]
            tag, frame = f"h{min(len(above) + 1, _DEEPEST)}", ""
        else:
            tag, frame = _TAGS[segment.kind]
        depth = min(max(segment.level, 1), _DEEPEST)
        line = None if segment.kind == "break" else _line(segment, heard, sample_rate_hz)
        yield _Placed(segment.number, tag, line, frame, depth, _pictures(segment, pictures))


def _pictures(segment: Segment, there: Mapping[str, ShownPicture]) -> tuple[ShownPicture, ...]:
    return tuple(
        replace(there[each.place], description="" if each.description == segment.text else showable(each.description))
        for each in segment.pictures
        if each.place in there
    )


def _line(segment: Segment, heard: HeardSegment, sample_rate_hz: int) -> Line:
    start_ms = time_ms(heard.from_samples, sample_rate_hz)
    return Line(segment.number, start_ms, showable(segment.text), segment.language)


def _chapter(programme: Programme, chapter: ProgrammeChapter, placed: dict[int, _Placed]) -> ChapterText:
    found = [placed[number] for number in range(chapter.first, chapter.last + 1) if number in placed]
    return ChapterText(
        chapter.number,
        showable(chapter.title),
        time_ms(chapter.start_samples, programme.sample_rate_hz),
        time_ms(chapter.end_samples, programme.sample_rate_hz),
        tuple(_passages(_framed(found))),
    )


def _framed(placed: Iterable[_Placed]) -> Iterator[Element]:
    """Elements in their frames: those of one list or quotation that follow each other share it."""
    for frame, run in groupby(placed, key=lambda each: each.frame):
        if frame in {"ul", "blockquote"}:
            yield _nested(frame, list(run), 1)
        else:
            for each in run:
                yield from _elements(each)


def _nested(frame: str, run: Sequence[_Placed], depth: int) -> Element:
    """One frame of the run, deeper ones inside it: of a list inside the item before, as HTML wants it."""
    inside: list[Element] = []
    for deeper, part in groupby(run, key=lambda each: each.depth > depth):
        if not deeper:
            for each in part:
                inside += (Element("li", None, tuple(_elements(each))),) if frame == "ul" else _elements(each)
        elif frame == "ul":
            before = inside.pop() if inside else Element("li")
            inside.append(Element("li", None, (*before.inside, _nested(frame, list(part), depth + 1))))
        else:
            inside.append(_nested(frame, list(part), depth + 1))
    return Element(frame, None, tuple(inside))


def _elements(placed: _Placed) -> Iterator[Element]:
    """Its element, and behind it its pictures in a figure, which a caption shares with them."""
    element = Element(placed.tag, placed.line)
    if placed.frame == "figure":
        yield Element("figure", None, (element,), placed.pictures)
        return
    if placed.tag:
        yield element
    if placed.pictures:
        yield Element("figure", None, (), placed.pictures)


def _passages(elements: Iterable[Element]) -> Iterator[tuple[Element, ...]]:
    passage: list[Element] = []
    n_characters = 0
    for element in elements:
        passage.append(element)
        n_characters += element.n_characters
        if n_characters >= _PASSAGE_CHARACTERS and not element.tag.startswith("h"):
            yield tuple(passage)
            passage, n_characters = [], 0
    if passage:
        yield tuple(passage)
