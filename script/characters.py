"""Characters that a reader of the article never sees, and one tidy line of those it does."""

from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate

from script.article import Override
from script.patterns import regex

DROPPED = "\0"  # where something was left out: the space before it goes when a punctuation mark follows

# Soft hyphen, zero-width space, directional marks, word joiner and invisible operators, byte order mark,
# replacement character, noncharacters, tags, lone surrogates. The joiners (200C, 200D) stay: they spell words.
_INVISIBLE = "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\U000e0000-\U000e007f\ud800-\udfff"
_CONTROL = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
# \s has all that parts words, \x1c-\x1f and \x85 among it; the Braille blank and Hangul fillers look like it.
_SPACE = r"\s\u115f\u1160\u2800\u3164\uffa0"
_UNTIDY = regex(
    rf"[{_SPACE}{_INVISIBLE}{_CONTROL}]*[{_SPACE}][{_SPACE}{_INVISIBLE}{_CONTROL}]*|[{_INVISIBLE}{_CONTROL}]+"
)
_PRINTABLE = regex("[\u115f\u1160\u2800\u3164\uffa0\ufffc\ufffd]")  # Python holds these for printable
_PARTING = regex(f"[{_SPACE}]")
_HIDDEN = regex(rf"(?!\u00ad)[{_INVISIBLE}{_CONTROL}]")


def visible(text: str) -> str:
    """The text without control characters and characters of no width; line ends, tabs and soft hyphens stay."""
    return text if text.isascii() and text.isprintable() else _HIDDEN.sub("", text)


def is_plainly_tidy(text: str) -> bool:
    """Whether a glance shows that the text is tidy: `tidy` would return it as it is."""
    return (
        text.isprintable() and not _PRINTABLE.search(text) and "  " not in text and text[:1] != " " and text[-1:] != " "
    )


def tidy(text: str, overrides: tuple[Override, ...] = ()) -> tuple[str, tuple[Override, ...]]:
    """The text as one line of visible characters with single spaces, and the overrides moved with it.

    An override whose characters all vanish is left out.
    """
    if is_plainly_tidy(text):
        return text, overrides
    pieces, edges = pieces_and_edges(text)
    tidied = "".join(pieces)
    if not overrides:
        return tidied, ()
    lengths = list(accumulate((len(piece) for piece in pieces), initial=0))

    def moved(position: int) -> int:
        index = bisect_right(edges, position) - 1
        return min(lengths[index] + position - edges[index], lengths[index + 1])

    placed = (replace(each, start=moved(each.start), end=moved(each.end)) for each in overrides)
    return tidied, tuple(each for each in placed if each.start < each.end)


def pieces_and_edges(text: str) -> tuple[list[str], list[int]]:
    """The pieces that make the tidy text, and where in the text each begins."""
    pieces: list[str] = []
    edges: list[int] = []
    last = 0
    for match in _UNTIDY.finditer(text):
        start, end = match.span()
        inner = start > 0 and end < len(text) and not (DROPPED in match[0] and text[end] in ",.;:!?)")
        gap = " " if inner and _PARTING.search(match[0]) else ""
        pieces += [text[last:start], gap]
        edges += [last, start]
        last = end
    return [*pieces, text[last:]], [*edges, last]
