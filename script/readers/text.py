"""Plain text becomes an article: paragraphs, and the few headings that are beyond doubt."""

import re
from collections.abc import Iterator

from script.article import Article, Block, BlockKind
from script.characters import tidy, visible
from script.errors import ArticleError
from script.patterns import regex
from script.reader import Document, reader
from script.readers.wrapping import joined, paragraphs_of

_LONGEST_TITLE = 80  # characters: more than a line is a sentence, not a title
_LONGEST_HEADING = 60
_DIVIDED = regex(r"\u00ad[^\S\n]*\n[^\S\n]*")  # a soft hyphen at a line end
_PARTED = regex(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_UNDERLINE = regex(r"(={3,}|-{3,})\s*")
_BREAK = regex(r"(?:[*_\-=~#•·.–—+][^\S\n]*){3,}|[⁂☙❧❦*#§][^\S\n]*")
_BULLET = regex(r"(?:[-*•‣◦▪–]|\d{1,3}[.)])\s+(?=\S)")
_NUMBER = regex(r"\d{1,3}(?=[.)])")
# A word for a part of a book and what numbers it, or a Roman numeral alone.
_PART = regex(
    r"(?:chapter|part|book|section|act|scene|canto|appendix|letter)\s+"
    r"(?:\d+|[ivxlcdm]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-h])\b(?:\s*[.:—–-].*)?"
    r"|(?:prologue|epilogue|preface|foreword|afterword)\.?",
    re.IGNORECASE,
)
_NUMERAL = regex(r"[IVXLC]+\.?")


@reader("text", {"plain": (".txt", ".text")})
def read(document: Document) -> Article:
    """The article in a plain text, its title the first line when it stands apart, else the file's name.

    Raises ArticleError when there is nothing to read in it.
    """
    found = document.decoded()
    blocks = tuple(_blocks(visible(_DIVIDED.sub("", found.text))))
    if not any(block.text for block in blocks):
        raise ArticleError(f"{document.name} is empty; there is nothing to read.")
    titled = blocks[0].kind == "heading" and blocks[0].level == 1
    title = blocks[0].text if titled else document.stem_title()
    return Article(title=title, source=document.source, blocks=blocks, notes=found.notes)


def _blocks(text: str) -> Iterator[Block]:
    parts = [part.strip("\n") for part in _PARTED.split(text.strip())]
    words = _Words(text)
    for index, part in enumerate(parts):
        yield from _part_blocks(part, words, first=index == 0 and len(parts) > 1, alone=True)


def _part_blocks(part: str, words: "_Words", *, first: bool, alone: bool) -> Iterator[Block]:
    """The blocks in what stands between two blank lines."""
    lines = part.split("\n")
    if len(lines) > 1 and _is_underlined(lines[0], lines[1]):
        yield _block("heading", lines[0], 1 if lines[1].startswith("=") else 2)
        yield from _part_blocks("\n".join(lines[2:]), words, first=False, alone=False) if lines[2:] else ()
    elif len(lines) == 1 and _BREAK.fullmatch(part.strip()):
        yield Block("break", "")
    elif len(lines) == 1 and alone and (level := _heading_level(part.strip(), first=first)):
        yield _block("heading", part, level)
    else:
        yield from _prose(lines, words)


def _prose(lines: list[str], words: "_Words") -> Iterator[Block]:
    for kind, some in _runs(lines):
        if kind == "break":
            yield Block("break", "")
        elif kind == "item":
            mark = _NUMBER.match(some[0].lstrip())
            rest = _BULLET.sub("", some[0].lstrip(), count=1)
            text = joined([rest, *some[1:]], words)
            yield _block("item", f"{mark[0]}. {text}" if mark else text, 1)
        else:
            for paragraph in paragraphs_of(some):
                yield _block("paragraph", joined(paragraph, words))


def _runs(lines: list[str]) -> Iterator[tuple[BlockKind, list[str]]]:
    """The lines in runs: prose, each item of a list with its further lines, each separator."""
    starts = [bool(_BULLET.match(line.lstrip())) for line in lines]
    listed = starts[0] and (sum(starts) > 1 or len(lines) == 1)
    run: list[str] = []
    kind: BlockKind = "paragraph"
    for line, start in zip(lines, starts, strict=True):
        separates = bool(_BREAK.fullmatch(line.strip()))
        if run and (separates or (listed and start)):
            yield kind, run
            run = []
        if separates:
            yield "break", []
            continue
        kind = "item" if listed else "paragraph"
        run.append(line)
    if run:
        yield kind, run


def _is_underlined(line: str, underline: str) -> bool:
    mark = underline.strip()
    fits = 0 < len(line.strip()) <= 100 and len(mark) * 2 >= len(line.strip())
    return bool(_UNDERLINE.fullmatch(mark)) and fits and not _BREAK.fullmatch(line.strip())


def _heading_level(line: str, *, first: bool) -> int:
    """1 for a title, 2 for a heading beyond doubt, 0 for prose."""
    if not any(character.isalnum() for character in line):
        return 0
    if len(line) <= _LONGEST_HEADING and (_PART.fullmatch(line) or _NUMERAL.fullmatch(line)):
        return 2
    if first and len(line) <= _LONGEST_TITLE and line[-1] not in ".,;:…" and not _BULLET.match(line):
        return 1
    if len(line) > _LONGEST_HEADING:
        return 0
    letters = sum(character.isalpha() for character in line)
    return 2 if letters >= 4 and line.isupper() and line[-1] not in ".,;:!?…\"”’'" else 0


def _block(kind: BlockKind, text: str, level: int = 0) -> Block:
    return Block(kind, tidy(text)[0], level)


class _Words:
    """The words of a text, gathered when first asked for: only a word divided at a line end needs them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: frozenset[str] = frozenset()

    def __contains__(self, word: object) -> bool:
        if not self._found:
            self._found = frozenset(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", self._text.lower()))
        return word in self._found
