import pytest

from script.article import Block, Override
from script.chapters import called, chapters, first_words


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


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Results [12]", "Results"),
        ("History[a] and more[note 3]", "History and more"),
        ("The lamp¹", "The lamp"),
        ("Words.² More†", "Words. More"),
        ("Area in km² and E = mc²", "Area in km² and E = mc²"),
        ("Lamps (Smith et al., 2020) lit", "Lamps lit"),
        ("[12]", "[12]"),
    ],
)
def test_title_has_no_citations_and_no_marks_of_notes(text, title):
    assert called(text) == title
    assert [
        each.title for each in chapters([Block("heading", text, 1), Block("paragraph", "A.")], "headings", "T")
    ] == [title]


def test_title_has_nothing_that_is_not_said():
    heading = Block("heading", "Lamps and so on", 1, overrides=(Override(5, 15, silent=True), Override(0, 5, "Lampe")))
    assert [each.title for each in chapters([heading], "headings", "T")] == ["Lamps"]
