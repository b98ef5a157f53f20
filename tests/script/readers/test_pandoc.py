import io
import zipfile

import pytest

import script
from script.article import Override

_NOTEBOOK = """{"metadata": {}, "nbformat": 4, "nbformat_minor": 5, "cells": [
  {"cell_type": "markdown", "metadata": {}, "source": "# Head\\n\\nSome *prose*."}
]}"""


def blocks(text, name="markdown"):
    return [(block.kind, block.level, block.text) for block in script.read(text, format=name).blocks]


def test_front_matter_is_metadata_and_the_rest_settings():
    article = script.read(
        "---\ntitle: A *fine* day\nauthors: [Ann, Ben]\nlanguage: de\nabstract: Short.\n"
        "voice: en_gb--x\nspeed: 0.9\npause: {heading: 2}\ncover: false\n---\n\nText.",
        format="markdown",
    )
    assert (article.title, article.author, article.language) == ("A fine day", "Ann and Ben", "de")
    assert article.description == "Short."
    assert article.settings == {"voice": "en_gb--x", "speed": "0.9", "pause.heading": "2", "cover": "false"}


def test_lone_first_heading_is_the_title_and_stays():
    article = script.read("# Only\n\nText.\n\n## Below\n\nText.", format="markdown")
    assert article.title == "Only"
    assert article.blocks[0].kind == "heading"


def test_first_of_several_great_headings_is_not_the_title():
    assert script.read("# One\n\nText.\n\n# Two\n\nText.", format="markdown").title == ""


def test_heading_and_list_need_no_blank_line_before_them():
    assert blocks("Text\n# Head\nMore\n- item") == [
        ("paragraph", 0, "Text"),
        ("heading", 1, "Head"),
        ("paragraph", 0, "More"),
        ("item", 1, "item"),
    ]


def test_quotation_marks_and_dashes_stay_as_typed():
    assert blocks("\"It's\" -- 'so'... “and” ‘so’") == [("paragraph", 0, "\"It's\" -- 'so'... “and” ‘so’")]


@pytest.mark.parametrize(
    ("text", "heard", "note"),
    [
        ("```\na\nb\n```", "Code example, two lines.", "1 code example announced by the number of lines, not read."),
        ("![A lamp](a.png)", "A lamp", "1 picture described by caption or alternative text."),
        ("A[^1] word.\n\n[^1]: Note.", "A word.", "Left out: 1 footnote."),
        ("An ~~old~~ word.", "An word.", "Left out: 1 struck-out text."),
        ("So $\\foo x$ it is.", "So formula it is.", "1 formula announced, not read."),
        ("A <b>bold</b> word.", "A bold word.", "Left out: 2 HTML tags."),
        ("A word. <!-- no -->", "A word.", "Left out: 1 comment."),
        ("A word [@smith, p. 3].", "A word.", "Left out: 1 citation."),
        ("Word.\n\n![](x.png)", "Word.", "Left out: 1 picture without a description."),
        ('::: {speed="fast"}\nWord.\n:::', "Word.", 'speed="fast" is not a number from 0.1 to 10; it was left out.'),
    ],
)
def test_what_is_not_prose_is_heard_as_told_and_noted(text, heard, note):
    composed = script.compose(script.read(text, format="markdown"))
    assert " ".join(segment.spoken for segment in composed.segments) == heard
    assert composed.notes == (note,)


def test_table_keeps_its_cells():
    article = script.read("| Lamp | Range |\n|---|---|\n| Oil | 5 |\n| | 7 |\n\n: How *far*", format="markdown")
    table = article.blocks[0].table
    assert article.text() == "How far\nLamp Range\nOil 5\n7"
    assert table.caption.text == "How far"
    assert [cell.text for cell in table.headers] == ["Lamp", "Range"]
    assert [[cell.text for cell in row] for row in table.rows] == [["Oil", "5"], ["", "7"]]


def test_footnote_stays_with_the_block_its_mark_stands_in():
    block = script.read("A[^1] word.\n\n[^1]: One.\n\n    Two $x$.", format="markdown").blocks[0]
    assert [(note.kind, note.text) for note in block.footnotes] == [("footnote", "One. Two x.")]
    assert block.footnotes[0].overrides == (Override(9, 10, formula=True),)


def test_passage_marked_to_be_skipped_is_left_out_and_noted():
    article = script.read("::: {skip=true}\nGone.\n:::\n\nKept, [gone,]{.skip} kept.", format="markdown")
    assert article.text() == "Kept, kept."
    assert article.notes == ("Left out: 2 passages marked to be skipped.",)


@pytest.mark.parametrize(
    ("attributes", "override"),
    [
        ('say="x"', Override(2, 6, "x")),
        ('say=""', Override(2, 6, silent=True)),
        ('ipa="x"', Override(2, 6, ipa="x")),
        ("lang=fr", Override(2, 6, language="fr")),
    ],
)
def test_span_says_how_its_words_are_said(attributes, override):
    assert script.read(f"A [word]{{{attributes}}}.", format="markdown").blocks[0].overrides == (override,)


def test_items_carry_their_depth_and_their_number():
    assert blocks("3. three\n4. four\n    - deeper") == [
        ("item", 1, "3. three"),
        ("item", 1, "4. four"),
        ("item", 2, "deeper"),
    ]


def test_heading_in_a_quotation_opens_no_chapter():
    assert blocks("> # Head\n>\n> Text")[0] == ("quote", 1, "Head")


def test_voice_of_a_division_holds_for_all_in_it_and_its_pause_for_the_last():
    article = script.read('::: {voice="anna" pause="2"}\nOne.\n\nTwo.\n:::\n\nThree.', format="markdown")
    assert [(block.voice, block.pause_s) for block in article.blocks] == [("anna", None), ("anna", 2.0), ("", None)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Head\n====\n\nSome *prose*.", "rst"),
        ("* Head\n\nSome /prose/.", "org"),
        ("\\section{Head}\n\nSome \\emph{prose}.", "latex"),
        ("<h1>Head</h1><p>Some <i>prose</i>.</p>", "html"),
        ("= Head =\n\nSome ''prose''.", "mediawiki"),
        (_NOTEBOOK, "ipynb"),
    ],
)
def test_other_formats_give_the_same_article(text, name):
    assert blocks(text, name) == [("heading", 1, "Head"), ("paragraph", 0, "Some prose.")]


def docx(body):
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {namespace}><w:body>{body}</w:body></w:document>",
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return content.getvalue()


def test_word_document_is_known_by_its_content_and_its_changes_accepted():
    body = (
        "<w:p><w:r><w:t>Kept</w:t></w:r>"
        '<w:ins w:id="1" w:author="A"><w:r><w:t xml:space="preserve"> and added</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="A"><w:r><w:delText> gone</w:delText></w:r></w:del></w:p>'
    )
    assert script.read(docx(body)).text() == "Kept and added"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"In C:\Program Files\App\app.exe.", r"In C:\Program Files\App\app.exe."),
        (r"Set in \LaTeX by hand.", "Set in by hand."),
        ("9:00~17:30、月~金", "9:00~17:30、月~金"),
        ("H~2~O and x~i,j~", "H2O and xi,j"),
    ],
)
def test_backslashes_of_a_path_and_tildes_of_ranges_are_no_markup(written, text):
    assert blocks(written) == [("paragraph", 0, text)]
