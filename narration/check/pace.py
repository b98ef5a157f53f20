"""How long a sentence should take in a voice, learned from all that the voice says in the episode."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_PAUSES = re.compile(r"[,;:—–…()]+(?=\s|$)|[.?!]+[\"”’)]*(?=\s)")  # signs inside a sentence that a voice waits at
_PRIOR = np.array([0.09, 0.066, 0.24])  # seconds: for any sentence, for each letter, for each pause; of several voices
_PRIOR_WEIGHT = 4.0  # as many sentences as these count for
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
        return float(_features(text) @ self.weights)

    def surprise(self, text: str, seconds: float) -> float:
        """How far off the time is, in standard deviations; below 0 when it is too short."""
        expected_s = self.expected_s(text)
        deviation = np.hypot(self.spread, _SLACK_S / expected_s)
        return float(np.log(max(seconds, 0.01) / expected_s) / deviation)


def pace(texts: Sequence[str], seconds: Sequence[float]) -> Pace:
    """The pace of a voice that said these texts in these times; what does not fit has no say in it.

    Least absolute relative errors, by iterated reweighting; drawn to what is usual where there are few sentences.
    """
    features = np.array([_features(text) for text in texts])
    times = np.maximum(np.array(seconds), 0.01)
    usual = _PRIOR * float(np.median(times / (features @ _PRIOR)))
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


def _features(text: str) -> NDArray[np.float64]:
    n_letters = sum(character.isalnum() for character in text)
    return np.array([1.0, float(n_letters), float(len(_PAUSES.findall(text)))])
