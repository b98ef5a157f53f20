"""Faults in takes are found, and where nothing is wrong nothing is said."""

from pathlib import Path

import numpy as np
import pytest

from narration.check.checking import look
from narration.check.findings import Finding
from tests.narration.check.planted import FAULTS, Spoken, plant, recordings, taken_apart

PARAGRAPH = 5  # “It is dark under the trees. Birds are heard, …”


def errors(path: Path, paragraph: int) -> list[Finding]:
    findings = look(str(path)).findings
    return [each for each in findings if each.severity == "error" and each.paragraph == paragraph]


def spoilt(episode: Path, fault: str, index: int) -> None:
    takes = recordings(episode)
    another = taken_apart(takes[8]).sentences[0]
    plant(episode, {PARAGRAPH: FAULTS[fault](taken_apart(takes[PARAGRAPH]), index, another).recording()})


def test_nothing_is_said_of_an_episode_where_nothing_is_wrong(episode: Path) -> None:
    looked = look(str(episode))
    assert looked.findings == ()
    assert looked.measured.sentences == 15
    assert looked.measured.files == (str(episode.with_suffix(".mp3")),)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("dropped", "silent"),
        ("doubled", "long"),
        ("cut off half-way", "short"),
        ("silence", "silent"),
        ("noise", "noise"),
        ("rumble", "noise"),
        ("another text", "repeat"),
    ],
)
def test_fault_is_found_with_its_paragraph_and_time(fault: str, kind: str, episode: Path) -> None:
    before = [each for each in look(str(episode)).sentences if each.paragraph == PARAGRAPH]
    spoilt(episode, fault, 1)
    found = errors(episode, PARAGRAPH)
    assert kind in [each.kind for each in found]
    assert all(each.start_s is not None and each.start_s >= before[0].start_s for each in found if each.kind == kind)


def test_paragraphs_that_were_swapped_are_both_found(episode: Path) -> None:
    takes = recordings(episode)
    plant(episode, {5: takes[6], 6: takes[5]})
    assert errors(episode, 5)
    assert errors(episode, 6)


def test_words_that_are_gone_while_the_times_still_stand_are_found(episode: Path) -> None:
    take = recordings(episode)[PARAGRAPH]
    spoken = taken_apart(take)
    shorter = Spoken(spoken.sentences[1:], spoken.pause, spoken.rate_hz).recording()
    plant(episode, {PARAGRAPH: type(take)(shorter.pieces, take.sample_rate_hz, shorter.n_samples, take.sentences, -20)})
    assert errors(episode, PARAGRAPH)


def test_silence_in_the_midst_of_a_sentence_is_found_where_it_is(episode: Path) -> None:
    spoken = taken_apart(recordings(episode)[PARAGRAPH])
    start = look(str(episode)).sentences[6].start_s
    said = spoken.sentences[0]
    half = len(said) // 2
    silence = np.zeros(spoken.rate_hz, np.float32)
    broken = (np.concatenate([said[:half], silence, said[half:]]), *spoken.sentences[1:])
    plant(episode, {PARAGRAPH: Spoken(broken, spoken.pause, spoken.rate_hz).recording()})
    pause = next(each for each in errors(episode, PARAGRAPH) if each.kind == "pause")
    assert pause.start_s == pytest.approx(start + half / spoken.rate_hz, abs=0.15)
    assert pause.end_s == pytest.approx(pause.start_s + 1.0, abs=0.2)
