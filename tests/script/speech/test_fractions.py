import pytest

import script


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("5/8", "five eighths"),
        ("½ and ¾", "one half and three quarters"),
        ("2½ cups", "two and a half cups"),
        ("1/3rd", "one third"),
        ("7 3/16", "seven and three sixteenths"),
        ("3/4 km and ½ oz", "three quarters of a kilometer and one half of an ounce"),
        ("2 1/2 lb", "two and a half pounds"),
        (
            "errors 404/500, BP 145/90",
            "errors four hundred and four slash five hundred, BP one hundred and forty-five over ninety",
        ),
        ("open 24/7", "open twenty-four seven"),
        ("Ser. 15/398,001", "Ser. fifteen slash three hundred ninety-eight thousand and one"),
        ("issue 1/2023", "issue one slash two thousand and twenty-three"),
        ("1/1250 s", "one one thousand two hundred fiftieth of a second"),
    ],
)
def test_fractions_are_said(written, said):
    assert script.spoken(written) == said


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("de", "3/4 kg", "drei viertel Kilogramm"),
        ("es", "3/4 kg y 1/2 kg", "tres cuartos de kilogramo y medio kilogramo"),
        ("fr", "3/4 kg", "trois quarts de kilogramme"),
        ("pl", "3/4 kg", "trzy czwarte kilograma"),
        ("ru", "3/4 км", "три четвёртых километра"),
        ("zh", "3/4kg", "四分之三千克"),
    ],
)
def test_unit_behind_a_fraction_has_the_form_of_a_part(language, written, said):
    assert script.spoken(written, language) == said
