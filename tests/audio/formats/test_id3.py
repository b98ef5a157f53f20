from dataclasses import replace
from io import BytesIO

import pytest
from mutagen.id3 import ID3

from audio.codecs.mp3 import Mp3Codec
from audio.episode import Chapter, Cover, Tags
from audio.errors import AudioError
from audio.formats.id3 import _contents_frames, id3_tag
from tests.audio.episodes import episode

CODEC = Mp3Codec()


def tag_of(spoken):
    return ID3(BytesIO(id3_tag(spoken)), translate=False)


def tagged(**values):
    return tag_of(replace(episode(CODEC, 1), tags=Tags(**values)))


def leaves(tag, element_id="toc"):
    """Chapters below a table of contents, in order."""
    table = tag[f"CTOC:{element_id}"]
    return [
        leaf for child in table.child_element_ids for leaf in (leaves(tag, child) if child[:3] == "toc" else [child])
    ]


def test_tag_is_version_2_3_and_ends_where_it_says():
    data = id3_tag(episode(CODEC, n_chapters=3))
    assert tag_of(episode(CODEC)).version == (2, 3, 0)
    assert len(data) == 10 + int("".join(f"{byte:07b}" for byte in data[6:10]), 2)


@pytest.mark.parametrize(("text", "encoding"), [("plain", 0), ("Größe", 1), ("漢字 😀", 1)])
def test_text_beyond_ascii_is_utf_16(text, encoding):
    title = tagged(title=text)["TIT2"]
    assert (title.text, title.encoding) == ([text], encoding)


@pytest.mark.parametrize(
    ("date", "year", "day"),
    [
        ("2026-11-05", "2026", "0511"),
        ("2026-11-05T10:00", "2026", "0511"),
        ("2026-11", "2026", None),
        ("2026", "2026", None),
        ("20261", None, None),
        ("in spring", None, None),
        ("٢٠٢٦", None, None),
    ],
)
def test_date_is_a_year_and_a_day(date, year, day):
    tag = tagged(date=date)
    assert [str(tag[key]) if key in tag else None for key in ("TYER", "TDAT")] == [year, day]


def test_description_is_a_comment_in_the_episodes_language():
    comment = tagged(description="Zwei\nZeilen ä", language="de")["COMM::ger"]
    assert comment.text == ["Zwei\nZeilen ä"]


def test_description_without_a_language_is_a_comment_too():
    assert tagged(description="x")["COMM::und"].text == ["x"]


def test_length_is_in_milliseconds():
    assert tag_of(episode(CODEC, 10))["TLEN"].text == [str(round((10 * 12 * 1152 - 1105) / 44.1))]


def test_each_chapter_ends_where_the_next_starts():
    tag = tag_of(episode(CODEC, 10, n_chapters=7))
    found = [tag[f"CHAP:{number}"] for number in range(1, 8)]
    assert [chapter.end_time for chapter in found[:-1]] == [chapter.start_time for chapter in found[1:]]
    assert found[-1].end_time == int(tag["TLEN"].text[0])
    assert {chapter.start_offset for chapter in found} == {0xFFFFFFFF}


@pytest.mark.parametrize("n_chapters", [1, 255, 256, 600])
def test_contents_list_every_chapter_in_order(n_chapters):
    spoken = replace(episode(CODEC, 1), chapters=tuple(Chapter("", n) for n in range(n_chapters)))
    tag = tag_of(spoken)
    tables = tag.getall("CTOC")
    assert leaves(tag) == [str(number) for number in range(1, n_chapters + 1)]
    assert all(len(table.child_element_ids) <= 255 for table in tables)
    assert [table.element_id for table in tables if table.flags & 2] == ["toc"]


def test_contents_grow_another_level_when_they_must():
    root, *tables = _contents_frames(255 * 255 + 1)
    assert root[10:].startswith(b"toc\0\x03\x02")
    assert len(tables) == 256 + 2


def test_no_chapters_need_no_contents():
    assert not tag_of(episode(CODEC)).getall("CTOC")


def test_too_large_a_cover_is_an_error():
    cover = Cover(bytes(1 << 28), "image/png", 1, 1)
    with pytest.raises(AudioError, match="smaller cover"):
        id3_tag(replace(episode(CODEC, 1), tags=Tags(cover=cover)))
