"""Text that every file of a published show can hold: XML, HTML, JSON, captions and names of files."""

import re

from script.languages import tag

_SPACE = re.compile(r"\s+")
# Control characters, lone surrogates and what is no character: XML 1.0 (section 2.2) has no way to write most of them.
_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def showable(text: str) -> str:
    """The text with a space for every character that no page may hold: as long as before, so that positions stand."""
    return _UNWRITABLE.sub(" ", text)


def plain(text: str) -> str:
    """The text in one line, without what cannot be written, and without spaces at its ends."""
    return _SPACE.sub(" ", showable(text)).strip()


def language_code(text: str) -> str:
    """The code of a language as BCP 47 writes it, also of en_GB; "" for what is none, such as a language's name."""
    return tag(plain(text))


def shortened(text: str, characters: int) -> str:
    """The text, cut at a word where it is longer than that, with a mark that it goes on."""
    text = plain(text)
    if len(text) <= characters:
        return text
    cut = text[:characters]
    at_word = cut.rpartition(" ")[0]
    return f"{at_word if len(at_word) > characters // 2 else cut[:-1]}…".replace(",…", "…")


def clock(milliseconds: int) -> str:
    """A time as people write it: 1:02, or 1:02:03 from an hour on."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def stamp(milliseconds: int, point: str = ".") -> str:
    """A time to the millisecond, as captions and chapters have it: 01:02:03.456."""
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}{point}{thousandths:03d}"
