"""Feeds become articles, one entry at a time: RSS, Atom and JSON Feed."""

from dataclasses import replace

from script.article import Article, Block
from script.characters import tidy, visible
from script.errors import ArticleError
from script.reader import Document, reader
from script.readers import text, web
from script.readers.feed_entries import Entry, entries
from script.readers.pandoc import counted
from script.readers.web_page import decoded_page


@reader("feed", {"feed": (".rss", ".atom")})
def read(document: Document) -> Article:
    """The article in the entry of a feed that the document names, 1 for the one listed first; that one without a name.

    Raises ArticleError when there is no such entry, or no text in it.
    """
    found = decoded_page(document)
    listed = entries(visible(found.text), document.name)
    number = 1 if document.entry is None else document.entry
    if not 1 <= number <= len(listed):
        raise ArticleError(f"{document.name} has {len(listed)} entries, numbered from 1; there is no entry {number}.")
    entry = listed[number - 1]
    blocks, notes = _body(entry, document.name)
    if not any(block.text for block in blocks):
        where = f"; give the page itself, {entry.link}" if entry.link else ""
        raise ArticleError(f"Entry {number} of {document.name}, “{entry.title}”, has no text of its own{where}.")
    return Article(
        title=entry.title or document.stem_title(),
        author=entry.author,
        date=entry.date,
        language=entry.language,
        description=_plain(entry.summary, document.name) if entry.summary != entry.content else "",
        source=document.source,
        blocks=blocks,
        notes=(*found.notes, *_choice(document, len(listed)), *notes),
    )


def _choice(document: Document, count: int) -> tuple[str, ...]:
    if document.entry is not None or count == 1:
        return ()
    return (f"The feed holds {count} articles; this is the first.",)


def _body(entry: Entry, name: str) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    content = entry.content
    if not content.strip():
        return (), ()
    if not entry.is_markup:
        blocks = text.read(Document(content.encode("utf-8", "ignore"), "plain", name)).blocks
        return tuple(replace(block, kind="paragraph", level=0) if block.level == 1 else block for block in blocks), ()
    found = web.blocks_of(content, name)
    return tuple(found.blocks), (*found.doubts, *counted(found))


def _plain(markup: str, name: str) -> str:
    """The words of a piece of HTML, at most three hundred characters of them."""
    if not markup.strip():
        return ""
    words = tidy(" ".join(block.text for block in web.blocks_of(markup, name).blocks))[0]
    return words if len(words) <= 300 else words[:300].rpartition(" ")[0] + " …"
