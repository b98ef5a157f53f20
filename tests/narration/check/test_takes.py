"""The takes of a run are all checked, however many they are, and few of them are kept for it."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from narration.check.measures import SILENT_DB, Measures
from narration.check.takes import TakesCheck
from narration.record import Taken
from tests.narration.values import sound

NO_WORKERS = ThreadPoolExecutor(1)
SILENCE = Measures(1.0, 0, 0, SILENT_DB, 0, 0, 0, 0, 0, 0, SILENT_DB, 0, 0.0, np.zeros((0, 0), np.int8))


def taken(paragraph: int, n_sentences: int) -> Taken:
    words = tuple(f"Sentence {n} of it." for n in range(n_sentences))
    times_s = tuple((2.0 * n, 2.0 * n + 1.0) for n in range(n_sentences))
    return Taken(paragraph, sound(*words), times_s, (SILENCE,) * n_sentences, 14.0)


def test_every_take_is_checked_once_at_its_place_in_the_episode_however_they_come() -> None:
    takes = TakesCheck(NO_WORKERS)
    assert not takes
    numbers = [*range(600, 0, -1)]
    for number in numbers:
        takes.add(taken(number, 10))
        assert takes
        assert len(takes._waiting) <= 100
    found = list(takes.findings([100.0 * n for n in range(600)]))
    assert {each.kind for each in found} == {"silent"}
    times = sorted((each.paragraph, each.start_s, each.end_s) for each in found)
    starts = [(n, 100.0 * (n - 1) + 2 * k) for n in range(1, 601) for k in range(10)]
    assert times == [(number, start_s, start_s + 1) for number, start_s in starts]


def test_one_take_of_very_many_sentences_is_checked_too() -> None:
    takes = TakesCheck(NO_WORKERS)
    takes.add(taken(1, 5000))
    takes.add(taken(2, 1))
    assert len(list(takes.findings([0.0, 10_000.0]))) == 5001
