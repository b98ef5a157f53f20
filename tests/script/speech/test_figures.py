import pytest
from hypothesis import given
from hypothesis import strategies as st

from script.speech import measures, numbers, years
from script.speech.figures import matches_at_figures
from script.speech.language import language_of

_PIECES = [
    "1",
    "12",
    "1990",
    "000",
    "5",
    " ",
    "-",
    "−",
    "–",
    ".",
    ",",
    "km",
    "°C",
    "x",
    " l",
    "s",
    "’",
    "a",
    "%",
    "/",
    "M",
]
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=14).map("".join)


@pytest.mark.parametrize("language", ["en", "de", "zh"])
@given(text=_TEXTS)
def test_what_begins_with_a_number_is_found_as_by_looking_everywhere(language, text):
    found = language_of(language)
    for pattern in (numbers._cardinal(found), measures._pattern(found), years._YEAR):
        spans = [match.span() for match in pattern.finditer(text)]
        assert [match.span() for match in matches_at_figures(pattern, text)] == spans


@pytest.mark.parametrize("language", ["en", "hi", "ru", "ja"])
@given(text=_TEXTS)
def test_text_without_the_beginning_of_a_unit_has_no_measure(language, text):
    found = language_of(language)
    if not measures._may_hold_one(text, found):
        for match in measures._pattern(found).finditer(text):
            assert not measures._unit(match, found, close=language == "ja")


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "5 sq ft"),
        ("en", "5 fl. oz."),
        ("hi", "5 किमी"),
        ("hi", "5 लाख किमी"),
        ("ja", "5kmの"),
        ("de", "2 Std."),
        ("en", "20°C"),
    ],
)
def test_every_kind_of_sign_is_known_by_its_beginning(language, written):
    assert measures._may_hold_one(written, language_of(language))
