"""The formats that come in through pandoc, on documents that pandoc writes for the test."""

import json
import subprocess

import pytest

import script
from script.errors import ArticleError
from script.readers.pandoc_program import program

ARTICLE = """\
---
title: The Lamp
author: Ann Lee
lang: en-GB
---

# Evening

The *keeper* went up and said: “3.5 m is **enough**.”[^1]

- one
- two

> Quoted words.

## Night

Last [words](http://example.org/a).

[^1]: The note.
"""
PROSE = [
    ("heading", "Evening"),
    ("paragraph", "The keeper went up and said: “3.5 m is enough.”"),
    ("item", "one"),
    ("item", "two"),
    ("quote", "Quoted words."),
    ("heading", "Night"),
    ("paragraph", "Last words."),
]
FORMATS = ["docx", "odt", "rst", "org", "latex", "mediawiki", "asciidoc", "docbook", "jats", "muse", "opml"]


def written(markdown, pandoc_format, tmp_path):
    """The bytes of a document in the format that says what the Markdown says."""
    path = tmp_path / "document"
    command = [program(), "--from=markdown", f"--to={pandoc_format}", "--standalone", f"--output={path}"]
    subprocess.run(command, input=markdown.encode(), check=True)
    return path.read_bytes()


def lines(article):
    return [(block.kind, block.text) for block in article.blocks]


@pytest.mark.parametrize("pandoc_format", FORMATS)
def test_every_format_gives_the_same_prose(pandoc_format, tmp_path):
    found = script.read(written(ARTICLE, pandoc_format, tmp_path), format=pandoc_format)
    assert lines(found)[-len(PROSE) :] == PROSE
    assert "The note" not in found.text()


@pytest.mark.parametrize("pandoc_format", ["docx", "odt", "org", "latex", "asciidoc", "docbook", "muse"])
def test_title_and_author_are_found(pandoc_format, tmp_path):
    found = script.read(written(ARTICLE, pandoc_format, tmp_path), format=pandoc_format)
    assert (found.title, found.author) == ("The Lamp", "Ann Lee")


@pytest.mark.parametrize("pandoc_format", ["docx", "odt"])
def test_language_is_that_of_the_default_style(pandoc_format, tmp_path):
    german = ARTICLE.replace("en-GB", "de-AT")
    assert script.read(written(german, pandoc_format, tmp_path), format=pandoc_format).language == "de-AT"


@pytest.mark.parametrize("pandoc_format", ["docx", "odt"])
def test_a_language_without_a_country_is_taken_as_it_is(pandoc_format, tmp_path):
    document = written(ARTICLE.replace("en-GB", "en"), pandoc_format, tmp_path)
    assert script.read(document, format=pandoc_format).language == "en"


@pytest.mark.parametrize("pandoc_format", ["docx", "odt"])
def test_format_is_known_by_the_content(pandoc_format, tmp_path):
    path = tmp_path / "nameless"
    path.write_bytes(written(ARTICLE, pandoc_format, tmp_path))
    assert script.read(path).title == "The Lamp"


def test_letters_beside_curly_quotes_in_rtf_stay(tmp_path):
    found = script.read(written("He said “slowly” – and went.", "rtf", tmp_path), format="rtf")
    assert found.text() == "He said “slowly” – and went."


def test_characters_of_rtf_without_a_fallback_stay():
    content = rb"{\rtf1\ansi\uc0 He said \u8220 slowly\u8221 and\'e9.}"
    assert script.read(content, format="rtf").text() == "He said “slowly”andé."


def test_insertions_are_kept_and_deletions_and_comments_are_not(tmp_path):
    by = 'author="x" date="2020-01-01T00:00:00Z"'
    changes = f"Kept [inserted]{{.insertion {by}}} and [deleted]{{.deletion {by}}}"
    comment = f'[Remark]{{.comment-start id="0" {by}}}words[]{{.comment-end id="0"}}'
    found = script.read(written(f"{changes} {comment}.", "docx", tmp_path), format="docx")
    assert found.text() == "Kept inserted and words."


def test_struck_out_text_is_left_out_with_a_note(tmp_path):
    found = script.read(written("~~Salmon~~ Sold out.", "docx", tmp_path), format="docx")
    assert (found.text(), found.notes) == ("Sold out.", ("Left out: 1 struck-out text.",))


@pytest.mark.parametrize("markdown", ["", "![](missing.png)"])
def test_document_without_words_is_refused(markdown, tmp_path):
    with pytest.raises(ArticleError, match="no text to read aloud"):
        script.read(written(markdown, "docx", tmp_path), format="docx")


def notebook(*cells):
    kinds = {"code": {"outputs": [{"output_type": "stream", "name": "stdout", "text": ["out"]}], "execution_count": 1}}
    made = [{"cell_type": kind, "metadata": {}, "source": [source], **kinds.get(kind, {})} for kind, source in cells]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def test_notebook_is_read_by_its_prose():
    found = script.read(notebook(("markdown", "# Title\n\nSome *text*."), ("code", "print(1)")), format="ipynb")
    assert lines(found)[:2] == [("heading", "Title"), ("paragraph", "Some text.")]
    assert "Left out: 1 notebook output." in found.notes


@pytest.mark.parametrize("pandoc_format", ["docx", "odt", "pptx"])
def test_damaged_document_is_refused(pandoc_format):
    with pytest.raises(ArticleError, match="is damaged: its archive cannot be opened"):
        script.read(b"PK\x03\x04" + b"word/" + b"x" * 200, format=pandoc_format)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"cells": 3}', b"null"])
def test_text_that_is_no_notebook_is_refused(content):
    with pytest.raises(ArticleError):
        script.read(content, format="ipynb")
