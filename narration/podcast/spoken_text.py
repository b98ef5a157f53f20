"""The words of a chapter as the page is given them: when each is heard, and which written characters it says.

A chapter's file calls one function with numbers alone, so no text can get into a script. It is written compactly: times
in milliseconds of the episode, characters in UTF-16 units, as browsers count; the words of a sentence each as what
changes against the one before.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from audio.formats.tag_text import time_ms
from narration.heard import HeardSegment, HeardSentence
from narration.podcast.programme import Programme, ProgrammeChapter
from script.script import Segment

_Word = tuple[int, int, int, int]  # heard from and to, in samples; written from and to, in characters


def chapter_script(programme: Programme, chapter: ProgrammeChapter) -> str:
    """The script that hands a chapter's words to the page: `words(CHAPTER, [LINE, ...]);`.

    LINE: [number of the segment, SENTENCE ...]; SENTENCE: [heard from, heard to, written from, written to, WORD ...];
    WORD: four numbers: silence since the word before (since the sentence's start), length, characters since the end of
    the word before (since the sentence's first), characters.
    """
    lines = [
        [segment.number, *_sentences(segment, heard, programme.sample_rate_hz)]
        for segment, heard in programme.segments
        if chapter.first <= segment.number <= chapter.last and heard.sentences
    ]
    return f"words({chapter.number},{json.dumps(lines, separators=(',', ':'))});\n"


def _sentences(segment: Segment, heard: HeardSegment, sample_rate_hz: int) -> Iterator[list[int]]:
    units = _utf16_units(segment.text)
    for sentence, start, end in written_sentences(segment, heard):
        from_ms, to_ms = (time_ms(each, sample_rate_hz) for each in (sentence.from_samples, sentence.to_samples))
        changes = _changes(_words(sentence), from_ms, start, units, sample_rate_hz)
        yield [from_ms, to_ms, units[start], units[end], *changes]


def written_sentences(segment: Segment, heard: HeardSegment) -> Iterator[tuple[HeardSentence, int, int]]:
    """Sentences that say something written, each with its characters of the text, end marks included."""
    said = [(sentence, words[0][2]) for sentence in heard.sentences if (words := _words(sentence))]
    starts = [0, *(start for _, start in said[1:])]  # an opening quotation mark is no word
    for (sentence, _), start, following in zip(said, starts, [*starts[1:], len(segment.text)], strict=False):
        yield sentence, start, len(segment.text[:following].rstrip())


def _words(sentence: HeardSentence) -> list[_Word]:
    """What a listener sees light up: words that say the same characters, as of “1984”, are one."""
    words: list[_Word] = []
    for word in sentence.words:
        if word.written is None or word.written[0] >= word.written[1]:
            continue
        if words and words[-1][2:] == word.written:
            words[-1] = (words[-1][0], word.to_samples, *word.written)
        else:
            words.append((word.from_samples, word.to_samples, *word.written))
    return words


def _changes(
    words: Iterable[_Word], from_ms: int, start: int, units: Sequence[int], sample_rate_hz: int
) -> Iterator[int]:
    reached_ms, reached = from_ms, units[start]
    for from_samples, to_samples, written_from, written_to in words:
        heard_ms, end_ms = time_ms(from_samples, sample_rate_hz), time_ms(to_samples, sample_rate_hz)
        yield from (heard_ms - reached_ms, end_ms - heard_ms)
        yield from (units[written_from] - reached, units[written_to] - units[written_from])
        reached_ms, reached = end_ms, units[written_to]


def _utf16_units(text: str) -> Sequence[int]:
    """Where each character of the text starts in UTF-16, and where the text ends."""
    if not text or max(text) <= "\uffff":
        return range(len(text) + 1)
    return (0, *accumulate(1 + (character > "\uffff") for character in text))
