import pytest

import script


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("0th, 111th, 1,002nd", "zeroth, one hundred and eleventh, one thousand and second"),
        ("4th not 4rd", "fourth not four rd"),
        ("v3.10.2", "v three point ten point two"),
        ("٤٢ and ⑦", "forty-two and seven"),
        ("2.50 each", "two point five zero each"),
    ],
)
def test_figures_are_said(written, said):
    assert script.spoken(written) == said
