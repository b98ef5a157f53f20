"""How far one course of sound is from others, each laid on it by dynamic time warping: sounds may linger or hurry."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from audio.contour import N_BANDS

T = TypeVar("T")

Floats = NDArray[np.float32]
Pair = tuple[Floats, Floats]
"""A sound, shape (blocks, bands), and what is expected of it, one or several, shape (n, blocks, bands)."""

_FARTHEST = np.float32(6.0)  # squared standard deviations, on the average of a block's bands; more is no worse
_UNEVEN = np.float32(0.35 * N_BANDS)  # what it costs to linger or hurry for a block
_WARPED, _WARPED_BLOCKS = 0.08, 4  # of a sentence's length, or blocks: how far sounds may be from their places

_AT_ONCE, _COMPANY = 32, 1.3  # pairs whose ways are gone together, up to so many times as long as the shortest


def farness(pairs: Iterable[Pair]) -> Iterator[Floats]:
    """How far each sound is from each of what is expected, along the nearest way."""
    return _along(pairs, lambda reached: reached[-1].min(axis=0))


def ways(pairs: Iterable[Pair]) -> Iterator[NDArray[np.float64]]:
    """For each edge of a block of each sound, where that is in the first of what is expected, on the nearest way."""
    return _along(pairs, lambda reached: _way(reached[:, :, 0].tolist()))


def _along(pairs: Iterable[Pair], told: Callable[[Floats], T]) -> Iterator[T]:
    """What is told of the ways along each pair. Those of about the same length, among so many, are gone together."""
    left = iter(pairs)
    while group := list(islice(left, _AT_ONCE)):
        results: dict[int, T] = {}
        order = sorted(range(len(group)), key=lambda place: len(group[place][0]))
        while order:
            longest = _COMPANY * len(group[order[0]][0])
            together = [place for place in order if len(group[place][0]) <= longest]
            order = order[len(together) :]
            for place, reached in zip(together, _reached([group[place] for place in together]), strict=True):
                results[place] = told(reached)
        yield from (results[place] for place in range(len(group)))


def _way(reached: list[list[float]]) -> NDArray[np.float64]:
    n_blocks, middle = len(reached), len(reached[0]) // 2
    column = reached[-1].index(min(reached[-1]))
    places = [0.0] * n_blocks
    for block in range(n_blocks - 1, -1, -1):
        places[block] = float(min(max(block + column - middle, 0), n_blocks - 1))
        if block:
            hurried, even, lingered = reached[block - 1][column - 1 : column + 2]
            if even > _UNEVEN + min(hurried, lingered):
                column += -1 if hurried <= lingered else 1
    inner = (np.array(places[1:]) + places[:-1] + 1) / 2
    edges = np.concatenate([[0.0], inner, [n_blocks]])
    rising: NDArray[np.float64] = np.maximum.accumulate(edges) + 1e-9 * np.arange(n_blocks + 1)
    return rising


def _reached(pairs: Sequence[Pair]) -> Iterator[Floats]:
    """How far each sound is from each of what is expected up to each block, by the nearest way there.

    Shape (blocks, 2 × width + 3, n): for each offset, with an unreachable one at either end.
    """
    width = max(_width(len(sound)) for sound, _ in pairs)
    n_blocks, n_ways = max(len(sound) for sound, _ in pairs), max(len(expected) for _, expected in pairs)
    steps = np.zeros((n_blocks, 2 * width + 1, len(pairs), n_ways), np.float32)
    for place, (sound, expected) in enumerate(pairs):
        steps[: len(sound), :, place, : len(expected)] = _differences(sound, expected, width)
    reached = np.full((n_blocks, 2 * width + 3, len(pairs), n_ways), np.inf, np.float32)
    uneven = np.empty_like(steps[0])
    reached[0, 1:-1] = steps[0]
    for block in range(1, n_blocks):
        before, here = reached[block - 1], reached[block, 1:-1]
        np.minimum(before[2:], before[:-2], out=uneven)
        np.add(uneven, _UNEVEN, out=uneven)
        np.minimum(before[1:-1], uneven, out=here)
        np.add(here, steps[block], out=here)
    return (reached[: len(sound), :, place, : len(expected)] for place, (sound, expected) in enumerate(pairs))


def _differences(sound: Floats, expected: Floats, width: int) -> Floats:
    """Of each block of the sound from those up to width blocks from its own place; shape (blocks, 2 × width + 1, n).

    Squares, summed over the bands. A shorter sound has less room than the width that it shares with longer ones.
    """
    n_blocks, n_bands = sound.shape
    room = _width(n_blocks)
    near = np.full((n_blocks, 2 * width + 1, len(expected)), np.inf, np.float32)
    inside = near[:, width - room : width + room + 1]
    there = np.clip(np.arange(-room, n_blocks + room), 0, n_blocks - 1)
    by_band, own = expected.transpose(2, 0, 1)[:, :, there], np.ascontiguousarray(sound.T)[:, None]
    for offset in range(2 * room + 1):
        squares = by_band[:, :, offset : offset + n_blocks] - own
        np.square(squares, out=squares)
        inside[:, offset] = squares.sum(axis=0).T
    np.minimum(inside, _FARTHEST * n_bands, out=inside)
    return near


def _width(n_blocks: int) -> int:
    return max(_WARPED_BLOCKS, round(_WARPED * n_blocks))
