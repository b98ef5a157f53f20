"""Words spread between the silences of their sentences, where nothing better is known of the voice than its sound."""

import re
from collections.abc import Sequence

import numpy as np

from audio.clip import Clip
from narration.word_times.words import Timed, words

_STEP_S = 0.01
_SILENCE_S = 0.12  # the closure of a consonant is shorter
_SILENT_DB = -50.0
_CLAUSE_END = re.compile(r"[^\w\s'’‐‑-]|\s-")
_WORD_LETTERS, _LAST_OF_CLAUSE = 1, 1.3  # a word takes as long as its letters and one more; 1.3 times, before a pause


def between_silences(sentences: Sequence[str], clip: Clip) -> tuple[tuple[Timed, ...], ...]:
    """The words of each sentence: in a clip of them all, each as long as its letters, but for the silences.

    A silence is taken for the end of the clause or sentence that is nearest by the letters before it.
    """
    found = [words(sentence) for sentence in sentences]
    weights = np.array([end - start + _WORD_LETTERS for places in found for start, end in places], float)
    if not len(weights):
        return tuple(() for _ in sentences)
    last = _last_of_clause(sentences, found)
    weights[[*last, -1]] *= _LAST_OF_CLAUSE
    silences = _silences(clip)
    speech = len(clip.samples) - sum(end - start for start, end in silences)
    ends = np.cumsum(weights) / weights.sum() * speech
    froms, tos = np.concatenate([[0.0], ends[:-1]]), ends
    anchors = _anchors([ends[word] for word in last], silences)
    # in samples of speech alone, each silence being a point; then in samples of the clip
    spoken = np.array([0.0, *(at for at, _, _ in anchors), speech])
    heard_until = np.array([0.0, *(start for _, start, _ in anchors), len(clip.samples)])
    heard_from = np.array([0.0, *(end for _, _, end in anchors), len(clip.samples)])
    section = np.clip(np.searchsorted(spoken, (froms + tos) / 2) - 1, 0, len(anchors))
    scale = (heard_until[section + 1] - heard_from[section]) / np.maximum(spoken[section + 1] - spoken[section], 1e-9)
    places = [place for each in found for place in each]
    samples = np.rint(heard_from[section] + (np.stack([froms, tos]) - spoken[section]) * scale).astype(int).T.tolist()
    timed = iter([(*place, *at) for place, at in zip(places, samples, strict=True)])
    return tuple(tuple(next(timed) for _ in each) for each in found)


def _silences(clip: Clip) -> list[tuple[int, int]]:
    """The silences within a clip, not those at its ends: first sample and the one after the last."""
    step = round(_STEP_S * clip.sample_rate_hz)
    whole = clip.samples[: len(clip.samples) // step * step].reshape(-1, step)
    silent = (whole * whole).mean(axis=1) < 10 ** (_SILENT_DB / 10)
    borders = np.flatnonzero(np.diff(np.concatenate([[False], silent, [False]]).astype(np.int8)))
    runs = borders.reshape(-1, 2)
    inner = runs[(runs[:, 0] > 0) & (runs[:, 1] < len(silent)) & (runs[:, 1] - runs[:, 0] >= _SILENCE_S / _STEP_S)]
    return [(int(start) * step, int(end) * step) for start, end in inner]


def _last_of_clause(sentences: Sequence[str], found: Sequence[Sequence[tuple[int, int]]]) -> list[int]:
    """Which words, counted through all sentences, end a clause or sentence, the very last one apart."""
    last: list[int] = []
    count = 0
    for sentence, places in zip(sentences, found, strict=True):
        nexts = [start for start, _ in places[1:]]
        last += [
            count + index
            for index, ((_, end), following) in enumerate(zip(places, nexts, strict=False))
            if _CLAUSE_END.search(sentence, end, following)
        ]
        count += len(places)
        if places:
            last.append(count - 1)
    return [word for word in last if word < count - 1]


def _anchors(ends: Sequence[float], silences: Sequence[tuple[int, int]]) -> list[tuple[float, int, int]]:
    """Which clause end each silence is: where by the letters, and where it is heard; the best way in order.

    A pair is worth the silence's length, less how far apart the two are.
    """
    before = np.cumsum([0, *(end - start for start, end in silences)])
    n_ends, n_silences = len(ends), len(silences)
    worth = np.zeros((n_ends + 1, n_silences + 1))
    paired = np.zeros((n_ends + 1, n_silences + 1), bool)
    for i, at in enumerate(ends, 1):
        for j, (start, end) in enumerate(silences, 1):
            pair = worth[i - 1, j - 1] + (end - start) - abs(start - before[j - 1] - at) / 2
            worth[i, j] = max(worth[i - 1, j], worth[i, j - 1], pair)
            paired[i, j] = pair == worth[i, j] > max(worth[i - 1, j], worth[i, j - 1])
    anchors: list[tuple[float, int, int]] = []
    i, j = n_ends, n_silences
    while i and j:
        if paired[i, j]:
            anchors.append((float(ends[i - 1]), *silences[j - 1]))
            i, j = i - 1, j - 1
        elif worth[i - 1, j] >= worth[i, j - 1]:
            i -= 1
        else:
            j -= 1
    return anchors[::-1]
