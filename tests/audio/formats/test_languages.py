import pytest

from audio.formats.languages import bibliographic_code, terminology_code


@pytest.mark.parametrize(
    ("language", "code"),
    [("de-AT", "ger"), ("en", "eng"), ("EN_us", "eng"), ("zh-Hans-CN", "chi"), ("fr", "fre"), ("yue", "yue")],
)
def test_id3_gets_the_bibliographic_code(language, code):
    assert bibliographic_code(language) == code


@pytest.mark.parametrize(("language", "code"), [("de-AT", "deu"), ("ger", "deu"), ("deu", "deu"), ("en", "eng")])
def test_mp4_gets_the_terminology_code(language, code):
    assert terminology_code(language) == code


@pytest.mark.parametrize("language", ["", "x-klingon", "qq", "German", "漢字", "d"])
def test_what_is_no_language_is_undetermined(language):
    assert terminology_code(language) == bibliographic_code(language) == "und"
