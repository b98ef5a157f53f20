"""A path, bytes or text becomes an article, through the reader for its format."""

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from script.article import Article
from script.characters import visible
from script.errors import ArticleError
from script.patterns import regex
from script.reader import Document, Fetched, Reader
from script.signatures import format_in

_GROUP = "narration.readers"
_USUAL = {"pandoc", "text"}
_ADDRESS = regex(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def read(
    source: str | os.PathLike[str] | bytes | Fetched,
    *,
    format: str | None = None,  # noqa: A002 - the word users know
    allow_private: bool = False,
    entry: int | None = None,
) -> Article:
    """The article in a file, at a web address, in bytes, or, when `format` names one, in text.

    source: a path or an http(s) address, as text or path object; what `fetch` brought; the bytes of a document; or text
    together with its format. format: "markdown", "plain", "docx" … or a suffix such as "md"; chosen by content and
    suffix when None. allow_private: let an address lead into this machine or a local network. entry: which article of a
    feed, 1 for the first. Raises ArticleError when there is nothing there, or nothing in it that can be read.
    """
    document = _found(source, format, allow_private=allow_private)
    if entry is not None:
        if document.format != "feed":
            raise ArticleError(f"{document.name} is not a feed, so it has no entry {entry}; read it without one.")
        document = replace(document, entry=entry)
    return _reader_for(document.format, document.name)(document)


def _found(source: str | os.PathLike[str] | bytes | Fetched, wanted: str | None, *, allow_private: bool) -> Document:
    if isinstance(source, bytes):
        return _document(source, wanted, "the text given", "", "")
    if isinstance(source, str) and wanted is not None:
        return _document(visible(source).encode("utf-8"), wanted, "the text given", "", "")
    if isinstance(source, str) and _ADDRESS.match(source):
        from script.fetching import fetch

        source = fetch(source, allow_private=allow_private)
    if isinstance(source, Fetched):
        return _document(source.content, wanted, source.address, "", source.address, source.format)
    path = _path(source)
    return _document(_content(path), wanted, path.name, path.stem, str(path))


def formats() -> dict[str, tuple[str, ...]]:
    """The names of the formats that can be read, with the suffixes of each."""
    return {name: suffixes for each in _readers() for name, suffixes in each.formats.items()}


def _document(content: bytes, wanted: str | None, name: str, stem: str, source: str, said: str = "") -> Document:
    if wanted is not None:
        found = _format_named(wanted.lower().removeprefix("."))
        if not found:
            known = ", ".join(sorted(formats()))
            raise ArticleError(f'"{wanted}" is not a format that can be read; these are: {known}.')
    else:
        suffix = Path(source).suffix.lower().removeprefix(".")
        found = format_in(content, said or _format_named(suffix), name)
    return Document(content, found, name, stem, source)


def _format_named(name: str) -> str:
    """The format of this name or suffix, "" when none has it."""
    for reader in _readers() if name else ():
        for each, suffixes in reader.formats.items():
            if each == name or f".{name}" in suffixes:
                return each
    return ""


def _path(source: str | os.PathLike[str]) -> Path:
    text = os.fspath(source)
    if "\0" in text or not text or (isinstance(source, str) and "\n" in text):
        raise ArticleError('The source is not the path of a file; to read text itself, say which format="…" it has.')
    return Path(text)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ArticleError(f"There is no file {path}; check the path.") from error
    except IsADirectoryError as error:
        raise ArticleError(f"{path} is a folder; give one file in it.") from error
    except PermissionError as error:
        what = "is a folder; give one file in it" if path.is_dir() else "may not be read; check its permissions"
        raise ArticleError(f"{path} {what}.") from error
    except OSError as error:
        raise ArticleError(f"{path} cannot be read: {error.strerror or error}.") from error


def _reader_for(format_name: str, name: str) -> Reader:
    for each in _readers():
        if format_name in each.formats:
            return each
    raise ArticleError(
        f"{name} is in a format that no reader takes; give text, Markdown or a word processor's document."
    )


def _readers() -> Iterator[Reader]:
    """Every registered reader, loaded as it is asked for, those that are wanted most often first."""
    for entry in _entries():
        yield _loaded(entry)


@cache
def _entries() -> tuple[EntryPoint, ...]:
    return tuple(sorted(entry_points(group=_GROUP), key=lambda entry: (entry.name not in _USUAL, entry.name)))


@cache
def _loaded(entry: EntryPoint) -> Reader:
    try:
        found = entry.load()
    except ImportError as error:
        raise ArticleError(
            f"The reader {entry.name} ({entry.value}) cannot be loaded: {error}. "
            "Install what it needs, or uninstall the package that brings it."
        ) from error
    if not isinstance(found, Reader):
        raise ArticleError(f"The reader {entry.name} ({entry.value}) is not a script.reader.Reader.")
    return found
