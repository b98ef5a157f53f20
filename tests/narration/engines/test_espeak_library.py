"""What the eSpeak NG library tells of the words in a text."""

import pytest

from narration.engines.espeak_library import _word_around


@pytest.mark.parametrize(
    ("position", "word"), [(0, "Tom’s"), (2, "Tom’s"), (5, ""), (6, "“big”"), (13, "日"), (99, ""), (-1, "")]
)
def test_word_is_what_stands_between_spaces_around_a_position(position: int, word: str) -> None:
    text = "Tom’s “big”  日本"
    start, end = _word_around(text, position)
    assert text[start:end] == word
