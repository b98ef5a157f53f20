import pytest

from script.speech.cardinals import numbers_in
from script.speech.language import language_of


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "零"),
        (10, "十"),
        (110, "一百一十"),
        (1_001, "一千零一"),
        (2_002, "两千零二"),
        (20_020, "两万零二十"),
        (100_000_001, "一亿零一"),
        (300_040_000, "三亿零四万"),
    ],
)
def test_empty_places_are_said_once(number, said):
    assert numbers_in(language_of("zh")).cardinal(str(number)) == said
