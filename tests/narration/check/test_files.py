"""Files that do not hold the episode are found, by what other programs read in them."""

import shutil
from pathlib import Path

import mutagen
import pytest
from mutagen.id3 import ID3

from narration.check.checking import look
from narration.revise import Project

SUFFIXES = ("mp3", "m4b", "opus", "flac", "wav")


def kinds(path: Path) -> set[str]:
    return {finding.kind for finding in look(str(path)).findings if finding.severity == "error"}


@pytest.fixture
def audio(episode: Path) -> Path:
    return episode.with_suffix(".mp3")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_file_of_every_format_is_read_back_whole(suffix: str, episode: Path) -> None:
    out = episode.with_suffix(f".{suffix}")
    Project.open(episode).export(out)
    assert look(str(out)).findings == ()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_truncated_file_is_found_with_the_paragraphs_that_are_gone(suffix: str, episode: Path) -> None:
    out = episode.with_suffix(f".{suffix}")
    Project.open(episode).export(out)
    whole = out.read_bytes()
    out.write_bytes(whole[: len(whole) * 2 // 3])
    findings = look(str(out)).findings
    assert findings
    assert all(finding.severity == "error" for finding in findings)


def test_paragraphs_gone_with_the_end_of_the_file_are_named(audio: Path) -> None:
    whole = audio.read_bytes()
    audio.write_bytes(whole[: len(whole) * 2 // 3])
    missing = {each.paragraph for each in look(str(audio)).findings if each.kind == "missing"}
    assert {8, 9} <= missing
    assert not {1, 2, 3} & missing


def test_chapter_mark_that_was_moved_is_found(audio: Path) -> None:
    tags = ID3(audio)
    mark = sorted(tags.getall("CHAP"), key=lambda chapter: chapter.start_time)[1]
    mark.start_time += 2000
    tags.save(audio, v2_version=3)
    found = [each for each in look(str(audio)).findings if each.kind == "chapter"]
    assert len(found) == 1
    assert "Chapter 2, “The wood”" in found[0].message


def test_title_that_was_changed_is_found(audio: Path) -> None:
    tagged = mutagen.File(audio, easy=True)
    tagged["title"] = "Another walk"
    tagged.save()
    assert "tag" in kinds(audio)


def test_frames_cut_out_of_the_file_are_found_in_their_paragraph(audio: Path) -> None:
    whole = audio.read_bytes()
    at = len(whole) // 2
    frame = whole.index(whole[-209:-207], at)
    audio.write_bytes(whole[:frame] + whole[frame + 50 * 209 :])
    missing = [each for each in look(str(audio)).findings if each.kind == "missing"]
    assert missing
    assert len({each.paragraph for each in missing}) <= 2


def test_end_without_its_last_pause_is_said_to_be_shorter(audio: Path) -> None:
    audio.write_bytes(audio.read_bytes()[: -3 * 209])
    (told,) = [each.message for each in look(str(audio)).findings if each.kind == "packets"]
    assert told.endswith("it is 0.08 s shorter.")


def test_file_of_another_episode_is_found(audio: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Something else is said here, and nothing of a walk.", "utf-8")
    import narration

    narration.narrate(other, voice="en-gb")
    shutil.copy(other.with_suffix(".mp3"), audio)
    assert {"file", "length"} <= kinds(audio)


def test_file_that_is_no_sound_is_found(audio: Path) -> None:
    audio.write_bytes(b"nothing of the kind" * 100)
    assert kinds(audio) == {"file"}


def test_file_that_is_gone_is_found(audio: Path) -> None:
    audio.unlink()
    assert kinds(audio) == {"file"}
