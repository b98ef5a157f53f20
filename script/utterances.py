"""The written text of a segment becomes utterances, one for each sentence."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from script.article import Override
from script.boundaries import base_language, sentence_bounds
from script.patterns import regex
from script.script import Span, Utterance
from script.speech import Rewrite, Spoken, rendered, rewrites

_CLAUSE_ENDS = (";", ":", ",", "—", "–", "،", "、", ",", "。", "；")

_RANK = regex(r"(?:\A|\s)\d{1,4}\.\Z")


def utterances(
    text: str, language: str, overrides: tuple[Override, ...], longest: int, notes: Counter[str]
) -> tuple[Utterance, ...]:
    """What an engine is given for a tidy text, none of it longer than `longest` characters.

    Sentences without a letter or digit to say are left out. What the rules shorten is counted in `notes`.
    """
    found = rewrites(text, language, overrides)
    notes.update(rewrite.note for rewrite in found if rewrite.note)
    said: list[Utterance] = []
    for start, end in _bounds(text, language, found):
        pieces = _pieces(rendered(text, found, start, end), longest)
        said += (piece for piece in pieces if any(map(str.isalnum, piece.spoken)))
    return tuple(said)


def _bounds(text: str, language: str, found: Sequence[Rewrite]) -> Iterator[tuple[int, int]]:
    """Where sentences start and end: never inside a rewrite, and as if what is dropped were not there."""
    if not found:
        yield from sentence_bounds(text, language)
        return
    start = 0
    for _, end in sentence_bounds(_without_dropped(text, found), language):
        index = bisect_left(found, end, key=lambda rewrite: rewrite.start) - 1
        if end < len(text) and index >= 0 and (found[index].end > end or _goes_on(text, found[index], end, language)):
            continue
        yield start, end
        start = end


def _goes_on(text: str, rewrite: Rewrite, end: int, language: str) -> bool:
    """Whether the full stop before a sentence's end is that of a rank or an abbreviation, and is not said: "2. Mai".

    English is left out, as is German but for ranks: there a capital behind an abbreviation tells too little.
    """
    written = text[rewrite.start : rewrite.end]
    if not written.endswith(".") or rewrite.spoken.endswith(".") or text[rewrite.end : end].strip():
        return False
    base = base_language(language)
    return base != "en" and (base != "de" or _RANK.search(written) is not None)


def _without_dropped(text: str, found: Sequence[Rewrite]) -> str:
    """The text with blanks in place of what is dropped, each character where it was."""
    dropped = [rewrite for rewrite in found if not rewrite.spoken]
    if not dropped:
        return text
    pieces: list[str] = []
    last = 0
    for rewrite in dropped:
        pieces += [text[last : rewrite.start], " " * (rewrite.end - rewrite.start)]
        last = rewrite.end
    return "".join([*pieces, text[last:]])


def _pieces(whole: Spoken, longest: int) -> Iterator[Utterance]:
    """The spoken text, cut where it is too long: after a clause, else at a space, else anywhere."""
    text = whole.text
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    while start < end:
        cut = end if end - start <= longest else _cut(text, start, start + longest)
        piece_end = cut
        while piece_end > start and text[piece_end - 1] == " ":
            piece_end -= 1
        yield _slice(whole, start, piece_end)
        start = cut
        while start < end and text[start] == " ":
            start += 1


def _cut(text: str, start: int, limit: int) -> int:
    """Where to cut text[start:limit], which is followed by more."""
    earliest = start + (limit - start) // 3
    clause = max(text.rfind(f"{mark} ", earliest, limit) for mark in _CLAUSE_ENDS)
    if clause > 0:
        return clause + 1
    space = text.rfind(" ", start + 1, limit + 1)
    return space if space > 0 else limit


def _slice(whole: Spoken, start: int, end: int) -> Utterance:
    """Part of a spoken text with its traces; what comes after the cut in a rewrite traces to no character."""
    spans: list[Span] = []
    for index in range(bisect_right(whole.spans, start, key=lambda span: span.end), len(whole.spans)):
        span = whole.spans[index]
        if span.start >= end:
            break
        spans.append(_shortened(span, start, end))
    return Utterance(whole.text[start:end], tuple(spans))


def _shortened(span: Span, start: int, end: int) -> Span:
    before, after = max(start - span.start, 0), max(span.end - end, 0)
    unchanged = span.end - span.start == span.from_end - span.from_start and not span.ipa
    if unchanged:
        source = span.from_start + before, span.from_end - after
    else:
        source = (span.from_end if before else span.from_start), span.from_end
    ipa = "" if before or after else span.ipa  # half a transcription says nothing
    return Span(span.start + before - start, span.end - after - start, *source, ipa)
