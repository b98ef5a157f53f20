import pytest

import script


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("$4.75", "four dollars and seventy-five cents"),
        ("$7.1bn", "seven point one billion dollars"),
        ("€3", "three euros"),
        ("¥8 billion", "eight billion yen"),
        ("50 CHF", "fifty Swiss francs"),
        ("GBP 2m", "two million British pounds"),
        ("$9/month", "nine dollars per month"),
        ("£2–£3", "two pounds to three pounds"),
        ("-$5 and −5 €", "minus five dollars and minus five euros"),
        ("pure $", "pure dollar"),
        ("$1.1m–$1.4m", "one point one million dollars to one point four million dollars"),
        ("£.0 and £.25", "zero pounds and twenty-five pence"),
    ],
)
def test_sums_are_said(written, said):
    assert script.spoken(written) == said
