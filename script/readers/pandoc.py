"""Markdown and the other formats pandoc reads become articles."""

from collections.abc import Iterable
from dataclasses import replace

from script.article import Article, Block
from script.characters import visible
from script.errors import ArticleError
from script.patterns import regex
from script.reader import Document, reader
from script.readers.pandoc_blocks import BlockList
from script.readers.pandoc_metadata import Metadata, metadata
from script.readers.pandoc_program import syntax_tree, too_deep

# Quotation marks and dashes stay as typed, so that what is shown is what was written.
# Articles in the wild are written for CommonMark, where a heading or a list needs no blank line before it.
_MARKDOWN = "markdown-smart-blank_before_header-blank_before_blockquote+lists_without_preceding_blankline"
_DIALECTS = {"markdown": _MARKDOWN}
_BINARY = {"docx", "odt", "pptx"}
_PICTURES = {"docx": "word/"}  # the folder in an archive that the places of pictures are relative to
_OFFICE = {*_BINARY, "rtf"}
_ITSELF_ENCODED = {"rtf", "ipynb"}
# A character in RTF is followed by one for older programs. Of a bare one pandoc 3.9 drops the next letter too.
_RTF_FALLBACK = regex(rb"(\\u-?[0-9]{2,5})[?\"'*-]")
_FORMATS = {
    "markdown": (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdwn", ".qmd", ".rmd"),
    "docx": (".docx",),
    "odt": (".odt",),
    "pptx": (".pptx",),
    "rtf": (".rtf",),
    "rst": (".rst",),
    "org": (".org",),
    "latex": (".tex", ".latex", ".ltx"),
    "ipynb": (".ipynb",),
    "mediawiki": (".mediawiki", ".wiki"),
    "asciidoc": (".adoc", ".asciidoc"),
    "textile": (".textile",),
    "typst": (".typ",),
    "djot": (".dj", ".djot"),
    "docbook": (".docbook", ".dbk"),
    "jats": (".jats",),
    "fb2": (".fb2",),
    "opml": (".opml",),
    "muse": (".muse",),
    "dokuwiki": (".dokuwiki",),
    "commonmark": (),
    "gfm": (),
}


@reader("pandoc", _FORMATS)
def read(document: Document) -> Article:
    """The article in a document that pandoc reads: its metadata, its blocks, and notes on what is not prose.

    Raises ArticleError when pandoc cannot read it, or there is nothing to read aloud in it.
    """
    content, notes = _content(document)
    tree = syntax_tree(content, _DIALECTS.get(document.format, document.format), document.name)
    found = BlockList()
    try:
        found.add(tree["blocks"])
    except RecursionError as error:
        raise ArticleError(too_deep(document.name)) from error
    if not any(block.text for block in found.blocks):
        raise ArticleError(f"{document.name} has no text to read aloud.")
    about, blocks = _about(document, metadata(tree["meta"], found.text_of), found.blocks)
    return Article(
        title=about.title or document.stem_title(),
        author=about.author,
        date=about.date,
        language=about.language,
        description=about.description,
        source=document.source,
        blocks=_with_pictures_in(_PICTURES.get(document.format, ""), blocks),
        notes=(*notes, *found.doubts, *counted(found)),
        settings=about.settings,
    )


def _about(document: Document, about: Metadata, blocks: list[Block]) -> tuple[Metadata, list[Block]]:
    """The metadata, with what a word processor's document says of itself elsewhere, and the blocks that are prose."""
    if document.format not in _OFFICE:
        return replace(about, title=about.title or _lone_heading(blocks)), blocks
    from script.readers.office import completed
    from script.readers.title_paragraphs import without_title_paragraphs

    about, prose = without_title_paragraphs(about, blocks, document.format, document.content, document.name)
    about = replace(about, title=about.title or _lone_heading(prose))
    return completed(about, document.format, document.content, document.name), prose


def _content(document: Document) -> tuple[bytes, tuple[str, ...]]:
    """What pandoc is given: the bytes as they are, or a text as UTF-8."""
    if document.format == "rtf":
        return _RTF_FALLBACK.sub(rb"\1\'3f", document.content), ()
    if document.format in _BINARY:
        from script.readers.office import refuse_hostile

        refuse_hostile(document.content, document.name)
        return document.content, ()
    if document.format in _ITSELF_ENCODED:
        return document.content, ()
    found = document.decoded()
    return visible(found.text).encode("utf-8", "replace"), found.notes


def _with_pictures_in(folder: str, blocks: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(
        replace(block, pictures=tuple(replace(each, place=f"{folder}{each.place}") for each in block.pictures))
        if block.pictures
        else block
        for block in blocks
    )


def _lone_heading(blocks: list[Block]) -> str:
    """The text of the heading of level 1 that everything stands under, "" when there is none."""
    highest = [block for block in blocks if block.kind == "heading" and block.level == 1]
    return highest[0].text if len(highest) == 1 and highest[0] is blocks[0] else ""


def counted(found: BlockList) -> tuple[str, ...]:
    """One note for each sort of thing that is left out before any policy is asked."""
    return tuple(f"Left out: {_number_of(count, what)}." for what, count in found.left_out.items())


def _number_of(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 or what.endswith("text") else f"{count} {_plural(what)}"


def _plural(what: str) -> str:
    for middle in (" of ", " without ", " marked "):
        noun, found, rest = what.partition(middle)
        if found:
            return f"{noun}s{middle}{rest}"
    return f"{what}s"
