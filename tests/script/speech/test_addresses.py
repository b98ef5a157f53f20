import pytest

import script


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1742 Oak Ave, Boise, ID 83702", "seventeen forty-two Oak Avenue, Boise, Idaho eight three seven zero two"),
        ("9 Mill Ln.", "nine Mill Lane."),
        ("Flight 2209", "Flight twenty-two oh nine"),
        ("fine, OK", "fine, OK"),
    ],
)
def test_addresses_are_said(written, said):
    assert script.spoken(written) == said
