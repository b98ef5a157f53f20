import pytest
from hypothesis import given
from hypothesis import strategies as st

import script
from script.article import Override


def read(body, attributes=""):
    return script.read(f"<speak {attributes}>{body}</speak>", format="ssml")


def said(body, attributes=""):
    return [segment.spoken for segment in script.compose(read(body, attributes)).segments]


def test_document_is_known_by_its_root():
    markup = b'<?xml version="1.0"?>\n<!-- made -->\n<speak version="1.1" xml:lang="de">Guten Tag.</speak>'
    assert (script.read(markup).text(), script.read(markup).language) == ("Guten Tag.", "de")


def test_namespaces_are_no_matter():
    markup = '<speak xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="en-GB"><p>Text.</p></speak>'
    assert script.read(markup, format="ssml").text() == "Text."


def test_paragraphs_are_blocks_and_sentences_run_on():
    assert read("<p><s>One.</s><s>Two.</s></p><p>Three.</p>").text() == "One. Two.\n\nThree."


@pytest.mark.parametrize(
    ("mark", "pause_s"),
    [
        ('time="2s"', 2.0),
        ('time="350ms"', 0.35),
        ('strength="strong"', 0.9),
        ("", 0.5),
        ('strength="none"', None),
        ('time="9999s"', 600.0),
    ],
)
def test_break_is_a_pause_after_what_stands_before_it(mark, pause_s):
    article = read(f"<p>One.</p><break {mark}/><p>Two.</p>")
    assert [(block.text, block.pause_s) for block in article.blocks] == [("One.", pause_s), ("Two.", None)]


def test_substitute_is_said_and_pronunciation_kept():
    block = read('The <sub alias="World Wide Web Consortium">W3C</sub> and <phoneme ph="dʒɪf">gif</phoneme>.').blocks[0]
    assert block.text == "The W3C and gif."
    assert block.overrides == (Override(4, 7, "World Wide Web Consortium"), Override(12, 15, ipa="dʒɪf"))


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ('interpret-as="characters"', "ab1", "A B one"),
        ('interpret-as="spell-out"', "NATO", "N A T O"),
        ('interpret-as="cardinal"', "1990", "one thousand nine hundred and ninety"),
        ('interpret-as="ordinal"', "3", "third"),
        ('interpret-as="telephone"', "555-12", "five five five, one two"),
    ],
)
def test_text_is_said_as_it_is_marked(kind, text, words):
    assert said(f"Say <say-as {kind}>{text}</say-as>.") == [f"Say {words}."]


def test_date_is_said_by_the_order_of_its_parts():
    first = said('<say-as interpret-as="date" format="dmy">02/03/2024</say-as>')
    assert first == said('<say-as interpret-as="date" format="mdy">03/02/2024</say-as>')
    assert "March" in first[0]


def test_unknown_way_of_saying_is_noted():
    assert read('<say-as interpret-as="poem">x</say-as>').notes == (
        "Text to be said as “poem” is said by the usual rules.",
    )


@pytest.mark.parametrize(("rate", "speed"), [("slow", 0.8), ("90%", 0.9), ("+10%", 1.1), ("1.5", 1.5), ("warp", None)])
def test_rate_is_a_pace(rate, speed):
    assert [block.speed for block in read(f'<p>A.</p><prosody rate="{rate}">B.</prosody>').blocks][-1] == speed


def test_voice_holds_for_what_stands_in_it():
    article = read('One. <voice name="anna">Two.</voice> Three. <voice gender="female">Four.</voice>')
    assert [(block.text, block.voice) for block in article.blocks] == [
        ("One.", ""),
        ("Two.", "anna"),
        ("Three. Four.", ""),
    ]
    assert len(article.notes) == 1


def test_another_language_is_marked_on_words_and_on_paragraphs():
    article = read('<p>A <lang xml:lang="fr">mot</lang>.</p><p xml:lang="de">Ein Wort.</p>', 'xml:lang="en"')
    assert article.blocks[0].overrides == (Override(2, 5, language="fr"),)
    assert [block.language for block in article.blocks] == ["", "de"]


def test_entities_are_never_expanded():
    markup = (
        '<!DOCTYPE speak [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">'
        '<!ENTITY x SYSTEM "file:///etc/passwd">]><speak>One &b; two &x;.</speak>'
    )
    text = script.read(markup, format="ssml").text()
    assert "aaaa" not in text
    assert "root" not in text


@pytest.mark.parametrize("markup", ["<speak/>", "<speak><p> </p></speak>", "no markup", "<html>x</html>"])
def test_document_without_speech_is_refused(markup):
    with pytest.raises(script.ArticleError):
        script.read(markup, format="ssml")


_TAGS = [
    "<p>",
    "</p>",
    "<s>",
    '<sub alias="x">',
    "</sub>",
    "<break/>",
    '<prosody rate="+9%">',
    "</prosody>",
    "a b",
    "&x;",
]


@given(st.lists(st.sampled_from([*_TAGS, '<voice name="v">', "</voice>", '<lang xml:lang="de">', "</lang>", "12"])))
def test_any_markup_is_read_or_refused(tags):
    try:
        composed = script.compose(read("".join(tags)))
    except script.ArticleError:
        return
    assert composed.segments
