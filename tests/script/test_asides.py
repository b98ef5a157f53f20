import pytest

from script.asides import addresses, citations, cites, emoji_runs


def cut(text, spans):
    for start, end, *_ in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return text


@pytest.mark.parametrize(
    "citation",
    [
        "(Smith et al., 2020)",
        "(Smith & Jones, 2019; Doe, 2020a, p. 5)",
        "(see van der Berg and O'Neil, 1999)",
        "(Müller et al. 2004, 2005b)",
        "[12]",
        "[3, 4]",
        "[5–7][9]",
        "[@smith2020, p. 3; @doe]",
    ],
)
def test_citation_is_found_with_the_space_before_it(citation):
    text = f"As is known {citation}, it shines."
    assert cut(text, citations(text, sure=False)) == "As is known, it shines."


@pytest.mark.parametrize(
    "text", ["In (June 2020) it", "It (Paris, 2020) was", "(see below)", "an array[i]", "[12] first", "(2020)"]
)
def test_other_things_in_brackets_stay(text):
    assert list(citations(text, sure=False)) == []
    assert not cites([text])


def test_month_and_year_is_no_citation_even_in_a_scholars_article():
    assert list(citations("Then (March, 2020) it", sure=True)) == []


def test_address_is_found_with_its_brackets():
    text = "See (https://example.org/a?b=c) or <www.example.com>, and http://a.org."
    assert cut(text, addresses(text)) == "See or, and."


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("😀", ("grinning face",)),
        ("👍🏿👍", ("thumbs up",)),
        ("🇩🇪", ("Germany",)),
        ("👨‍👩‍👧", ("family man woman girl",)),
        ("❤️ 🎉", ("red heart", "party popper")),
        ("5️⃣", ("keycap 5",)),
    ],
)
def test_emoji_are_named(text, names):
    found = list(emoji_runs(text, "en"))
    assert len(found) == 1
    assert found[0][2] == names


@pytest.mark.parametrize("text", ["© 2020 ♥ → ™", "plain", "5 # *"])
def test_signs_of_text_are_no_emoji(text):
    assert list(emoji_runs(text, "en")) == []


def test_emoji_in_a_language_without_names_are_found_nameless():
    assert list(emoji_runs("a 😀", "zz")) == [(2, 3, ())]


def test_ticks_and_crosses_have_the_names_of_their_emoji():
    assert [names for *_, names in emoji_runs("lit ✓, dark ✗", "en")] == [("check mark",), ("cross mark",)]
