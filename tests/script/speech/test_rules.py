import pytest

import script


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1,234 and 12300", "one thousand two hundred and thirty-four and twelve thousand three hundred"),
        ("0, 10, 21, 100, 1000001", "zero, ten, twenty-one, one hundred, one million and one"),
        ("3.14 and 0.05 and .5", "three point one four and zero point zero five and point five"),
        ("-5 degrees, but A-5", "minus five degrees, but A-five"),
        ("007 and 3.11.7", "zero zero seven and three point eleven point seven"),
        ("1st 2nd 3rd 12th 22nd 100th", "first second third twelfth twenty-second one hundredth"),
        ("MP3 3D 10km", "MP three three D ten kilometers"),
        ("12% or 5 %", "twelve percent or five percent"),
        ("$3.50, $1 and $0.99", "three dollars and fifty cents, one dollar and ninety-nine cents"),
        ("£1.01", "one pound and one penny"),
        ("$2.5 million and €5bn", "two point five million dollars and five billion euros"),
        ("$5–10 or 5 €", "five to ten dollars or five euros"),
        ("in 1990, 1905, 1900", "in nineteen ninety, nineteen oh five, nineteen hundred"),
        ("2000, 2004 and 2024", "two thousand, two thousand four and twenty twenty-four"),
        ("in 1066, but 1066 men", "in ten sixty-six, but one thousand and sixty-six men"),
        ("the 1969 landings", "the nineteen sixty-nine landings"),
        ("1960s and ’80s", "nineteen sixties and eighties"),
        ("1939–1945, 1914-18", "nineteen thirty-nine to nineteen forty-five, nineteen fourteen to eighteen"),
        ("pages 10–12", "pages ten to twelve"),
        ("World War II, Chapter IV, Henry VIII", "World War two, Chapter four, Henry the eighth"),
        ("Peter I think not; I am", "Peter I think not; I am"),
        ("Dr. Smith met Mrs. Jones in St. Ives", "Doctor Smith met Missus Jones in Saint Ives"),
        ("12 Elm St. is far", "twelve Elm Street is far"),
        ("e.g. this, i.e. that, etc.", "for example this, that is that, et cetera."),
        ("No. 5, but no. No.", "number five, but no. No."),
        ("A & B, 1 + 1 = 2", "A and B, one plus one equals two"),
        ("20 °C, #1, ~5", "twenty degrees Celsius, number one, about five"),
        ("See https://www.example.com/a?b=c.", "See link to example dot com."),
        ("Visit example.org or ann-b@ex.org", "Visit example dot org or ann dash b at ex dot org"),
        ("A fact.[12] Another[3, 4] one.²", "A fact. Another one."),
        ("Well--so **bold** snake_case", "Well – so bold snake case"),
        ("Good 😀 day", "Good day"),
    ],
)  # fmt: skip
def test_token_is_said_as_a_reader_would_say_it(written, said):
    assert script.spoken(written) == said


@pytest.mark.parametrize("count", [8, 100, 150, 5000])
def test_dotted_letters_never_reach_a_voice(count):
    assert "." not in script.spoken("A." * count)


def test_long_runs_are_shortened():
    assert script.spoken("Noooooooooooo!!!!!! Ha") == "Nooo! Ha"


def test_word_without_end_is_parted():
    assert max(map(len, script.spoken("ab" * 5000).split())) == 50


def test_number_too_long_for_a_name_is_spelt():
    assert script.spoken("1" * 22) == " ".join(["one"] * 22)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("cs", "Am 3.5. & 4 %: ex.org"),
        ("xx", "Am 3.5. & 4 %: ex.org"),
    ],
)
def test_languages_without_a_grammar_leave_their_digits_to_the_voice(language, said):
    assert script.spoken("Am 3.5. & 4 %: https://ex.org/x", language) == said
