from hypothesis import given
from hypothesis import strategies as st

from script.article import Override
from script.characters import _UNTIDY, is_plainly_tidy, tidy, visible


@given(st.text())
def test_tidy_text_is_tidy_already(text):
    assert tidy(tidy(text)[0])[0] == tidy(text)[0]


def test_glance_at_a_character_never_misses_what_tidying_changes():
    characters = (chr(code) for code in range(0x110000))
    missed = [f"{ord(each):x}" for each in characters if is_plainly_tidy(each) and _UNTIDY.search(each)]
    assert missed == []


def test_white_space_of_every_kind_becomes_one_space():
    assert tidy(" a\u00a0\u2003b\t\n c ")[0] == "a b c"


def test_characters_of_no_width_vanish():
    assert tidy("\ufeffso\u00adft\u200b hy\u2060phen\x07")[0] == "soft hyphen"


def test_joiners_that_spell_words_stay():
    assert tidy("می\u200cخواهم")[0] == "می\u200cخواهم"


def test_overrides_move_with_their_characters():
    text, overrides = tidy("  a\u200bb  word", (Override(7, 11, "w"),))
    assert text[overrides[0].start : overrides[0].end] == "word"


def test_override_of_nothing_visible_is_left_out():
    assert tidy("a \u200b b", (Override(2, 3, "w"),))[1] == ()


def test_visible_keeps_line_ends_and_tabs():
    assert visible("a\x00\tb\n\u200bc") == "a\tb\nc"
