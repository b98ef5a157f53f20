"""What holds for every text, whatever is in it."""

import unicodedata
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

import script
from script.article import Article, Block, Override, Table
from script.characters import tidy
from script.settings import POLICIES, Policies
from script.speech import verbalised

# Prose with everything that means something to a rule, to Markdown or to a machine.
_FRAGMENTS = """
word The Dr. Mr. 1990 3.14 $5.50 1,000 10–12 22nd 50% e.g. etc. No. 5 World War II Henry VIII & @ # * _ ** `x` [12]
[a](b) <b> &amp; \\ ~~ ^ $x$ http://a.example.org/b?c=d me@example.org :: ::: --- -- - + > | = ! ? . … “q” 'q' 😀 é ß
你好。 ا A.A.A.A.A.A.A.A.A. aaaaaaaa !!!!!! 1. a) (b) iv. #. % (@) [@a] *** 👍👍🎉 \\frac{a}{b} x^2
007 2024-01-02 10:30 ½ x² {a=b}
"""
fragments = st.sampled_from([*_FRAGMENTS.split(), "(Doe, 2020)", "(Roe & Doe, 2019)"])
texts = st.lists(fragments | st.text(max_size=8), max_size=14).map(" ".join) | st.text(max_size=60)
kinds = st.sampled_from(["heading", "paragraph", "item", "quote", "caption", "code", "table", "figure", "break"])
policies = st.builds(Policies, **{name: st.sampled_from(values) for name, values in POLICIES.items()})


@st.composite
def blocks(draw):
    kind, text = draw(kinds), draw(texts)
    level = draw(st.integers(1, 4)) if kind in {"heading", "item", "quote"} else 0
    overrides = ()
    if len(text) > 4 and draw(st.booleans()):
        start = draw(st.integers(0, len(text) - 2))
        end = draw(st.integers(start + 1, len(text)))
        ways = (
            {"say": draw(texts), "ipa": draw(st.text(max_size=5))},
            {"silent": True},
            {"language": "fr"},
            {"formula": True},
            {"say": draw(texts), "language": "de"},
        )
        overrides = (Override(start, end, **draw(st.sampled_from(ways))),)
    voice = draw(st.sampled_from(["", "", "en+f3", 'x "y" \\ z', "a&amp;b"]))
    speed = draw(st.sampled_from([None, None, 0.9, 1.25]))
    pause_s = draw(st.sampled_from([None, None, 0.0, 2.5]))
    found = Block(kind, text, level, draw(st.sampled_from(["", "", "de"])), voice, speed, pause_s, overrides)
    notes = tuple(Block("footnote", note) for note in draw(st.lists(texts, max_size=2)))
    return replace(found, footnotes=notes, table=draw(tables) if kind == "table" else None)


cells = texts.map(lambda text: Block("table", text))
rows = st.lists(cells, max_size=6).map(tuple)
tables = st.none() | st.builds(Table, st.none() | cells, rows, st.lists(rows, max_size=3).map(tuple))


articles = st.builds(
    Article,
    title=texts,
    author=texts,
    date=texts,
    language=st.sampled_from(["", "en", "en-GB", "de", "hy"]),
    description=texts,
    blocks=st.lists(blocks(), max_size=6).map(tuple),
)
modes = st.sampled_from(["auto", "headings", "paragraphs", "none"])


@given(articles, modes, st.sampled_from([50, 200, 1000]))
def test_every_article_composes_to_numbered_segments_in_contiguous_chapters(article, mode, longest):
    composed = script.compose(article, script.ScriptSettings(chapters=mode, utterance_characters=longest))
    assert [segment.number for segment in composed.segments] == list(range(1, len(composed.segments) + 1))
    covered = [number for chapter in composed.chapters for number in range(chapter.first, chapter.last + 1)]
    assert covered == [segment.number for segment in composed.segments]
    assert [chapter.number for chapter in composed.chapters] == list(range(1, len(composed.chapters) + 1))
    for segment in composed.segments:
        assert composed.chapters[segment.chapter - 1].first <= segment.number
        assert segment.number <= composed.chapters[segment.chapter - 1].last
        assert tidy(segment.text)[0] == segment.text
        assert (segment.kind == "break") == (not segment.utterances)


