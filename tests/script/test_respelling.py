import pytest

from script.respelling import respelt


@pytest.mark.parametrize(
    ("ipa", "spelling"),
    [
        ("/ˈtɛmz/", "temz"),
        ("ˈtʃʌmli", "chumlee"),
        ("ˈwʊstə", "woostuh"),
        ("ˈlɛstəɹ", "lester"),
        ("bəˈnɑː.nə", "banahnuh"),
        ("[ˈkiːnwɑː]", "keenwah"),
        ("ˈɛndʒɪn ɛks", "enjin ex"),
        ("ˈvɔjt͡ɕɛx", "voychekh"),
    ],
)
def test_sounds_are_spelt_so_that_an_english_voice_says_them(ipa, spelling):
    assert respelt(ipa, "en-GB") == spelling


@pytest.mark.parametrize(("ipa", "language"), [("ǃʼO", "en"), ("tɛmz", "de"), ("", "en"), ("//", "en")])
def test_what_cannot_be_spelt_is_left_as_it_is_written(ipa, language):
    assert respelt(ipa, language) == ""
