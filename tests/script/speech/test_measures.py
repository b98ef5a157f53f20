import tomllib
from pathlib import Path

import pytest

import script
from script import speech
from script.speech.language import language_of
from script.speech.measures import unit_words

SPEECH = Path(speech.__file__).parent


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
        ("23 x 13 x 7cm", "twenty-three by thirteen by seven centimeters"),
        ("15 m²", "fifteen square meters"),
        ("80 mg/dL", "eighty milligrams per deciliter"),
        ('say "take 7" twice', 'say "take seven" twice'),
        ("2 ft. of snow", "two feet of snow"),
        ('a 9" nail', "a nine inch nail"),
        (
            "3 mg/kg/day, 350 kcal/serving",
            "three milligrams per kilogram per day, three hundred and fifty kilocalories per serving",
        ),
        (
            "7 l/100 km, 68°F/20°C",
            "seven liters per one hundred kilometers, sixty-eight degrees Fahrenheit, twenty degrees Celsius",
        ),
        ("5 GeV, 4.7 kΩ, 20 mSv", "five gigaelectronvolts, four point seven kiloohms, twenty millisieverts"),
        ("3 × 10⁸ m/s", "three times ten to the power of eight meters per second"),
        ("5 ft 4 in tall", "five feet four inches tall"),
        ('"1850" and "7" was', '"eighteen fifty" and "seven" was'),
        (
            "8 × 10⁹/L and 350/µL",
            "eight times ten to the power of nine per liter and three hundred and fifty per microliter",
        ),
        ("2.5x less, 4x/day", "two point five times less, four times per day"),
    ],
)
def test_measures_are_said(written, said):
    assert script.spoken(written) == said


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("ru", "5 kJ/mol, 7 GeV", "пять килоджоулей на моль, семь гигаэлектронвольт"),
        ("ru", "3 MJ/t, 2 gal", "три мегаджоуля на тонну, два галлона"),
        ("en", "420 ppm", "four hundred and twenty parts per million"),
        ("en-GB", "3 gal at 40 mpg, 2 pt. of $5", "three gallons at forty miles per gallon, two pints of five dollars"),
        ("pl", "5 gal", "pięć galonów"),
        ("zh", "50 Mbps", "每秒钟五十兆比特"),
        ("ja", "300 dpi", "三百 ドット毎インチ"),
        ("de", "7 l/100 km", "sieben Liter pro einhundert Kilometer"),
        ("it", "7 l/100 km", "sette litri per cento chilometri"),
        ("zh", "3 W/kg", "每千克三瓦特"),
    ],
)
def test_a_unit_by_another_is_said_in_every_language(language, written, said):
    assert script.spoken(written, language) == said


@pytest.mark.parametrize("tag", ["en-GB", *sorted(file.stem for file in (SPEECH / "languages").iterdir())])
def test_units_are_called_by_words(tag):
    signs = tomllib.loads((SPEECH / "units.toml").read_text("utf-8"))
    names = {sign: unit_words(language_of(tag), sign) for sign in {**signs["near"], **signs["apart"]}}
    assert [name for name in names.values() if "/" in name or name.startswith("US ")] == []
    if tag == "en":
        assert [sign for sign, name in names.items() if name == sign] == []
