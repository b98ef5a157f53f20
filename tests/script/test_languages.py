import pytest

import script
from script import languages
from script.article import Article, Block
from script.languages import language_in, other_language, tag_of

GERMAN = (
    "Der Wärter stieg jeden Abend die Treppe hinauf, um die Lampe anzuzünden, und das Meer lag still unter dem Mond."
)
FRENCH = "Chaque soir, le gardien montait les escaliers pour allumer la lampe, et la mer était calme sous la lune."
ENGLISH = "Every evening the keeper climbed the stairs to light the lamp, and the sea lay calm under the moon."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GERMAN, "de"),
        (FRENCH, "fr"),
        (ENGLISH, "en"),
        ("Привет, как дела?", "ru"),
        ("今日は晴れです。", "ja"),
        ("你好", "zh"),
    ],
)
def test_article_shows_its_language(text, language):
    assert language_in([text]) == language


@pytest.mark.parametrize("text", ["", "Rom", "1. 2. 3.", "https://example.org/a/b", "NVIDIA RTX 4090", "\0\ud800"])
def test_text_that_could_be_in_any_language_is_in_none(text):
    assert language_in([text]) == ""
    assert other_language(text, "de") == ""


def test_long_paragraph_in_another_language_is_told_from_the_article():
    assert other_language(FRENCH, "en-GB") == "fr"
    assert other_language(FRENCH, "fr-CA") == ""


def test_other_letters_are_told_at_once_and_short_quotations_are_not():
    assert other_language("Привет!", "en") == "ru"
    assert other_language("Привет!", "uk") == ""
    assert other_language("C'est la vie, mon ami.", "en") == ""


@pytest.mark.parametrize(
    ("text", "language", "other"),
    [
        ("Il ne faut pas vendre la peau de l’ours.", "en", "fr"),
        ("Es war einmal ein König.", "en", "de"),
        ("No lo sé, pero es la verdad.", "de", "es"),
        ("The whole of it was not for you.", "fr", "en"),
        ("En passant, he said no to the king.", "en", ""),
        ("Le Monde, Paris, le Figaro, 12 May", "en", ""),
        ("La Scala di Milano, Teatro.", "en", ""),
        ("Los Angeles, La Jolla and El Paso.", "en", ""),
    ],
)
def test_sentence_is_in_another_language_where_its_short_words_bear_it_out(text, language, other):
    assert other_language(text, language) == other


def test_neighbouring_languages_are_not_told_apart():
    norwegian = "Hver kveld gikk vokteren opp trappen for å tenne lampen, og havet lå stille under månen denne natten."
    assert other_language(norwegian, "da") == ""


def test_script_follows_the_language_that_each_paragraph_is_in():
    blocks = Block("paragraph", GERMAN), Block("paragraph", FRENCH), Block("quote", f"Es war still. {GERMAN}")
    found = script.compose(Article(title="T", blocks=blocks))
    assert found.language == "de"
    assert [segment.language for segment in found.segments] == ["", "fr", ""]
    assert found.notes == (
        "The language is not given; it is taken to be de. `language:` in the front matter settles it.",
        "Taken to be in another language, fr.",
    )


def test_language_that_the_author_gives_stands():
    found = script.compose(Article(title="T", language="en", blocks=(Block("paragraph", FRENCH, language="en-GB"),)))
    assert (found.language, found.segments[0].language, found.notes) == ("en", "en-GB", ())


@pytest.mark.parametrize(
    ("written", "tag"),
    [("en-GB", "en-GB"), ("pt_BR", "pt-BR"), ("German", "de"), ("français", "fr"), ("Klingonish!", ""), ("", "")],
)
def test_a_language_is_known_by_its_tag_or_its_name(written, tag):
    assert tag_of(written) == tag


def test_an_article_in_a_language_nobody_knows_is_in_the_one_it_looks_like():
    article = Article(blocks=(Block("paragraph", GERMAN),), language="Sea-German!")
    composed = script.compose(article)
    assert composed.language == "de"
    assert "“Sea-German!”, which nobody knows" in composed.notes[0]


@pytest.mark.parametrize("language", ["", " ", "en", "pt_BR", "German"])
def test_no_name_but_an_unusual_one_has_all_languages_loaded(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "_named_in_themselves", None)
    assert tag_of(language) in {"", "en", "pt-BR", "de"}
