import io
import zipfile

import pytest

import script
from tests.script.readers.test_pandoc_formats import lines, written

TITLED = """\
---
title: The Lamp
subtitle: A tale
author: Ann Lee
date: 2024-01-02
---

It shone.

# Two

More.
"""


def renamed(odt, old, new):
    """The ODT file with a part of its text replaced."""
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(odt)) as read, zipfile.ZipFile(copy, "w") as write:
        for entry in read.infolist():
            content = read.read(entry)
            assert entry.filename != "content.xml" or old in content
            write.writestr(entry, content.replace(old, new) if entry.filename == "content.xml" else content)
    return copy.getvalue()


def rtf(style):
    styles = rb"{\stylesheet{\s0 Normal;}{\s15\qc\b\fs56 Title;}{\s16 Heading;}}"
    return rb"{\rtf1\ansi" + styles + rb"\pard\plain " + style + rb"The Lamp\par\pard\plain\s0 It shone.\par}"


def test_paragraphs_with_the_styles_of_a_title_are_not_prose(tmp_path):
    found = script.read(written(TITLED, "odt", tmp_path), format="odt")
    assert (found.title, found.author, found.date) == ("The Lamp", "Ann Lee", "2024-01-02")
    assert found.description == "A tale"
    assert lines(found) == [("paragraph", "It shone."), ("heading", "Two"), ("paragraph", "More.")]


def test_style_of_a_paragraphs_own_is_known_by_what_it_comes_from(tmp_path):
    own = b'<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    odt = renamed(written(TITLED, "odt", tmp_path), b'text:style-name="Title"', b'text:style-name="P1"')
    found = script.read(renamed(odt, b"</office:automatic-styles>", own + b"</office:automatic-styles>"), format="odt")
    assert (found.title, lines(found)[0]) == ("The Lamp", ("paragraph", "It shone."))


def test_title_as_it_is_written_stands_over_that_of_the_properties(tmp_path):
    odt = renamed(written(TITLED, "odt", tmp_path), b">The Lamp<", b">The Lamp of the Rock<")
    assert script.read(odt, format="odt").title == "The Lamp of the Rock"


def test_paragraph_behind_prose_is_prose_whatever_its_style(tmp_path):
    odt = written("One.\n\nTwo.\n\nThree.", "odt", tmp_path)
    odt = renamed(odt, b'"Text_20_body">Two.', b'"Title">Two.')
    assert lines(script.read(odt, format="odt"))[1] == ("paragraph", "Two.")


def test_first_paragraph_of_rtf_with_the_style_title_is_the_title():
    found = script.read(rtf(rb"\s15\qc "), format="rtf")
    assert (found.title, found.text()) == ("The Lamp", "It shone.")


@pytest.mark.parametrize("style", [rb"\s0 ", rb"\s151 ", rb"\b "])
def test_first_paragraph_of_rtf_with_another_style_is_prose(style):
    assert script.read(rtf(style), format="rtf").text() == "The Lamp\n\nIt shone."


def test_document_of_a_title_alone_is_read(tmp_path):
    assert script.read(written("---\ntitle: The Lamp\n---\n", "odt", tmp_path), format="odt").text() == "The Lamp"
