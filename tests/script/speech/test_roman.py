import pytest

import script


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Part IX", "Part nine"),
        ("George VI spoke", "George the sixth spoke"),
        ("Halloween III", "Halloween three"),
        ("the XVIth century", "the sixteenth century"),
        ("VII", "seven"),
        ("I am", "I am"),
        ("No. I said no. I did.", "No. I said no. I did."),
        ("Modern art. I like it, Vol. I.", "Modern art. I like it, volume one."),
        ("Henry I of England", "Henry the first of England"),
    ],
)
def test_roman_numerals_are_said(written, said):
    assert script.spoken(written) == said
