import pytest

import script


def read(head: str, body: str = "<p>The lamp is lit.</p>") -> script.Article:
    return script.read(f"<html><head>{head}</head><body>{body}</body></html>".encode(), format="html")


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ('<meta property="og:title" content="The lamp"><title>x</title>', "", "The lamp"),
        (
            '<meta property="dc:title og:title" content="The lamp"><meta name="twitter:title" content="y">',
            "",
            "The lamp",
        ),
        ("<title>The lamp of the rock | The Harbour Post</title>", "", "The lamp of the rock"),
        (
            '<meta property="og:site_name" content="Harbour Post"><title>The lamp - a history - Harbour Post</title>',
            "",
            "The lamp - a history",
        ),
        ("<title>The lamp: a history</title>", "<h1>Welcome to us</h1>", "The lamp: a history"),
        ("<title>Chapter 6 - The lamp - Harbour</title>", "<h1>Chapter 6 - The lamp</h1>", "Chapter 6 - The lamp"),
    ],
)
def test_title_is_the_one_the_page_gives_itself_without_the_site(head, body, title):
    assert read(head, f"{body}<p>It is lit.</p>").title == title


@pytest.mark.parametrize(
    ("head", "body", "author"),
    [
        ('<meta name="DC.Creator" content="Roe, Ann"><meta name="author" content="Web Master">', "", "Roe, Ann"),
        ('<meta name="author" content="Ann B. Roe (http://roe.example/)">', "", "Ann B. Roe"),
        ('<meta name="author" content="青网校园崔宁宁">', "", "青网校园崔宁宁"),
        ("", '<p class="byline">By <a href="/roe">Ann Roe</a> | Updated 5 May</p>', "Ann Roe"),
        ("", '<a rel="author" href="/roe">Ann Roe</a>', "Ann Roe"),
        ("", '<span class="author">Username</span>', ""),
    ],
)
def test_author_is_who_is_named_in_the_head_or_the_byline(head, body, author):
    assert read(head, f"<h1>Lamp</h1>{body}<p>It is lit.</p>").author == author


def test_typed_page_has_the_title_and_author_of_its_head():
    head = '<meta name="DC.Title" content="The lamp"><meta name="DC.Creator" content="Roe, Ann">'
    found = script.read(
        f'<html lang="en"><head>{head}</head><body><pre>A line.\n\nAnother.</pre>'.encode(), format="html"
    )
    assert (found.title, found.author, found.language) == ("The lamp", "Roe, Ann", "en")
