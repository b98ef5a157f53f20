import pytest

import script


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("101 and 1,000,005", "one hundred and one and one million and five"),
        ("460 billion", "four hundred sixty billion"),
        ("1 000 000", "one million"),
        ("12 000 cars", "twelve thousand cars"),
        ("-7 or −0.5", "minus seven or minus zero point five"),
    ],
)
def test_numbers_are_said_as_they_are_counted(written, said):
    assert script.spoken(written) == said
