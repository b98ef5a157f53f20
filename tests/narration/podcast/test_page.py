"""What is written; what browsers make of it is in test_page_in_browser.py."""

from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from narration.podcast.outline import outline
from narration.podcast.page import page, write_page
from narration.podcast.plain_text import showable
from narration.podcast.programme import Programme
from tests.narration.podcast.told import Told, programme

PARTS = (
    Told("heading", ("One",), 1, "One"),
    Told("paragraph", ("Some text.", "And more.")),
    Told("heading", ("Two",), 2, "Two"),
    Told("item", ("First.",), 1),
)
HOSTILE = (
    "</title><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'onmouseover='alert(1)",
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}",
    "]]>--><!--",
    "&lt;b&gt;&amp;",
    "\u202eright to left\u202c \U0001f600 עברית",
    "\0\x08\x1b[31m\ud800\ufffe",
)


def html(told: Programme) -> lxml.html.HtmlElement:
    versions = {chapter.number: "0" for chapter in told.chapters}
    return lxml.html.document_fromstring(
        page(told, outline(told), versions).encode(), lxml.html.HTMLParser(encoding="utf-8")
    )


def files(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_page_is_written_with_its_words_and_what_all_pages_share(tmp_path):
    write_page(programme(PARTS), tmp_path)
    written = set(files(tmp_path))
    assert {"episodes/it/index.html", "episodes/it/words/1.js", "episodes/it/words/2.js"} <= written
    assert {"assets/player.css", "assets/player.js", "assets/icon.svg"} <= written


def test_page_written_again_touches_no_file(tmp_path):
    write_page(programme(PARTS), tmp_path)
    before = files(tmp_path)
    write_page(programme(PARTS), tmp_path)
    assert files(tmp_path) == before


def test_words_of_a_chapter_that_is_no_more_are_removed(tmp_path):
    write_page(programme(PARTS), tmp_path)
    write_page(programme(PARTS[:2]), tmp_path)
    assert not (tmp_path / "episodes/it/words/2.js").exists()


def test_file_that_was_changed_by_hand_is_mended(tmp_path):
    write_page(programme(PARTS), tmp_path)
    (tmp_path / "assets/player.css").write_text("body { display: none }")
    write_page(programme(PARTS), tmp_path)
    assert "display: none }" not in (tmp_path / "assets/player.css").read_text()


def test_every_local_address_of_the_page_leads_to_a_file(tmp_path):
    write_page(programme(PARTS, tmp_path), tmp_path)
    folder = tmp_path / "episodes/it"
    (tmp_path / "index.html").touch()
    (tmp_path / "feed.xml").touch()
    found = lxml.html.parse(folder / "index.html").getroot()
    addresses = [address for _, _, address, _ in found.iterlinks() if not address.startswith("#")]
    addresses += found.xpath("//@data-words")
    assert len(addresses) > 15
    for address in addresses:
        assert (folder / address.split("?")[0]).is_file(), address


def test_address_of_the_words_changes_with_them(tmp_path):
    write_page(programme(PARTS), tmp_path)
    before = (tmp_path / "episodes/it/index.html").read_text()
    write_page(programme((*PARTS[:3], Told("item", ("Something else.",), 1))), tmp_path)
    addresses = [
        lxml.html.fromstring(text).xpath("//@data-words")
        for text in (before, (tmp_path / "episodes/it/index.html").read_text())
    ]
    assert addresses[0][0] == addresses[1][0]
    assert addresses[0][1] != addresses[1][1]


def test_no_script_style_or_handler_stands_in_the_page():
    found = html(programme(PARTS))
    assert not found.xpath("//style | //script[not(@src)] | //@style")
    assert not [name for element in found.iter() for name in element.attrib if name.startswith("on")]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text(text):
    parts = (Told("heading", (text,), 1, text), Told("paragraph", (text,), language="de"))
    told = replace(
        programme(parts, title=text, slug="it"),
        author=text,
        date=text,
        description=text,
        audio=f"{text[:3]}.mp3".replace("\ud800", ""),
    )
    plain = programme((Told("heading", ("a",), 1, "a"), Told("paragraph", ("a",), language="de")), title="a")
    found, usual = html(told), html(replace(plain, date="long ago"))
    assert [element.tag for element in found.iter()] == [element.tag for element in usual.iter()]
    assert found.findtext(".//title") == showable(text)
    assert found.get_element_by_id("p2").text == showable(text)


@given(st.text(min_size=1))
def test_text_of_a_line_is_that_of_the_segment_to_the_character(text):
    told = programme((Told("paragraph", ("a",)),))
    (segment, heard), *_ = told.segments
    told = replace(told, segments=((replace(segment, text=text), heard),))
    assert html(told).get_element_by_id("p1").text == showable(text)


def test_right_to_left_language_turns_the_article():
    assert html(programme(PARTS, language="ar-EG")).xpath("//article/@dir") == ["rtl"]
    assert html(programme(PARTS, language="nonsense!")).xpath("//article/@dir") == ["ltr"]


@pytest.mark.parametrize(
    ("language", "shown"), [("en-GB", "1 June 2024"), ("de", "1. Juni 2024"), ("xx-", "2024-06-01")]
)
def test_date_is_shown_as_people_write_it(language, shown):
    assert html(programme(PARTS, language=language)).findtext(".//time") == shown


def test_date_that_is_none_is_shown_as_it_was_written():
    found = html(replace(programme(PARTS), date="Spring 1906"))
    assert "Spring 1906" in found.find_class("byline")[0].text_content()
    assert not found.xpath("//time")


def test_cover_is_named_where_there_is_one(tmp_path):
    write_page(programme(PARTS), tmp_path)
    (tmp_path / "episodes/it/cover-small.jpg").touch()
    write_page(programme(PARTS), tmp_path)
    assert 'data-cover="cover-small.jpg"' in (tmp_path / "episodes/it/index.html").read_text()


def test_sound_is_drawn_where_there_is_a_picture_of_it(tmp_path):
    write_page(programme(PARTS), tmp_path)
    (tmp_path / "episodes/it/waveform.svg").touch()
    write_page(programme(PARTS), tmp_path)
    assert '<img class="wave" src="waveform.svg" alt="">' in (tmp_path / "episodes/it/index.html").read_text()


def test_chapters_are_listed_with_their_times():
    told = programme(PARTS)
    (start_ms,) = {round(told.chapters[1].start_samples * 1000 / told.sample_rate_hz)}
    found = html(told)
    assert found.xpath("//nav//a/@href") == ["#ch1", "#ch2"]
    assert found.get_element_by_id("ch2").get("data-start") == str(start_ms)


@pytest.mark.parametrize(("title", "shown"), [("A title", None), ("A title of many words " * 20, "long")])
def test_title_of_many_words_is_set_smaller(title: str, shown: str | None) -> None:
    assert html(programme(PARTS, title=title)).find(".//article/header").get("class") == shown
