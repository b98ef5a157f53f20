"""What is not right is recorded again, and what another take does not mend is left as it was."""

import os
from pathlib import Path

from narration.check.checking import look
from narration.revise import Project
from tests.narration.check.planted import FAULTS, plant, recordings, taken_apart
from tests.narration.conftest import Narrate


def test_paragraph_that_is_not_right_is_recorded_again(episode: Path, narrate: Narrate) -> None:
    spoken = taken_apart(recordings(episode)[5])
    plant(episode, {5: FAULTS["silence"](spoken, 1, spoken.sentences[1]).recording()})
    ran = narrate("check", episode, "--fix", 2, "--json")
    assert ran.code == 0, ran.out
    assert ran.document["findings"] == []
    assert "recorded again 5; right now: 5" in ran.document["notes"][0]
    assert look(str(episode.with_suffix(".mp3"))).findings == ()


def test_file_that_is_not_right_is_written_again_and_nothing_recorded(episode: Path, narrate: Narrate) -> None:
    audio = episode.with_suffix(".mp3")
    whole = audio.read_bytes()
    audio.write_bytes(whole[: len(whole) // 2])
    takes = Project.open(episode).takes()
    assert narrate("check", episode, "--fix", 1).code == 0
    assert audio.read_bytes() == whole
    assert Project.open(episode).takes() == takes


def test_file_is_written_again_although_neither_its_size_nor_its_time_tells_what_happened(
    episode: Path, narrate: Narrate
) -> None:
    audio = episode.with_suffix(".mp3")
    whole, before = audio.read_bytes(), audio.stat()
    middle = len(whole) // 2
    audio.write_bytes(whole[:middle] + bytes(5000) + whole[middle + 5000 :])
    os.utime(audio, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert narrate("check", episode, "--fix", 1).code == 0
    assert audio.read_bytes() == whole
