import os
import subprocess
import sys

import pytest

from narration.reading import read, read_script
from narration.revise import Project
from script.errors import ArticleError
from script.reader import Fetched
from tests.narration.pictures import picture

ADDRESS = "https://harbour.example/lamp"


@pytest.fixture
def fetched(monkeypatch):
    """What an address leads to; returns how it was asked for."""
    asked = []

    def fetch(address, **options):
        asked.append((address, options))
        if options.get("pictures"):
            return Fetched(picture("png"), address, "")
        return Fetched(
            b"---\ntitle: The lamp\nvoice: en-gb\ncover: /etc/hostname\n---\n\nIt is lit.", address, "markdown"
        )

    monkeypatch.setattr("script.fetching.fetch", fetch)
    return asked


def test_address_is_fetched_once_and_stays_the_source(fetched):
    found = read(ADDRESS, None, {})
    assert (found.source, found.script.title, fetched) == (ADDRESS, "The lamp", [(ADDRESS, {"allow_private": False})])


def test_private_addresses_are_allowed_by_the_flag_alone(fetched):
    read(ADDRESS, "markdown", {"allow_private": True})
    assert fetched == [(ADDRESS, {"allow_private": True})]


def test_front_matter_from_the_web_decides_no_settings(fetched):
    assert (read(ADDRESS, None, {}).settings.cover, read(ADDRESS, None, {}).settings.voice) == ("", "")


@pytest.mark.parametrize(
    ("named", "asked"),
    [
        ("/lead.png", "https://harbour.example/lead.png"),
        ("https://img.harbour.example/a", "https://img.harbour.example/a"),
        ("https://elsewhere.example/lead.png", ""),
        ("file:///etc/passwd", ""),
        ("//harbour.example.evil.example/a", ""),
    ],
)
def test_picture_of_a_page_is_fetched_from_the_site_that_was_named_alone(monkeypatch, named, asked):
    fetched = []

    def fetch(address, **options):
        fetched.append(address)
        page = f'<meta property="og:image" content="{named}"><p>The lamp is lit.'.encode()
        return Fetched(picture("png") if options.get("pictures") else page, address, "html")

    monkeypatch.setattr("script.fetching.fetch", fetch)
    found = read(ADDRESS, None, {}, with_cover=True)
    assert (fetched[1:], bool(found.cover)) == ([asked] if asked else [], bool(asked))
    assert any("another site" in note for note in found.script.notes) is not bool(asked)
    assert read(ADDRESS, None, {}).cover == b""
    assert fetched[-1] == ADDRESS


def test_script_is_shown_without_anything_that_makes_sound(folder):
    (folder / "article.md").write_text("# The lamp\n\nIt cost $5.")
    code = (
        "import sys; from narration.cli import status; status(['script', 'article.md']);"
        "print(sorted({'numpy', 'av', 'pyttsx3', 'trafilatura', 'pypdfium2', 'sqlite3'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_format_that_was_named_is_remembered_by_the_project(narrate, folder):
    (folder / "notes.md").write_text("# One\n\nIt *is* lit.\n")
    tone = ("--engine", "tone", "--project", "notes.narration")
    assert narrate("notes.md", "--from", "plain", *tone).code == 0
    (folder / "notes.md").write_text("# One\n\nIt *was* lit.\n")
    assert narrate("make", "notes.narration", "--engine", "tone").code == 0
    assert [segment.text for segment in Project.open("notes.narration").segments()] == ["# One", "It *was* lit."]


def test_address_of_another_kind_is_refused_for_what_it_is():
    with pytest.raises(ArticleError, match="only http and https"):
        read_script("ftp://example.org/article.md", None, {})


def test_pipe_is_refused_and_not_waited_for(folder):
    os.mkfifo("article.md")
    with pytest.raises(ArticleError, match=r"article.md is a pipe.*narrate -"):
        read("article.md", None, {})
