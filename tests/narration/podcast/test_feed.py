"""The feed, as readers that we did not write read it."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import podcastparser
import pytest
from hypothesis import given

from narration.errors import UsageError
from narration.podcast.entry import Entry, entry_of
from narration.podcast.feed import feed_guid, feed_xml, guid_in
from narration.podcast.plain_text import plain
from narration.podcast.programme import Programme
from narration.podcast.show import Show
from tests.narration.podcast.programmes import programme, programmes, texts

BASE = "https://example.org/pod cast".replace(" ", "-")
SHOW = Show(
    "A Show & more",
    author="An Author",
    email="author@example.org",
    language="en-GB",
    category="Arts > Books",
    description="What it is about.",
    base_url=BASE,
    license="cc-by-4.0",
    copyright="2024 An Author",
    season=2,
)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
ENTRY = entry_of(
    replace(programme([["One."], ["Two."]]), slug="ærlig 日本", source="https://example.com/a"), (), 2, NOW
)
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"


def parsed(feed: bytes) -> ET.Element:
    channel = ET.fromstring(feed).find("channel")
    assert channel is not None
    return channel


def test_feedparser_reads_the_show() -> None:
    feed = feedparser.parse(feed_xml(SHOW, [ENTRY])).feed
    assert (feed.title, feed.author, feed.language) == ("A Show & more", "An Author", "en-GB")
    assert feed.description == "What it is about."
    assert feed.image.href == f"{BASE}/cover.jpg"
    assert [tag.term for tag in feed.tags] == ["Arts", "Books"]
    assert feed.publisher_detail.email == "author@example.org"
    assert {"rel": "self", "href": f"{BASE}/feed.xml", "type": "application/rss+xml"} in feed.links


def test_feedparser_reads_the_episode() -> None:
    (episode,) = feedparser.parse(feed_xml(SHOW, [ENTRY])).entries
    (enclosure,) = episode.enclosures
    folder = f"{BASE}/episodes/%C3%A6rlig%20%E6%97%A5%E6%9C%AC"
    assert enclosure == {"href": f"{folder}/it.mp3", "length": "1000", "type": "audio/mpeg"}
    assert (episode.title, episode.id, episode.guidislink) == (ENTRY.title, ENTRY.guid, False)
    assert episode.link == f"{folder}/index.html"
    assert episode.published == "Sat, 01 Jun 2024 00:00:00 +0000"
    assert (episode.itunes_episode, episode.itunes_season) == ("1", "2")
    assert "<li>0:00 Chapter 1</li>" in episode.content[0].value
    assert 'href="https://example.com/a"' in episode.content[0].value


def test_podcastparser_reads_the_episode() -> None:
    read = podcastparser.parse(f"{BASE}/feed.xml", io.BytesIO(feed_xml(SHOW, [ENTRY])))
    (episode,) = read["episodes"]
    assert (read["title"], read["type"], read["itunes_owner"]["email"]) == (
        "A Show & more", "episodic", "author@example.org",
    )  # fmt: skip
    assert read["itunes_categories"] == [["Arts", "Books"]]
    assert (episode["guid"], episode["total_time"]) == (ENTRY.guid, round(ENTRY.duration_ms / 1000))
    assert episode["enclosures"][0]["file_size"] == 1000
    assert (episode["number"], episode["season"], episode["type"]) == (1, 2, "full")
    assert episode["episode_art_url"].endswith("/cover.jpg")


def test_podcastparser_reads_chapters_and_transcript() -> None:
    """It knows the namespace by an address of the time before the present one."""
    feed = feed_xml(SHOW, [ENTRY]).replace(
        b"https://podcastindex.org/namespace/1.0",
        b"https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md",
    )
    (episode,) = podcastparser.parse(f"{BASE}/feed.xml", io.BytesIO(feed))["episodes"]
    assert episode["chapters_json_url"].endswith("/chapters.json")
    assert "/transcript." in episode["transcript_url"]


def test_chapters_stand_in_the_feed_too_where_they_are_not_too_many() -> None:
    (episode,) = feedparser.parse(feed_xml(SHOW, [ENTRY])).entries
    assert [(each.start, each.title) for each in episode.psc_chapters.chapters] == [
        ("00:00:00.000", "Chapter 1"), ("00:00:00.752", "Chapter 2"),
    ]  # fmt: skip
    many = replace(ENTRY, chapters=tuple((at, "One") for at in range(501)))
    assert "psc_chapters" not in feedparser.parse(feed_xml(SHOW, [many])).entries[0]


def test_tags_of_podcasting_2_are_there() -> None:
    channel = parsed(feed_xml(SHOW, [ENTRY]))
    assert channel.findtext(f"{PODCAST}guid") == feed_guid(f"{BASE}/feed.xml")
    assert channel.findtext(f"{PODCAST}medium") == "podcast"
    assert channel.findtext(f"{PODCAST}license") == "cc-by-4.0"
    locked = channel.find(f"{PODCAST}locked")
    assert locked is not None
    assert (locked.text, locked.get("owner")) == ("yes", "author@example.org")
    transcripts = channel.findall(f"item/{PODCAST}transcript")
    assert [each.get("type") for each in transcripts] == [
        "text/vtt", "application/x-subrip", "application/json", "text/html",
    ]  # fmt: skip


def test_guid_of_the_show_is_that_of_the_namespace_s_example() -> None:
    guid = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    assert feed_guid("https://mp3s.nashownotes.com/pc20rss.xml") == guid
    assert feed_guid("http://mp3s.nashownotes.com/pc20rss.xml///") == guid


def test_guid_that_a_feed_has_stays(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(feed_xml(SHOW, [ENTRY]))
    moved = replace(SHOW, base_url="https://elsewhere.example")
    assert parsed(feed_xml(moved, [ENTRY], guid_in(path))).findtext(f"{PODCAST}guid") == feed_guid(f"{BASE}/feed.xml")


@pytest.mark.parametrize("content", [b"", b"<rss>", b"\xff\xfe", b"<rss><channel/></rss>"])
def test_feed_that_cannot_be_read_has_no_guid(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(content)
    assert guid_in(path) == ""


def test_without_a_base_all_addresses_are_relative() -> None:
    feed = feed_xml(replace(SHOW, base_url=""), [replace(ENTRY, source="")])
    addresses = [
        value for each in parsed(feed).iter() for name, value in each.attrib.items() if name in {"url", "href"}
    ]
    assert addresses
    assert all(not address.startswith(("/", "http")) for address in addresses)
    assert parsed(feed).find(f"{PODCAST}guid") is None


def test_what_is_not_known_has_no_tag() -> None:
    channel = parsed(feed_xml(Show("A"), [replace(ENTRY, author="", season=0)]))
    absent = [
        f"{ITUNES}owner",
        f"{ITUNES}category",
        f"{PODCAST}license",
        f"item/{ITUNES}season",
        f"item/{ITUNES}author",
    ]
    assert [name for name in absent if channel.find(name) is not None] == []


@pytest.mark.parametrize("author", ["An Author", "word " * 100, "x" * 500])
def test_what_w3c_s_validator_asks_for_is_there(author: str) -> None:
    """Its rules for RSS 2.0 with Apple's tags: channel.py, item.py and itunes.py of github.com/w3c/feedvalidator."""
    channel = parsed(feed_xml(replace(SHOW, author=author), [replace(ENTRY, author=author)]))
    names = {each.tag for each in channel}
    assert {
        "title",
        "link",
        "description",
        "language",
        f"{ITUNES}category",
        f"{ITUNES}explicit",
        f"{ITUNES}owner",
    } <= names
    assert all(len(each.text or "") <= 255 for name in ("author", "name") for each in channel.iter(f"{ITUNES}{name}"))
    assert (channel.findtext("image/title"), channel.findtext("image/link")) == (
        channel.findtext("title"), channel.findtext("link"),
    )  # fmt: skip
    (item,) = channel.findall("item")
    order = [each.tag.rpartition("}")[2] for each in item]
    assert order.index("description") < order.index("encoded")
    assert all(
        value.startswith(f"{BASE}/")
        for each in channel.iter()
        for name, value in each.items()
        if name in {"url", "href"}
    )


def test_feed_without_an_episode_is_refused() -> None:
    with pytest.raises(UsageError, match="needs an episode"):
        feed_xml(SHOW, [])


@given(programmes, texts, texts)
def test_any_text_comes_out_as_it_went_in(made: Programme, title: str, author: str) -> None:
    show = replace(SHOW, title=f"{title} t", author=author, description=title)
    channel = parsed(feed_xml(show, [_entry(made)]))
    assert channel.findtext("title") == plain(f"{title} t")
    assert channel.findtext("item/title") == (plain(made.title) or "Untitled")
    assert {each.tag.rpartition("}")[2] for each in channel.iter()} <= TAGS


def _entry(made: Programme) -> Entry:
    return entry_of(made, (), 0, NOW)


TAGS: Any = {
    "channel", "title", "link", "description", "language", "pubDate", "generator", "copyright", "image", "url", "guid",
    "author", "explicit", "type", "category", "owner", "name", "email", "medium", "locked", "license", "person", "item",
    "enclosure", "encoded", "duration", "episodeType", "episode", "season", "chapters", "chapter",
    "transcript",
}  # fmt: skip
