"""Messages become articles: the text of a mail, its quotations told apart, its signature left out."""

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, utils
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from itertools import groupby

from script.article import Article, Block
from script.characters import tidy, visible
from script.charsets import text_labelled
from script.decoding import decoded
from script.errors import ArticleError
from script.patterns import regex
from script.reader import Document, reader
from script.readers import text, web
from script.readers.pandoc import counted
from script.readers.pandoc_program import too_deep

_LONGEST_HEADER = 2000
_QUOTED = regex(r"(?:> ?)+")
_SIGNATURE = regex(r"^-- ?$", re.MULTILINE)  # RFC 3676, section 4.3; the blank at its end is often lost
_Line = tuple[int, str]  # how often it is quoted, and its text


@reader("email", {"email": (".eml",)})
def read(document: Document) -> Article:
    """The text of a message, plain if it has one, else its HTML; the subject is the title, the sender the author.

    Raises ArticleError when there is no text in it.
    """
    try:
        message = message_from_bytes(document.content)
        parts = list(_parts(message))
    except RecursionError as error:
        raise ArticleError(too_deep(document.name)) from error
    blocks, notes = _body(parts, document.name)
    if not any(block.text for block in blocks):
        why = "is encrypted" if message.get_content_subtype() == "encrypted" else "has no text to read aloud"
        raise ArticleError(f"{document.name} {why}; open it in a mail program and save its text.")
    name, address = utils.parseaddr(_header(message, "from"))
    return Article(
        title=_header(message, "subject") or document.stem_title(),
        author=name or address,
        date=_date(_header(message, "date")),
        language=_header(message, "content-language").partition(",")[0].strip(),
        source=document.source,
        blocks=blocks,
        notes=(*notes, *_attached(parts)),
    )


def _parts(message: Message) -> Iterator[Message]:
    """The parts of a message in order, not those of messages attached to it."""
    payload = message.get_payload()
    if message.get_content_maintype() == "multipart" and isinstance(payload, list):
        for part in payload:
            if isinstance(part, Message):
                yield from _parts(part)
    else:
        yield message


def _body(parts: list[Message], name: str) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks of the first plain text that holds something, else of the first HTML, and notes."""
    texts = [part for part in parts if part.get_content_maintype() == "text" and not _is_attachment(part)]
    for part in texts:
        if part.get_content_subtype() == "plain" and (found := _text(part, name)).strip():
            return _plain_blocks(found, part, name)
    for part in texts:
        if part.get_content_subtype() == "html" and (found := _text(part, name)).strip():
            blocks = web.blocks_of(found, name)
            return tuple(blocks.blocks), (*blocks.doubts, *counted(blocks))
    return (), ()


def _text(part: Message, name: str) -> str:
    """The text of a part, whatever way it was packed (RFC 2045) and in whatever encoding."""
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    found = text_labelled(content, part.get_content_charset() or "")
    found = (decoded(content, name).text if content.strip() else "") if found is None else found
    return visible(found.replace("\r\n", "\n").replace("\r", "\n"))


def _plain_blocks(found: str, part: Message, name: str) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    signatures = list(_SIGNATURE.finditer(found))
    whole = found[: signatures[-1].start()] if signatures else found
    if not whole.strip():
        whole, signatures = found, []
    lines = [_quoted(line) for line in whole.split("\n")]
    if str(part.get_param("format") or "").lower() == "flowed":
        lines = list(_unflowed(lines, delete=str(part.get_param("delsp") or "").lower() == "yes"))
    blocks: list[Block] = []
    for depth, some in groupby(lines, key=lambda line: line[0]):
        blocks += _paragraphs("\n".join(line for _, line in some), depth, name)
    return tuple(blocks), ("Left out: the signature.",) if signatures else ()


def _quoted(line: str) -> _Line:
    mark = _QUOTED.match(line)
    return (mark[0].count(">"), line[mark.end() :]) if mark else (0, line)


def _unflowed(lines: list[_Line], *, delete: bool) -> Iterator[_Line]:
    """The lines with those joined that were broken to be joined again (RFC 3676, sections 4.1 to 4.5)."""
    run: list[str] = []
    run_depth = 0
    for depth, stuffed in lines:
        line = stuffed.removeprefix(" ") if depth == 0 else stuffed
        if run and depth != run_depth:
            yield run_depth, "".join(run)
            run = []
        run_depth = depth
        run.append(line[:-1] if delete and line.endswith(" ") else line)
        if not line.endswith(" "):
            yield depth, "".join(run)
            yield depth, ""
            run = []
    if run:
        yield run_depth, "".join(run)


def _paragraphs(passage: str, depth: int, name: str) -> list[Block]:
    """The blocks of a passage of one depth; a short first line is a greeting there, not a title."""
    if not passage.strip():
        return []
    blocks = text.read(Document(passage.encode("utf-8", "ignore"), "plain", name)).blocks
    if depth:
        return [replace(block, kind="quote", level=depth) for block in blocks if block.kind != "break"]
    greeted = [
        replace(block, kind="paragraph", level=0)
        for block in blocks[:1]
        if block.level == 1 and block.kind == "heading"
    ]
    return [*greeted, *blocks[len(greeted) :]]


def _is_attachment(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _attached(parts: list[Message]) -> tuple[str, ...]:
    names = []
    for part in parts:
        try:
            name = tidy(_decoded(part.get_filename() or ""))[0][:100]
        except (ValueError, LookupError, TypeError):  # a name packed wrongly (RFC 2231)
            name = "a file"
        if name or _is_attachment(part):
            names.append(name or "a file without a name")
    return (f"Attached, and not read: {', '.join(names)}.",) if names else ()


def _header(message: Message, name: str) -> str:
    """A header as one line of text, "" without it."""
    return tidy(_decoded(str(message.get(name) or "")[:_LONGEST_HEADER]))[0]


def _decoded(header: str) -> str:
    """A header with its encoded words decoded (RFC 2047)."""
    try:
        pieces = decode_header(header)
    except (MessageError, ValueError):
        return header
    return "".join(_piece(piece, label) for piece, label in pieces)


def _piece(piece: bytes | str, label: str | None) -> str:
    if isinstance(piece, str):
        return piece.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    found = text_labelled(piece, label or "utf-8")
    return piece.decode("windows-1252", "ignore") if found is None else found


def _date(header: str) -> str:
    """The date of a header (RFC 5322, section 3.3) as 2024-05-01, else as it is written."""
    try:
        return utils.parsedate_to_datetime(header).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return header
