import pytest

import script
from script.settings import POLICIES, Policies, ScriptSettings

_TABLE = "| Lamp | Range |\n|---|---|\n| Oil | 5 |\n| Arc | |\n\n: How far"
_NOTED = "One[^1] two.\n\n# Next\n\nThree.\n\n[^1]: A *note* of $x^2$."


def composed(text, **policies):
    return script.compose(script.read(text, format="markdown"), ScriptSettings(policies=Policies(**policies)))


def said(text, **policies):
    return [segment.spoken for segment in composed(text, **policies).segments]


@pytest.mark.parametrize(
    ("policies", "heard", "note"),
    [
        ({}, "Code example, two lines.", "1 code example announced by the number of lines, not read."),
        ({"code": "skip"}, "", "Left out: 1 code example."),
    ],
)
def test_code_is_announced_or_skipped_with_a_note(policies, heard, note):
    found = composed("Text.\n\n```\none\n\n```", **policies)
    assert " ".join(segment.spoken for segment in found.segments[1:]) == heard
    assert found.notes == (note,)


def test_code_is_read_line_by_line():
    assert said("```\nfirst line\n\n  second line\n```", code="read") == ["first line", "second line"]


def test_code_is_announced_in_the_language_of_the_article():
    assert said("---\nlanguage: de\n---\n\n```\neins\n```")[0].startswith("Codebeispiel")


def test_small_table_is_read_row_by_row_with_its_headers():
    assert said(_TABLE) == ["How far", "Lamp: Oil; Range: five.", "Lamp: Arc."]
    assert not composed(_TABLE).notes


def test_large_table_is_announced_by_caption_and_size():
    for table in ("|a|b|\n|---|---|\n" + "|1|2|\n" * 11, "|a|b|c|d|e|f|\n|-|-|-|-|-|-|\n|1|2|3|4|5|6|"):
        found = composed(f"{table}\n: Big")
        assert found.segments[0].text == "Big"
        assert found.segments[1].text.startswith("Table with")
        assert found.notes == ("1 table announced by caption and size, not read.",)


def test_table_may_always_be_announced_or_skipped():
    assert said(_TABLE, tables="announce") == ["How far", "Table with two rows and two columns."]
    assert composed(f"Text.\n\n{_TABLE}", tables="skip").notes == ("Left out: 1 table.",)


def test_footnote_is_skipped_read_after_its_paragraph_or_before_the_next_heading():
    assert said(_NOTED) == ["One two.", "Next", "Three."]
    assert composed(_NOTED).notes == ("Left out: 1 footnote.",)
    text = _NOTED.replace("\n\n# Next", "\n\nMore.\n\n# Next")
    note = "Footnote: A note of x squared."
    assert said(text, footnotes="inline") == ["One two.", note, "More.", "Next", "Three."]
    assert said(text, footnotes="end") == ["One two.", "More.", note, "Next", "Three."]
    assert not composed(text, footnotes="end").notes


def test_figure_is_its_caption_or_skipped():
    assert said("Text.\n\n![A *lamp*](a.png)") == ["Text.", "A lamp"]
    assert composed("Text.\n\n![A lamp](a.png)", figures="skip").notes == ("Left out: 1 picture.",)


def test_formula_is_read_announced_or_skipped():
    text = "So $\\frac{a}{b} \\le 2$, and $\\unknown$."
    assert said(text) == ["So a over b is at most two, and formula."]
    assert composed(text).notes == ("1 formula announced, not read.",)
    assert said(text, math="announce") == ["So formula, and formula."]
    assert said(text, math="skip") == ["So, and."]
    assert composed(text, math="skip").notes == ("Left out: 2 formulas.",)


def test_citation_is_skipped_or_read():
    text = "It shone (Smith et al., 2020), it is said [12, 13]. Some doubt it [@doe, p. 3]."
    assert said(text) == ["It shone, it is said. Some doubt it."]
    assert composed(text).notes == ("Left out: 3 citations.",)
    assert composed(text).segments[0].text == text
    assert "references twelve, thirteen" in said(text, citations="read")[0]
    assert "Smith" in said(text, citations="read")[0]


def test_a_citation_that_its_sentence_needs_is_read():
    text = "As Born [12] shows, see [1]–[3]; in mice [6], and in Ref. [17]."
    assert said(text) == ["As Born shows, see references one to three; in mice, and in reference seventeen."]
    assert composed(text).notes == ("Left out: 2 citations.",)


def test_lone_name_and_year_is_a_citation_where_others_are():
    assert said("Seen (Doe, 2020) there.") != ["Seen there."]
    assert said("Seen (Doe, 2020) there, and here (Roe & Doe, 2019).") == ["Seen there, and here."]


def test_emoji_is_named_once_in_a_run_or_skipped():
    assert said("Well done 👍🏽👍 👍🎉!") == ["Well done thumbs up, party popper!"]
    assert said("Well done 🎉!", emoji="skip") == ["Well done!"]
    assert composed("Well done 🎉!", emoji="skip").notes == ("Left out: 1 run of emoji.",)


def test_emoji_is_named_in_the_language_of_its_paragraph():
    assert said('::: {lang="de"}\nGut 👍.\n:::') == ["Gut daumen hoch."]


def test_web_address_may_be_skipped():
    text = "See https://example.org/a/b (or www.example.com)."
    assert said(text, urls="skip") == ["See (or)."]
    assert composed(text, urls="skip").notes == ("Left out: 2 web addresses.",)


def test_line_of_asterisks_is_a_long_pause():
    article = script.Article(blocks=tuple(script.Block("paragraph", text) for text in ("A.", "* * *", "B.")))
    found = script.compose(article)
    assert [segment.kind for segment in found.segments] == ["paragraph", "break", "paragraph"]
    assert not found.notes


def test_front_matter_sets_policies_and_what_is_meant_for_others_is_let_be():
    text = "---\ncode: skip\nmath: true\n---\n\nText.\n\n```\nx\n```"
    assert len(script.compose(script.read(text, format="markdown")).segments) == 1
    with pytest.raises(script.ArticleError, match="announce, read, skip"):
        script.compose(script.read(text.replace("skip", "perhaps"), format="markdown"))


@pytest.mark.parametrize("name", POLICIES)
def test_every_policy_refuses_what_it_does_not_know(name):
    with pytest.raises(ValueError, match=name):
        Policies(**{name: "?"})
