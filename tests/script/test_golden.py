"""Whole articles and the scripts they become: one file per case in tests/golden.

A case is the article, a line `=== script ===`, and the script as this file lists it. `pytest --update-golden`
rewrites what stands under the line; a person then reads the difference.
"""

from pathlib import Path

import pytest

import script

CASES = sorted((Path(__file__).parents[1] / "golden").glob("*.*"))
MARKER = "=== script ===\n"


def listing(composed):
    """The script, line by line: chapters, segments with what sets them apart, what is spoken otherwise, notes."""
    lines = [f"title: {composed.title}", f"author: {composed.author}", f"language: {composed.language}"]
    openings = {chapter.first: chapter for chapter in composed.chapters}
    for segment in composed.segments:
        if segment.number in openings:
            chapter = openings[segment.number]
            lines += ["", f"== {chapter.number}. {chapter.title} [{chapter.first}-{chapter.last}]"]
        lines += list(segment_lines(segment))
    return "\n".join([*lines, "", *(f"note: {note}" for note in composed.notes)]).rstrip() + "\n"


def segment_lines(segment):
    asked = [f"voice={segment.voice}"] * bool(segment.voice) + [f"speed={segment.speed}"] * bool(segment.speed)
    level = f" {segment.level}" if segment.level else ""
    yield " ".join(
        [f"{segment.number} {segment.kind}{level}", *asked, f"({segment.pause_after_s:g} s): {segment.text}"]
    )
    if [utterance.spoken for utterance in segment.utterances] != [segment.text][: len(segment.utterances)]:
        yield from (f"    | {utterance.spoken}" for utterance in segment.utterances)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_article_becomes_the_expected_script(case, update_golden):
    article, _, expected = case.read_text("utf-8").partition(MARKER)
    found = listing(script.compose(script.read(article, format=case.suffix)))
    if update_golden:
        case.write_text(article + MARKER + found, "utf-8")
    else:
        assert found == expected


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_golden_script_survives_being_written_and_read_again(case):
    composed = script.compose(script.read(case.read_text("utf-8").partition(MARKER)[0], format=case.suffix))
    again = script.compose(script.read(script.written(composed), format="markdown"))
    assert (again.segments, again.chapters, again.title) == (composed.segments, composed.chapters, composed.title)


def test_there_are_golden_cases():
    assert len(CASES) > 10
