import pytest

from script.speech.language import Language
from script.speech.phrases import _begins_with_number, phrases

NUMBERS = {
    "decimal": ".",
    "group": ",",
    "spaced_groups": 2,
    "point": "point",
    "minus": "minus",
    "and": "and",
    "to": "to",
}


def said(text, **tables):
    """What the first phrase found makes of its part of the text."""
    (rewrite,) = phrases(text, Language("sv", {"numbers": NUMBERS, **tables}))
    return rewrite.spoken


def test_name_in_braces_is_a_number_in_words_or_what_was_written():
    assert (
        said("7 av 9 hus", phrases=[{"written": r"(?P<a>\d) av (?P<b>\d) (?P<c>\w+)", "said": "{c}: {a}/{b}"}])
        == "hus: sju/nio"
    )


def test_brackets_are_left_out_when_nothing_in_them_was_written():
    pair = {"written": r"x(?P<a>\d)?(?P<b>!)?", "said": "ex[ {a}]{b}"}
    assert said("x! 3", phrases=[pair]) == "ex!"
    assert said("x3", phrases=[pair]) == "ex tre"


def test_words_come_from_the_table_that_is_named():
    tables = {
        "words": {"sizes": {"k": "kilo"}},
        "phrases": [{"written": r"(?P<a>{sizes})(?P<n>\d)", "said": "{n:digits} {a:sizes}"}],
    }
    assert said("K4k4", **tables) == " fyra kilo"


def test_part_that_nobody_knows_is_refused():
    with pytest.raises(KeyError, match="nothing"):
        said("1", phrases=[{"written": "{nothing}", "said": ""}])


@pytest.mark.parametrize(
    ("written", "at_a_number"),
    [
        (r"{apart}(?P<a>\d+)x", True),
        (r"{apart}(?=\d)(?:1|2)x", True),
        (r"{apart}(?!0)(?P<a>{hour}):", True),
        (r"{apart}(?P<a>\d+|\(\d+\))x", False),
        (r"{apart}(?P<a>0? ?\(\d+\)|\d+)x", False),
        (r"{apart}(?P<a>\d?)x", False),
        (r"(?P<a>\d+)x", False),
    ],
)
def test_phrase_is_looked_for_at_numbers_alone_only_when_it_begins_with_one(written, at_a_number):
    assert _begins_with_number(written) is at_a_number
