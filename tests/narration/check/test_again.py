"""Takes held against what the engine says now."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from tests.narration.check.planted import plant, recordings, taken_apart
from tests.narration.conftest import Narrate


def test_engine_says_every_take_again_as_it_was(episode: Path, narrate: Narrate) -> None:
    assert narrate("check", episode, "--again", "--json").document["findings"] == []


def test_other_words_of_the_same_length_are_found(episode: Path, narrate: Narrate) -> None:
    takes = recordings(episode)
    spoken = taken_apart(takes[5])
    said = spoken.sentences[1]
    third = len(said) // 3
    swapped = np.concatenate([said[-third:], said[:-third]])
    plant(episode, {5: replace(spoken, sentences=(spoken.sentences[0], swapped)).recording()})
    ran = narrate("check", episode, "--again", "--json")
    assert ran.code == 4
    assert "text" in [each["kind"] for each in ran.document["findings"] if each["paragraph"] == 5]
