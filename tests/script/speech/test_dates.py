import pytest

import script


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("March 9, 1987", "March ninth nineteen eighty-seven"),
        ("on the 9th of March", "on the ninth of March"),
        ("9 Mar. 2004", "the ninth of March two thousand four"),
        ("1987-03-09", "March ninth nineteen eighty-seven"),
        ("03/09/1987", "March ninth nineteen eighty-seven"),
        ("23.09.1987", "the twenty-third of September nineteen eighty-seven"),
        ("Oct. 1929", "October nineteen twenty-nine"),
        ("5 May. Then 9 Sept. Then", "the fifth of May. Then the ninth of September. Then"),
        ("they may 5", "they may five"),
        ("In May 12 people", "In May twelve people"),
        ("on 11/30 we left", "on November thirtieth we left"),
        ("June 3–5, 2021", "June third to fifth twenty twenty-one"),
        ("June 3/15, 1904", "June third or fifteenth, nineteen oh four"),
        ("by the 1/14 March 1917", "by the first or fourteenth of March nineteen seventeen"),
        ("3/15 June 1904", "the third or fifteenth of June nineteen oh four"),
    ],
)
def test_days_are_said(written, said):
    assert script.spoken(written) == said
