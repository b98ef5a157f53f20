"""`make` looks at its own work, and never ends with 0 when words may be lost."""

import shutil
from io import BytesIO
from pathlib import Path

import pytest

from narration.check.files import _is_found, written_findings
from narration.production import production
from narration.revise import Project
from tests.narration.conftest import Narrate, written

pytestmark = pytest.mark.usefixtures("stranger")


def test_make_says_nothing_of_takes_that_are_right(article: Path, narrate: Narrate) -> None:
    ran = narrate(article, "--json")
    assert ran.code == 0
    assert ran.document["findings"] == []


def test_make_of_a_voice_that_hums_instead_of_speaking_ends_with_4(folder: Path, narrate: Narrate) -> None:
    article = written(
        folder / "article.txt", ["A good one to begin with.", "Here comes trouble for you, and it goes on and on."]
    )
    ran = narrate(article, "--voice", "faulty/hums")
    assert ran.code == 4
    assert "noise or a tone" in ran.err
    assert "--fix" in ran.err
    assert article.with_suffix(".mp3").exists()


@pytest.mark.skipif(not shutil.which("flite"), reason="the program flite is missing")
def test_make_takes_no_cry_and_no_word_said_again_and_again_for_noise(folder: Path, narrate: Narrate) -> None:
    cries = ["Brrrrrr, it is cold.", "No no no no no no no.", "Aaaaaaaah! Ooooooh!", "The man went home to his tea."]
    article = written(folder / "article.txt", cries)
    ran = narrate(article, "--engine", "command:flite -voice slt -o {out} {text_file}")
    assert (ran.code, ran.err) == (0, "")


def test_redo_says_what_is_wrong_with_what_it_recorded_and_ends_with_4(folder: Path, narrate: Narrate) -> None:
    article = written(folder / "article.txt", ["A good one to begin with.", "And another one, which is as good."])
    assert narrate(article).code == 0
    assert narrate("redo", article, 1).code == 0
    for more in ((), ("--no-write",)):
        ran = narrate(
            "redo", article, 2, "--voice", "faulty/hums", "--say", "Here comes trouble, and it goes on.", *more
        )
        assert ran.code == 4
        assert "noise or a tone" in ran.err
        assert "--fix" in ran.err


def test_redo_of_one_long_paragraph_has_nothing_to_learn_from_but_itself(folder: Path, narrate: Narrate) -> None:
    lines = [f"On day {n} of the voyage we saw {n + 3} ships, and wrote their names in the log." for n in range(1, 13)]
    article = written(folder / "article.txt", ["A short one to begin with.", " ".join(lines)])
    assert narrate(article).code == 0
    assert narrate("redo", article, 2).code == 0


@pytest.mark.parametrize("suffix", ["mp3", "m4b", "opus", "flac"])
def test_file_that_was_not_written_as_it_was_meant_is_found(suffix: str, episode: Path) -> None:
    audio = episode.with_suffix(f".{suffix}")
    Project.open(episode).export(audio)
    with production(episode, 1, lambda _done, _total: None) as opened:
        line, _ = opened.timeline(audio, opened.snapshot())
        assert list(written_findings(audio, line)) == []
        whole = bytearray(audio.read_bytes())
        whole[len(whole) // 2 : len(whole) // 2 + 40] = bytes(40)
        audio.write_bytes(whole)
        assert [each.kind for each in written_findings(audio, line)] == ["packets"]


@pytest.mark.parametrize("before", [0, 1, 65_536, 200_000])
@pytest.mark.parametrize("length", [1, 3, 70_000])
def test_bytes_are_found_wherever_they_come_and_what_follows_is_read_next(before: int, length: int) -> None:
    wanted = bytes(range(1, 200)) * 400
    file = BytesIO(bytes(before) + wanted[:length] + b"rest")
    assert _is_found(file, wanted[:length])
    assert file.read() == b"rest"


def test_bytes_that_are_not_there_are_not_found() -> None:
    assert not _is_found(BytesIO(bytes(200_000) + b"alm"), b"almost")
    assert _is_found(BytesIO(b"x"), b"")
