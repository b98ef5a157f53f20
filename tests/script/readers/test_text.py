import pytest

import script


def read(text):
    return [(block.kind, block.text) for block in script.read(text, format="plain").blocks]


def test_hard_wrapped_lines_are_joined():
    assert read("The first line of a para-\ngraph is here\nand goes on.") == [
        ("paragraph", "The first line of a para-graph is here and goes on.")
    ]


def test_divided_word_is_made_whole_when_it_stands_whole_elsewhere():
    assert read("A para-\ngraph and a paragraph.") == [("paragraph", "A paragraph and a paragraph.")]


def test_soft_hyphen_at_a_line_end_always_goes():
    assert read("A para\u00ad\ngraph.") == [("paragraph", "A paragraph.")]


def test_long_lines_without_blank_lines_are_paragraphs():
    line = "A line much longer than anybody would ever wrap by hand, " * 3 + "ends here."
    assert read(f"{line}\n{line}\nShort end.") == [
        ("paragraph", line),
        ("paragraph", line),
        ("paragraph", "Short end."),
    ]


def test_short_first_line_standing_apart_is_the_title():
    article = script.read("The Light\n\nIt shone.", format="plain")
    assert (article.title, article.blocks[0].kind, article.blocks[0].level) == ("The Light", "heading", 1)


@pytest.mark.parametrize("line", ["It shone.", "Dear Ann,", "x" * 81, "- a thing", "* * *"])
def test_other_first_lines_are_no_title(line):
    assert all(kind != "heading" for kind, _ in read(f"{line}\n\nMore of it."))


@pytest.mark.parametrize("line", ["CHAPTER ONE", "Chapter 4: The End", "XIV.", "THE LONG WAY", "Epilogue"])
def test_unmistakable_headings_are_headings(line):
    assert read(f"Prose here.\n\n{line}\n\nMore prose.")[1] == ("heading", line)


@pytest.mark.parametrize("line", ["No", "And then?", "STOP!", "Chapter and verse were quoted", "He left"])
def test_doubtful_lines_are_prose(line):
    assert read(f"Prose here.\n\n{line}\n\nMore prose.")[1] == ("paragraph", line)


@pytest.mark.parametrize("mark", ["***", "---", "* * *", "_____", "⁂", "• • •", "#"])
def test_separators_are_breaks(mark):
    assert read(f"One, so far.\n\n{mark}\n\nTwo.")[1] == ("break", "")


def test_underlined_line_is_a_heading():
    assert read("Big\n===\nSmall\n-----\nText.") == [("heading", "Big"), ("heading", "Small"), ("paragraph", "Text.")]


def test_hyphen_that_begins_speech_makes_no_list():
    assert read("- Only me, she said.\nAnd went in.") == [("paragraph", "- Only me, she said. And went in.")]


def test_white_space_that_cannot_be_seen_does_not_count():
    assert read("\ufeffOne\u00a0two.\n \t\u00a0\nThree\u200b.") == [("paragraph", "One two."), ("paragraph", "Three.")]
