import subprocess
import sys

import pytest

import script
from script.errors import ArticleError

PROSE = "The harbour lamp was lit at dusk by three keepers, and one of them watched it through the whole night. " * 3
AROUND = '<nav><a href="/">Home</a></nav>{}<footer><p>All rights reserved.</p></footer>'


def article(body, head=""):
    return script.read(f"<html><head>{head}</head><body>{body}</body></html>", format="html")


def lines(body):
    return [(block.kind, block.text) for block in article(body).blocks]


def on_a_page(body):
    return lines(AROUND.format(f"<article><p>{PROSE}</p>{body}<p>{PROSE}</p></article>"))[1:-1]


def test_html_is_known_by_its_content():
    assert script.read(b"<!DOCTYPE html><title>T</title><p>One.").title == "T"


def test_page_is_rid_of_what_surrounds_the_article():
    assert {text for _, text in lines(AROUND.format(f"<article><p>{PROSE}</p></article>"))} == {PROSE.strip()}


def test_short_document_without_surroundings_is_read_whole():
    assert lines("<h2>Head</h2><p>Some <i>prose</i>.</p>") == [
        ("heading", "Head"),
        ("paragraph", "Some prose."),
    ]


def test_caption_stands_where_its_figure_stood():
    body = '<figure><img src="a.jpg" alt="A"><figcaption>The lamp itself.</figcaption></figure>'
    assert on_a_page(body)[0][1] == "The lamp itself."


def test_paragraph_that_is_only_a_link_points_elsewhere():
    assert on_a_page('<p><a href="/b">Read this too</a></p>') == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", [("item", "a"), ("item", "b")]),
        ('<ol start="4"><li>a</li></ol>', [("item", "4. a")]),
        ("<blockquote><p>a</p></blockquote>", [("quote", "a")]),
        ("a<br><br>b", [("paragraph", "a"), ("paragraph", "b")]),
        ("<p>a<br>b", [("paragraph", "a b")]),
        ("<p>10<sup>2</sup> a<sup><a href='#n'>[1]</a></sup>.", [("paragraph", "10² a.")]),
        ("<p>a<span style='display: none'>b</span>c", [("paragraph", "ac")]),
        ("<math alttext='x = 2'><mi>x</mi></math>", [("paragraph", "x = 2")]),
        ("<a href='/x'><h2>a</h2><p>b</p></a>", [("heading", "a"), ("paragraph", "b")]),
        (
            "<table role='presentation'><tr><td><p>a</p></td><td>b</td></tr></table>",
            [("paragraph", "a"), ("paragraph", "b")],
        ),
        ("<img src=a alt=''><p>a", [("paragraph", "a")]),
        ("<dl><dt>a</dt><dt>b</dt><dd>c</dd></dl>", [("item", "a, b: c")]),
    ],
)
def test_markup_becomes_blocks(body, expected):
    assert lines(body) == expected


def test_table_and_code_are_blocks_of_their_own():
    body = "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table><pre><code>x\ny</code></pre>"
    assert [kind for kind, _ in lines(body)] == ["table", "code"]


def test_picture_is_read_by_its_alternative_text():
    assert [text for _, text in lines("<img src=a.jpg alt='A red door'><p>a")] == ["A red door", "a"]


def test_typed_text_in_one_block_is_read_as_plain_text():
    assert lines(f"<pre>{PROSE}\n\nAnother.</pre>")[-1] == ("paragraph", "Another.")


def test_head_says_title_author_date_language_and_description():
    head = """<title>T | Site</title><meta property="og:title" content="T"><meta name="author" content="A. B. See">
        <meta property="article:published_time" content="2024-05-01T10:00:00Z"><meta name="description" content="D d">
        <meta http-equiv="content-language" content="de_AT">"""
    found = article("<p>a</p>", head)
    assert (found.title, found.author, found.date, found.language) == (
        "T",
        "A. B. See",
        "2024-05-01",
        "de-AT",
    )
    assert found.description == "D d"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta name="twitter:image" content="t.png"><meta property="og:image" content=" a/b.png ">', "a/b.png"),
        ('<link rel="image_src" href="https://a.example/c.png">', "https://a.example/c.png"),
        ('<meta property="og:image" content="data:image/png;base64,AAAA">', ""),
        ("", "lead.jpg"),
    ],
)
def test_lead_picture_is_the_one_named_in_the_head_or_the_first_of_the_article(head, expected):
    found = article('<article><p>a<figure><img src="lead.jpg" alt=""></figure><p>b</article>', head)
    assert (found.picture, found.cover) == (expected, b"")


