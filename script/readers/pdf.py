"""PDF documents become articles: text in reading order, without what every page repeats."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from script.article import Article
from script.characters import tidy
from script.errors import ArticleError
from script.patterns import regex
from script.reader import Document, reader
from script.readers.pdf_blocks import BlockMaker, Bookmark, Placed, headed
from script.readers.pdf_furniture import bared, body_size
from script.readers.pdf_lines import lines_of
from script.readers.pdf_program import contents

_DATE = regex(r"D:(\d{4})(\d{2})(\d{2})")
_NO_TITLE = regex(
    r"untitled.*|.*\.(?:pdf|docx?|dvi|tex|indd|qxd|ps|eps|rtf|xlsx?|pptx?)"
    r"|microsoft word.*|(?:full )?page\s*\d*|\W*|\S*_\S*",
    re.IGNORECASE,
)
_UNREADABLE = regex("[\ufffd\ue000-\uf8ff\x00-\x1f]")


@reader("pdf", {"pdf": (".pdf",)})
def read(document: Document) -> Article:
    """The document's text as paragraphs, headings, items and tables, in the order a person would read it.

    Left out, with a note: notes in small type at the foot of pages, lists of contents; without one: running heads
    and page numbers. Raises ArticleError for a PDF that is protected, damaged, or without text, as scans are.
    """
    found = contents(document.content, document.name)
    pages = [lines_of(page, number) for number, page in enumerate(found["pages"])]
    _refuse_textless(pages, document.name)
    heights = [max((line.bottom for line in lines), default=0.0) for lines in pages]
    heights = [max(height, *page["size"]) for height, page in zip(heights, found["pages"], strict=True)]
    size = body_size(pages)
    text = bared(pages, heights, size)
    maker = BlockMaker([line for lines in text.pages for line in lines], size)
    placed = maker.placed()
    blocks = tuple(each.block for each in headed(placed, [_bookmark(each, heights) for each in found["bookmarks"]]))
    metadata = found["metadata"]
    return Article(
        title=_title(metadata.get("Title", ""), placed) or document.stem_title(),
        author=tidy(metadata.get("Author", ""))[0],
        date="-".join(date.groups()) if (date := _DATE.match(metadata.get("CreationDate", ""))) else "",
        source=document.source,
        blocks=blocks,
        notes=(*_empty_pages(found["pages"], pages), *_counted(text.notes, text.contents)),
    )


def _refuse_textless(pages: Sequence[Sequence[Any]], name: str) -> None:
    text = "".join(line.text for lines in pages for line in lines)
    count = "its page is" if len(pages) == 1 else f"its {len(pages)} pages are"
    remedy = "Run text recognition (OCR) over it, with OCRmyPDF for example, and give the result."
    if not any(map(str.isalnum, _UNREADABLE.sub("", text))):
        raise ArticleError(f"{name} holds no text: {count} scanned pictures, drawings or blank. {remedy}")
    if len(_UNREADABLE.findall(text)) > 0.3 * len(text):
        raise ArticleError(f"{name} does not say which letters its fonts draw, so its text cannot be read. {remedy}")


def _bookmark(each: Sequence[Any], heights: Sequence[float]) -> Bookmark:
    title, level, page, height = each
    return Bookmark(tidy(title)[0], level, page, 0.0 if height is None else max(heights[page] - height, 0.0))


def _title(given: str, placed: Sequence[Placed]) -> str:
    """The title in the metadata, where it is one, else the heading in the largest type of all, on the first page."""
    title = tidy(given)[0]
    if not _NO_TITLE.fullmatch(title):
        return title
    highest = [each for each in placed if each.block.kind == "heading" and each.block.level == 1]
    return highest[0].block.text if highest and all(each.page == 0 for each in highest) else ""


def _empty_pages(drawn: Sequence[dict[str, Any]], pages: Sequence[Sequence[Any]]) -> Iterator[str]:
    """A note on the pages that show something, but hold no text."""
    empty = [
        number for number, (page, lines) in enumerate(zip(drawn, pages, strict=True), 1) if page["drawn"] and not lines
    ]
    if empty:
        those = "Page {} holds" if len(empty) == 1 else "Pages {} hold"
        yield f"{those.format(_ranges(empty))} no text (a picture or scan) and could not be read."


def _ranges(numbers: Sequence[int]) -> str:
    """Page numbers in words: "3, 5–7 and 9"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    texts = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return " and ".join([*([", ".join(texts[:-1])] if texts[1:] else []), texts[-1]])


def _counted(notes: int, contents_lines: int) -> Iterator[str]:
    if notes:
        yield f"Left out: {notes} {'footnote' if notes == 1 else 'footnotes'}."
    if contents_lines:
        yield "Left out: the list of contents."
