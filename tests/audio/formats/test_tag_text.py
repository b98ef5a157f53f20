import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.episode import Chapter, Tags
from audio.formats.tag_text import chapter_time_ms, cut_utf8, tag_pairs, tag_text, time_ms


@given(st.text(st.characters(codec=None)))
def test_every_text_becomes_one_that_can_be_written(text):
    clean = tag_text(text)
    assert "\0" not in clean
    assert clean.encode("utf-8").decode("utf-8") == clean


@given(st.text())
def test_clean_text_stays_as_it_is(text):
    assert tag_text(text) == text.replace("\0", "")


def test_half_a_pair_becomes_a_replacement_character():
    assert tag_text("a\ud83db \ud83d\ude00") == "a\ufffdb 😀"


@given(st.text(), st.integers(0, 40))
def test_text_is_cut_between_characters(text, max_bytes):
    cut = cut_utf8(text, max_bytes)
    assert len(cut) <= max_bytes
    assert tag_text(text).startswith(cut.decode())


@pytest.mark.parametrize(
    ("samples", "rate_hz", "ms"), [(0, 44_100, 0), (22, 44_100, 0), (23, 44_100, 1), (24, 48_000, 1), (23, 48_000, 0)]
)
def test_half_a_millisecond_rounds_up(samples, rate_hz, ms):
    assert time_ms(samples, rate_hz) == ms


def test_time_of_a_chapter_is_that_of_its_start():
    assert chapter_time_ms(Chapter("", 36_000 * 44_100 + 441), 44_100) == 36_000_010


def test_tags_that_are_blank_are_left_out():
    assert tag_pairs(Tags(title=" A ", author=" \0 ", date="")) == (("title", "A"),)
