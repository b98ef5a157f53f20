"""Words out of phonemes."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from narration.engines.phoneme_words import PhonemeTime, word_times

ALONE = {"of": "ɒv", "the": "ðə", "42": "fɔːti tuː", "sea": "siː", "—": "", "née": "nˈe\u0303ɪ"}


def heard(phonemes: str) -> list[PhonemeTime]:
    """Each phoneme lasts ten samples."""
    return [PhonemeTime(phoneme, 10 * n, 10 * n + 10) for n, phoneme in enumerate(phonemes)]


def times(text: str, phonemes: str, alone: Callable[[str], str] = ALONE.__getitem__) -> list[tuple[int, int]]:
    return [
        (word.from_samples, word.to_samples)
        for word in word_times(text, heard(phonemes), lambda words: map(alone, words))
    ]


def test_each_word_lasts_from_its_first_phoneme_to_its_last() -> None:
    assert times("the sea", "^ðə siː.$") == [(10, 30), (40, 70)]


def test_words_that_are_spoken_as_one_are_told_apart() -> None:
    assert times("of the sea", "ɒvðə siː") == [(0, 20), (20, 40), (50, 80)]


def test_word_that_is_spoken_as_two_is_one() -> None:
    assert times("the 42 of", "ðə fɔːti tuː ɒv") == [(0, 20), (30, 120), (130, 150)]


def test_word_without_a_sound_has_its_place_and_no_length() -> None:
    assert times("the — sea", "ðə siː") == [(0, 20), (20, 20), (30, 60)]


def test_stress_and_what_is_written_over_a_letter_are_of_the_word() -> None:
    assert times("the née sea", "ðə nˈe\u0303ɪ siː") == [(0, 20), (30, 80), (90, 120)]
    assert times("sea", " ˈsiː") == [(10, 50)]


def test_without_phonemes_there_are_no_times() -> None:
    assert times("the sea", "") == []
    assert times("—", "ðə") == []


@given(st.lists(st.text("abcdeɪʃ", max_size=6), min_size=1, max_size=8), st.text("abcdeɪʃ ˈ.", max_size=60))
def test_times_rise_and_are_of_every_word_or_none(words: list[str], phonemes: str) -> None:
    text = " ".join(word or "-" for word in words)
    found = word_times(text, heard(phonemes), lambda words: words)
    assert [text[word.start : word.end] for word in found] in ([], text.split())
    edges = [edge for word in found for edge in (word.from_samples, word.to_samples)]
    assert edges == sorted(edges)


def test_very_long_text_is_told_by_its_spaces() -> None:
    text = "abcdef " * 500
    found = word_times(text, heard(text), lambda words: words)
    assert len(found) == 500
    assert (found[1].from_samples, found[1].to_samples) == (70, 130)