@given(articles, st.sampled_from([50, 200, 1000]))
def test_every_utterance_is_short_clean_and_traced(article, longest):
    composed = script.compose(article, script.ScriptSettings(utterance_characters=longest))
    for segment in composed.segments:
        reached = 0
        for utterance in segment.utterances:
            assert 0 < len(utterance.spoken) <= longest
            assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in utterance.spoken)
            assert utterance.spoken == utterance.spoken.strip()
            assert "".join(utterance.spoken[span.start : span.end] for span in utterance.spans) == utterance.spoken
            for span in utterance.spans:
                assert reached <= span.from_start <= span.from_end <= len(segment.text)
                reached = span.from_end


@given(articles, policies)
def test_every_letter_of_the_article_is_spoken_or_noted_as_left_out(article, chosen):
    composed = script.compose(article, script.ScriptSettings(policies=chosen))
    shown = "".join(segment.text for segment in composed.segments)
    prose = (block.text for block in article.blocks if block.kind in {"heading", "paragraph", "item", "quote"})
    dropped = sum(letters(tidy(text)[0]) for text in prose) - letters(shown)
    unsaid = sum(unspoken(segment) for segment in composed.segments)
    assert composed.notes or (dropped <= 0 and not unsaid)


def letters(text):
    return sum(map(str.isalnum, text))


def unspoken(segment):
    """How many letters of a segment no spoken word traces to, those aside that the author has made silent."""
    spans = [span for utterance in segment.utterances for span in utterance.spans if span.start < span.end]
    said = {index for span in spans for index in range(span.from_start, span.from_end)}
    said |= {index for each in segment.overrides if each.silent for index in range(each.start, each.end)}
    return letters("".join(character for index, character in enumerate(segment.text) if index not in said))


@given(articles, modes, policies)
@settings(max_examples=120)
def test_editable_script_reads_as_the_same_script(article, mode, chosen):
    composed = script.compose(article, script.ScriptSettings(chapters=mode, policies=chosen))
    if not composed.segments:
        return
    again = script.compose(script.read(script.written(composed), format="markdown"))
    assert again.segments == composed.segments
    assert again.chapters == composed.chapters
    names = ("title", "author", "date", "language", "description")
    assert [getattr(again, name) for name in names] == [getattr(composed, name) for name in names]


@given(texts)
def test_sentences_rejoin_to_the_text(text):
    assert "".join(tidy("".join(script.sentences(text)))[0].split()) == "".join(tidy(text)[0].split())


@given(texts, st.sampled_from(["en", "de", "hy", "zz", "", "../en"]))
def test_spoken_text_is_traced_without_gaps(text, language):
    found = verbalised(text, language)
    whole = tidy(text)[0]
    assert "".join(found.text[span.start : span.end] for span in found.spans) == found.text
    for span in found.spans:
        if span.end - span.start == span.from_end - span.from_start:
            continue
        assert found.text[span.start : span.end] != whole[span.from_start : span.from_end]


@given(st.text())
def test_plain_text_of_any_kind_is_read_or_refused(text):
    try:
        article = script.read(text, format="plain")
    except script.ArticleError:
        return
    assert all(tidy(block.text)[0] == block.text for block in article.blocks)


@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_read_as_text_or_refused(content):
    try:
        article = script.read(content, format="plain")
    except script.ArticleError:
        return
    assert article.text().strip()


_PROSE = "the old keeper’s lamp, “bright” and (well) kept; it shone—far: out!"


@given(st.lists(st.sampled_from(_PROSE.split()), min_size=1))
def test_plain_prose_is_spoken_as_it_stands(words):
    text = " ".join(words)
    assert script.spoken(text) == text
