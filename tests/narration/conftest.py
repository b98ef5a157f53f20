"""The command as a person runs it, articles to give it, and a stranger's engine that fails."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from narration.cli import status

COMMAND = Path(sys.executable).with_name("narrate")
STRANGER = Path(__file__).with_name("stranger")
PARAGRAPHS = (
    "The lamp was lit at dusk. Nobody saw who had done it.",
    "A second paragraph stands here, a little longer than the first one was.",
    "Third comes this.",
    "The fourth has two sentences. This is its second, and its last.",
    "Fifth and last, the ship came home.",
)


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


Narrate = Callable[..., Ran]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def article(folder: Path) -> Path:
    """Five paragraphs of plain text, seven sentences."""
    return written(folder / "article.txt", PARAGRAPHS)


def written(path: Path, paragraphs: tuple[str, ...] | list[str]) -> Path:
    path.write_text("\n\n".join(paragraphs) + "\n", "utf-8")
    return path


@pytest.fixture
def narrate(folder: Path, capfd: pytest.CaptureFixture[str]) -> Narrate:
    """The command, run within this process, which is quicker: its exit code and what it printed."""

    def run(*args: object) -> Ran:
        capfd.readouterr()
        code = status([str(arg) for arg in args])
        return Ran(code, *capfd.readouterr())

    return run


@pytest.fixture
def command(folder: Path) -> Narrate:
    """The installed command in a process of its own."""

    def run(*args: object, given: str | bytes = b"", **environment: str) -> Ran:
        done = subprocess.run(
            [COMMAND, *map(str, args)],
            input=given.encode() if isinstance(given, str) else given,
            capture_output=True,
            env=os.environ | environment,
            timeout=120,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture(scope="session")
def tiny_voices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of voice files with two voices of Piper and four of Kokoro, built by us."""
    pytest.importorskip("onnx")
    from tests.narration.engines.tiny_voices import kokoro_voices, piper_voice

    folder = tmp_path_factory.mktemp("voices")
    piper_voice(folder / "piper")
    piper_voice(folder / "piper", "en_GB-many-medium", speakers=5, language="en_GB", espeak="en-gb-x-rp")
    kokoro_voices(folder / "kokoro")
    return folder


@pytest.fixture
def stranger(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The faulty engine is installed, for this process and those it starts; it keeps its notes in a new folder."""
    home = shutil.copytree(STRANGER, tmp_path_factory.mktemp("stranger") / "home")
    monkeypatch.setenv("PYTHONPATH", str(home))
    monkeypatch.syspath_prepend(home)
