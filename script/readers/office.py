"""What a word processor's file says of itself beside its text."""

from dataclasses import replace
from xml.etree.ElementTree import Element

from script.errors import ArticleError
from script.readers.epub_archive import Archive
from script.readers.markup import tree, words_of
from script.readers.pandoc_metadata import Metadata

# Where each format keeps its properties, and its styles with the language of the text.
_PLACES = {"docx": ("docProps/core.xml", "word/styles.xml"), "odt": ("meta.xml", "styles.xml")}
_LARGEST_TEXT = 64 * 2**20  # bytes, unpacked; a novel in Word has five million
_PROGRAMS = {"python-docx"}  # what a program signs with when nobody did


def refuse_hostile(content: bytes, name: str) -> None:
    """Raise ArticleError for a word processor's file that is damaged, locked, or unpacks to more than it can hold."""
    archive = Archive(content, name)
    if archive.unpacked_bytes((".xml", ".rels")) > _LARGEST_TEXT:
        raise ArticleError(f"{name} unpacks to far more than a document holds; it is not read.")
    manifest = archive.content("META-INF/manifest.xml")  # OpenDocument 1.3, part 2, section 3.4
    if b"encryption-data" in manifest or archive.is_locked:
        raise ArticleError(f"{name} is locked with a password; save a copy without one, and give that.")


def completed(about: Metadata, format_name: str, content: bytes, name: str) -> Metadata:
    """The metadata, and what it lacks of title, author and language from the properties of a DOCX or ODT file."""
    if format_name not in _PLACES:
        return about
    properties, styles = _PLACES[format_name]
    try:
        archive = Archive(content, name)
        root, style = _tree(archive, properties), _tree(archive, styles)
    except ArticleError:  # pandoc could read the text, and that is what matters
        return about
    author = _first(root, "creator")
    return replace(
        about,
        title=about.title or _first(root, "title"),
        author=about.author or ("" if author in _PROGRAMS else author),
        language=about.language or _language(style),
    )


def _tree(archive: Archive, path: str) -> Element:
    content = archive.content(path)
    return tree(content, archive.name) if content.strip() else Element("none")


def _first(root: Element, name: str) -> str:
    return next((text for each in root.iter(name) if (text := words_of(each))), "")


def _language(styles: Element) -> str:
    """The language of the default style (ECMA-376-1, 17.3.2.20; OpenDocument 1.3-3, 20.203)."""
    for defaults in styles.iter("docdefaults"):
        return next((each.get("val", "") for each in defaults.iter("lang")), "")
    for each in styles.iter("text-properties"):
        language, country = each.get("language", "none"), each.get("country", "none")
        if language != "none":
            return language if country in ("", "none") else f"{language}-{country}"
    return ""
