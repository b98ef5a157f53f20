import pytest

import script
from script.article import Article, Block, Override
from script.lexicon import Entry, Lexicon
from script.lexicon_files import lexicon_entries


def said(text, *entries, language="en", overrides=()):
    settings = script.ScriptSettings(lexicon=entries)
    article = Article(title="T", language=language, blocks=(Block("paragraph", text, overrides=overrides),))
    return script.compose(article, settings).segments[0].spoken


def test_entry_is_said_wherever_its_word_stands_alone():
    entry = Entry(("Thames",), "Tems")
    assert said("The Thames, the Thames's banks; Thameside, THAMES.", entry) == (
        "The Tems, the Tems's banks; Thameside, THAMES."
    )


def test_lower_case_entry_stands_for_any_case():
    assert said("Data, data and DATA.", Entry(("data",), "dayta")) == "dayta, dayta and dayta."


def test_longest_entry_wins_and_of_equals_the_later():
    entries = Entry(("New York",), "Gotham"), Entry(("York",), "Yawk"), Entry(("york",), "no"), Entry(("York",), "Yok")
    assert said("New York, York.", *entries) == "Gotham, Yok."


@pytest.mark.parametrize(
    ("entry", "expected"), [("", "x"), ("de", "word"), ("en", "x"), ("en-GB", "x"), ("en-US", "word")]
)
def test_entry_holds_for_its_language(entry, expected):
    assert said("word", Entry(("word",), "x", language=entry), language="en-GB") == expected


def test_what_the_author_says_of_a_word_beats_the_lexicon():
    assert said("gif gif", Entry(("gif",), "jif"), overrides=(Override(0, 3, "ghif"),)) == "ghif jif"


def test_signs_and_numbers_may_belong_to_an_entry():
    entries = (
        Entry(("C++",), "see plus plus"),
        Entry((".NET",), "dot net"),
        Entry(("O'Neil",), "Oh Neel"),
        Entry(("4K",), "four kay"),
    )
    assert said("C++, .NET, O’Neil, 4K!", *entries) == "see plus plus, dot net, Oh Neel, four kay!"


def test_segment_names_the_entries_that_apply_to_it():
    settings = script.ScriptSettings(lexicon=(Entry(("Thames",), "Tems"), Entry(("cam",), "kam")))
    article = Article(
        title="T", blocks=(Block("paragraph", "The Cam, the Thames, the cam."), Block("paragraph", "No."))
    )
    assert [segment.lexicon for segment in script.compose(article, settings).segments] == [("cam", "Thames"), ()]


def test_ipa_is_traced_and_spelt_as_near_as_can_be():
    settings = script.ScriptSettings(lexicon=(Entry(("gif",), ipa="dʒɪf"),))
    found = script.compose(Article(title="T", language="en", blocks=(Block("paragraph", "A gif."),)), settings)
    assert found.segments[0].spoken == "A jif."
    assert [span.ipa for span in found.segments[0].utterances[0].spans if span.ipa] == ["dʒɪf"]
    assert not found.notes  # which voices take it is not known yet


def test_entries_apply_in_order_and_apart():
    lexicon = Lexicon((Entry(("a b",), "x"), Entry(("b c",), "y")))
    found = list(lexicon.found("a b c b c", "en"))
    assert [(each.override.start, each.override.end, each.grapheme) for each in found] == [(0, 3, "a b"), (6, 9, "b c")]


def test_table_has_words_sounds_and_comments(tmp_path):
    path = tmp_path / "words.tsv"
    path.write_text(
        "\ufeff# names\nThames\tTems\nSQL=sequel\nCaius, keys\ngif\t/dʒɪf/\tde\nBath\t\t# 3 times\n", "utf-8"
    )
    assert lexicon_entries(path) == (
        Entry(("Thames",), "Tems"),
        Entry(("SQL",), "sequel"),
        Entry(("Caius",), "keys"),
        Entry(("gif",), ipa="dʒɪf", language="de"),
    )


PLS = """<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="en-GB">
  <!-- names -->
  <lexeme><grapheme>colour</grapheme><grapheme>color</grapheme><phoneme>ˈkʌlə</phoneme></lexeme>
  <lexeme><grapheme>W3C</grapheme><alias>no</alias><alias prefer="true">World Wide Web Consortium</alias></lexeme>
  <lexeme><grapheme>odd</grapheme><phoneme alphabet="x-sampa">Qd</phoneme></lexeme>
</lexicon>"""


def test_pronunciation_lexicon_is_read(tmp_path):
    path = tmp_path / "words.pls"
    path.write_text(PLS, "utf-8")
    assert lexicon_entries(path) == (
        Entry(("colour", "color"), ipa="ˈkʌlə", language="en-GB"),
        Entry(("W3C",), "World Wide Web Consortium", language="en-GB"),
    )


def test_entities_of_a_pronunciation_lexicon_stay_shut(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("hidden")
    path = tmp_path / "words.pls"
    path.write_text(
        f'<!DOCTYPE lexicon [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
        "<lexicon><lexeme><grapheme>a</grapheme><alias>b &s;</alias></lexeme></lexicon>"
    )
    assert lexicon_entries(path) == (Entry(("a",), "b"),)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.tsv", b"one\ttwo\nthree\n", "a.tsv, line 2: “three” has no tab"),
        ("a.tsv", b"...=dots", "a.tsv, line 1: A lexicon entry needs a word"),
        ("a.tsv", b"caf\xe9\tx", "not in UTF-8"),
        ("a.pls", b"<lexicon>", "no XML"),
        ("a.tsv", b"<html/>", "no pronunciation lexicon"),
        ("a.pls", b"<lexicon>\n<lexeme><alias>x</alias></lexeme></lexicon>", "line 2: A lexicon entry needs a word"),
    ],
)
def test_what_is_no_lexicon_is_refused_with_its_place(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ValueError, match=message.replace("(", r"\(")):
        lexicon_entries(tmp_path / name)
