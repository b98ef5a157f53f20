from script.speech import verbalised
from script.speech.folding import folded


def test_digits_of_every_script_become_plain_ones():
    assert folded("１२٣ ％ Ａｂ") == "123 % Ab"


def test_folded_text_is_as_long_as_the_written_one():
    text = "１，２ 𝟛 ￥ ½ Ⅳ ﬁ Straße"
    assert len(folded(text)) == len(text)


def test_spans_of_folded_digits_lead_to_the_written_ones():
    (_, number, _) = verbalised("共１２個", "ja").spans
    assert (number.from_start, number.from_end) == (1, 3)


def test_letters_of_full_width_stay_as_they_are_written():
    assert verbalised("ＡＢＣ，", "zh").text == "ＡＢＣ，"


def test_letter_that_only_looks_like_a_plain_one_breaks_no_month():
    assert verbalised("5 Aprİl 2020", "de").text == verbalised("5 April 2020", "de").text
