"""Bytes become text, whatever wrote them."""

from dataclasses import dataclass

from script.errors import ArticleError
from script.patterns import regex

# The longer marks first: UTF-32's little-endian mark begins with UTF-16's.
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SAMPLE_BYTES = 8192
_CONTROLS = regex(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LINE_END = regex("\r\n?|[\x0b\x1c-\x1e\x85\u2028]")
_PAGE_END = regex("[\x0c\u2029]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, its lines ended by newlines alone, and what was doubtful in decoding it."""

    text: str
    notes: tuple[str, ...] = ()


def decoded(content: bytes, name: str) -> Decoded:
    """The content as text: by its byte order mark, else as UTF-8, UTF-16 or Windows-1252, as it looks.

    Raises ArticleError, naming the source, when the content is not text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return Decoded(_lines(content[len(mark) :].decode(encoding, "replace")))
    encoding = _unmarked_utf16(content)
    if encoding:
        return Decoded(_lines(content.decode(encoding, "replace")))
    if looks_binary(content):
        raise ArticleError(f"{name} is not text: it holds binary data. Give a text file or a document.")
    try:
        return Decoded(_lines(content.decode("utf-8")))
    except UnicodeDecodeError as error:
        return _not_quite_utf8(content, name, error.start)


def looks_binary(content: bytes) -> bool:
    """Whether the content cannot be text in an eight-bit encoding: a NUL byte, or many control characters."""
    sample = content[:_SAMPLE_BYTES]
    return b"\0" in content or len(_CONTROLS.findall(sample)) > len(sample) // 20


def _lines(text: str) -> str:
    return _PAGE_END.sub("\n\n", _LINE_END.sub("\n", text)).removeprefix("\ufeff")


def _unmarked_utf16(content: bytes) -> str:
    """The UTF-16 encoding the content is in, or ""; every other byte of Western text is then NUL."""
    sample = content[: _SAMPLE_BYTES - _SAMPLE_BYTES % 2]
    if len(content) % 2 or len(sample) < 4:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    most, pairs = max(even, odd), len(sample) // 2
    if most < 0.4 * pairs or min(even, odd) > 0.02 * pairs:
        return ""
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = sample.decode(encoding, "replace")
    readable = sum(character.isprintable() or character in "\r\n\t\f" for character in text)
    return encoding if readable > 0.95 * len(text) else ""


def _not_quite_utf8(content: bytes, name: str, position: int) -> Decoded:
    """UTF-8 with a few broken characters, or else Windows-1252, where almost every byte is a character."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(not character.isascii() for character in text) - broken
    line = content.count(b"\n", 0, position) + 1
    if broken * 5 <= whole:
        note = f"{name} holds characters that are not UTF-8, the first in line {line}; they were left out."
        return Decoded(_lines(text.replace("\ufffd", "")), (note,))
    note = f"{name} is not UTF-8 (line {line}); it was read as Windows-1252."
    # Five bytes mean nothing in Windows-1252.
    return Decoded(_lines(content.decode("cp1252", "ignore")), (note,))
