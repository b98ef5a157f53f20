"""Lexicon files: the W3C's Pronunciation Lexicon Specification, and tables of two columns."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from script.lexicon import Entry
from script.patterns import regex

_COMMENT = regex(r"(?:^|\s)#(?=\s|$)|^#")
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def lexicon_entries(path: Path) -> tuple[Entry, ...]:
    """The entries of a lexicon file: PLS when its suffix is .pls or it looks like it, otherwise a table.

    Raises OSError when it cannot be read, and ValueError, naming file and line, when it is no lexicon.
    """
    content = path.read_bytes()
    if path.suffix.lower() == ".pls" or content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return tuple(_pls(content, path.name))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path.name} is not in UTF-8; save it so.") from error
    return tuple(_table(text, path.name))


def _table(text: str, name: str) -> Iterator[Entry]:
    """A word, a tab, "=" or comma, and how it is said: in words, or in IPA between slashes or square brackets.

    After a tab more, a language. "#" begins a comment; a word without a value is one still to be filled in.
    """
    for number, line in enumerate(text.splitlines(), 1):
        content = _COMMENT.split(line, maxsplit=1)[0].strip(" ")
        if not content.strip():
            continue
        separator = next((each for each in "\t=," if each in content), "")
        if not separator:
            raise ValueError(f"{name}, line {number}: “{content}” has no tab, = or comma before how it is said.")
        word, _, rest = content.partition(separator)
        value, _, language = (part.strip() for part in rest.partition("\t"))
        if not value:
            continue
        try:
            yield _entry(word.strip(), value, language)
        except ValueError as error:
            raise ValueError(f"{name}, line {number}: {error}") from error


def _entry(word: str, value: str, language: str) -> Entry:
    is_ipa = len(value) > 2 and (value[0], value[-1]) in {("/", "/"), ("[", "]")}
    if is_ipa:
        return Entry((word,), ipa=value[1:-1].strip(), language=language)
    return Entry((word,), say=value, language=language)


def _pls(content: bytes, name: str) -> Iterator[Entry]:
    """The lexemes of a PLS 1.0 document (W3C Recommendation, 14 October 2008); its entities are not resolved."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"{name} is no XML: {error.msg}.") from error
    if etree.QName(root).localname != "lexicon":
        raise ValueError(f"{name} is no pronunciation lexicon: it has no <lexicon>.")
    for lexeme in root.iterfind("{*}lexeme"):
        graphemes = tuple(text for each in lexeme.iterfind("{*}grapheme") if (text := _text(each)))
        say = _preferred(lexeme.findall("{*}alias"))
        ipa = _preferred([each for each in lexeme.findall("{*}phoneme") if _alphabet(each, root) == "ipa"])
        if not (say or ipa):
            continue  # pronounced in an alphabet that no voice here takes
        try:
            yield Entry(graphemes, say, ipa, lexeme.get(_XML_LANGUAGE) or root.get(_XML_LANGUAGE) or "")
        except ValueError as error:
            raise ValueError(f"{name}, line {lexeme.sourceline}: {error}") from error


def _alphabet(phoneme: Any, root: Any) -> str:  # noqa: ANN401 - lxml has no types
    return str(phoneme.get("alphabet") or root.get("alphabet") or "").lower()


def _preferred(elements: list[Any]) -> str:
    """The text of the element that is preferred (section 4.8), else of the first."""
    chosen = next((each for each in elements if each.get("prefer") == "true"), elements[0] if elements else None)
    return "" if chosen is None else _text(chosen)


def _text(element: Any) -> str:  # noqa: ANN401
    return " ".join("".join(element.xpath("text()")).split())
