"""SQLite under the project file: whose file it is, which version, and who has it open."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from narration.database import VERSION, Database
from narration.errors import ProjectError
from tests.narration.test_migrations import version_1


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "article.narration"


def made(path: Path) -> Path:
    """A new project's database, closed."""
    Database(path).close()
    return path


def change(path: Path, sql: str) -> None:
    database = sqlite3.connect(path)
    database.execute(sql)
    database.commit()
    database.close()


def test_file_says_whose_it_is_and_which_version(path: Path) -> None:
    database = sqlite3.connect(made(path))
    assert database.execute("PRAGMA application_id").fetchone() == (int.from_bytes(b"NARR", "big"),)
    assert database.execute("PRAGMA user_version").fetchone() == (VERSION,)
    database.close()


def test_newer_version_is_refused_with_the_remedy(path: Path) -> None:
    change(made(path), f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(ProjectError, match=r"newer narration .*pip install --upgrade narration"):
        Database(path)


def test_older_version_that_cannot_be_brought_up_stays_as_it_was(path: Path) -> None:
    version_1(path)
    change(path, "UPDATE episode SET made = 'no JSON'")
    before = path.read_bytes()
    with pytest.raises(ProjectError, match="is damaged"):
        Database(path)
    assert path.read_bytes() == before


def test_another_program_s_database_is_left_alone(path: Path) -> None:
    change(path, "CREATE TABLE mine (x)")
    before = path.read_bytes()
    with pytest.raises(ProjectError, match="another program"):
        Database(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"Some text, and no database at all.", b"SQLite format 3\0" + bytes(100)])
def test_file_that_is_no_project_is_refused_and_left_alone(content: bytes, path: Path) -> None:
    path.write_bytes(content)
    with pytest.raises(ProjectError, match=r"article\.narration"):
        Database(path)
    assert path.read_bytes() == content


def test_empty_file_becomes_a_project(path: Path) -> None:
    path.touch()
    database = Database(path)
    assert list(database.rows("SELECT * FROM takes")) == []
    database.close()


OPEN = "import sys; from narration.database import Database; from pathlib import Path; d = Database(Path(sys.argv[1]));"


def test_second_process_is_told_that_the_project_is_in_use(path: Path) -> None:
    database = Database(path)
    done = subprocess.run([sys.executable, "-c", OPEN, str(path)], capture_output=True, text=True, check=False)
    assert "is in use by another narrate" in done.stderr
    database.close()


def test_killed_process_leaves_no_lock_and_what_it_had_committed(path: Path) -> None:
    code = f"{OPEN}\nwith d.transaction() as t: t.execute(\"INSERT INTO calibrations VALUES ('a', 'b')\")\n"
    process = subprocess.Popen(
        [sys.executable, "-c", f"{code}print(flush=True); input()", str(path)], stdin=-1, stdout=-1
    )
    assert process.stdout
    assert process.stdin
    process.stdout.readline()
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()
    database = Database(path)
    assert database.row("SELECT * FROM calibrations") == ("a", "b")
    database.close()
