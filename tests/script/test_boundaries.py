"""Where sentences end: each case is one text with | between its sentences."""

import pytest

import script


@pytest.mark.parametrize(
    "marked",
    [
        # abbreviations
        "Dr. Novak met Prof. Lee in Mt. Vernon.|They talked.",
        "We moved to the U.S.|Why not?",
        "The U.S. Congress met.|It voted.",
        "She founded Ink Inc. with Joe.|Later she sold Ink Inc.|The firm lives on.",
        "Ask for no. 7 or read pp. 12 f. there.",
        "He said no.|Nobody else did.",
        "The shop opens at 9 a.m.|Come early.",
        "At 9 a.m. Come opened the shop.",
        "See e.g. The Times.",
        "It was J. R. Hartley.|He wrote it.",
        "They chose plan B.|The rest is known.",
        # tokens with stops inside
        "Write to ann.lee@Post.example.org.|Then wait.",
        "It is on http://a.Example.org/B.c now.",
        "Pi is 3.14159.|It goes on.",
        "A space is missing.|Here it is.",
        "The !Kung speak it.",
        # quotation marks that are none
        "That is King Jr.'s desk.|We bought Tom's too.|It's old.",
        'The shelf is 9" deep.|The other is 4" deep.|Both fit.',
        '"What a day. What a night," she sang.|Then she left.',
        '"I only meant--"|He stopped.',
        # ellipses
        "Well... maybe.|...and so it went.",
        "They left . . . at last. | . . . Nobody came.",
        # lists in a line
        "1. Open it.|2. Close it.",
        "Do this: |1.) open it |2.) close it",
        "You need: |• 9. salt |• 10. oil",
        "It has three parts.|a. the lens |b. the lamp |c. the stairs",
        "I. Newton and J. Locke met.",
        # other scripts
        "قال د. سالم نعم.|ثم خرج.",
        "سؤال وجواب: |ماذا حدث؟|لا شيء.",
        "今日は晴れ。|明日は雨。",
    ],
)
def test_sentences_end_where_a_reader_would_end_them(marked):
    expected = [" ".join(part.split()) for part in marked.split("|")]
    text = marked.replace(" |", " ").replace("|", "" if "。" in marked or "A space" in marked else " ")
    language = "ar" if "ا" in marked else "ja" if "。" in marked else "en"
    assert list(script.sentences(" ".join(text.split()), language)) == expected


def test_english_openers_count_in_a_language_of_its_own():
    assert script.sentences("Jeg bor i E.U. Hvad med dig? I live in the U.S. They don't.", "da") == (
        "Jeg bor i E.U.",
        "Hvad med dig?",
        "I live in the U.S.",
        "They don't.",
    )


def test_line_too_short_to_have_been_wrapped_is_a_sentence():
    text = "The Old Lamp\nIt stood on the rock for a hundred years, and then it fell into the sea,\nTony says."
    assert script.sentences(text)[0] == "The Old Lamp"
    assert len(script.sentences(text)) == 2


def test_sentences_keep_the_characters_they_were_written_with():
    assert script.sentences("A soft\u00adhyphen \u202astays\u202c.\n\nNext.") == (
        "A soft\u00adhyphen \u202astays\u202c.",
        "Next.",
    )


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("en", "It is in Vol. I of ten. Take max. 4 g.", ("It is in Vol. I of ten.", "Take max. 4 g.")),
        ("en", "See Chap. IV. It is long.", ("See Chap. IV.", "It is long.")),
        ("ru", "Столы, стулья и т. д. Потом мы ушли.", ("Столы, стулья и т. д.", "Потом мы ушли.")),
        ("ru", "Книги и т. п. вещи.", ("Книги и т. п. вещи.",)),
    ],
)
def test_an_abbreviation_before_a_numeral_goes_on_and_and_so_on_may_end(language, text, sentences):
    assert script.sentences(text, language) == sentences
