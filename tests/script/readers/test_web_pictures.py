"""Pictures of a saved web page: which are taken, and with which block they go."""

import pytest

import script

PROSE = "The harbour lamp was lit at dusk by three keepers, and one of them watched it through the whole night. " * 3
AROUND = '<header><img src="a.png"></header><nav><img src="a.png"></nav>{}<aside><img src="a.png"></aside>'


@pytest.fixture
def read(tmp_path):
    """Reads a body as a page with the files a.png and b.png beside it: each block's text, and its pictures."""
    folder = tmp_path / "folder"
    (folder / "page_files").mkdir(parents=True)
    for name in ("a.png", "b.png", "page_files/the lamp.jpg", "../outside.png"):
        (folder / name).write_bytes(b"a picture")
    (folder / "link.png").symlink_to(tmp_path / "outside.png")

    def found(body):
        (folder / "page.html").write_text(f"<html><body>{body}</body></html>")
        return [
            (block.text, [(each.place, each.description) for each in block.pictures])
            for block in script.read(folder / "page.html").blocks
        ]

    return found


def on_a_page(body):
    return AROUND.format(f"<main><p>First. {PROSE}</p>{body}<p>Last. {PROSE}</p></main>")


def pictures(found):
    return [(text[:12], shown) for text, shown in found if shown]


def test_picture_goes_with_its_caption(read):
    body = '<figure><a href="/"><img src="a.png" alt="A lamp"></a><figcaption>The <i>lamp</i> 1².</figcaption></figure>'
    assert pictures(read(on_a_page(body))) == [("The lamp 1².", [("a.png", "A lamp")])]


def test_picture_without_caption_stands_behind_the_block_before_it(read):
    body = f'<p>{PROSE}</p><h2>A head</h2><p>Middle. {PROSE}</p><div><img src="b.png" alt=""></div>'
    assert pictures(read(on_a_page(body))) == [("Middle. The ", [("b.png", "")])]


def test_picture_behind_a_heading_leads_its_chapter(read):
    body = '<h2>First</h2><p><img src="a.png" alt=""></p>'
    assert pictures(read(on_a_page(body))) == [("First", [("a.png", "")])]


def test_picture_in_a_line_stands_behind_its_paragraph(read):
    body = f'<p>Before <img src="a.png" alt="it"> and after. {PROSE}</p>'
    assert pictures(read(on_a_page(body))) == [("Before and a", [("a.png", "it")])]


def test_picture_goes_with_what_is_read_of_it(read):
    assert pictures(read(f'<p>{PROSE}</p><p><img src="a.png" alt="A lamp by night"></p><p>{PROSE}</p>')) == [
        ("A lamp by ni", [("a.png", "A lamp by night")])
    ]


def test_picture_behind_the_last_block_is_the_article_s_where_that_is_known_to_reach_so_far(read):
    image = '<img src="a.png" alt="">'
    assert pictures(read(on_a_page("").replace("</main>", f"{image}</main>"))) == [("Last. The ha", [("a.png", "")])]
    assert pictures(read(on_a_page("").replace("</main>", f"</main>{image}"))) == []
    assert pictures(read(f"<p>One.</p>{image}")) == [("One.", [("a.png", "")])]


def test_item_is_found_behind_its_number(read):
    body = f'<ol><li>{PROSE}</li><li>Two.<br>{PROSE}<img src="b.png" alt=""></li><li>Three. {PROSE}</li></ol>'
    assert pictures(read(on_a_page(body))) == [("2. Two. The ", [("b.png", "")])]


def test_marks_of_notes_are_no_part_of_the_text(read):
    body = f'<p>{PROSE} So it was.<sup><a href="#n1">1</a></sup></p><img src="b.png" alt="">'
    note = '<ol><li id="n1">It was a long and stormy night.</li></ol>'
    assert [shown for _, shown in pictures(read(on_a_page(body) + note))] == [[("b.png", "")]]


@pytest.mark.parametrize(
    ("source", "taken"),
    [
        ("page_files/the%20lamp.jpg", True),
        ("./a.png?ver=2#x", True),
        ("https://example.org/a.png", False),
        ("//example.org/a.png", False),
        ("data:image/png;base64,AAAA", False),
        ("file:///etc/passwd", False),
        ("../outside.png", False),
        ("link.png", False),
        ("page_files", False),
        ("none.png", False),
        ("a%00.png", False),
        (300 * "a", False),
        ("", False),
    ],
)
def test_only_files_beside_the_page_are_taken(read, source, taken):
    assert bool(pictures(read(on_a_page(f'<img src="{source}" alt="">')))) is taken


BLANK = "data:image/gif;base64,R0lGODlhAQABAAAAACw="


@pytest.mark.parametrize(
    "markup",
    [
        f'<img src="{BLANK}" data-src="a.png" alt="">',
        '<img src="b.png" data-src="a.png" alt="">',
        '<img src="a.png" data-src="https://example.org/large.png" srcset="b.png 2x" alt="">',
        f'<img src="{BLANK}" data-lazy-src="a.png" alt=""><noscript><img src="a.png" alt=""></noscript>',
        '<img srcset="b.png 400w, a.png 1600w" alt="">',
        '<img srcset="b.png 1x,a.png 2x" alt="">',
        f'<img src="{BLANK}" data-srcset="none.png 3x, a.png" alt="">',
        '<picture><source srcset="a.png"><img src="none.png" alt=""></picture>',
        f'<picture><source data-srcset="none.png, a.png 2x, b.png"><img src="{BLANK}" alt=""></picture>',
    ],
)
def test_picture_that_a_page_loads_late_or_in_several_sizes_is_taken_once(read, markup):
    assert pictures(read(on_a_page(markup))) == [("First. The h", [("a.png", "")])]


def test_long_list_of_sizes_is_read_in_time(read):
    assert pictures(read(on_a_page(f'<img srcset="a{500_000 * "x"} 1q 2q 3q, b{500_000 * ","}, a.png 1x" alt="">')))


@pytest.mark.parametrize("attributes", ['width="24" height="24"', 'height="1"', "hidden", 'style="display:none"'])
def test_icons_and_what_is_hidden_are_not_taken(read, attributes):
    assert pictures(read(on_a_page(f'<img src="a.png" alt="" {attributes}>'))) == []


def test_page_that_is_no_file_has_none(read, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path / "folder")
    read("<p>One.</p>")
    found = script.read(on_a_page('<img src="a.png" alt="">'), format="html")
    assert [block.pictures for block in found.blocks] == [(), ()]


def test_pictures_of_a_page_full_of_the_same_are_found_in_time(read):
    body = "".join(f'<p>aaaa</p><img src="a.png" alt="">{number}' for number in range(3000))
    assert len(pictures(read(on_a_page(body)))) > 2000
