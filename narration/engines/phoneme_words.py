"""Words' times out of phonemes' times: which word of the text each phoneme belongs to.

A phonemizer joins words ("of the") and makes several of one ("42"). So each word is phonemized on its own as well, and
the two rows of phonemes are laid side by side with as few differences as can be (Wagner and Fischer, 1974).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from narration.engines import WordTime

_STRESS = "ˈˌ"
_MOST_CELLS = 1_000_000  # longer sentences have their words told by the spaces alone, rather than take seconds


@dataclass(frozen=True, slots=True)
class PhonemeTime:
    """A phoneme and when it is heard, in samples."""

    phoneme: str
    from_samples: int
    to_samples: int


def word_times(
    text: str, heard: Sequence[PhonemeTime], phonemes_of: Callable[[Sequence[str]], Iterable[Sequence[str]]]
) -> tuple[WordTime, ...]:
    """When each word of the text, what stands between spaces, is heard; () where that cannot be told.

    phonemes_of: the phonemes of words, each on its own.
    """
    spoken = _sounding(heard)
    words = [match.span() for match in re.finditer(r"\S+", text)]
    alone = phonemes_of([text[start:end] for start, end in words])
    owners = _owners(heard, [[phoneme for phoneme in phonemes if _counts(phoneme)] for phonemes in alone])
    if owners is None or not spoken:
        return ()
    times: list[WordTime] = []
    at = 0
    for number, (start, end) in enumerate(words):
        own = [each for each, owner in zip(spoken, owners, strict=True) if owner == number]
        first, last = (own[0].from_samples, own[-1].to_samples) if own else (at, at)
        times.append(WordTime(start, end, max(first, at), max(last, at)))
        at = times[-1].to_samples
    return tuple(times)


def _sounding(heard: Sequence[PhonemeTime]) -> list[PhonemeTime]:
    """The phonemes that count, each from its stress mark on and with what is written over it."""
    sounding: list[PhonemeTime] = []
    start: int | None = None
    for each in heard:
        if _counts(each.phoneme):
            begins = each.from_samples if start is None else start
            sounding.append(PhonemeTime(each.phoneme, begins, each.to_samples))
        elif sounding and unicodedata.combining(each.phoneme[:1] or " "):
            sounding[-1] = replace(sounding[-1], to_samples=each.to_samples)
        if each.phoneme not in _STRESS:
            start = None
        elif start is None:
            start = each.from_samples
    return sounding


def _counts(phoneme: str) -> bool:
    return phoneme.isalpha() and phoneme not in _STRESS


def _owners(heard: Sequence[PhonemeTime], expected: Sequence[Sequence[str]]) -> list[int] | None:
    """The number of the word that each phoneme which counts belongs to; None where that cannot be told."""
    spoken = [each.phoneme for each in heard if _counts(each.phoneme)]
    flat = [(phoneme, number) for number, phonemes in enumerate(expected) for phoneme in phonemes]
    if flat and len(spoken) * len(flat) <= _MOST_CELLS:
        return _aligned(spoken, [phoneme for phoneme, _ in flat], [number for _, number in flat])
    runs, voiced = _runs(heard), [number for number, phonemes in enumerate(expected) if phonemes]
    if len(runs) != len(voiced):
        return None
    return [number for number, run in zip(voiced, runs, strict=True) for _ in range(run)]


def _runs(heard: Sequence[PhonemeTime]) -> list[int]:
    """How many phonemes that count stand between each two spaces."""
    runs = [0]
    for each in heard:
        if each.phoneme == " ":
            runs.append(0)
        elif _counts(each.phoneme):
            runs[-1] += 1
    return [run for run in runs if run]


def _aligned(spoken: Sequence[str], expected: Sequence[str], owners: Sequence[int]) -> list[int]:
    """For each spoken phoneme the owner of the expected one it stands beside, in the alignment with fewest edits."""
    same = np.array(spoken, dtype=object)[:, None] == np.array(expected, dtype=object)[None, :]
    n_spoken, n_expected = same.shape
    cost = np.zeros((n_spoken + 1, n_expected + 1), np.int32)
    cost[0], cost[:, 0] = np.arange(n_expected + 1), np.arange(n_spoken + 1)
    for i in range(1, n_spoken + 1):
        # What comes from above, then what comes from the left: that one is a running minimum.
        row = np.minimum(cost[i - 1, 1:] + 1, cost[i - 1, :-1] + ~same[i - 1])
        row = np.concatenate([[i], row]) - np.arange(n_expected + 1)
        cost[i] = np.minimum.accumulate(row) + np.arange(n_expected + 1)
    i, j = n_spoken, n_expected
    found = [owners[0]] * n_spoken
    while i:
        if j and cost[i, j] == cost[i - 1, j - 1] + (not same[i - 1, j - 1]):
            i, j = i - 1, j - 1
            found[i] = owners[j]
        elif j and cost[i, j] == cost[i, j - 1] + 1:
            j -= 1
        else:
            i -= 1
            found[i] = owners[max(j - 1, 0)]
    return found
