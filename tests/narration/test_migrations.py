"""A project of an older version is brought up to this one, and nothing in it is lost."""

import sqlite3
from pathlib import Path

from narration.database import VERSION
from narration.project import Choice, ProjectFile
from narration.snapshot import unpacked
from script.article import Override
from script.script import Segment, Span, Utterance
from tests.narration.values import sound


def version_1(path: Path) -> Path:
    """A project as version 1 left it: a paragraph with an override, a break, and a paragraph with two takes."""
    database = sqlite3.connect(path)
    database.executescript(Path(__file__).with_name("version_1.sql").read_text("utf-8"))
    database.close()
    return path


def test_version_1_gives_what_it_read(tmp_path: Path) -> None:
    with ProjectFile(version_1(tmp_path / "article.narration")) as project:
        snapshot = unpacked(project.made() or ())
    assert (snapshot.source, snapshot.settings.engine) == ("/home/keeper/article.md", "tone")
    spans = (Span(0, 3, 0, 3, "wʌn"), Span(3, 7, 3, 7), Span(7, 10, 7, 8), Span(10, 11, 8, 9))
    said = (Utterance("wun of two.", spans),)
    override = Override(0, 3, "", "wʌn")
    assert snapshot.script.segments == (
        Segment(1, "paragraph", 0, 1, "One of 2.", said, "", None, 0.7, "", (override,)),
        Segment(2, "break", 0, 1, "", (), "", None, 1.0),
        Segment(3, "paragraph", 0, 2, "Last.", (Utterance("Last.", (Span(0, 5, 0, 5),)),), "", None, 0.7),
    )
    assert snapshot.sounds == (sound("wun of two."), None, sound("Last."))


def test_version_1_keeps_takes_packets_and_choices(tmp_path: Path) -> None:
    with ProjectFile(version_1(tmp_path / "article.narration")) as project:
        assert [take.sound for take in project.takes()] == [sound("Last."), sound("Last.", variation=2)]
        assert list(project.choices().values()) == [Choice(2, "redo", "Last.")]
        assert project.recording(2).pieces == (b"fLaC",)
        assert project.packets(project.encoded("flac -20")[1].id).payload == b"abcde"


def test_migrated_project_is_of_this_version_and_is_not_migrated_again(tmp_path: Path) -> None:
    path = version_1(tmp_path / "article.narration")
    ProjectFile(path).close()
    after = path.read_bytes()
    ProjectFile(path).close()
    assert path.read_bytes() == after
    database = sqlite3.connect(path)
    assert database.execute("PRAGMA user_version").fetchone() == (VERSION,)
    database.close()


def test_version_1_in_which_nothing_was_made_is_opened(tmp_path: Path) -> None:
    path = version_1(tmp_path / "article.narration")
    database = sqlite3.connect(path)
    database.execute("DELETE FROM episode")
    database.commit()
    database.close()
    with ProjectFile(path) as project:
        assert project.made() is None


def test_new_and_migrated_projects_have_the_same_tables(tmp_path: Path) -> None:
    old, new = tmp_path / "old.narration", tmp_path / "new.narration"
    ProjectFile(version_1(old)).close()
    ProjectFile(new, create=True).close()
    assert tables(old) == tables(new)


def tables(path: Path) -> set[str]:
    database = sqlite3.connect(path)
    found = {
        " ".join(sql.split()) for (sql,) in database.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")
    }
    database.close()
    return found
