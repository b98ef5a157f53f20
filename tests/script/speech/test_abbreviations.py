import pytest

import script


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Dr. Yang of Hill St. spoke", "Doctor Yang of Hill Street spoke"),
        ("St. Anne", "Saint Anne"),
        ("No. 8; no. No.", "number eight; no. No."),
        ("i.e. now", "that is now"),
        ("vol. 3", "volume three"),
        ("on 4th Ave. here", "on fourth Avenue here"),
        ("vol. IX", "volume nine"),
    ],
)
def test_abbreviations_are_said(written, said):
    assert script.spoken(written) == said
