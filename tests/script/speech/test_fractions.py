import pytest

import script


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("5/8", "five eighths"),
        ("½ and ¾", "one half and three quarters"),
        ("2½ cups", "two and a half cups"),
        ("1/3rd", "one third"),
        ("7 3/16", "seven and three sixteenths"),
        ("open 24/7", "open twenty-four seven"),
    ],
)
def test_fractions_are_said(written, said):
    assert script.spoken(written) == said
