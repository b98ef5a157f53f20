"""Where outputs and projects are."""

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narration.errors import UsageError
from narration.places import default_output, find_project, remember, slug, titled_output


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("a/article.md", "a/article.mp3"),
        ("article", "article.mp3"),
        ("a.b.md", "a.b.mp3"),
    ],
)
def test_output_stands_beside_its_source(source: str, output: str) -> None:
    assert default_output(source) == Path(output)


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("-", "some-title.mp3"),
        ("https://example.com/x.html", "some-title.mp3"),
        ("a/feed.rss", "a/some-title.mp3"),
    ],
)
def test_output_without_a_name_of_its_own_is_called_by_the_title(source: str, output: str) -> None:
    assert titled_output(source, "Some “Title”") == Path(output)


@given(st.text())
def test_slug_is_always_a_short_plain_file_name(title: str) -> None:
    name = slug(title)
    assert 0 < len(name) <= 80
    assert len(name.encode()) <= 200
    assert all(each.isalnum() or each == "-" or unicodedata.category(each) in ("Mn", "Mc") for each in name)
    assert unicodedata.category(name[0])[0] != "M"


def test_slug_keeps_letters_of_any_script() -> None:
    assert slug("Ærø: 10 Fragen? 日本") == "ærø-10-fragen-日本"
    assert slug("…") == "episode"
    assert slug("𠀀" * 500) == "𠀀" * 50
    assert slug("हिन्दी की कहानी") == "हिन्दी-की-कहानी"
    assert slug("ที่นี่ 🐙\ufe0f!") == "ที่นี่"


@pytest.mark.parametrize("title", ["CON", "nul!", "Com1", "lpt9"])
def test_slug_is_no_device_of_windows(title: str) -> None:
    assert slug(title) == f"{title.lower().strip('!')}-1"


def test_project_is_found_by_itself_its_output_and_its_source(tmp_path: Path) -> None:
    project = tmp_path / "article.narration"
    project.touch()
    for name in ("article.narration", "article.mp3", "article.md", "article"):
        assert find_project(str(tmp_path / name)) == project


def test_project_elsewhere_is_found_by_what_was_remembered(tmp_path: Path) -> None:
    project = tmp_path / "out" / "book.narration"
    project.parent.mkdir()
    project.touch()
    remember(str(tmp_path / "article.md"), project)
    assert find_project(str(tmp_path / "article.md")) == project


def test_project_that_is_gone_is_not_found(tmp_path: Path) -> None:
    project = tmp_path / "out.narration"
    project.touch()
    remember(str(tmp_path / "article.md"), project)
    project.unlink()
    (tmp_path / "article.md").touch()
    with pytest.raises(UsageError, match=r"`narrate .*article\.md` makes one"):
        find_project(str(tmp_path / "article.md"))


def test_project_beside_its_source_needs_no_note(tmp_path: Path) -> None:
    remember(str(tmp_path / "article.md"), tmp_path / "article.narration")
    remember("-", tmp_path / "article.narration")
    assert not (Path(os.environ["NARRATION_HOME"]) / "episodes").exists()


@pytest.mark.parametrize("name", ["", ".", "..", "/", "x" * 5000, "nosuch", "https://example.com/"])
def test_what_is_no_episode_is_a_usage_error(name: str) -> None:
    with pytest.raises(UsageError):
        find_project(name)


def test_name_that_is_no_utf_8_is_remembered(tmp_path: Path) -> None:
    project = tmp_path / os.fsdecode(b"caf\xe9.narration")
    try:
        project.touch()
    except OSError:
        pytest.skip("this file system takes no such name")
    remember("article.md", project)
    assert find_project("article.md") == project


def test_state_folder_that_cannot_be_written_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("NARRATION_HOME", str(tmp_path / "file"))
    remember("article.md", tmp_path / "elsewhere.narration")
    assert (tmp_path / "file").read_bytes() == b""
