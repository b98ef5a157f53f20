"""Words: the same whatever engine speaks them, with times that rise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narration.word_times.words import by_length, from_engine, words

CASES = {
    "“Don’t,” she said—twice.": ["Don’t", "she", "said", "twice"],
    "A well-known rock'n'roll song - nothing else": ["A", "well-known", "rock'n'roll", "song", "nothing", "else"],
    "9 out_of 10": ["9", "out", "of", "10"],
    "e\u0301te\u0301 हिन्दी में": ["e\u0301te\u0301", "हिन्दी", "में"],
    "東京タワーへ。AB社": ["東", "京", "タ", "ワー", "へ", "AB", "社"],
    "한국어를 읽다": ["한국어를", "읽다"],
    "… — !": [],
}


@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_word_is_letters_and_digits_with_apostrophes_and_hyphens_between(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in words(text)] == expected


def test_words_share_a_time_by_their_length() -> None:
    assert by_length("To be, or", 100, 170) == ((0, 2, 100, 123), (3, 5, 123, 147), (7, 9, 147, 170))
    assert by_length("—", 0, 9) == ()


def test_engine_s_run_becomes_the_words_in_it() -> None:
    assert from_engine("“No” and/or", [(0, 4, 10, 20), (5, 11, 20, 70)]) == (
        (1, 3, 10, 20),
        (5, 8, 20, 50),
        (9, 11, 50, 70),
    )


def test_word_without_a_time_shares_that_of_the_run_before() -> None:
    assert from_engine("of the lamp", [(0, 2, 0, 50), (7, 11, 50, 90)]) == (
        (0, 2, 0, 20),
        (3, 6, 20, 50),
        (7, 11, 50, 90),
    )
    assert from_engine("a lamp", [(2, 6, 50, 90)]) == ((0, 1, 50, 58), (2, 6, 58, 90))


def test_word_of_several_runs_ends_with_the_last() -> None:
    assert from_engine("lighthouse on", [(0, 5, 0, 30), (5, 10, 30, 70), (11, 13, 75, 90)]) == (
        (0, 10, 0, 70),
        (11, 13, 75, 90),
    )


texts = st.text(st.sampled_from("ab9 '-,東"), min_size=1, max_size=30)


@given(texts, st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9), st.integers(0, 99)), min_size=1, max_size=9))
def test_times_rise_whatever_an_engine_says(text: str, runs: list[tuple[int, int, int]]) -> None:
    given_, at = [], 0
    for start, length, samples in sorted(runs):
        given_.append((start, start + length, at, at + samples))
        at += samples
    timed = from_engine(text, given_)
    assert [word[:2] for word in timed] == list(words(text))
    assert all(at <= to for _, _, at, to in timed)
    assert [at for _, _, at, _ in timed] == sorted(at for _, _, at, _ in timed)
