"""Two processes that publish in one folder: one does, the other says so; a process that was killed leaves no lock."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.narration.conftest import COMMAND, Narrate
from tests.narration.podcast.conftest import ARTICLE, Make

HOLD = """
import sys
from pathlib import Path
from narration.podcast.lock import locked
with locked(Path(sys.argv[1])):
    print("locked", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the lock of site/, until it is killed or its input ends."""
    (folder / "site").mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, folder / "site"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "locked\n"
        yield process
        process.kill()


def test_second_publish_is_refused_while_the_first_is_at_work(
    made: Make, narrate: Narrate, holder: subprocess.Popen[str], folder: Path
) -> None:
    ran = narrate("publish", made(), "--to", "site")
    assert (ran.code, ran.out) == (5, "")
    assert "Another narrate publishes in site now. Wait until that one has ended" in ran.err
    assert {path.name for path in (folder / "site").iterdir()} == {".publish-lock"}


def test_lock_goes_with_a_process_that_is_killed(made: Make, narrate: Narrate, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    assert narrate("publish", made(), "--to", "site").code == 0


def test_two_at_once_lose_nothing(made: Make, narrate: Narrate, folder: Path) -> None:
    projects = [made(), made(ARTICLE.replace("The Lamp", "The Ship"), "ship.md")]
    running = [
        subprocess.Popen(
            [COMMAND, "publish", project, "--to", "site"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for project in projects
    ]
    ended = [(*process.communicate(timeout=120), process.returncode) for process in running]
    codes = [code for *_, code in ended]
    assert set(codes) <= {0, 5}, ended
    assert 0 in codes, ended
    titles = [json.loads(path.read_text())["title"] for path in (folder / "site").glob("episodes/*/episode.json")]
    assert len(titles) == codes.count(0)
    for project, code in zip(projects, codes, strict=True):
        if code:
            assert narrate("publish", project, "--to", "site").code == 0
    feed = (folder / "site/feed.xml").read_text()
    assert [feed.count(f"<title>{title}</title>") for title in ("The Lamp", "The Ship")] == [1, 1]
    assert [feed.count(f"<itunes:episode>{number}<") for number in (1, 2)] == [1, 1]


def test_folder_where_nobody_may_write_is_named(made: Make, narrate: Narrate, folder: Path) -> None:
    (folder / "site").mkdir()
    (folder / "site/.publish-lock").mkdir()
    ran = narrate("publish", made(), "--to", "site")
    assert ran.code == 5
    assert "The folder site cannot be written" in ran.err
