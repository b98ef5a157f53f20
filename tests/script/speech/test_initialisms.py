import pytest

import script


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("the U.N. vote", "the UN vote"),
        ("in the U.K. They left", "in the UK. They left"),
        ("a tv set", "a TV set"),
        ("NASA and the EU", "NASA and the EU"),
        ("AD 900", "A D nine hundred"),
        ("C# and C++", "C sharp and C plus plus"),
    ],
)
def test_initialisms_are_said(written, said):
    assert script.spoken(written) == said
