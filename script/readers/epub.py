"""EPUB books become articles: the pages in reading order, with the table of contents as their chapters."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from script.article import Article, Block
from script.errors import ArticleError
from script.patterns import regex
from script.reader import Document, reader
from script.readers.epub_archive import Archive
from script.readers.epub_body import LEFT_OUT, MARKER, Body
from script.readers.epub_notes import notes
from script.readers.epub_package import Entry, Package, package
from script.readers.markup import tree, words_of
from script.readers.note_headings import without_empty_notes
from script.readers.pandoc import counted
from script.readers.pandoc_blocks import BlockList
from script.readers.pandoc_program import syntax_tree, too_deep

_PANDOC_FORMAT = "html+epub_html_exts-raw_html-auto_identifiers-line_blocks"
_BATCH = 400_000  # characters for one run of pandoc: few starts, little memory
_LONGEST_FRONT_PAGE = 30_000  # characters; a longer "title page" is the whole book
_LONGEST_OTHERWISE_TITLED = 3_000  # characters, where the table of contents calls the page something else
_LONGEST_UNNAMED_TITLE_PAGE = 600  # characters, where it calls the page by the book's title
# How tables of contents call what is left out, when nothing else in the book tells.
_FRONT_TITLES = {
    **dict.fromkeys(("cover", "cover page", "umschlag", "couverture", "cubierta", "copertina"), "cover"),
    **dict.fromkeys(("title page", "titlepage", "half title", "titelseite", "titel", "page de titre"), "title page"),
    **dict.fromkeys(("copyright", "copyright page", "copyright notice", "impressum", "imprint"), "copyright page"),
    **dict.fromkeys(("contents", "table of contents", "inhalt", "inhaltsverzeichnis", "índice", "indice"), "contents"),
    **dict.fromkeys(("table des matières", "sommaire", "sommario", "inhoud", "sumário"), "contents"),
    **dict.fromkeys(("colophon", "uncopyright"), "colophon"),
    **dict.fromkeys(("index", "register", "sachregister"), "index"),
}
_LETTERS = regex(r"[\W_]+")
_ORNAMENT = regex(r"[\W_]{1,15}")


@reader("epub", {"epub": (".epub",)})
def read(document: Document) -> Article:
    """The book as an article: one heading at each place its table of contents leads to.

    Left out, with a note: cover, title page, contents, copyright page and the like, notes, and pages outside the
    reading order. Raises ArticleError for a book that is damaged, protected, or without text.
    """
    archive = Archive(document.content, document.name)
    book = package(archive)
    pages, doubts = _pages(archive, book)
    front = _front(pages, book)
    found = _gathered(pages, front, book, document.name)
    if not found.has_text:
        front = {}
        found = _gathered(pages, None, book, document.name)
    if not found.has_text:
        raise ArticleError(f"{document.name} has no text to read aloud: its pages hold only pictures, sound or video.")
    return Article(
        title=book.title or document.stem_title(),
        author=book.author,
        date=book.date,
        language=book.language,
        description=book.description,
        source=document.source,
        blocks=found.blocks,
        notes=(*doubts, *_spine_doubts(book), *_front_note(front, found.sections), *found.notes),
        cover=archive.content(book.cover) if book.cover else b"",
    )


@dataclass(frozen=True, slots=True)
class _Gathered:
    """The blocks of the pages, the sorts of sections left out of them, and notes on what else is not read."""

    blocks: tuple[Block, ...]
    sections: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def has_text(self) -> bool:
        return any(block.text for block in self.blocks)


def _pages(archive: Archive, book: Package) -> tuple[dict[str, Element], tuple[str, ...]]:
    """The pages that are there, by path in reading order."""
    missing = [path for path in book.pages if not archive.content(path).strip()]
    pages = {path: tree(archive.content(path), archive.name) for path in book.pages if path not in missing}
    if not missing:
        return pages, ()
    named = ", ".join(path.rpartition("/")[2] for path in missing[:3]) + (" …" if len(missing) > 3 else "")
    return pages, (f"{len(missing)} of the book's pages are missing from it or empty: {named}.",)


def _front(pages: Mapping[str, Element], book: Package) -> dict[str, str]:
    """What sort of page each page is that is left out as a whole."""
    titled: dict[str, set[str]] = defaultdict(set)
    for entry in book.entries:
        titled[entry.path].add(entry.title.casefold().strip(" .:"))
    found: dict[str, str] = {}
    for path, root in pages.items():
        titles = titled.get(path, set())
        called = {_FRONT_TITLES.get(title, "") for title in titles}
        sort = next((LEFT_OUT[each] for each in book.sorts.get(path, "").split() if each in LEFT_OUT), "")
        sort = sort or (next(iter(called)) if len(called) == 1 else "")
        longest = _LONGEST_FRONT_PAGE if called <= {sort} else _LONGEST_OTHERWISE_TITLED
        if not sort and len(pages) > 1 and titles == {book.title.casefold()}:
            sort, longest = "title page", _LONGEST_UNNAMED_TITLE_PAGE
        if sort and len(words_of(root)) <= longest:
            found[path] = sort
    return found


def _gathered(pages: Mapping[str, Element], front: Mapping[str, str] | None, book: Package, name: str) -> _Gathered:
    """What is read of the pages, without those in front; of None, everything is read, front matter too."""
    book_notes = notes(pages)
    body = Body(book_notes, book.language, whole=front is None)
    places = _places(book.entries)
    found = BlockList()
    batch: list[str] = []
    for path, root in pages.items():
        if path not in (front or {}):
            batch.append(f"<div>{body.written(path, root, places.get(path, {}))}</div>")
        if sum(map(len, batch)) > _BATCH:
            _add(found, "".join(batch), name)
            batch = []
    _add(found, "".join(batch), name)
    body.left_out["footnote without a mark"] += book_notes.unmarked
    found.left_out += +body.left_out
    blocks = list(_headed(found.blocks, book.entries))
    told = without_empty_notes(blocks) if book_notes.bodies else blocks
    return _Gathered(tuple(told), tuple(body.sections), counted(found))


def _add(found: BlockList, html: str, name: str) -> None:
    try:
        found.add(syntax_tree(html.encode("utf-8", "replace"), _PANDOC_FORMAT, name)["blocks"])
    except RecursionError as error:
        raise ArticleError(too_deep(name)) from error


def _places(entries: Sequence[Entry]) -> dict[str, dict[str, list[int]]]:
    """The numbers of the entries of the table of contents, by path and fragment."""
    places: dict[str, dict[str, list[int]]] = {}
    for number, entry in enumerate(entries):
        places.setdefault(entry.path, {}).setdefault(entry.fragment, []).append(number)
    return places


def _headed(blocks: list[Block], entries: Sequence[Entry]) -> Iterator[Block]:
    """The blocks with a heading in place of each marker, unless the text there begins with the same words."""
    position = 0
    while position < len(blocks):
        block = blocks[position]
        position += 1
        marker = MARKER.fullmatch(block.text)
        if marker:
            heading, taken = _heading(entries[int(marker[1])], blocks[position : position + 6])
            if heading:
                yield heading
            position += taken
        elif block.kind == "paragraph" and _ORNAMENT.fullmatch(block.text):
            yield Block("break", "", language=block.language)
        else:
            yield block


def _heading(entry: Entry, following: Sequence[Block]) -> tuple[Block | None, int]:
    """The heading for an entry, None when what follows is one; and how many blocks it takes the place of.

    A number and a title in two headings become one when the entry has both.
    """
    wanted = _letters(entry.title)
    heading = Block("heading", entry.title, min(entry.level, 6))
    said = ""
    for count, block in enumerate(following, 1):
        if MARKER.fullmatch(block.text) or (block.kind != "heading" and count > 1 and block.kind != "paragraph"):
            break
        said += _letters(block.text)
        if said == wanted:
            return heading, count
        if not wanted.startswith(said):
            break
    first = following[0] if following else None
    if first and first.kind == "heading":
        own = _letters(first.text)
        if own in wanted:
            return heading, 1
        if wanted in own:
            return None, 0
    return heading, 0


def _letters(text: str) -> str:
    return _LETTERS.sub("", text.casefold())


def _spine_doubts(book: Package) -> Iterator[str]:
    if book.secondary:
        yield f"{_pages_of(book.secondary)} outside the book's reading order left out."
    if book.unreadable:
        yield f"{_pages_of(book.unreadable)} without text (pictures, sound or data) left out."


def _pages_of(count: int) -> str:
    return f"{count} {'page' if count == 1 else 'pages'}"


def _front_note(front: Mapping[str, str], sections: Sequence[str]) -> Iterator[str]:
    names = dict.fromkeys([*front.values(), *sections])
    if names:
        yield f"Left out of the book: {', '.join(names)}."
