"""The page of the show."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from lxml import html

from narration.podcast.entry import entry_of
from narration.podcast.plain_text import plain
from narration.podcast.programme import Programme
from narration.podcast.show import Show
from narration.podcast.show_page import show_page, write_show_page
from tests.narration.podcast.programmes import programme, programmes, texts

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SHOW = Show("A Show", "An Author", description="About.", base_url="https://example.org/a", link="https://example.com")
ENTRIES = [entry_of(replace(programme([["One."]]), slug="日本 & more"), (), 0, NOW)]


def test_page_has_the_show_and_its_episodes() -> None:
    page = html.document_fromstring(show_page(SHOW, ENTRIES))
    assert page.findtext(".//h1") == "A Show"
    (link,) = page.findall(".//h3/a")
    assert (link.text, link.get("href")) == ("An Episode", "episodes/%E6%97%A5%E6%9C%AC%20%26%20more/index.html")
    assert page.findtext(".//time") == "June 1, 2024"
    assert page.findtext(".//code") == "https://example.org/a/feed.xml"


def test_page_is_made_of_landmarks_and_headings_in_order() -> None:
    page = html.document_fromstring(show_page(SHOW, ENTRIES))
    assert [each.tag for each in page.iter("h1", "h2", "h3", "main", "header")] == ["header", "h1", "main", "h2", "h3"]
    assert page.get("lang") == "en"
    assert all(image.get("alt") is not None for image in page.iter("img"))


def test_nothing_in_it_is_inline_or_from_elsewhere() -> None:
    page = html.document_fromstring(show_page(replace(SHOW, link=""), ENTRIES))
    assert not list(page.iter("style", "script"))
    assert not page.xpath("//@style|//@*[starts-with(name(), 'on')]")
    assert not [address for address in page.xpath("//@href|//@src") if "//" in address]


def test_style_of_the_page_is_written_with_it(tmp_path: Path) -> None:
    write_show_page(tmp_path, SHOW, ENTRIES)
    page = html.document_fromstring((tmp_path / "index.html").read_text("utf-8"))
    styles = [str(style).partition("?")[0] for style in page.xpath("//link[@rel='stylesheet']/@href")]
    assert styles == ["assets/player.css", "assets/show.css"]
    assert all((tmp_path / style).is_file() for style in styles)


@given(programmes, texts, texts)
def test_any_text_is_text_and_nothing_else(made: Programme, title: str, author: str) -> None:
    show = replace(SHOW, title=f"{title} t", author=author, description=title, copyright=author)
    page = html.document_fromstring(show_page(show, [entry_of(made, (), 0, NOW)]))
    assert page.findtext(".//h1") == plain(f"{title} t")
    assert page.findtext(".//h3/a") == (plain(made.title) or "Untitled")
    assert not list(page.iter("script", "style", "iframe", "object"))
    assert len(list(page.iter("img"))) == 2  # the covers of show and episode
