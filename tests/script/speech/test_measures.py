import pytest

import script


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("90 km/h", "ninety kilometers per hour"),
        ("−8 °C", "minus eight degrees Celsius"),
        ("1 kg", "one kilogram"),
        ("3–4 lb", "three to four pounds"),
        ("6'3\"", "six feet three inches"),
        ("a 10-km run", "a ten kilometer run"),
        ("30 x 40 cm", "thirty by forty centimeters"),
        ("15 m²", "fifteen square meters"),
        ("80 mg/dL", "eighty milligrams per deciliter"),
        ('say "take 7" twice', 'say "take seven" twice'),
        ("2 ft. of snow", "two feet of snow"),
        ('a 9" nail', "a nine inch nail"),
        ("5 ft 4 in tall", "five feet four inches tall"),
        ('"1850" and "7" was', '"eighteen fifty" and "seven" was'),
    ],
)
def test_measures_are_said(written, said):
    assert script.spoken(written) == said
