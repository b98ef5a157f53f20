"""The project file: what is put in comes out, and whatever is wrong with the file is said."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from narration.errors import DamagedTakeError, ProjectError, ProjectWriteError
from narration.project import Choice, Output, ProjectFile, TakeTimes
from narration.settings import Settings
from narration.snapshot import Snapshot, kept, packed
from tests.narration.values import ENCODED, RECORDING, SOUND, script, segment


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "article.narration"


@pytest.fixture
def project(path: Path) -> Iterator[ProjectFile]:
    with ProjectFile(path, create=True) as opened:
        yield opened


def change(path: Path, sql: str) -> None:
    database = sqlite3.connect(path)
    database.execute(sql)
    database.commit()
    database.close()


# what is put in comes out


def test_new_project_is_empty(project: ProjectFile) -> None:
    assert (project.made(), project.takes(), project.choices(), project.outputs()) == (None, (), {}, ())


def made_of(project: ProjectFile) -> list[object]:
    return list(project.made() or ())


def test_what_was_made_comes_back_the_latest_alone(project: ProjectFile) -> None:
    project.save_made(iter([{"title": "first"}, 1, 2, 3]))
    project.save_made(iter([{"title": "“second” \udce9"}, [1], 3]))
    assert made_of(project) == [{"title": "“second” \udce9"}, [1], 3]


def test_what_was_made_without_a_segment_comes_back(project: ProjectFile) -> None:
    project.save_made(iter([{"title": "first"}, 1]))
    project.save_made(iter([{"title": "second"}]))
    assert made_of(project) == [{"title": "second"}]


def test_saving_the_same_again_writes_nothing(project: ProjectFile) -> None:
    project.save_made(iter([{"title": "first"}, 1, 2]))
    before = project.path.read_bytes()
    project.save_made(iter([{"title": "first"}, 1, 2]))
    assert project.path.read_bytes() == before


def test_take_comes_back_as_it_was_recorded(project: ProjectFile) -> None:
    take = project.add_take("paragraph", SOUND, RECORDING, ENCODED)
    back = project.recording(take)
    assert all(getattr(back, name) == getattr(RECORDING, name) for name in RECORDING.__slots__)
    assert project.times(take) == TakeTimes(RECORDING.sample_rate_hz, RECORDING.sentences)
    listed = project.takes()[0]
    assert (listed.id, listed.paragraph, listed.key, listed.sound) == (take, "paragraph", SOUND.key, SOUND)
    assert project.sound(take) == SOUND
    assert listed.duration_s == 2.0


def test_packets_come_back_as_they_were_encoded(project: ProjectFile) -> None:
    take = project.add_take("paragraph", SOUND, RECORDING, ENCODED)
    listed = project.encoded(ENCODED.mastering)[take]
    assert (listed.n_packets, listed.n_bytes) == (2, 5)
    assert (listed.anchors, listed.true_peak_dbtp, listed.energies) == (ENCODED.anchors, -2.5, ENCODED.energies)
    packets = project.packets(listed.id)
    assert (packets.sizes.tolist(), packets.payload) == ([3, 2], b"abcde")


def test_takes_are_numbered_as_they_come(project: ProjectFile) -> None:
    ids = [project.add_take("p", replace(SOUND, variation=n), RECORDING, ENCODED) for n in (1, 2, 3)]
    assert ids == [1, 2, 3]
    assert [take.id for take in project.takes()] == ids


def test_person_s_recording_has_no_sound_and_a_key_of_its_own(project: ProjectFile) -> None:
    project.add_take("p", None, RECORDING, ENCODED)
    project.add_take("p", None, replace(RECORDING, pieces=(b"other",)), ENCODED)
    one, other = project.takes()
    assert one.sound is project.sound(one.id) is None
    assert one.key != other.key


def test_take_can_be_chosen_as_it_is_added(project: ProjectFile) -> None:
    take = project.add_take("p", SOUND, RECORDING, ENCODED, occurrence=2, how="redo", text="Words.")
    assert project.choices() == {("p", 2): Choice(take, "redo", "Words.")}


def test_later_choice_takes_the_place_of_the_earlier(project: ProjectFile) -> None:
    one = project.add_take("p", SOUND, RECORDING, ENCODED, how="redo")
    other = project.add_take("p", SOUND, RECORDING, ENCODED, how="say")
    project.choose("p", 1, Choice(one, "pick", ""))
    assert project.choices() == {("p", 1): Choice(one, "pick", "")}
    assert len(project.takes()) == other


def test_take_has_packets_for_each_mastering_and_one_of_each(project: ProjectFile) -> None:
    take = project.add_take("p", SOUND, RECORDING, ENCODED)
    project.add_encoded(take, replace(ENCODED, mastering="opus"))
    project.add_encoded(take, replace(ENCODED, mastering="opus", payload=b"ABCDE"))
    assert list(project.encoded(ENCODED.mastering)) == [take]
    assert project.packets(project.encoded("opus")[take].id).payload == b"ABCDE"


def test_deleted_takes_go_with_packets_and_choices_and_give_room_back(project: ProjectFile) -> None:
    big = replace(RECORDING, pieces=(bytes(1_000_000),))
    gone = project.add_take("p", SOUND, big, ENCODED, how="redo")
    kept = project.add_take("q", SOUND, RECORDING, ENCODED, how="redo")
    project.delete_takes([gone])
    assert [take.id for take in project.takes()] == [kept]
    assert list(project.encoded(ENCODED.mastering)) == [kept]
    assert list(project.choices()) == [("q", 1)]
    assert project.path.stat().st_size < 500_000


def test_calibration_comes_back(project: ProjectFile) -> None:
    assert project.calibration("voice") is None
    project.add_calibration("voice", {"loudness_lufs": -20.123456789})
    assert project.calibration("voice") == {"loudness_lufs": -20.123456789}


def test_outputs_move_with_the_folder(path: Path, tmp_path: Path) -> None:
    with ProjectFile(path, create=True) as project:
        project.add_output(Output(tmp_path / "article.mp3", "f", 1, 2))
        project.add_output(Output(Path("/elsewhere/article.m4b"), "f", 1, 2))
    moved = tmp_path / "moved"
    moved.mkdir()
    path.rename(moved / path.name)
    with ProjectFile(moved / path.name) as project:
        paths = [output.path for output in project.outputs()]
    assert paths == [Path("/elsewhere/article.m4b"), moved / "article.mp3"]


# what can be wrong with the file


def test_missing_project_is_not_made_unasked(path: Path) -> None:
    with pytest.raises(ProjectError, match="There is no project"):
        ProjectFile(path)
    assert not path.exists()


@pytest.mark.parametrize("name", ["nosuch/article.narration", "folder"])
def test_place_that_cannot_hold_a_project_is_a_write_error(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(ProjectWriteError):
        ProjectFile(tmp_path / name, create=True)


def test_cut_off_project_is_called_damaged(path: Path, project: ProjectFile) -> None:
    project.add_take("p", SOUND, replace(RECORDING, pieces=(bytes(200_000),)), ENCODED)
    project.close()
    path.write_bytes(path.read_bytes()[:-100_000])
    with pytest.raises(ProjectError, match=r"is damaged .* Move it away"), ProjectFile(path) as cut:
        cut.recording(1)


def test_damaged_rows_are_noticed_and_taken_out(path: Path, project: ProjectFile) -> None:
    for paragraph in ("p", "q", "r"):
        project.add_take(paragraph, SOUND, RECORDING, ENCODED)
    project.close()
    change(path, "UPDATE takes SET flac = zeroblob(8) WHERE id = 1")
    change(path, "UPDATE encoded SET payload = zeroblob(5) WHERE take <= 2")
    with ProjectFile(path) as opened:
        with pytest.raises(DamagedTakeError, match="Take 1"):
            opened.recording(1)
        with pytest.raises(DamagedTakeError, match="Packets 2"):
            opened.packets(2)
        notes = opened.drop_damaged(ENCODED.mastering, [1, 2, 3])
        assert len(notes) == 3
        assert [take.id for take in opened.takes()] == [2, 3]
        assert list(opened.encoded(ENCODED.mastering)) == [3]


def test_damaged_recording_of_a_person_is_never_taken_out(path: Path, project: ProjectFile) -> None:
    project.add_take("p", None, RECORDING, ENCODED)
    project.close()
    change(path, "UPDATE takes SET flac = zeroblob(8)")
    change(path, "UPDATE encoded SET payload = zeroblob(5)")
    with ProjectFile(path) as opened:
        with pytest.raises(DamagedTakeError, match="your own recording"):
            opened.drop_damaged(ENCODED.mastering, [1])
        assert len(opened.takes()) == 1


@pytest.mark.parametrize(
    ("damage", "read"),
    [
        ("UPDATE episode SET made = 'no JSON'", kept),
        ("UPDATE segments SET segment = '[{}, null]'", kept),
        ("UPDATE takes SET sound = '{\"uttera'", ProjectFile.takes),
        ("UPDATE takes SET piece_bytes = '7'", lambda project: project.recording(1)),
        ("UPDATE takes SET sentences = '7'", lambda project: project.times(1)),
        ("UPDATE encoded SET anchors = '[[1]]'", lambda project: project.encoded(ENCODED.mastering)),
        ("UPDATE calibrations SET measured = '{'", lambda project: project.calibration("voice")),
    ],
)
def test_text_that_is_damaged_is_said_to_be(
    damage: str, read: Callable[[ProjectFile], object], path: Path, project: ProjectFile
) -> None:
    snapshot = Snapshot("a.txt", "", "", (), "", Settings(), script(segment()), (SOUND,))
    project.save_made(packed(snapshot))
    project.add_take("p", SOUND, RECORDING, ENCODED)
    project.add_calibration("voice", {})
    project.close()
    change(path, damage)
    with (
        ProjectFile(path) as opened,
        pytest.raises(ProjectError, match=r"article\.narration is damaged .* Move it away"),
    ):
        read(opened)


# others, and no room


def test_write_that_is_refused_half_way_changes_nothing(project: ProjectFile) -> None:
    project.save_made(iter([{"title": "first"}]))
    bad = replace(ENCODED, mastering=None)  # type: ignore[arg-type] - the second insert of the transaction fails
    with pytest.raises(ProjectError):
        project.add_take("p", SOUND, RECORDING, bad)
    assert project.takes() == ()
    project.save_made(iter([{"title": "second"}]))
    assert made_of(project) == [{"title": "second"}]


def test_full_disk_is_a_write_error_and_keeps_what_was_there(project: ProjectFile) -> None:
    project.add_take("p", SOUND, RECORDING, ENCODED)
    project._db._db.execute("PRAGMA max_page_count = 20")
    with pytest.raises(ProjectWriteError, match="cannot be written"):
        project.add_take("q", SOUND, replace(RECORDING, pieces=(bytes(1_000_000),)), ENCODED)
    assert [take.paragraph for take in project.takes()] == ["p"]


def test_stored_json_is_plain(path: Path, project: ProjectFile) -> None:
    project.add_take("p", SOUND, RECORDING, ENCODED)
    project.close()
    database = sqlite3.connect(path)
    stored = json.loads(database.execute("SELECT sound FROM takes").fetchone()[0])
    database.close()
    assert stored["utterances"] == list(SOUND.utterances)
