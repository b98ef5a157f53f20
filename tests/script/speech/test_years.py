import pytest

import script


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("the 1890s and '20s", "the eighteen nineties and twenties"),
        ("44 BC and 1200 B.C. too", "forty-four BC and twelve hundred BC too"),
        ("Q3 2019 and 2H24", "the third quarter of twenty nineteen and the second half of twenty-four"),
        ("the 3000 men of 1812", "the three thousand men of eighteen twelve"),
        ("The Q2 report", "The second quarter report"),
        ("c. 1480", "circa fourteen eighty"),
        ("the 1850s–70s", "the eighteen fifties to seventies"),
        ("pre-1850", "pre-eighteen fifty"),
    ],
)
def test_years_are_said(written, said):
    assert script.spoken(written) == said
