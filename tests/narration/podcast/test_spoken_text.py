import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from narration.heard import HeardSegment, HeardSentence, HeardWord
from narration.podcast.programme import Programme, ProgrammeChapter
from narration.podcast.spoken_text import chapter_script
from script.script import Segment

RATE_HZ = 44_100


def programme(*told: tuple[str, tuple[HeardSentence, ...]]) -> Programme:
    segments = tuple(
        (
            Segment(number, "paragraph", 0, 1, text, (), "", None, 0),
            HeardSegment(number, number, "tone/high", 0, RATE_HZ, sentences),
        )
        for number, (text, sentences) in enumerate(told, 1)
    )
    chapter = ProgrammeChapter(1, "One", 0, RATE_HZ, 1, len(told))
    return Programme(
        "key", "it", "Title", "", "", "en", "", "it.mp3", "audio/mpeg", 1, RATE_HZ, RATE_HZ, (chapter,), segments
    )


def lines(told: Programme) -> list[list]:
    script = chapter_script(told, told.chapters[0])
    assert script.startswith("words(1,")
    assert script.endswith(");\n")
    return json.loads(script[len("words(1,") : -len(");\n")])


def unpacked(sentence: list[int]) -> tuple[tuple[int, ...], list[tuple[int, ...]]]:
    """As assets/words.js does it."""
    heard, _, written, _ = sentence[:4]
    words = []
    for gap, length, skipped, n_characters in zip(*[iter(sentence[4:])] * 4, strict=True):
        words.append((heard + gap, heard + gap + length, written + skipped, written + skipped + n_characters))
        _, heard, _, written = words[-1]
    return tuple(sentence[:4]), words


def at(ms: float) -> int:
    return round(ms * RATE_HZ / 1000)


def test_words_are_given_in_milliseconds_and_characters():
    sentence = HeardSentence(
        "Hello there",
        at(100),
        at(900),
        (HeardWord(0, 5, at(100), at(400), (0, 5)), HeardWord(6, 11, at(500), at(900), (6, 11))),
        "exact",
    )
    ((number, given),) = lines(programme(("Hello there.", (sentence,))))
    assert number == 1
    assert unpacked(given) == ((100, 900, 0, 12), [(100, 400, 0, 5), (500, 900, 6, 11)])


def test_words_that_say_the_same_characters_light_up_as_one():
    words = (HeardWord(0, 8, at(0), at(300), (3, 7)), HeardWord(9, 20, at(300), at(800), (3, 7)))
    ((_, given),) = lines(programme(("In 1984", (HeardSentence("nineteen eighty-four", 0, at(800), words, "exact"),))))
    assert unpacked(given)[1] == [(0, 800, 3, 7)]


def test_words_that_trace_to_nothing_written_are_left_out():
    words = (HeardWord(0, 3, at(0), at(300), None), HeardWord(4, 7, at(300), at(800), (0, 3)))
    ((_, given),) = lines(programme(("End", (HeardSentence("The end", 0, at(800), words, "spread"),))))
    assert unpacked(given)[1] == [(300, 800, 0, 3)]


def test_characters_are_counted_as_browsers_count_them():
    word = HeardWord(0, 3, 0, at(300), (2, 5))
    ((_, given),) = lines(programme(("\U0001f600 end", (HeardSentence("end", 0, at(300), (word,), "exact"),))))
    assert unpacked(given)[1] == [(0, 300, 3, 6)]


def test_sentences_reach_to_the_next_one_without_the_space_between():
    first = HeardSentence("One", 0, at(300), (HeardWord(0, 3, 0, at(300), (1, 4)),), "exact")
    second = HeardSentence("Two", at(400), at(700), (HeardWord(0, 3, at(400), at(700), (7, 10)),), "exact")
    ((_, *given),) = lines(programme(("“One.” Two!", (first, second))))
    assert [sentence[2:4] for sentence in given] == [[0, 6], [7, 11]]


def test_break_and_segment_without_words_need_no_line():
    told = programme(("", ()), ("Text", ()))
    assert lines(told) == []


def test_words_of_other_chapters_are_in_files_of_their_own():
    sentence = HeardSentence("One", 0, at(300), (HeardWord(0, 3, 0, at(300), (0, 3)),), "exact")
    told = programme(("One", (sentence,)), ("One", (sentence,)))
    chapters = (ProgrammeChapter(1, "", 0, 1, 1, 1), ProgrammeChapter(2, "", 1, 2, 2, 2))
    told = replace(told, chapters=chapters)
    assert [line[0] for line in lines(told)] == [1]


@given(
    st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**6)), min_size=1, max_size=30),
    st.text(st.characters(codec="utf-8", categories=("L", "N", "S")), min_size=30),
)
def test_no_time_drifts_however_many_words_come_before(spans, text):
    words, heard = [], 0
    for index, (gap, length) in enumerate(spans):
        words.append(HeardWord(0, 1, heard + gap, heard + gap + length, (index, index + 1)))
        heard += gap + length
    ((_, given),) = lines(programme((text, (HeardSentence(text, 0, heard, tuple(words), "exact"),))))
    for word, (from_ms, to_ms, start, end) in zip(words, unpacked(given)[1], strict=True):
        assert abs(from_ms - word.from_samples * 1000 / RATE_HZ) <= 0.5
        assert abs(to_ms - word.to_samples * 1000 / RATE_HZ) <= 0.5
        assert text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") == text[slice(*word.written)]
