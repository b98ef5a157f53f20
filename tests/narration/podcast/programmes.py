"""Programmes without sound, of any text and any pace, and strategies for them."""

import re
from collections.abc import Sequence
from itertools import cycle

from hypothesis import strategies as st

from narration.heard import HeardSegment, HeardSentence, HeardWord
from narration.podcast.programme import Programme, ProgrammeChapter
from narration.word_times.words import words
from script.script import Segment, Utterance

RATE_HZ = 44_100
GAP_S = 0.3

# Text that breaks files: markup, quotes, marks of captions and feeds, other scripts, what cannot be written.
NAUGHTY = (
    "</title><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"quoted\" & 'single' ]]> <!-- -->",
    "00:00:01.000 --> 00:00:02.000", "WEBVTT", "NOTE this", "-->", "{{ 7*7 }} {% raw %}", "&lt;b&gt; &amp;amp; &#0;",
    "line\none\r\ntwo\u2028three\u2029four", "nul\0bell\x07escape\x1bnext\x85del\x7f", "lone \ud800 and \udfff",
    "\ufffe\uffff", "مرحبا بالعالم (RTL) 123", "\u202eoverridden\u202c", "שלום \u2067isolated\u2069",
    "日本語の文章、続く。",
    "👩‍👩‍👧‍👦 🇳🇴 😀", "Z̶͍a̵l̶g̸o̴", "a" * 500, "../../../etc/passwd", "CON", "  ", "'; DROP TABLE x; --", "%s %n {0}",
    "javascript:alert(1)", "…", "<v Name>said", "word " * 100,
)  # fmt: skip

texts = st.one_of(
    st.sampled_from(NAUGHTY),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    st.lists(st.sampled_from(["a", "lighthouse", "and,", "so.", "in 1,822", "東京、", "“so”"]), max_size=40).map(
        " ".join
    ),
)


def programme(
    chapters: Sequence[Sequence[str]],
    word_seconds: Sequence[float] = (0.3,),
    titles: Sequence[str] = (),
    *,
    voices: Sequence[str] = ("tone/low",),
    gap_s: float = GAP_S,
    **others: str,
) -> Programme:
    """Chapters of paragraphs; sentences end at full stops; the words take these seconds, over and over."""
    lengths, who = cycle(word_seconds), cycle(voices)
    position, number = 0, 0
    made: list[ProgrammeChapter] = []
    segments: list[tuple[Segment, HeardSegment]] = []
    for index, paragraphs in enumerate(chapters, 1):
        first, start = number + 1, position
        for text in paragraphs:
            number += 1
            heard = _heard(number, text, position, lengths, next(who))
            segments.append((Segment(number, "paragraph", 0, index, text, (Utterance(text),), "", None, gap_s), heard))
            position = heard.to_samples + round(gap_s * RATE_HZ)
        title = titles[index - 1] if index <= len(titles) else f"Chapter {index}"
        made.append(ProgrammeChapter(index, title, start, position, first, number))
    named = {"title": "An Episode", "author": "An Author", "date": "2024-06-01", "language": "en", "description": "It."}
    return Programme(
        key="0b5c3b1e-0000-5000-8000-000000000001",
        slug="it",
        audio="it.mp3",
        mime="audio/mpeg",
        n_bytes=1000,
        sample_rate_hz=RATE_HZ,
        n_samples=position,
        chapters=tuple(made),
        segments=tuple(segments),
        **named | others,
    )


def _heard(number: int, text: str, start: int, lengths: "cycle[float]", voice: str) -> HeardSegment:
    at = start + 2304
    sentences = []
    for sentence in re.finditer(r"(?s)\S.*?(?:[.!?](?=\s)|$)", text):
        said, begun = [], at
        for first, end in words(sentence[0]):
            to = at + round(next(lengths) * RATE_HZ)
            said.append(HeardWord(first, end, at, to, (sentence.start() + first, sentence.start() + end)))
            at = to
        sentences.append(HeardSentence(sentence[0], begun, at, tuple(said), "exact"))
    return HeardSegment(number, number, voice, start, at + 4410, tuple(sentences))


programmes = st.builds(
    programme,
    st.lists(st.lists(texts, min_size=1, max_size=3), min_size=1, max_size=2),
    st.lists(st.floats(0.02, 20), min_size=1, max_size=9),
    st.lists(texts, max_size=2),
    voices=st.lists(st.sampled_from(["tone/low", "tone/high", "other/a name > that & so", ""]), min_size=1, max_size=2),
    gap_s=st.floats(0, 2),
    title=texts,
    author=texts,
    date=texts,
    language=st.sampled_from(["en", "ar", "ja", ""]),
    description=texts,
)
