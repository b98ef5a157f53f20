import pytest

import script


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("5'10\" and 6' tall", "five feet ten inches and six feet tall"),
        ("a 10' fence, a 9' x 12' rug", "a ten foot fence, a nine by twelve foot rug"),
        ("above 3,500'.", "above three thousand five hundred feet."),
        ('2-3" of snow, a 9"x13" pan', "two to three inches of snow, a nine by thirteen inch pan"),
        ('it said "take 2-3" to us', 'it said "take two to three" to us'),
        ("Kane 12', 45+2' (pen.)", "Kane twelve minutes, forty-five plus two minutes (pen.)"),
        ("on 90'+4", "on ninety plus four minutes"),
    ],
)
def test_feet_inches_and_minutes_of_play_are_said(written, said):
    assert script.spoken(written) == said


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("fr", "Cuire 12' puis 1'", "Cuire douze minutes puis une minute"),
        ("de", "Tore: 1', 45'+2", "Tore: eine Minute, fünfundvierzig plus zwei Minuten"),
        ("ru", "голы: 21', 45+3'", "голы: двадцать одна минута, сорок пять плюс три минуты"),
        ("es", "en 12'30''", "en doce minutos treinta segundos"),
        ("it", "il 'gruppo 12' e", "il 'gruppo dodici' e"),
        ("es", "mide 1,80 m (5'11\")", "mide uno coma ocho cero metros (cinco'once\")"),
    ],
)
def test_mark_behind_a_number_means_minutes_where_nobody_counts_in_feet(language, written, said):
    assert script.spoken(written, language) == said
