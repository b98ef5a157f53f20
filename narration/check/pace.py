"""How long a sentence should take in a voice, learned from all that the voice says in the episode."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_PAUSES = re.compile(r"[,;:—–…()]+(?=\s|$)|[.?!]+[\"”’)]*(?=\s)")  # signs inside a sentence that a voice waits at
_CAPITALS = re.compile(r"\b[A-Z]{2,}")
_NAME_OF_LETTER, _NAME_OF_DIGIT = 2.0, 4.0  # letters more than one that it takes to say a letter, a digit
_USUAL = 0.5
_PRIOR = np.array([0.09, 0.066, 0.24])  # seconds: for any sentence, for each letter, for each pause; of several voices
_PRIOR_LETTERS_PER_S = 14.2  # that is, over the sentences that voices are calibrated on
_PRIOR_WEIGHT = 4.0  # as many sentences as these count for
_LONGEST_PAUSE = 2.0  # times the usual one: “Why?” she said
_SPREAD = 0.08  # of the logarithm of the time over the time expected, at least; voices go from 0.05 to 0.1
_SLACK_S = 0.13  # how much any sentence is off, however short
_ROUNDS = 12
_SMALLEST = 0.05  # a sentence that is closer than this is no better than this one


@dataclass(frozen=True, slots=True, eq=False)
class Pace:
    """A voice's pace. weights: seconds for any sentence, for each letter, for each pause; spread: see _SPREAD."""

    weights: NDArray[np.float64]
    spread: float

    def expected_s(self, text: str) -> float:
        """Seconds that the text should take, from its first to its last sound."""
        return float(_features(text, _USUAL) @ self.weights)

    def longest_pause_s(self, text: str) -> float:
        """Seconds that the voice may wait at a sign inside the text, 0 where there is none."""
        return _LONGEST_PAUSE * float(self.weights[2]) if _counts(text)[2] else 0.0

    def surprise(self, text: str, seconds: float) -> float:
        """How far off the time is, in standard deviations; below 0 when it is too short.

        Capitals and digits may be said as words or one by one; what lies between is no surprise.
        """
        shortest, longest = (float(_features(text, share) @ self.weights) for share in (0.0, 1.0))
        expected_s = min(max(seconds, shortest), longest)
        deviation = np.hypot(self.spread, _SLACK_S / expected_s)
        return float(np.log(max(seconds, 0.01) / expected_s) / deviation)


def pace(texts: Sequence[str], seconds: Sequence[float], letters_per_s: float = 0.0) -> Pace:
    """The pace of a voice that said these texts in these times; what does not fit has no say in it.

    letters_per_s: measured of the voice before, 0 when it was not.

    Least absolute relative errors, by iterated reweighting; drawn to what is usual where there are few sentences.
    """
    features = np.array([_features(text, _USUAL) for text in texts])
    times = np.maximum(np.array(seconds), 0.01)
    scale = _PRIOR_LETTERS_PER_S / letters_per_s if letters_per_s else float(np.median(times / (features @ _PRIOR)))
    usual = _PRIOR * scale
    weights = usual
    for _ in range(_ROUNDS):
        expected = np.maximum(features @ weights, 0.05)
        closeness = 1 / np.maximum(np.abs(times / expected - 1), _SMALLEST)
        closeness *= len(times) / closeness.sum()
        rows, sides = features / expected[:, None], times / expected
        drawn = _PRIOR_WEIGHT * np.diag(1 / usual**2)
        weights = np.linalg.solve(
            rows.T @ (closeness[:, None] * rows) + drawn, rows.T @ (closeness * sides) + drawn @ usual
        )
        weights = np.maximum(weights, 0.1 * usual)
    off = np.abs(np.log(times / (features @ weights)))
    return Pace(weights, max(1.48 * float(np.median(off)) * 0.8, _SPREAD))


def _features(text: str, one_by_one: float) -> NDArray[np.float64]:
    """What a sentence's time depends on; one_by_one: how far capitals in a row, and digits, are said so."""
    n_letters, n_more, n_pauses = _counts(text)
    return np.array([1.0, n_letters + one_by_one * n_more, n_pauses])


@lru_cache(maxsize=1024)  # each sentence is asked for a dozen times
def _counts(text: str) -> tuple[float, float, float]:
    """Letters and digits, how many more it takes when capitals and digits are said one by one, and pauses."""
    n_letters, n_digits = sum(map(str.isalnum, text)), sum(map(str.isdigit, text))
    n_capitals = sum(map(len, _CAPITALS.findall(text)))
    n_more = _NAME_OF_DIGIT * n_digits + _NAME_OF_LETTER * n_capitals
    return float(n_letters), n_more, float(len(_PAUSES.findall(text)))
