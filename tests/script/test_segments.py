from dataclasses import replace

import pytest

import script
from script.article import Article, Block, Override


def composed(*found, **settings):
    return script.compose(Article(title="T", blocks=found), script.ScriptSettings(**settings))


def test_pause_before_a_chapter_heading_is_longer():
    found = script.compose(script.read("# A\n\nText.\n\n# B\n\nText.", format="markdown"))
    assert [segment.pause_after_s for segment in found.segments] == [1.0, 1.5, 1.0, 0.7]


def test_pause_that_the_author_asks_for_stands():
    found = composed(Block("paragraph", "Text.", pause_s=0.2), Block("heading", "A", 1), Block("heading", "B", 1))
    assert found.segments[0].pause_after_s == 0.2


def test_breaks_at_either_end_and_beside_each_other_are_dropped():
    rule = Block("break", "")
    found = composed(rule, Block("paragraph", "One."), rule, rule, Block("paragraph", "Two."), rule)
    assert [segment.kind for segment in found.segments] == ["paragraph", "break", "paragraph"]


def test_paragraph_with_nothing_to_say_is_left_out_with_a_note():
    found = composed(Block("paragraph", "¿…?"), Block("paragraph", "Words."))
    assert [segment.text for segment in found.segments] == ["Words."]
    assert found.notes == ("“¿…?” has nothing to say and was left out.",)


def test_article_with_nothing_to_say_has_no_segments():
    found = composed(Block("paragraph", "…"))
    assert (found.segments, found.chapters) == ((), ())


def test_override_replaces_what_is_said_and_nothing_else():
    found = composed(Block("paragraph", "Ask Cholmondeley at 5.", overrides=(Override(4, 16, "Chumley"),)))
    assert found.segments[0].spoken == "Ask Chumley at five."
    assert found.segments[0].text == "Ask Cholmondeley at 5."


def test_ipa_travels_with_the_trace_of_its_word():
    found = composed(Block("paragraph", "A gif.", overrides=(Override(2, 5, ipa="dʒɪf"),)))
    spans = found.segments[0].utterances[0].spans
    assert [(span.from_start, span.from_end, span.ipa) for span in spans if span.ipa] == [(2, 5, "dʒɪf")]


def test_paragraph_of_fifty_thousand_characters_is_one_segment_of_many_utterances():
    found = composed(Block("paragraph", "word, and another; " * 2700))
    assert len(found.segments) == 1
    assert all(len(utterance.spoken) <= 1000 for utterance in found.segments[0].utterances)
    assert all(utterance.spoken[-1] in ",;" for utterance in found.segments[0].utterances)


def test_sentence_does_not_end_within_what_is_said_as_one():
    found = composed(Block("paragraph", "Here is No. 5 of e.g. Smith vs. Jones. It ends."))
    assert [utterance.spoken for utterance in found.segments[0].utterances] == [
        "Here is number five of for example Smith versus Jones.",
        "It ends.",
    ]


def test_settings_win_over_what_the_article_says_of_itself():
    article = replace(script.read("Text.", format="plain"), title="Old", author="Ann", language="de")
    found = script.compose(article, script.ScriptSettings(title="New", author="Ben", language="en-GB"))
    assert (found.title, found.author, found.language) == ("New", "Ben", "en-GB")


def test_front_matter_is_followed_without_settings():
    found = script.compose(
        script.read("---\nchapters: none\npause:\n  paragraph: 0.1\n---\n\nOne.\n\nTwo.", format="md")
    )
    assert len(found.chapters) == 1
    assert [segment.pause_after_s for segment in found.segments] == [0.1, 0.1]


def test_front_matter_that_means_nothing_is_refused():
    with pytest.raises(script.ArticleError, match="chapters: often is not understood"):
        script.compose(script.read("---\nchapters: often\n---\n\nA.", format="md"))


@pytest.mark.parametrize("bad", [{"chapters": "often"}, {"utterance_characters": 3}])
def test_settings_that_mean_nothing_are_refused(bad):
    with pytest.raises(ValueError, match=r"often|too short"):
        script.ScriptSettings(**bad)


@pytest.mark.parametrize("pause_s", [-1, float("nan"), 1e9])
def test_pause_out_of_range_is_refused(pause_s):
    with pytest.raises(ValueError, match="from 0 to 600"):
        script.Pauses().with_("break", pause_s)


def test_unknown_kind_of_pause_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="break, chapter"):
        script.Pauses().with_("coffee", 1)
