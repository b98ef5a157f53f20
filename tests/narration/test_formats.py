"""Formats are found by the suffix of the file that is asked for."""

from pathlib import Path

import pytest

from narration.errors import UsageError
from narration.formats import format_for, format_names


def test_all_formats_are_registered() -> None:
    assert set(format_names()) >= {"mp3", "m4b", "m4a", "opus", "flac", "wav"}


@pytest.mark.parametrize("name", format_names())
def test_format_is_found_by_its_suffix_in_any_case(name: str) -> None:
    assert format_for(Path(f"a.b.{name.upper()}")).suffix == f".{name}"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a.mp4", "“.mp4” is no output format. The nearest are: mp3"),
        ("a", "a has no suffix"),
        ("a.", "The nearest are"),
    ],
)
def test_suffix_that_is_no_format_names_the_nearest(name: str, words: str) -> None:
    with pytest.raises(UsageError) as error:
        format_for(Path(name))
    assert words in str(error.value)
