"""Sentences that sound like one another though their words differ."""

import difflib
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from audio.contour import Figures
from narration.check.measures import Shape

_SEGMENTS = 12  # of the coarse shape that candidates are found by
_ALIKE_COARSE_DB = 4.0
_ALIKE_DB, _ALIKE_SHORT_DB = 2.8, 1.2  # the same sound, cut at other samples, differs by 2.5; other words by 3.4
_LONG_BLOCKS = 20  # a second; shorter sentences of nearly the same words come closer
_SHORTEST_BLOCKS = 10  # half a second; shorter ones may well sound alike
_ALIKE_APART_DB = 3.0  # where words differ; the same sound differs by 0.5 to 3 there, other words by 3.8 and more
_APART_BLOCKS = 10  # of sound that must be there of words that differ
_LENGTHS = 0.06  # two recordings of the same words differ in length by less
_ALIKE_TEXT, _ALIKE_WORDS = 0.85, 0.75  # of the letters, or of the words: “paragraph four is read”, “paragraph eight …”


def repeats(texts: Sequence[str], shapes: Sequence[Shape]) -> Iterator[tuple[int, int]]:
    """Pairs of sentences that sound alike and read differently, by their index, the smaller one first.

    shapes: of each sentence, shape (n_blocks, N_BANDS), in dB relative to its level.
    """
    long = [index for index, shape in enumerate(shapes) if len(shape) >= _SHORTEST_BLOCKS]
    long.sort(key=lambda index: len(shapes[index]))
    if len(long) < 2:
        return
    coarse = np.array([_coarse(shapes[index]) for index in long])
    lengths = np.array([len(shapes[index]) for index in long])
    for place, index in enumerate(long):
        end = int(np.searchsorted(lengths, lengths[place] * (1 + _LENGTHS) + 1, side="right"))
        differences = np.abs(coarse[place + 1 : end] - coarse[place]).mean(axis=1)
        for near in np.flatnonzero(differences < _ALIKE_COARSE_DB).tolist():
            other = long[place + 1 + near]
            if _is_repeat(texts[index], texts[other], shapes[index], shapes[other]):
                yield min(index, other), max(index, other)


def _coarse(shape: Shape) -> Figures:
    edges = np.linspace(0, len(shape), _SEGMENTS + 1).astype(int)
    means: Figures = np.concatenate([shape[a : max(b, a + 1)].mean(axis=0) for a, b in pairwise(edges.tolist())])
    return means


def _is_repeat(text: str, other: str, shape: Shape, other_shape: Shape) -> bool:
    """Whether two shapes are the same, also there where the texts have different words."""
    differences = _differences(shape, other_shape)
    limit_db = _ALIKE_DB if len(differences) >= _LONG_BLOCKS else _ALIKE_SHORT_DB
    if differences.mean() >= limit_db or _read_alike(text, other):
        return False
    apart = differences[_apart(text, other, len(differences)) | _apart(other, text, len(differences))]
    return len(apart) >= _APART_BLOCKS and bool(apart.mean() < _ALIKE_APART_DB)


def _differences(one: Shape, other: Shape) -> Figures:
    """Mean difference in each block, in dB; if one begins a block later, as they are closest."""
    first, second = one.astype(np.float32), other.astype(np.float32)
    n = min(len(one), len(other)) - 1
    pairs = ((first[:n], second[:n]), (first[1 : n + 1], second[:n]), (first[:n], second[1 : n + 1]))
    differences = (np.abs(a - b).mean(axis=1) for a, b in pairs)
    return min(differences, key=lambda each: float(each.mean()))


def _apart(text: str, other: str, n_blocks: int) -> NDArray[np.bool_]:
    """Which blocks of the text, each letter taken for as long as any other, have words that the other text has not."""
    words, others = _words(text), _words(other)
    is_apart = np.ones(len(words), bool)
    for start, _, length in difflib.SequenceMatcher(None, words, others, autojunk=False).get_matching_blocks():
        is_apart[start : start + length] = False
    ends = np.cumsum([len(word) + 1 for word in words])
    middles = (np.arange(n_blocks) + 0.5) / n_blocks * ends[-1]
    apart: NDArray[np.bool_] = is_apart[np.searchsorted(ends, middles)]
    return apart


def _words(text: str) -> list[str]:
    """The words, or the characters of a text without spaces."""
    words = text.casefold().split()
    return words if len(words) > 1 else list(text.casefold())


def _read_alike(one: str, other: str) -> bool:
    first, second = one.casefold(), other.casefold()
    letters = difflib.SequenceMatcher(None, first, second).ratio()
    words = difflib.SequenceMatcher(None, first.split(), second.split()).ratio()
    return letters > _ALIKE_TEXT or words > _ALIKE_WORDS
