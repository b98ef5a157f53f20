"""Which other sentence a sound was taken from."""

from collections.abc import Sequence

import numpy as np

from narration.check.measures import Shape

_ALIKE_DB = 2.8  # the same sound, cut at other samples, differs by 2.5; other words by 3.4
_LENGTHS = 0.06  # two recordings of the same words differ in length by less


def heard_elsewhere(index: int, texts: Sequence[str], shapes: Sequence[Shape]) -> int | None:
    """The sentence of another text that sounds like the one of that index; None where there is none.

    shapes: of each sentence, shape (n_blocks, N_BANDS), in dB relative to its level.
    """
    length = len(shapes[index])
    alike = [
        (difference_db(shapes[index], shape), other)
        for other, (text, shape) in enumerate(zip(texts, shapes, strict=True))
        if text != texts[index] and abs(len(shape) - length) <= _LENGTHS * length + 1 and len(shape) > 1
    ]
    nearest_db, other = min(alike, default=(np.inf, None))
    return other if nearest_db < _ALIKE_DB else None


def difference_db(one: Shape, other: Shape) -> float:
    """Mean difference of two shapes, if one may begin a block later."""
    first, second = one.astype(np.float32), other.astype(np.float32)
    n = min(len(one), len(other)) - 1
    pairs = ((first[:n], second[:n]), (first[1 : n + 1], second[:n]), (first[:n], second[1 : n + 1]))
    return min(float(np.abs(a - b).mean()) for a, b in pairs)
