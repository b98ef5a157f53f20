from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from narration.podcast.outline import Element, outline
from narration.podcast.plain_text import showable
from tests.narration.podcast.told import Told, programme


def told(*parts: Told, title: str = "An Episode") -> str:
    """The elements of the first chapter, as indented text."""
    (chapter, *_) = outline(programme(parts, title=title)).chapters
    return "\n".join(shown(element) for passage in chapter.passages for element in passage)


def shown(element: Element) -> str:
    text = element.line.text if element.line else ""
    return f"{element.tag}[{text}{' '.join(map(shown, element.inside))}]"


def test_headings_go_down_one_level_at_a_time_below_the_title():
    parts = (
        Told("heading", ("a",), 1),
        Told("heading", ("b",), 4),
        Told("heading", ("c",), 6),
        Told("heading", ("d",), 4),
    )
    assert told(*parts) == "h2[a]\nh3[b]\nh4[c]\nh3[d]"


def test_heading_that_is_the_title_is_not_shown_twice():
    parts = (Told("heading", ("Title",), 1), Told("paragraph", ("text",)), Told("heading", ("b",), 2))
    text = outline(programme(parts, title="Title"))
    assert text.title is not None
    assert text.title.number == 1
    assert told(*parts, title="Title") == "p[text]\nh2[b]"


def test_items_that_follow_each_other_are_one_list_and_deeper_ones_stand_inside():
    parts = (Told("item", ("a",), 1), Told("item", ("b",), 2), Told("item", ("c",), 1), Told("paragraph", ("end",)))
    assert told(*parts) == "ul[li[p[a] ul[li[p[b]]]] li[p[c]]]\np[end]"


def test_list_may_begin_deep():
    assert told(Told("item", ("a",), 2), Told("item", ("b",), 1)) == "ul[li[ul[li[p[a]]]] li[p[b]]]"


def test_item_that_brings_its_number_gets_no_other_mark():
    (passage,) = outline(programme([Told("item", ("1. a",), 1), Told("item", ("It b.",), 1)])).chapters[0].passages
    assert [item.is_numbered for item in passage[0].inside] == [True, False]


def test_quotation_within_a_quotation_stands_inside():
    assert told(Told("quote", ("a",), 1), Told("quote", ("b",), 2)) == "blockquote[p[a] blockquote[p[b]]]"


def test_captions_and_breaks_are_what_they_are():
    assert (
        told(Told("caption", ("a",)), Told("break"), Told("paragraph", ("b",))) == "figure[figcaption[a]]\nhr[]\np[b]"
    )


def test_nesting_however_deep_is_cut_short():
    assert told(Told("item", ("a",), 1_000)).count("ul[") == 6


def test_long_chapter_is_set_in_passages():
    (chapter,) = outline(programme([Told("paragraph", ("word " * 100,))] * 8)).chapters
    assert [len(passage) for passage in chapter.passages] == [5, 3]


def test_passage_does_not_end_with_a_heading():
    parts = [Told("heading", ("word " * 600,), 2, "One"), Told("paragraph", ("text",))]
    (chapter,) = outline(programme(parts)).chapters
    assert [len(passage) for passage in chapter.passages] == [2]


def test_lines_carry_when_they_are_heard_and_their_language():
    told = programme([Told("paragraph", ("Hello.",)), Told("paragraph", ("Salut.",), language="fr")])
    (passage,) = outline(told).chapters[0].passages
    first, second = (element.line for element in passage)
    assert first
    assert second
    assert (first.start_ms, first.language) == (0, "")
    assert second.start_ms == round(told.segments[1][1].from_samples * 1000 / told.sample_rate_hz)
    assert second.language == "fr"


def test_programme_without_text_has_no_lines():
    empty = replace(programme([Told("paragraph", ("a",))]), segments=())
    assert outline(empty).chapters[0].passages == ()


@given(st.text(st.characters()))
def test_shown_text_keeps_every_position(text):
    assert len(showable(text)) == len(text)
    showable(text).encode()


def test_short_chapters_are_laid_out_together_and_a_long_one_alone():
    short, long = ("Two words.",), ("Some ten words of text that nobody will ever read.",) * 60
    parts = [Told("heading", ("a",), 1, "a"), Told("paragraph", short), Told("heading", ("b",), 1, "b")]
    parts += [Told("paragraph", short), Told("heading", ("c",), 1, "c"), Told("paragraph", long)]
    text = outline(programme([*parts, Told("heading", ("d",), 1, "d"), Told("paragraph", short)]))
    assert [[chapter.title for chapter in run] for run in text.runs] == [["a", "b"], ["c"], ["d"]]
