"""Web pages become articles: what a page is about, without what stands around it."""

import logging
from collections import Counter
from copy import deepcopy
from dataclasses import replace

from script.article import Article
from script.characters import visible
from script.errors import ArticleError
from script.patterns import regex
from script.reader import Document, reader
from script.readers import text
from script.readers.note_headings import without_empty_notes
from script.readers.pandoc import counted
from script.readers.pandoc_blocks import BlockList
from script.readers.pandoc_program import too_deep
from script.readers.web_elements import elements
from script.readers.web_metadata import PageMetadata, lead_picture, metadata, picture_beside
from script.readers.web_notes import WebNotes, taken_notes
from script.readers.web_page import Tree, decoded_page, page, size, without_unseen
from script.readers.web_pictures import illustrated

# A page with none of these stands by itself: it was written or exported as a document, and all of it is the article.
_SURROUNDINGS = ("nav", "footer", "aside", "form", "iframe", "button", "main", "script")
_MOST_DIVISIONS = 20
_SHORT = 250  # characters, fewer than which trafilatura takes for a failure, and gives up the structure
# Elements: beyond the first number one of trafilatura's ways takes too long, beyond the second all of them.
_LARGE, _LARGEST = 10_000, 60_000
_ADDRESS = regex(r"https?://\S+")


@reader("web", {"html": (".html", ".htm", ".xhtml")})
def read(document: Document) -> Article:
    """The article on a web page: its metadata, its blocks in reading order, and notes on what was left out.

    Nothing is fetched. Raises ArticleError when there is nothing on the page to read aloud.
    """
    found = decoded_page(document)
    tree = page(found.text, document.name)
    notes = taken_notes(tree)
    without_unseen(tree)
    about = metadata(tree)
    written = notes.without_marks(_typewritten(tree))
    if written:
        typed = Document(written.encode(), "plain", document.name, document.stem, document.source)
        return _titled(text.read.function(typed), about)
    alone = _stands_alone(tree)
    blocks = _article_blocks(tree, notes, document.name, alone=alone)
    picture = lead_picture(tree)
    return Article(
        title=notes.without_marks(about.title) or document.stem_title(),
        author=about.author,
        date=about.date,
        language=about.language,
        description=about.description,
        source=document.source,
        blocks=tuple(illustrated(blocks.blocks, tree, document.source, notes.without_marks, alone=alone)),
        notes=(*found.notes, *blocks.doubts, *counted(blocks)),
        cover=picture_beside(picture, document.source),
        picture=picture,
    )


def _titled(typed: Article, about: PageMetadata) -> Article:
    """A typed text with what its page says of it."""
    return replace(
        typed,
        title=about.title or typed.title,
        author=about.author,
        date=about.date,
        language=about.language,
        description=about.description,
    )


def blocks_of(markup: str, name: str) -> BlockList:
    """All that is visible in a piece of HTML, such as a message or an entry of a feed, as blocks."""
    tree = page(markup, name)
    notes = taken_notes(tree)
    without_unseen(tree)
    return _blocks(tree, notes, name)


def _article_blocks(tree: Tree, notes: WebNotes, name: str, *, alone: bool) -> BlockList:
    whole = _without_surroundings(tree)
    if alone:
        found = _blocks(whole, notes, name)
    elif size(tree) > _LARGEST:
        found = _blocks(whole, notes, name)
        found.doubts.append("The page is too large to tell the article from what stands around it; all of it is read.")
    else:
        body = _extracted(tree)
        found = _blocks(body, notes, name) if body is not None else BlockList()
        if _length(found) < _SHORT:
            everything = _blocks(whole, notes, name)
            found = found if _length(found) and _length(everything) > 2 * _SHORT else everything
        _count_missing(whole, found)
    found.blocks = [block for block in found.blocks if not _ADDRESS.fullmatch(block.text)]
    if not _length(found):
        raise ArticleError(
            f"{name} has no article on it that could be read aloud; give the page of the article itself."
        )
    return found


def _stands_alone(tree: Tree) -> bool:
    divisions = sum(1 for _ in tree.iter("div"))
    return divisions <= _MOST_DIVISIONS and next(tree.iter(*_SURROUNDINGS), None) is None


