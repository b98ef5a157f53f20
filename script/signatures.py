"""Which format a document is in, by what it holds before what it is called."""

import re

from script.decoding import looks_binary
from script.errors import ArticleError
from script.patterns import regex

_PICTURE_OR_SOUND = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"ID3",
    b"OggS",
    b"fLaC",
    b"\x1f\x8b",
    b"BZh",
    b"7z\xbc\xaf",
)
_OLE = b"\xd0\xcf\x11\xe0"  # a compound file: Word's before 2007, or what a locked document of any Office is wrapped in
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO], section 2.3.1
# What stands near the beginning of the zip archive of each kind of document.
_ARCHIVES = (
    (b"application/epub+zip", "epub"),
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"word/", "docx"),
    (b"ppt/", "pptx"),
)
_TEXT_FORMATS = {"", "plain", "markdown"}
_MARKDOWN = regex(
    r"\A---\n(?=[^\n]*\S)|^#{1,6} \S|^(?:```|~~~)|\]\((?:https?:|\.{0,2}/)|^::: *\{|^\[\^\w+\]:", re.MULTILINE
)
_SSML = regex(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?(?:<!DOCTYPE speak[^>]*>\s*)?<speak\b", re.DOTALL
)
_HTML = regex(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
# The root element of each kind of feed, and what a JSON Feed names itself by.
_FEED = regex(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<(?!!DOCTYPE)[!?][^>]*>\s*)*<(?:!DOCTYPE\s+)?(?:rss|feed|(?:\w+:)?RDF)\b"
    rb'|\s*\{.*?"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org',
    re.DOTALL,
)
# A block of headers (RFC 5322, section 2.2) with those that no other text has together.
_HEADERS = regex(rb"(?:From [^\n]{1,200}\n)?(?:[A-Za-z][\w-]{0,60}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n)*){3,}")
_HEADER_NAMES = regex(rb"^(from|date|subject|message-id|mime-version|received):", re.IGNORECASE | re.MULTILINE)


def format_in(content: bytes, by_suffix: str, name: str) -> str:
    """The format of the content; `by_suffix` is what the file's name says, or "".

    Raises ArticleError for a picture, a sound, or binary data no reader takes.
    """
    if content.startswith(b"PK\x03\x04"):
        return _archive_format(content, by_suffix, name)
    if content.startswith(_OLE):
        if _LOCKED in content:
            raise ArticleError(f"{name} is locked with a password; save a copy without one, and give that.")
        raise ArticleError(f"{name} is in the old binary Word format; save it as .docx.")
    if by_suffix in {"docx", "odt", "epub", "pptx"}:
        raise ArticleError(f"{name} is not what its name says: it holds no {by_suffix} document. Save it again.")
    if content.startswith(b"{\\rtf"):
        return "rtf"
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(_PICTURE_OR_SOUND):
        raise ArticleError(f"{name} is not text: it holds a picture, sound or compressed data.")
    return _text_format(content, by_suffix)


def _archive_format(content: bytes, by_suffix: str, name: str) -> str:
    for mark, found in _ARCHIVES:
        if mark in content:
            return found
    if by_suffix in {"docx", "odt", "epub", "pptx"}:
        return by_suffix
    raise ArticleError(f"{name} is an archive; unpack it and give one document in it.")


def _text_format(content: bytes, by_suffix: str) -> str:
    if by_suffix not in _TEXT_FORMATS or looks_binary(content):
        return by_suffix or "plain"
    marked = _marked_format(content)
    if marked or by_suffix:
        return marked or by_suffix
    start = content[:20_000].decode("utf-8", "replace").replace("\r\n", "\n").removeprefix("\ufeff")
    return "markdown" if _MARKDOWN.search(start) else "plain"


def _marked_format(content: bytes) -> str:
    """The format of a text that begins as only that one does, "" for others."""
    beginning = content[:2000].removeprefix(b"\xef\xbb\xbf")
    for mark, name in ((_HTML, "html"), (_SSML, "ssml"), (_FEED, "feed")):
        if mark.match(beginning):
            return name
    return "email" if _is_message(content[:20_000].replace(b"\r\n", b"\n")) else ""


def _is_message(start: bytes) -> bool:
    headers = _HEADERS.match(start)
    return headers is not None and len({name.lower() for name in _HEADER_NAMES.findall(headers[0])}) >= 3
