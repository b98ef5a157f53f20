"""A programme says of an episode what its sound, as others decode it, says too."""

from itertools import pairwise
from pathlib import Path

import av
import mutagen
import pytest

from tests.narration.conftest import Narrate
from tests.narration.podcast.conftest import ARTICLE, Make, Programmed


def test_programme_is_what_was_read_and_is_heard(made: Make, programmed: Programmed) -> None:
    programme = programmed(made())
    assert (programme.title, programme.author, programme.date) == ("The Lamp", "A. Keeper", "2024-06-01")
    assert [chapter.title for chapter in programme.chapters] == ["Dusk", "Dawn"]
    assert [segment.text for segment, _ in programme.segments][:2] == [
        "Dusk",
        "The lamp was lit at dusk. Nobody saw who had done it.",
    ]
    assert all(segment.number == heard.number for segment, heard in programme.segments)


def test_times_lie_on_the_timeline_of_the_sound(made: Make, programmed: Programmed, folder: Path) -> None:
    programme = programmed(made())
    words = [word for _, heard in programme.segments for sentence in heard.sentences for word in sentence.words]
    assert all(one.from_samples <= other.from_samples for one, other in pairwise(words))
    assert 0 < words[0].from_samples < words[-1].to_samples <= programme.n_samples
    with av.open(str(folder / "site/episodes/lamp/lamp.mp3")) as sound:
        assert sound.streams.audio[0].rate == programme.sample_rate_hz
        assert sum(frame.samples for frame in sound.decode(audio=0)) == programme.n_samples


def test_chapters_start_where_their_first_segment_does_and_end_with_the_sound(
    made: Make, programmed: Programmed
) -> None:
    programme = programmed(made())
    starts = {segment.number: heard.from_samples for segment, heard in programme.segments}
    assert [chapter.start_samples for chapter in programme.chapters] == [
        starts[chapter.first] for chapter in programme.chapters
    ]
    assert programme.chapters[-1].end_samples == programme.n_samples


@pytest.mark.parametrize(
    ("output", "audio", "mime"),
    [
        ("lamp.mp3", "lamp.mp3", "audio/mpeg"),
        ("lamp.m4b", "lamp.m4a", "audio/x-m4a"),
        ("lamp.flac", "lamp.mp3", "audio/mpeg"),
    ],
)
def test_sound_is_one_that_players_of_podcasts_take(
    output: str, audio: str, mime: str, made: Make, programmed: Programmed, folder: Path
) -> None:
    programme = programmed(made(ARTICLE, "lamp.md", "-o", output))
    file = folder / "site/episodes/lamp" / audio
    assert (programme.audio, programme.mime, programme.n_bytes) == (audio, mime, file.stat().st_size)
    assert mutagen.File(file).info.length == pytest.approx(programme.duration_s, abs=0.1)


def test_episode_keeps_its_key_when_it_is_narrated_again_or_moved(
    made: Make, programmed: Programmed, folder: Path
) -> None:
    key = programmed(made()).key
    project = made(ARTICLE.replace("The Lamp", "Another title").replace("dusk", "noon"))
    assert programmed(project).key == key
    assert programmed(project.rename(folder / "elsewhere.narration")).key == key


def test_project_that_is_made_anew_has_the_same_key(made: Make, programmed: Programmed) -> None:
    project = made()
    key = programmed(project).key
    project.unlink()
    assert programmed(made()).key == key
    assert programmed(made(ARTICLE, "other.md")).key != key


def test_sound_that_is_there_is_left_alone_and_one_changed_by_hand_is_mended(
    made: Make, programmed: Programmed, folder: Path
) -> None:
    project = made()
    programme = programmed(project)
    file = folder / "site/episodes/lamp/lamp.mp3"
    sound, before = file.read_bytes(), file.stat()
    assert programmed(project) == programme
    assert file.stat() == before
    file.write_bytes(sound[:-1] + b"x")
    assert programmed(project) == programme
    assert file.read_bytes() == sound


def test_redo_leaves_what_is_published(made: Make, programmed: Programmed, folder: Path, narrate: Narrate) -> None:
    project = made()
    programmed(project)
    file = folder / "site/episodes/lamp/lamp.mp3"
    sound = file.read_bytes()
    assert narrate("redo", project, 2).out == f"{folder / 'lamp.mp3'}\n"
    assert file.read_bytes() == sound
