"""The feed, as readers that we did not write read it."""

import io
import re
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


# Of each element of podcastindex.org/namespace/1.0 that we write: where it may stand, how often, its attributes (those
# it has to have with a mark) and its text, as docs/tags/*.md of github.com/Podcastindex-org/podcast-namespace has them.
_UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
NAMESPACE: dict[str, tuple[set[str], int, set[str], str]] = {
    "guid": ({"channel"}, 1, set(), _UUID),
    "medium": ({"channel"}, 1, set(), "podcast|audiobook"),
    "locked": ({"channel"}, 1, {"owner"}, "yes|no"),
    "license": ({"channel", "item"}, 1, {"url"}, "[^A-Z]{1,128}"),
    "person": ({"channel", "item"}, 99, {"role", "group", "img", "href"}, r"\S.{0,126}\S|\S"),
    "season": ({"item"}, 1, {"name"}, r"\d+"),
    "episode": ({"item"}, 1, {"display"}, r"\d+(\.\d+)?"),
    "chapters": ({"item"}, 1, {"url!", "type!"}, ""),
    "transcript": ({"item"}, 99, {"url!", "type!", "language", "rel"}, ""),
}


@pytest.mark.parametrize("season", [0, 2])
@pytest.mark.parametrize("author", ["", "  ", "An Author", "word " * 100, "x" * 500, "\0"])
@pytest.mark.parametrize("license_name", ["", " ", "CC-BY-4.0", "y" * 300])
def test_tags_are_as_the_namespace_of_podcasting_2_has_them(license_name: str, author: str, season: int) -> None:
    show = replace(SHOW, author=author, license=license_name, season=season)
    entry = entry_of(programme([["One."], ["Two."]], author=author), (), season, NOW)
    channel = parsed(feed_xml(show, [entry]))
    for parent in (channel, *channel.findall("item")):
        names = [each.tag.removeprefix(PODCAST) for each in parent if each.tag.startswith(PODCAST)]
        assert names
        for each in parent.iterfind(f"{PODCAST}*"):
            parents, times, attributes, text = NAMESPACE[each.tag.removeprefix(PODCAST)]
            assert parent.tag in parents
            assert names.count(each.tag.removeprefix(PODCAST)) <= times
            assert set(each.attrib) <= {name.rstrip("!") for name in attributes}
            assert {name.rstrip("!") for name in attributes if name.endswith("!")} <= set(each.attrib)
            assert re.fullmatch(text, each.text or "")


def test_person_is_an_author_by_the_podcast_taxonomy() -> None:
    people = parsed(feed_xml(SHOW, [ENTRY])).findall(f".//{PODCAST}person")
    assert [(each.get("group"), each.get("role")) for each in people] == [("writing", "author")] * 2


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


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("5 < 8, ticker symbol <BIGCO>", "5 &lt; 8, ticker symbol &lt;BIGCO&gt;"),  # the third of its examples
        ("AT&T", "AT&amp;T"),
        ("Write &amp; for &", "Write &amp;amp; for &amp;"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ],
)
def test_description_of_an_episode_is_html_as_rss_2_0_encoding_examples_show(text: str, written: str) -> None:
    feed = feed_xml(replace(SHOW, description=text), [replace(ENTRY, description=text)])
    assert parsed(feed).findtext("item/description") == written
    assert parsed(feed).findtext("description") == text


def test_plain_text_has_hexadecimal_references_as_the_rss_profile_asks() -> None:
    """ "Encode "&" and "<" in plain text using hexadecimal character references", rssboard.org/rss-profile."""
    feed = feed_xml(replace(SHOW, title="Vec<T> & co"), [replace(ENTRY, title="A &copy; B")])
    assert b"<title>Vec&#x3C;T&gt; &#x26; co</title>" in feed
    assert b"<title>A &#x26;copy; B</title>" in feed
    assert b"&amp;" not in feed
    assert b"&lt;" not in feed


def test_addresses_are_uris_as_rss_2_0_asks() -> None:
    show = replace(SHOW, base_url="https://bücher.example/ö", link="https://日本.example/語?ä")
    channel = parsed(feed_xml(show, [ENTRY]))
    addresses = [value for each in channel.iter() for name, value in each.items() if name in {"url", "href"}]
    assert all(each.startswith("https://xn--bcher-kva.example/%C3%B6/") and each.isascii() for each in addresses)
    assert channel.findtext("link") == "https://xn--wgv71a.example/%E8%AA%9E?%C3%A4"
    assert channel.findtext("image/link") == channel.findtext("link")
    assert str(channel.findtext("item/link")).isascii()


@pytest.mark.parametrize(
    ("language", "code"), [("en_GB", "en-GB"), ("zh-Hans", "zh-Hans"), ("English", None), ("", None)]
)
def test_language_is_a_code_as_rss_2_0_and_bcp_47_have_it(language: str, code: str | None) -> None:
    channel = parsed(feed_xml(replace(SHOW, language="pt_BR"), [replace(ENTRY, language=language)]))
    assert channel.findtext("language") == "pt-BR"
    assert {each.get("language") for each in channel.findall(f"item/{PODCAST}transcript")} == {code}


@pytest.mark.parametrize("blank", ["", "  ", "\0"])
def test_no_tag_of_apple_s_is_empty(blank: str) -> None:
    channel = parsed(feed_xml(replace(SHOW, author=blank, copyright=blank), [ENTRY]))
    assert channel.findtext(f"{ITUNES}author") == SHOW.title
    assert channel.findtext(f"{ITUNES}owner/{ITUNES}name") == SHOW.title
    assert channel.find("copyright") is None


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