def test_lead_picture_is_found_on_a_page_that_loads_its_pictures_late():
    blank = '<figure><img src="data:image/gif;base64,AAAA" alt=""></figure>'
    late = '<figure><img src="data:image/gif;base64,AAAA" data-src="lead.jpg" alt=""></figure>'
    assert article(f"<article><p>a{blank}<p>b{late}</article>").picture == "lead.jpg"


def test_lead_picture_is_read_only_when_it_is_a_file_beside_the_page(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    page = folder / "page.html"
    (folder / "lead.png").write_bytes(b"\x89PNG")
    (folder / "words.png").write_bytes(b"words")
    (tmp_path / "outside.png").write_bytes(b"\x89PNG")
    (folder / "link.png").symlink_to(tmp_path / "outside.png")
    found = {}
    for named in (
        "lead.png",
        "words.png",
        "no.png",
        "link.png",
        "../outside.png",
        str(tmp_path / "outside.png"),
        "http://a/lead.png",
    ):
        page.write_text(f'<meta property="og:image" content="{named}"><p>a</p>')
        found[named] = script.read(page).cover
    assert [name for name, cover in found.items() if cover] == ["lead.png"]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('<meta charset="windows-1251"><p>Маяк'.encode("cp1251"), "Маяк"),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS"><p>灯台'.encode("shift_jis"),
            "灯台",
        ),
        ('<meta charset="iso-8859-1"><p>Überlebt'.encode(), "Überlebt"),
        ('<meta charset="utf-8"><p>Überlebt'.encode("latin-1"), "Überlebt"),
        ('<meta charset="no-such-thing"><p>Überlebt'.encode(), "Überlebt"),
        ("\ufeff<meta charset=big5><p>Überlebt".encode("utf-16"), "Überlebt"),
    ],
)
def test_page_is_decoded_as_browsers_do(content, text):
    assert script.read(content, format="html").text() == text


@pytest.mark.parametrize(
    "body", ["", "<nav><a href='/'>Home</a></nav>", "<script>x</script>", "<img src=a>", "<!-- a -->"]
)
def test_page_with_nothing_to_read_is_refused_in_a_sentence(body):
    with pytest.raises(ArticleError, match=r"^the text given .*\.$"):
        article(body)


@pytest.mark.parametrize("tag", ["div", "span", "ul><li", "blockquote", "table><tr><td", "q"])
def test_deep_nesting_is_refused_not_cut_short(tag):
    with pytest.raises(ArticleError, match="nested too deeply"):
        article(f"<{tag}>" * 5000 + "a")


def test_entities_of_its_own_are_not_read():
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "lol">]><p>a &x; b &y;</p>'
    assert script.read(page, format="html").text() == "a &x; b &y;"


def test_broken_characters_vanish():
    assert lines("<p>a\0b\ud800c&#xD800;&#0;d&shy;e&zwnj;</p>")[0][1].startswith("abc")


def test_endless_line_is_read():
    assert len(lines("<p>" + "word " * 300_000)[0][1]) == 1_499_999


def test_page_too_large_to_judge_is_read_whole_with_a_note():
    found = article("<nav><a>Home</a></nav>" + "<p>a<i>b</i></p>" * 30_001)
    assert (len(found.blocks), len(found.notes)) == (30_001, 1)


def test_what_a_listener_misses_is_noted():
    body = f"<article><p>{PROSE}</p><iframe src='//v'></iframe><video></video></article>"
    assert article(AROUND.format(body)).notes == ("Left out: 1 video.", "Left out: 1 embedded page.")


def test_library_is_not_loaded_before_there_is_a_page():
    code = "import sys, script; script.formats(); sys.exit(bool({'trafilatura', 'lxml', 'ssl'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
