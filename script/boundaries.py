"""Where sentences end."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, pairwise

from script.characters import is_plainly_tidy, pieces_and_edges
from script.patterns import regex
from script.sentence_ends import repaired, without_false_quotes

_BLANK_LINE = regex(r"\n[^\S\n]*\n")
_OPENS_LINE = regex(r"\s*[(\[“\"A-ZÀ-ÖØ-ÞΑ-ΩА-Я]")
_NARROWEST_WRAP = 55  # characters: prose is not wrapped to less


def sentences(text: str, language: str = "en") -> tuple[str, ...]:
    """The sentences of a text in order, as written but for white space, of which only single blanks are left."""
    found = (sentence for paragraph in _paragraphs(text) for sentence in _in_paragraph(paragraph, language))
    return tuple(sentence for sentence in found if sentence)


def _paragraphs(text: str) -> Iterator[str]:
    """The parts of a text that blank lines part, or a line too short to have been wrapped, like a title."""
    for block in _BLANK_LINE.split(text):
        lines = block.split("\n")
        start = 0
        for number, (line, following) in enumerate(pairwise(lines), 1):
            if len(line) < _NARROWEST_WRAP and " " in line.strip() and _OPENS_LINE.match(following):
                yield "\n".join(lines[start:number])
                start = number
        yield "\n".join(lines[start:])


def _in_paragraph(text: str, language: str) -> Iterator[str]:
    text = text.strip()
    if is_plainly_tidy(text):
        yield from (text[start:end].strip() for start, end in sentence_bounds(text, language))
        return
    pieces, edges = pieces_and_edges(text)
    lengths = list(accumulate((len(piece) for piece in pieces), initial=0))
    start = 0
    for _, end in sentence_bounds("".join(pieces), language):
        index = bisect_right(lengths, end) - 1
        reached = edges[index] + end - lengths[index] if index < len(edges) else len(text)
        yield " ".join(text[start:reached].split())
        start = reached


def sentence_bounds(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a tidy text starts and ends; together they are the whole text.

    The rules are those of sentencex, made for Wikipedia's languages, and our repairs of them; a language that
    sentencex does not know takes English ones.
    """
    import sentencex  # type: ignore[import-untyped]

    base = base_language(language)
    ends = accumulate(map(len, sentencex.segment(base, without_false_quotes(text))))
    start = 0
    for end in repaired(text, base, ends):
        yield start, end
        start = end
    if start < len(text):
        yield start, len(text)


def base_language(language: str) -> str:
    """The language of a BCP 47 tag without script, region and the rest: "en" for "en-GB"."""
    return language.replace("_", "-").partition("-")[0].strip().lower() or "en"
