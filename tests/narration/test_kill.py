"""`kill -9` at any moment: nothing recorded or chosen is lost, and the next run ends where an unbroken one would."""

import os
import random
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from narration.project import ProjectFile
from tests.narration.conftest import COMMAND, Narrate, written

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are found through /proc")

MARK = "NARRATION_TEST_RUN"
VOICE = ("--voice", "tone/low")
WORDS = ("with", "oil", "for", "one", "lamp", "and", "bread", "that", "two", "men", "would", "share")
TEXT = tuple(
    f"Paragraph {number} is read here. It has a second sentence, {' '.join(WORDS[:number])}." for number in range(1, 13)
)
FEW, MANY = range(2), range(2, 26)


@dataclass(frozen=True, slots=True)
class Content:
    """What a person would miss."""

    takes: frozenset[str]
    choices: frozenset[tuple[str, str, str]]

    @classmethod
    def of(cls, project: Path) -> "Content":
        if not project.exists():
            return cls(frozenset(), frozenset())
        with ProjectFile(project) as file:
            keys = {take.id: take.key for take in file.takes()}
            choices = [(*place, choice) for place, choice in file.choices().items()]
        return cls(
            frozenset(keys.values()),
            frozenset((paragraph, choice.how, keys[choice.take]) for paragraph, _, choice in choices),
        )


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an episode whose paragraph 3 has two takes, the second of them chosen."""
    folder = tmp_path_factory.mktemp("finished")
    written(folder / "article.txt", TEXT)
    for arguments in (["article.txt", *VOICE], ["redo", "article.txt", "3"]):
        subprocess.run([COMMAND, *arguments], cwd=folder, check=True, capture_output=True)
    return folder


def killed(arguments: list[str], after_s: float) -> None:
    """Start the command, kill it after so long, and see that all its workers go as well."""
    mark = f"{MARK}={os.getpid()}-{time.monotonic_ns()}"
    name, _, value = mark.partition("=")
    process = subprocess.Popen([COMMAND, *arguments], stdout=-3, stderr=-3, env=os.environ | {name: value})
    time.sleep(after_s)
    process.kill()
    process.wait()
    deadline = time.monotonic() + 10
    while (left := marked(mark)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not left, "orphans stay"


def marked(mark: str) -> list[str]:
    """The processes that carry the mark."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (place / "environ").read_bytes():
                found.append(f"{place.name} {(place / 'cmdline').read_bytes()!r}")
        except OSError:
            continue  # it has ended meanwhile
    return found


def moment(seed: int, command: str) -> float:
    """Seconds from the start: anywhere in a quick run and a little behind it."""
    return random.Random(f"{command} {seed}").uniform(0.1, 1.1)


def strays(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if "partial" in path.name or "journal" in path.name]


def check_kill_during_make(seed: int, folder: Path, finished: Path, narrate: Narrate) -> None:
    shutil.copy(finished / "article.txt", folder)
    before = Content.of(folder / "article.narration")
    for round_ in range(2):
        killed(["make", "article.txt", *VOICE], moment(seed + 1000 * round_, "make"))
        after = Content.of(folder / "article.narration")
        assert before.takes <= after.takes
        before = after
    assert narrate("make", "article.txt", *VOICE).code == 0
    assert before.takes <= Content.of(folder / "article.narration").takes
    shutil.copy(finished / "article.narration", folder / "other.narration")
    narrate("pick", "other.narration", 3, 1, "--no-write")
    narrate("export", "other.narration", "-o", "unbroken.mp3")
    assert (folder / "article.mp3").read_bytes() == (folder / "unbroken.mp3").read_bytes()
    assert strays(folder) == []


def check_kill_during(arguments: list[str], seed: int, folder: Path, finished: Path, narrate: Narrate) -> None:
    """The file is whole at once, old or new; the next make writes the one that the choices ask for."""
    shutil.copytree(finished, folder, dirs_exist_ok=True)
    before = Content.of(folder / "article.narration")
    old = (folder / "article.mp3").read_bytes()
    killed(arguments, moment(seed, arguments[0]))
    now = (folder / "article.mp3").read_bytes()
    after = Content.of(folder / "article.narration")
    assert before.takes <= after.takes
    assert len(after.choices) == len(before.choices | {choice for choice in after.choices if choice[1] == "say"})
    assert narrate("make", "article.txt", *VOICE).code == 0
    assert Content.of(folder / "article.narration") == after
    assert strays(folder) == []
    finished_file = (folder / "article.mp3").read_bytes()
    assert now in (old, finished_file)
    assert (finished_file == old) == (after.choices == before.choices)
    narrate("export", "article.txt", "-o", "unbroken.mp3")
    assert finished_file == (folder / "unbroken.mp3").read_bytes()


REDO = ["redo", "article.txt", "5", "--say", "Something else is said here, and more of it."]
PICK = ["pick", "article.txt", "3", "1"]


@pytest.mark.parametrize("seed", FEW)
def test_killed_make_goes_on_where_it_was(seed: int, folder: Path, finished: Path, narrate: Narrate) -> None:
    check_kill_during_make(seed, folder, finished, narrate)


@pytest.mark.slow
@pytest.mark.parametrize("seed", MANY)
def test_make_killed_at_many_moments_goes_on_where_it_was(
    seed: int, folder: Path, finished: Path, narrate: Narrate
) -> None:
    check_kill_during_make(seed, folder, finished, narrate)


@pytest.mark.parametrize("arguments", [REDO, PICK], ids=["redo", "pick"])
@pytest.mark.parametrize("seed", FEW)
def test_killed_change_is_there_whole_or_not_at_all(
    arguments: list[str], seed: int, folder: Path, finished: Path, narrate: Narrate
) -> None:
    check_kill_during(arguments, seed, folder, finished, narrate)


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [REDO, PICK], ids=["redo", "pick"])
@pytest.mark.parametrize("seed", MANY)
def test_change_killed_at_many_moments_is_there_whole_or_not_at_all(
    arguments: list[str], seed: int, folder: Path, finished: Path, narrate: Narrate
) -> None:
    check_kill_during(arguments, seed, folder, finished, narrate)
