"""What holds for the speech of any text whatever."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import script
from script.speech import verbalised

LANGUAGES = ["de", "en", "en-GB", "es", "fr", "hi", "it", "ja", "ko", "nl", "pl", "pt", "ru", "sv", "zh"]

# Pieces of tokens beside each other, where rules meet.
_WRITTEN = (
    "1 12 305 1,250 1990 2024 0 007 3.14 .5 - – − / : . , ; ' \" $ € £ ¥ % # @ + = < > * ^ ² ³ ½ ° °C km kg m h e"
    " a.m. p.m. am pm May Jan. St. Dr. No. XIV II IV I th st nd s x × √ www. example.com http:// () [ ] & ~ _ | α Ω"
    " U.S. EST BC Q3 CO₂ H2O –– -- ① ٣ 万 ä 年 月 日 第 个 시 년 번째 부터 г. год году -го руб. тыс. वीं कि १२ １２ ："
)
PIECES = st.sampled_from(_WRITTEN.split()).flatmap(lambda piece: st.sampled_from([piece, f"{piece} ", f" {piece}"]))
TOKENS = st.lists(PIECES, max_size=14).map("".join)


NUMBERS = st.one_of(
    st.integers(-(10**22), 10**22).map(str),
    st.integers(0, 10**9).map("{:,}".format),
    st.integers(0, 10**9).map(lambda number: f"{number:,}".replace(",", ".")),
    st.decimals(-(10**6), 10**6, places=3).map(str),
    st.from_regex(r"\A0{0,3}\d{1,4}[.,:/-]\d{1,4}\Z"),
)
DATES = st.dates().flatmap(
    lambda day: st.sampled_from(
        [
            f"{day:%d.%m.%Y}",
            f"{day:%Y-%m-%d}",
            f"{day:%m/%d/%y}",
            f"{day.year}年{day.month}月{day.day}日",
            f"{day.day}. {day.month}.",
        ]
    )
)
SUMS = st.tuples(
    st.sampled_from(["$", "€", "£", "₽", "₹", "₩", "¥", "zł", "kr", "USD", "руб.", "元"]), NUMBERS
).flatmap(
    lambda pair: st.sampled_from(["".join(pair), " ".join(pair), " ".join(reversed(pair)), f"{pair[1]}{pair[0]}"])
)


@given(st.one_of(TOKENS, st.text(max_size=60)))
@example("1" * 200)
def test_english_speech_has_no_digit(text):
    assert not any(character.isdigit() for character in script.spoken(text))


@given(st.one_of(NUMBERS, DATES, SUMS, TOKENS), st.sampled_from(LANGUAGES))
@example("1000000000000000000", "pt")  # more than num2words knows
def test_no_language_leaves_a_digit_of_numbers_dates_and_sums(text, language):
    assert not any(character.isdigit() for character in script.spoken(text, language))


@given(st.one_of(TOKENS, DATES, SUMS, st.text(max_size=60)), st.sampled_from([*LANGUAGES, "xx"]))
def test_spans_rise_and_stay_inside_the_text(text, language):
    spoken = verbalised(text, language)
    last = end = 0
    for span in spoken.spans:
        assert last == span.start < span.end
        assert end <= span.from_start <= span.from_end <= len(text)
        last, end = span.end, span.from_end
    assert last == len(spoken.text)


@given(st.lists(st.from_regex(r"\A[b-hj-z]{4,12}[.,!?]?\Z"), max_size=12).map(" ".join))
def test_words_without_tokens_stay_as_they_are(prose):
    assert script.spoken(prose) == prose


@pytest.mark.parametrize(
    "prose",
    [
        "It was, she said, no more than a mile or so; the sea lay beyond.",
        "“Come in,” he said – and nobody did. May I? I may. March on!",
        "The man in the mirror was me, or so I thought... Who else?",
    ],
)
def test_plain_prose_stays_as_it_is(prose):
    assert script.spoken(prose) == prose


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("03/09/1987", "the third of September nineteen eighty-seven"),
        ("1,205,310", "one million two hundred and five thousand three hundred and ten"),
        ("in 2006", "in two thousand and six"),
        ("5 km", "five kilometres"),
    ],
)
def test_british_english_is_said_in_its_own_way(written, said):
    assert script.spoken(written, "en-GB") == said


@pytest.mark.parametrize(
    "piece", ["111 ", "1.", "$1", "No.", "Mon-", "1-800-A", "1/", "1 2/", '"1" ', "a@", "Q1 ", "1:00-"]
)
def test_long_run_of_one_token_is_said_without_a_digit_left(piece):
    said = script.spoken(piece * 4000)
    assert said.strip()
    assert not any(character.isdigit() for character in said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_paragraph_of_the_golden_cases_is_said_without_digits_in_every_language(language):
    cases = sorted((Path(__file__).parents[2] / "golden").glob("speech-*.md"))
    paragraphs = [part for case in cases for part in case.read_text("utf-8").partition("=== script")[0].split("\n\n")]
    assert len(paragraphs) > 100
    assert [part for part in paragraphs if any(map(str.isdigit, script.spoken(part, language)))] == []