def _extracted(tree: Tree) -> Tree | None:
    """The body of the article as trafilatura finds it, None when it finds none."""
    from lxml import etree
    from trafilatura import bare_extraction, settings

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it did not find is not for the user's eyes
    prepared = deepcopy(tree)
    fast = size(prepared) > _LARGE
    captions = _captions_apart(prepared)
    _drop_pointers(prepared)
    try:
        found = bare_extraction(prepared, include_comments=False, include_formatting=True, favor_recall=True, fast=fast)
    except (
        etree.LxmlError,
        AttributeError,
        LookupError,
        AssertionError,
        RecursionError,
    ):  # on what is hardly a page
        return None
    if not isinstance(found, settings.Document):
        return None
    body: Tree = found.body
    for paragraph in list(body.iter("p")):
        if _line(paragraph) in captions:
            _mark_caption(paragraph)
    return body


def _mark_caption(paragraph: Tree) -> None:
    """Make it the caption of the table that follows, else that of a picture that is gone."""
    following = paragraph.getnext()
    if following is not None and following.tag == "table":
        paragraph.tag = "caption"
        following.insert(0, paragraph)
    else:
        paragraph.tag = "figcaption"


def _captions_apart(tree: Tree) -> set[str]:
    """Put captions in place of figures, and before tables, as paragraphs: trafilatura keeps nothing else of them.

    Returns them, to be known again by their words.
    """
    captions = set()
    for figure in list(tree.iter("figure")):
        caption = figure.find(".//figcaption")
        if next(figure.iter("table", "pre", "blockquote"), None) is not None:
            figure.tag = "div"
        elif figure.getparent() is not None:
            if caption is not None and _line(caption) and figure.find(".//img") is not None:
                captions.add(_paragraph_before(figure, caption))
            figure.drop_tree()
    for caption in list(tree.iter("caption")):
        captions.add(_paragraph_before(caption.getparent(), caption))
    return captions


def _paragraph_before(place: Tree, caption: Tree) -> str:
    from lxml import html

    paragraph = html.Element("p")
    paragraph.text = _line(caption)
    place.addprevious(paragraph)
    caption.drop_tree()
    return paragraph.text or ""


def _line(node: Tree) -> str:
    return " ".join("".join(node.itertext()).split())


def _drop_pointers(tree: Tree) -> None:
    """Drop paragraphs that are nothing but a link: they point to another page. Not where they are what the page is."""
    paragraphs = list(tree.iter("p"))
    pointers = [each for each in paragraphs if _is_pointer(each)]
    if sum(map(_weight, pointers)) * 5 < sum(map(_weight, paragraphs)):
        for each in pointers:
            each.drop_tree()


def _is_pointer(paragraph: Tree) -> bool:
    links = paragraph.findall(".//a[@href]")
    linked = sum(map(_weight, links))
    return bool(links) and linked > 0 and linked == _weight(paragraph)


def _weight(node: Tree) -> int:
    """How much text a node has."""
    return len("".join("".join(node.itertext()).split()))


def _without_surroundings(tree: Tree) -> Tree:
    """The body without what is never part of an article."""
    body = deepcopy(tree.find("body") if tree.find("body") is not None else tree)
    for each in list(body.iter("nav", "footer", "aside")):
        each.drop_tree()
    return body


def _blocks(body: Tree, notes: WebNotes, name: str) -> BlockList:
    found = BlockList()
    try:
        found.add(notes.placed(elements(body)))
    except RecursionError as error:
        raise ArticleError(too_deep(name)) from error
    found.blocks = without_empty_notes(found.blocks)
    found.left_out.update({"footnote without words": notes.lost} if notes.lost else {})
    return found


def _length(found: BlockList) -> int:
    return sum(len(block.text) for block in found.blocks)


def _count_missing(body: Tree, found: BlockList) -> None:
    """Count what a reader of the article sees and a listener misses."""
    articles = list(body.iter("article", "main"))
    region = articles[0] if articles else body
    for what, tags in {
        "video": ("video",),
        "sound recording": ("audio",),
        "embedded page": ("iframe",),
    }.items():
        missing = sum(1 for _ in region.iter(*tags))
        if missing:
            found.left_out[what] += missing
    there = Counter(element["t"] for element in elements(region))
    for what, kind in {"table": "Table", "code example": "CodeBlock"}.items():
        if there[kind] > found.announced[what]:
            found.left_out[what] += there[kind] - found.announced[what]


def _typewritten(tree: Tree) -> str:
    """The text of a page that is one typed text, as RFCs and old newsletters are; else ""."""
    typed = [each for each in tree.iter("pre") if each.find(".//code") is None]
    body = tree.find("body")
    if body is None or sum(map(_weight, typed)) * 10 < _weight(body) * 9:
        return ""
    return visible("\n\n".join("".join(each.itertext()) for each in typed)).strip()
