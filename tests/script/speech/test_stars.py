import pytest

import script


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("en", "★★★★☆ from 20 people", "four stars out of five from twenty people"),
        ("en", "4.5★, ★ 4.8 and ★★★½", "four point five stars, four point eight stars and three point five stars"),
        ("en", "1★", "one star"),
        ("de", "★☆☆, 4,5 ★", "ein Stern von drei, vier Komma fünf Sterne"),
        ("es", "★☆☆", "una estrella de tres"),
        ("es", "4,1 ★", "cuatro coma uno estrellas"),
        ("ru", "★★★★☆", "четыре звезды из пяти"),
        ("zh", "★★★★☆", "五颗星中的四颗星"),
    ],
)
def test_stars_that_rate_are_counted(language, written, said):
    assert script.spoken(written, language) == said


def test_a_lone_star_is_an_ornament():
    assert script.spoken("★ New in May ★") == "New in May"
