"""Documents made to do harm: each gives text, or a refusal in a sentence."""

import io
import zipfile

import pytest

import script

_LEVELS = "".join(f'<!ENTITY {name} "{f"&{inner};" * 10}">' for inner, name in zip("abdefghi", "bdefghic", strict=True))
_BOMB = f'<!DOCTYPE d [<!ENTITY a "lol">{_LEVELS}]>'
_OUTSIDE = '<!DOCTYPE d [<!ENTITY c SYSTEM "file:///etc/passwd">]>'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def outcome(content, name):
    """What is said of it, or why it is refused."""
    try:
        return " ".join(segment.spoken for segment in script.compose(script.read(content, format=name)).segments)
    except script.ArticleError as error:
        return str(error)


@pytest.mark.parametrize("declared", [_BOMB, _OUTSIDE])
@pytest.mark.parametrize(
    ("name", "markup"),
    [
        ("ssml", "<speak>One &c;.</speak>"),
        ("fb2", "<FictionBook><body><section><p>One &c;.</p></section></body></FictionBook>"),
        ("docbook", "<article><para>One &c;.</para></article>"),
        ("jats", "<article><body><p>One &c;.</p></body></article>"),
    ],
)
def test_entities_neither_grow_nor_reach_outside(name, markup, declared):
    found = outcome((declared + markup).encode(), name)
    assert len(found) < 1000
    assert "root:" not in found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("rst", ".. include:: /etc/passwd\n\nText.\n"),
        ("org", "#+INCLUDE: /etc/passwd\n\nText.\n"),
        ("latex", "\\input{/etc/passwd} Text."),
    ],
)
def test_no_file_is_read_that_nobody_named(name, text):
    assert "root:" not in outcome(text.encode(), name)


@pytest.mark.parametrize(
    ("name", "text"),
    [("markdown", "> " * 1000 + "deep"), ("ssml", f"<speak>{'<p>' * 1000}deep")],
)
def test_a_thousand_levels_are_read_or_refused(name, text):
    assert "deep" in outcome(text.encode(), name)


def test_characters_that_nobody_sees_are_not_said():
    text = "A\u202eB\u200bC\x07D E \u2066F, and some more words.".encode()
    assert outcome(text, "markdown") == "ABCD E F, and some more words."


def docx(document, more):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
        for name, text in more.items():
            archive.writestr(name, text)
    return content.getvalue()


@pytest.mark.parametrize("more", [{"../../evil": "x", "/evil": "x"}, {f"x{number}": "" for number in range(5000)}])
def test_odd_entries_of_an_archive_do_no_harm(more):
    assert outcome(docx(f'<w:document xmlns:w="{_WORD}"/>', more), "docx")


def test_truncated_archive_is_refused():
    assert "is damaged" in outcome(docx("<x/>", {"y": "z" * 2000})[:100], "docx")
