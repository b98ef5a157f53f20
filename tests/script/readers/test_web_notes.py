"""Notes of web pages, in the ways they are marked up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import script
from script.article import Article
from script.settings import Policies, ScriptSettings

_BACK = '<a href="#r1">↩</a>'


def read(body: str) -> Article:
    return script.read(f"<html><body>{body}</body></html>".encode(), format="html")


def notes(article: Article) -> list[tuple[str, list[str]]]:
    return [(block.text, [note.text for note in block.footnotes]) for block in article.blocks]


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ('<sup><a href="#n">1</a></sup>', f'<div class="footnotes"><ol><li id="n"><p>A note. {_BACK}</p></ol></div>'),
        ('<sup id="r1"><a href="#n">[1]</a></sup>', f'<p id="n">{_BACK} A note.</p>'),
        ('<a href="#n"><sup>1</sup></a>', '<p><a id="n" href="#r1">1</a>. A note.</p>'),
        ('<a href="#n"><sup>1</sup></a>', '<p id="n"><sup>1</sup> A note.</p>'),
        ('<a role="doc-noteref" href="#n">1</a>', '<aside role="doc-footnote" id="n">A note.</aside>'),
        (
            '<a role="doc-noteref" href="#n">1</a>',
            '<ol role="doc-endnotes"><li id="n">A note. <a role="doc-backlink" href="#r1">To the text</a></ol>',
        ),
        ('<sup><a href="#n">[1]</a></sup>', '<ol><li id="n"><b><a href="#r1">^</a></b> <cite>A note.</cite></ol>'),
        ('<sup><a href="#n">*</a></sup>', '<div style="display:none"><div id="n">A note.</div></div>'),
    ],
)  # fmt: skip
def test_note_goes_with_its_paragraph_and_is_not_read_where_it_stands(mark, note):
    assert notes(read(f"<p>The lamp{mark} is lit.</p><p>All is well.</p>{note}")) == [
        ("The lamp is lit.", ["A note."]),
        ("All is well.", []),
    ]


def test_policy_says_what_becomes_of_it():
    article = read('<p>Lit<sup><a href="#n">1</a></sup>.</p><h2>Notes</h2><ol><li id="n">At <b>dusk</b>.</ol>')
    said = {
        policy: [segment.spoken for segment in script.compose(article, settings).segments]
        for policy in ("skip", "inline", "end")
        if (settings := ScriptSettings(policies=Policies(footnotes=policy)))
    }
    noted = ["Lit.", "Footnote: At dusk."]
    assert said == {"skip": ["Lit."], "inline": noted, "end": noted}


@pytest.mark.parametrize(
    "target",
    [
        "",
        '<div id="n"><h2>A part</h2><p>Read.</p></div>',
        f'<div id="n">{"word " * 2000}</div>',
    ],
)
def test_mark_that_leads_to_no_note_is_left_out_and_told(target):
    article = read(f'<p>Lit<sup><a href="#n">1</a></sup>.</p>{target}')
    assert article.blocks[0].text == "Lit."
    assert not article.blocks[0].footnotes
    assert article.notes == ("Left out: 1 footnote without words.",)
    assert len(article.text()) >= len(target) - 60


def test_notes_that_cannot_be_told_apart_are_left_out_and_told():
    marks = '<sup><a href="#a">1</a></sup> and <sup><a href="#b">2</a></sup>'
    article = read(f'<p>Lit {marks}.</p><div><i id="a">1</i> One. <br><i id="b">2</i> Two.</div>')
    assert article.notes == ("Left out: 2 footnotes without words.",)


def test_note_called_twice_is_told_twice_and_note_in_a_note_once():
    mark = '<sup><a href="#n">1</a></sup>'
    article = read(f'<p>One{mark}, two{mark}.</p><ol><li id="n">A note{mark}.</ol>')
    assert [text for text, _ in notes(article)] == ["One, two."]
    assert notes(article)[0][1] == ["A note.", "A note."]


def test_notes_of_an_extracted_page_go_with_their_paragraphs():
    words = "The keeper of the lamp had been at sea for twenty years before he came to the rock, and he said so. " * 3
    paragraphs = "".join(f'<p>{words} Of {n}<sup><a href="#n{n}">{n}</a></sup>.</p>' for n in range(1, 5))
    listed = "".join(f'<li id="n{n}">Note {n}. <a href="#r{n}">↩</a></li>' for n in range(1, 5))
    title = "<h1>Lamp<sup><a href='#n1'>*</a></sup></h1>"
    page = (
        f"<nav><a href='/'>Home</a></nav><article>{title}{paragraphs}<ol>{listed}</ol></article><footer>Foot</footer>"
    )
    article = read(page)
    assert [
        text for block in article.blocks for text in [note.text for note in block.footnotes] if block.kind != "heading"
    ] == [f"Note {n}." for n in range(1, 5)]
    assert article.title == "Lamp"


_TAGS = [
    "<p>",
    "</p>",
    "<sup>",
    "</sup>",
    "<a href='#a'>",
    "<a href='#b' id=a>",
    "</a>",
    "<li id=b>",
    "<h2>",
    "1",
    "𝍖0𝍖",
    "w",
]


@given(st.lists(st.sampled_from(_TAGS), max_size=30).map("".join))
def test_notes_of_any_kind_do_no_harm(body):
    try:
        article = read(body)
    except script.ArticleError:
        return
    assert article.text().replace("𝍖0𝍖", "").isprintable() or "\n" in article.text()
