import subprocess
import sys
from importlib.metadata import EntryPoint

import pytest

import script
from script import ArticleError, reading


@pytest.fixture
def written(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def test_file_without_title_is_titled_by_its_name(written):
    assert script.read(written("police-tears_2.txt", "One line.\n\nAnother.")).title == "Police tears 2"


def test_path_may_be_given_as_text_and_is_kept_as_source(written):
    path = written("a.txt", "One line.")
    assert script.read(str(path)).source == str(path)


def test_bytes_of_markdown_are_known_by_their_headings():
    assert script.read(b"# Title\n\nText.").blocks[0].kind == "heading"


def test_bytes_of_prose_are_plain_text():
    assert [block.text for block in script.read(b"One * two.\n\nThree.").blocks] == ["One * two.", "Three."]


def test_content_decides_before_the_suffix(written):
    assert script.read(written("letter.txt", r"{\rtf1\ansi Dear {\b Ann}.}")).text() == "Dear Ann."


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("e.md", "", "e.md is empty"),
        ("e.txt", " \n\t\n", "e.txt is empty"),
        ("bom.txt", b"\xef\xbb\xbf", "bom.txt is empty"),
        ("fm.md", "---\ntitle: x\n---\n", "fm.md has no text"),
        ("p.md", b"\x89PNG\r\n\x1a\n\0", "p.md is not text"),
        ("n.txt", "a\0b", "n.txt is not text"),
        ("x.pdf", b"%PDF-1.7", "x.pdf is damaged"),
        ("x.doc", b"\xd0\xcf\x11\xe0", "save it as .docx"),
        ("x.docx", "hello", "holds no docx document"),
        ("y.docx", b"PK\x03\x04word/", "y.docx is damaged"),
        ("z.zip", b"PK\x03\x04abc", "is an archive"),
        ("y.md", "---\ntitle: ok\nspeed: a: b\n---\n\nHi\n", "y.md, line 3: the front matter is not valid YAML"),
        ("d.md", "> " * 2000 + "x", "nested too deeply|pandoc more than"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(written, name, content, says):
    with pytest.raises(ArticleError, match=says):
        script.read(written(name, content))


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("no/such/file.md", "There is no file"),
        ("two\nlines", "say which format"),
        ("", "not the path of a file"),
        ("x" * 5000, "cannot be read"),
    ],
)
def test_source_that_is_no_file_is_refused(source, says):
    with pytest.raises(ArticleError, match=says):
        script.read(source)


def test_folder_is_refused(tmp_path):
    with pytest.raises(ArticleError, match="is a folder"):
        script.read(tmp_path)


def test_unknown_format_is_refused_with_the_known_ones():
    with pytest.raises(ArticleError, match=r"docx.*markdown.*plain"):
        script.read("text", format="wordstar")


def test_heading_alone_is_an_article():
    assert [segment.spoken for segment in script.compose(script.read("# Alone", format="md")).segments] == ["Alone"]


def test_line_of_a_million_characters_is_one_segment():
    composed = script.compose(script.read("word, " * 200_000, format="plain"))
    assert len(composed.segments) == 1
    assert max(len(utterance.spoken) for utterance in composed.segments[0].utterances) <= script.MAX_UTTERANCE


def test_importing_the_room_loads_no_library():
    code = "import sys, script; sys.exit(any(name in sys.modules for name in ('sentencex', 'pypandoc', 'dataclasses')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_name_of_the_room_can_be_had():
    assert all(getattr(script, name) is not None for name in script.__all__)


def test_text_of_more_than_eighty_hours_is_refused():
    assert script.read(b"Word. " * 800_000, format="plain").blocks
    with pytest.raises(ArticleError, match=r"6 MB of text, more than eighty hours of sound; .* at most 5 MB"):
        script.read(b"Word. " * 1_000_000, format="plain")


def test_a_file_may_have_a_line_break_in_its_name(tmp_path):
    (tmp_path / "two\nlines.txt").write_text("A word.")
    assert script.read(tmp_path / "two\nlines.txt").text() == "A word."


def test_reader_that_cannot_be_loaded_is_named_with_what_to_do(monkeypatch):
    lost = EntryPoint("lost", "no_such_package.reader:read", "narration.readers")
    monkeypatch.setattr(reading, "_entries", lambda: (lost,))
    with pytest.raises(ArticleError, match=r"reader lost \(no_such_package.reader:read\) .* Install what it needs, or"):
        script.read(b"<speak>A word.</speak>")
