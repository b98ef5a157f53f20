"""Speeches by their labels."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import script
from script.article import Article, Block, Override
from script.dialogue import with_speakers
from script.settings import ScriptSettings

PLAY = """---
title: A play
dialogue: true
cast:
  ben: piper/ben
---

The lamp is lit.

ANNA: Who was it? BEN (laughing): Nobody I know.

Anna Bergström: A second one. *Really.*

Note: this is no speech.

Ben: Once is enough for him.

Anna Bergström: I said so.

> Q: Where was it? A: In Paris: a city.

ERROR 12: that is not one either.
"""


def composed(text: str, **settings: object) -> script.Script:
    article = script.read(text, format="markdown")
    return script.compose(article, ScriptSettings(dialogue=True, **settings) if settings else None)  # type: ignore[arg-type]


def speeches(text: str, **settings: object) -> list[tuple[str, str]]:
    return [(segment.speaker, segment.spoken) for segment in composed(text, **settings).segments]


def test_names_in_capitals_in_the_cast_or_more_than_once_are_speakers() -> None:
    assert speeches(PLAY) == [
        ("", "The lamp is lit."),
        ("ANNA", "Who was it?"),
        ("BEN", "Nobody I know."),
        ("Anna Bergström", "A second one. Really."),
        ("", "Note: this is no speech."),
        ("BEN", "Once is enough for him."),
        ("Anna Bergström", "I said so."),
        ("", "Q: Where was it? A: In Paris: a city."),
        ("ERROR 12", "that is not one either."),
    ]
    assert "The name before a speech is not said (6 times)." in composed(PLAY).notes


def test_label_stays_in_the_text_as_written() -> None:
    text = "ANNA: A [gif]{say=jif}. BEN: Oh."
    assert [each.text for each in composed(text, cast=("x",)).segments] == ["ANNA: A gif.", "BEN: Oh."]


def test_nobody_speaks_where_nobody_asked_for_a_dialogue() -> None:
    assert [(each.speaker, each.spoken) for each in composed("ANNA: Well. BEN: Oh.").segments] == [
        ("", "ANNA: Well. BEN: Oh.")
    ]


def test_overrides_go_with_their_piece() -> None:
    block = Block("paragraph", "ANNA: A gif. BEN: A jpeg.", overrides=(Override(20, 24, "jaypeg"),), pause_s=2.0)
    said = script.compose(Article(blocks=(block,), language="en"), ScriptSettings(dialogue=True)).segments
    assert [(each.spoken, each.pause_after_s) for each in said] == [("A gif.", 0.7), ("A jaypeg.", 2.0)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("问：你好吗？\n\n答：很好。\n\n问：再见。\n\n答：再见。", ["问", "答", "问", "答"]),
        ("ANNA [00:12]: Hello.", ["ANNA"]),
        ("Q: One?\n\nA: Two.\n\nQ: Three?\n\nA: Four.", ["Q", "A", "Q", "A"]),
        ("https://example.org is there.\n\n12:30 it was.", ["", ""]),
        ("he said: yes.\n\nhe said: no.", ["", ""]),
        ("Ludwig van Beethoven: Ta.\n\nLudwig van Beethoven: Da.", ["Ludwig van Beethoven"] * 2),
    ],
)
def test_label_is_what_looks_like_a_name(text: str, expected: list[str]) -> None:
    assert [speaker for speaker, _ in speeches(text, cast=("nobody",))] == expected


def test_dialogue_goes_through_the_editable_script() -> None:
    first = composed(PLAY)
    again = script.compose(script.read(script.written(first), format="markdown"))
    assert again.segments == first.segments
    assert again.casting == first.casting == (("cast.ben", "piper/ben"), ("dialogue", "true"))


@given(st.lists(st.text("AB n:.?“”(1：é\n", max_size=40), max_size=4))
def test_pieces_are_the_text_whole(texts: list[str]) -> None:
    pieces = with_speakers([Block("paragraph", text) for text in texts], ["ab"])
    assert "".join("".join(piece.text.split()) for piece in pieces) == "".join("".join(texts).split())


@settings(max_examples=25)  # each runs pandoc
@given(st.lists(st.text("AB n:.?“”(1：é\n", max_size=40), max_size=4))
def test_any_dialogue_goes_through_the_editable_script(texts: list[str]) -> None:
    found = script.compose(
        Article(blocks=tuple(Block("paragraph", text) for text in texts), language="en"), ScriptSettings(dialogue=True)
    )
    if found.segments:
        assert script.compose(script.read(script.written(found), format="markdown")).segments == found.segments
