import pytest

from script.article import Block
from script.chapters import chapters, first_words


def blocks(kinds):
    words = {"h": "heading", "p": "paragraph", "i": "item", "q": "quote", "c": "caption", "b": "break"}
    return [
        Block(words[kind], "" if kind == "b" else f"{words[kind]} {number}", int(kind == "h"))
        for number, kind in enumerate(kinds, 1)
    ]


@pytest.mark.parametrize(
    ("kinds", "mode", "expected"),
    [
        ("hphp", "auto", ["heading 1:1-2", "heading 3:3-4"]),
        ("phph", "auto", ["T:1-1", "heading 2:2-3", "heading 4:4-4"]),
        ("hpp", "auto", ["paragraph 2:1-2", "paragraph 3:3-3"]),
        ("ppbp", "auto", ["paragraph 1:1-1", "paragraph 2:2-3", "paragraph 4:4-4"]),
        ("piiq", "auto", ["paragraph 1:1-3", "quote 4:4-4"]),
        ("phip", "auto", ["paragraph 1:1-3", "paragraph 4:4-4"]),
        ("hphp", "paragraphs", ["paragraph 2:1-2", "paragraph 4:3-4"]),
        ("pp", "headings", ["T:1-2"]),
        ("hphp", "none", ["T:1-4"]),
        ("ii", "auto", ["item 1:1-2"]),
        ("h", "auto", ["heading 1:1-1"]),
        ("", "auto", []),
    ],
)
def test_chapters_begin_where_they_should(kinds, mode, expected):
    found = chapters(blocks(kinds), mode, "T")
    assert [f"{chapter.title}:{chapter.first}-{chapter.last}" for chapter in found] == expected


def test_title_is_cut_at_a_word_within_sixty_characters():
    title = first_words("The perception that “cops don’t care if they kill someone” is a prevalent stereotype")
    assert title == "The perception that “cops don’t care if they kill someone”"


def test_title_of_one_long_word_is_cut_hard():
    assert first_words("x" * 100) == "x" * 60


def test_short_text_is_its_own_title():
    assert first_words("Short enough.") == "Short enough."
