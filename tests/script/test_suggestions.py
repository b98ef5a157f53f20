import script
from script.article import Article, Block, Override
from script.lexicon import Entry
from script.suggestions import suggestions, table


def suggested(*texts, language="en", lexicon=()):
    article = Article(title="T", language=language, blocks=tuple(Block("paragraph", text) for text in texts))
    found = suggestions(script.compose(article, script.ScriptSettings(lexicon=lexicon)))
    return [(each.word, each.count, each.why) for each in found]


def test_names_come_by_how_often_they_stand_there():
    text = "We saw Ely and Bath. Then Bath’s lamps went out, and Bath slept. Nobody saw the Cam."
    assert suggested(text) == [("Bath", 3, "name"), ("Cam", 1, "name"), ("Ely", 1, "name")]


def test_capital_that_a_sentence_or_quotation_opens_with_makes_no_name():
    assert (
        suggested("Lamps shine. “Perhaps,” he said: Always. 1. Put it out; (Then go.)", "He is Frank. To be frank.")
        == []
    )


def test_spellings_that_english_does_not_have_are_suggested():
    found = suggested("The crwth, an iPhone, the façade, B2B for NASA and a szlachta.")
    assert {word: why for word, _, why in found} == {
        "crwth": "unusual spelling",
        "iPhone": "mixed case",
        "façade": "foreign letters",
        "B2B": "letters and digits",
        "NASA": "capitals",
        "szlachta": "unusual spelling",
    }


def test_plain_english_has_nothing_to_suggest():
    text = "He knows the rhythm of psalms, wrote of gnomes and knights, scenes, ghosts, pneumonia, school, twelfths."
    assert suggested(text) == []


def test_german_nouns_are_no_names():
    assert suggested("Wir sahen den Hafen und die Boote am Ufer.", language="de") == []


def test_what_is_already_said_is_left_out():
    assert suggested("We saw Ely and Bath.", lexicon=(Entry(("Ely",), "Eelee"),)) == [("Bath", 1, "name")]
    block = Block("paragraph", "We saw Ely.", overrides=(Override(7, 10, "Eelee"),))
    assert suggestions(script.compose(Article(title="T", language="en", blocks=(block,)))) == ()


def test_table_is_a_lexicon_that_changes_nothing_until_it_is_filled_in(tmp_path):
    from script.lexicon_files import lexicon_entries

    article = Article(title="T", language="en", blocks=(Block("paragraph", "We saw Ely."),))
    path = tmp_path / "names.tsv"
    path.write_text(table(suggestions(script.compose(article))), "utf-8")
    assert lexicon_entries(path) == ()
    path.write_text(path.read_text("utf-8").replace("Ely\t", "Ely\tEelee"), "utf-8")
    assert lexicon_entries(path) == (Entry(("Ely",), "Eelee"),)
