"""Where chapters begin, and what they are called."""

from collections.abc import Sequence

from script.article import Block
from script.asides import citations
from script.patterns import regex
from script.script import ScriptChapter
from script.settings import ChapterMode

_LONGEST_TITLE = 60  # characters; players cut longer ones anyway
_OPENERS = {"paragraph", "quote"}
_NOTE_MARKS = regex(
    r"\s?\[(?:note \d+|[a-z]|citation needed)\]|(?:(?<=[^\W\d_]{3})|(?<=[.,;:!?”’)]))[¹²³⁴-⁹⁰†‡]+(?!\w)"
)

_MARK = regex("[\\[¹²³⁴-⁹⁰†‡]")


def chapters(blocks: Sequence[Block], mode: ChapterMode, title: str) -> tuple[ScriptChapter, ...]:
    """The chapters of the blocks that become segments 1, 2, 3 …: contiguous, from segment 1 on.

    title: of the episode, for text before the first heading and for a script of one chapter.
    """
    if not blocks:
        return ()
    starts = _starts(blocks, mode)
    if not starts or starts[0][0] != 1:
        starts = [(1, title), *starts]
    ends = [first - 1 for first, _ in starts[1:]] + [len(blocks)]
    return tuple(
        ScriptChapter(number, name, first, last)
        for number, ((first, name), last) in enumerate(zip(starts, ends, strict=True), 1)
    )


def called(text: str, silent: Sequence[tuple[int, int]] = ()) -> str:
    """A title as it is shown: without citations, marks of notes and what is not said, as (start, end)."""
    marks = (match.span() for match in _NOTE_MARKS.finditer(text)) if _MARK.search(text) else ()
    pieces: list[str] = []
    last = 0
    for start, end in sorted([*silent, *citations(text, sure=False), *marks]):
        pieces.append(text[last : max(start, last)])
        last = max(end, last)
    return " ".join("".join([*pieces, text[last:]]).split()) or text


def first_words(text: str) -> str:
    """The beginning of a text, at most 60 characters, cut at a word."""
    if len(text) <= _LONGEST_TITLE:
        return text
    cut = text[: _LONGEST_TITLE + 1].rpartition(" ")[0] or text[:_LONGEST_TITLE]
    return cut.rstrip(" ,;:–—-(“\"'")[:_LONGEST_TITLE] or text[:_LONGEST_TITLE]


def _starts(blocks: Sequence[Block], mode: ChapterMode) -> list[tuple[int, str]]:
    """The number of the first segment of each chapter, and its title."""
    headings = [(number, _title(block)) for number, block in enumerate(blocks, 1) if block.kind == "heading"]
    if mode == "none":
        return []
    if mode == "headings" or (mode == "auto" and len(headings) > 1):
        return headings
    return _paragraph_starts(blocks)


def _paragraph_starts(blocks: Sequence[Block]) -> list[tuple[int, str]]:
    """A chapter for each paragraph and quotation.

    A heading before one belongs to it; items, captions and breaks belong to the one before them.
    """
    starts: list[tuple[int, str]] = []
    headed = 0
    for number, block in enumerate(blocks, 1):
        if block.kind == "heading":
            headed = headed or number
        elif block.kind in _OPENERS:
            starts.append((headed or number, first_words(_title(block))))
            headed = 0
        elif block.text:
            headed = 0
    if starts and all(not block.text or block.kind == "heading" for block in blocks[: starts[0][0] - 1]):
        starts[0] = (1, starts[0][1])
    return starts or [(1, first_words(next(_title(block) for block in blocks if block.text)))]


def _title(block: Block) -> str:
    return called(block.text, [(each.start, each.end) for each in block.overrides if each.silent])
