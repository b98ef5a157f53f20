"""Listening: which file a player is given."""

import os
import sys
from pathlib import Path

import av
import pytest

from tests.narration.conftest import Narrate

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="players are programs elsewhere")
TONE = ("--voice", "tone/low", "--chapters", "paragraphs")


@pytest.fixture
def heard(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only player there is: it notes what it is given and keeps a copy."""
    programs = folder / "programs"
    programs.mkdir()
    player = programs / "mpv"
    player.write_text(f'#!/bin/sh\nfor file; do :; done\n/bin/cp "$file" {folder}/heard.mp3\n')
    player.chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    return folder / "heard.mp3"


def seconds(file: Path) -> float:
    with av.open(str(file)) as container:
        return sum(frame.samples for frame in container.decode(audio=0)) / 44_100


def test_whole_episode_is_the_file_itself(article: Path, heard: Path, narrate: Narrate) -> None:
    narrate(article, *TONE)
    assert narrate("play", article).code == 0
    assert heard.read_bytes() == Path("article.mp3").read_bytes()


@pytest.mark.parametrize("number", [2, 3, 5])
def test_rest_starts_at_the_paragraph(number: int, article: Path, heard: Path, narrate: Narrate) -> None:
    made = narrate(article, *TONE, "--json").document
    assert narrate("play", article, number).code == 0
    start_s = made["chapters"][number - 1]["start_s"]
    assert seconds(heard) == pytest.approx(made["duration_s"] - start_s, abs=0.001)


def test_episode_whose_file_is_gone_is_played_from_its_takes(article: Path, heard: Path, narrate: Narrate) -> None:
    narrate(article, *TONE)
    before = seconds(Path("article.mp3"))
    Path("article.mp3").unlink()
    assert narrate("play", article).code == 0
    assert seconds(heard) == pytest.approx(before, abs=0.001)
    assert not Path("article.mp3").exists()


def test_paragraph_that_is_not_there_is_a_usage_error(article: Path, heard: Path, narrate: Narrate) -> None:
    narrate(article, *TONE)
    ran = narrate("play", article, 6)
    assert (ran.code, heard.exists()) == (2, False)
    assert "There is no paragraph 6" in ran.err


def test_player_that_fails_is_named(article: Path, heard: Path, narrate: Narrate) -> None:
    narrate(article, *TONE)
    (heard.parent / "programs" / "mpv").write_text("#!/bin/sh\nexit 3\n")
    ran = narrate("play", article)
    assert ran.code == 2
    assert "The player mpv could not play" in ran.err


def test_without_a_player_one_is_asked_for(article: Path, narrate: Narrate, monkeypatch: pytest.MonkeyPatch) -> None:
    narrate(article, *TONE)
    monkeypatch.setenv("PATH", os.devnull)
    ran = narrate("play", article)
    assert ran.code == 2
    assert "There is no player here" in ran.err
