import pytest

import script


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("3 + 4 = 7", "three plus four equals seven"),
        ("9-4=5", "nine minus four equals five"),
        ("a < b", "a is less than b"),
        ("r² and 10⁻⁶", "r squared and ten to the power of minus six"),
        ("CO₂, C2H6", "C O two, C two H six"),
        ("the β test", "the beta test"),
        ("4.1e-7", "four point one times ten to the power of minus seven"),
        ("<br/> tag", "<br/> tag"),
    ],
)
def test_mathematics_is_said(written, said):
    assert script.spoken(written) == said
