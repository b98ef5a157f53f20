"""Captions can be read: in time, in two short lines, never across a chapter."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given

from audio.formats.tag_text import time_ms
from narration.podcast.captions import LINE_CHARACTERS, cues, joined, text_width
from narration.podcast.plain_text import plain
from narration.podcast.programme import Programme
from tests.narration.podcast.programmes import RATE_HZ, programme, programmes

PROSE = (
    (
        "On a clear night the light of Skerry Point can be seen from twenty miles away. For 142 years somebody climbed "
        "its 186 steps every evening, to make sure of that; in 1987 the last keeper locked the door."
    ),
    "He took the boat home.",
)


def shown(made: Programme) -> list[tuple[str, ...]]:
    return [cue.texts for cue in cues(made)]


def test_cues_break_at_clauses() -> None:
    assert shown(programme([PROSE])) == [
        ("On a clear night the light of Skerry", "Point can be seen from twenty miles away."),
        ("For 142 years somebody climbed", "its 186 steps every evening,"),
        ("to make sure of that;", "in 1987 the last keeper locked the door."),
        ("He took the boat home.",),
    ]


@given(programmes)
def test_cues_follow_each_other_and_have_room_for_their_text(made: Programme) -> None:
    found = cues(made)
    assert all(one.end_ms <= other.start_ms for one, other in pairwise(found))
    assert all(0 < cue.end_ms - cue.start_ms <= 7000 for cue in found)
    assert all(1 <= len(cue.lines) <= 2 for cue in found)
    assert all(text_width(line) <= LINE_CHARACTERS for cue in found for line in cue.texts)


@given(programmes)
def test_no_cue_crosses_a_chapter(made: Programme) -> None:
    borders = [time_ms(chapter.end_samples, RATE_HZ) for chapter in made.chapters]
    assert all(cue.start_ms >= border or cue.end_ms <= border for cue in cues(made) for border in borders)


@given(programmes)
def test_all_that_is_said_is_shown_and_no_word_twice(made: Programme) -> None:
    atoms = [atom for cue in cues(made) for line in cue.lines for atom in line if not atom.repeats]
    letters = "".join(filter(str.isalnum, joined(atoms)))
    said = [
        segment.text[slice(*word.written)]
        for segment, heard in made.segments
        for sentence in heard.sentences
        for word in sentence.words
        if word.written
    ]
    written = "".join(filter(str.isalnum, plain("".join(said))))
    assert set(letters) <= set("".join(segment.text for segment, _ in made.segments))
    assert not made.chapters or len(letters) >= len(written) - sum(len(word) for word in said if not plain(word))


def test_a_short_word_stands_for_a_second_where_there_is_silence_around_it() -> None:
    lone = programme([["Dusk"], ["Dawn"]], [0.2], gap_s=1.5)
    assert [cue.end_ms - cue.start_ms for cue in cues(lone)] == [1000, 1000]


def test_paragraphs_that_are_too_short_alone_share_a_cue() -> None:
    assert shown(programme([["Yes.", "No."]], [0.2], gap_s=0.0)) == [("Yes.", "No.")]


def test_three_short_paragraphs_break_where_they_fit() -> None:
    found = shown(programme([["a" * 20 + " " + "b" * 12, "c" * 9, "d" * 20 + " " + "e" * 12]], [0.03], gap_s=0.0))
    assert all(text_width(line) <= LINE_CHARACTERS for lines in found for line in lines)


def test_a_word_that_is_said_for_long_stands_for_all_of_its_time() -> None:
    found = cues(programme([["E=mc²"]], [8.0, 8.0, 2.0]))
    assert len({cue.texts for cue in found}) == 1
    assert found[-1].end_ms - found[0].start_ms >= 15_000


def test_words_that_are_written_and_not_said_are_left_out() -> None:
    made = programme([["Light bends (Fresnel, 1822) in glass."]])
    segment, heard = made.segments[0]
    (sentence,) = heard.sentences
    said = tuple(word for word in sentence.words if segment.text[word.start : word.end] not in {"Fresnel", "1822"})
    silent = _with_words(made, said)
    assert shown(silent) == [("Light bends in glass.",)]


def test_a_take_with_other_words_shows_what_is_heard() -> None:
    made = programme([["Written otherwise."]])
    (sentence,) = made.segments[0][1].sentences
    other = _with_words(made, tuple(replace(word, written=None) for word in sentence.words), "Spoken differently")
    assert shown(other) == [("Spoken differently",)]


def test_wide_characters_take_two_places_and_no_line_begins_with_a_mark() -> None:
    lines = [
        line for texts in shown(programme([["灯台の光は二十海里先から見える" * 6 + "、"]], [0.1])) for line in texts
    ]
    assert max(map(len, lines)) == 21
    assert not any(line.startswith("、") for line in lines)


def test_speakers_are_named_where_there_are_several() -> None:
    three = ["One speaks.", "Another answers.", "And goes on."]
    found = cues(programme([three], voices=["tone/low", "x/high", "y/high"]))
    assert [(cue.speaker, cue.turn) for cue in found] == [("low", True), ("high", True), ("high", False)]
    assert {cue.speaker for cue in cues(programme([PROSE]))} == {""}


def test_speakers_of_a_dialogue_go_by_their_names_in_the_article() -> None:
    made = programme([["It was late.", "Who is there?", "I am."]], author="An Author")
    names = ("", "Ada", "Bo")
    pairs = zip(made.segments, names, strict=True)
    told = tuple((replace(segment, speaker=name), heard) for (segment, heard), name in pairs)
    assert [cue.speaker for cue in cues(replace(made, segments=told))] == ["An Author", "Ada", "Bo"]


def test_long_episodes_are_captioned() -> None:
    assert len(cues(programme([PROSE * 10] * 10))) > 300


def _with_words(made: Programme, words: tuple[object, ...], spoken: str = "") -> Programme:
    segment, heard = made.segments[0]
    (sentence,) = heard.sentences
    changed = replace(sentence, words=words, spoken=spoken or sentence.spoken)  # type: ignore[arg-type]
    return replace(made, segments=((segment, replace(heard, sentences=(changed,))),))
