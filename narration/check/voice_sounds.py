"""What the sounds of speech are like in a voice, learned from its own sentences.

Each sound has a length and a spectrum, and does something to the blocks beside it. Spectra are learned by ridge
regression, from sounds in even pace first, and then from where these are found to be in what is heard.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from audio.contour import N_BANDS
from narration.check.measures import Shape
from narration.check.warping import Floats, Pair, farness, ways

FEWEST = 8
"""Sentences that teach enough."""

SHORTEST_BLOCKS = 6
"""Of sound that something can be told of."""

_LEARNED_FROM = 120  # sentences of a voice, evenly spread; more teach nothing new
_RARE = 3  # sounds that are heard less often are one class
_OTHERS = 8  # stretches of other sentences that each one is held against
_PRIOR_BLOCKS = np.array([1.4, 0.1, 4.8, 1.0])  # of a sound, of a border of words, of a pause; for any sentence
_PRIOR_WEIGHT = 1.0  # as many sentences as these count for
_ROUNDS = 8
_CLOSEST = 0.05
_RIDGE = 4.0  # blocks of a sound that the voice's mean spectrum counts for
_NEIGHBOURS_RIDGE = 12.0  # the same, for what a sound does to the blocks beside it
_NOISE = 0.5  # dB², added to what is left over in each band
_PARTS = (0.33, 0.5)  # of a sentence, that are looked at by themselves

_BORDER, _PAUSE = " ", ","
_PAUSES = frozenset(",;:.?!—–…()")
_LENGTHENED, _STRESS = "ː", "ˈˌ"


def speech_sounds(phones: str) -> list[str]:
    """Speech sounds, borders of words and pauses, one after the other; a lengthened sound counts twice."""
    sounds: list[str] = []
    for sign in phones:
        if sign == _LENGTHENED and sounds:
            sounds.append(sounds[-1])
        elif sign in _PAUSES:
            sounds.append(_PAUSE)
        elif sign.isspace():
            sounds.append(_BORDER)
        elif sign.isalpha() and sign not in _STRESS:
            sounds.append(sign)
    while sounds and sounds[-1] in (_BORDER, _PAUSE):
        sounds.pop()
    return sounds


@dataclass(frozen=True, slots=True, eq=False)
class _Lesson:
    """What sentences teach of the spectrum, as normal equations: features by features, features by bands."""

    squares: Floats
    sides: Floats

    def __add__(self, other: "_Lesson") -> "_Lesson":
        return _Lesson(self.squares + other.squares, self.sides + other.sides)

    def __sub__(self, other: "_Lesson") -> "_Lesson":
        return _Lesson(self.squares - other.squares, self.sides - other.sides)

    def learned(self, n_classes: int) -> Floats:
        """Each feature's part in the spectrum, in dB, shape (features, bands)."""
        ridge = np.full(len(self.squares), _NEIGHBOURS_RIDGE, np.float32)
        ridge[:n_classes] = _RIDGE
        learned: Floats = np.linalg.solve(self.squares + np.diag(ridge), self.sides)
        return learned


class VoiceSounds:
    """All sentences of a voice that something can be told of, and what some of them teach."""

    def __init__(self, sounds: Sequence[Sequence[str]], shapes: Sequence[Shape], paragraphs: Sequence[int]) -> None:
        counts = Counter(sound for sentence in sounds for sound in sentence)
        common = [sound for sound, count in counts.most_common() if count >= _RARE]
        classes = {sound: index for index, sound in enumerate(common, 1)}
        self._n_classes = len(classes) + 1
        self._classes = [np.array([classes.get(sound, 0) for sound in sentence]) for sentence in sounds]
        self._shapes = shapes
        self._paragraphs = paragraphs
        self._blocks = self._lengths(classes)
        teaching = np.unique(np.linspace(0, len(sounds) - 1, min(len(sounds), _LEARNED_FROM)).astype(int))
        self._teaching: list[int] = teaching.tolist()
        self._mean = np.concatenate([shapes[index] for index in self._teaching]).mean(axis=0, dtype=np.float32)
        self._learn()

    def _lengths(self, classes: dict[str, int]) -> NDArray[np.float64]:
        """Blocks that each class takes: least absolute relative errors over the sentences, drawn to what is usual."""
        counts = np.zeros((len(self._shapes), self._n_classes + 1))
        counts[:, -1] = 1
        for row, sentence in zip(counts, self._classes, strict=True):
            row[:-1] = np.bincount(sentence, minlength=self._n_classes)
        usual = np.full(self._n_classes + 1, _PRIOR_BLOCKS[0])
        usual[[classes.get(_BORDER, 0), classes.get(_PAUSE, 0), 0, -1]] = _PRIOR_BLOCKS[[1, 2, 0, 3]]
        lengths = np.array([len(shape) for shape in self._shapes])
        usual *= np.median(lengths / (counts @ usual))
        blocks = usual
        for _ in range(_ROUNDS):
            expected = np.maximum(counts @ blocks, 1)
            closeness = 1 / np.maximum(np.abs(lengths / expected - 1), _CLOSEST)
            closeness /= closeness.mean()
            rows = counts / expected[:, None]
            drawn = np.diag(_PRIOR_WEIGHT / usual**2)
            weighted = rows.T * closeness
            blocks = np.linalg.solve(weighted @ rows + drawn, weighted @ (lengths / expected) + drawn @ usual)
            blocks = np.maximum(blocks, 0.15 * usual)
        return blocks[:-1]

    def _learn(self) -> None:
        """Learn spectra from sounds in even pace, then once more from where they were found to be."""
        even = {index: self._features(index) for index in self._teaching}
        self._taught(even)
        pairs = [
            (self._heard(index), (features @ (self._learned @ self._white))[None]) for index, features in even.items()
        ]
        found = dict(zip(even, ways(pairs), strict=True))
        self._taught({index: self._features(index, way) for index, way in found.items()})
        self._even = even
        self._others = np.concatenate(list(even.values()))
        self._starts = np.cumsum([0, *map(len, even.values())]).tolist()

    def _taught(self, features: dict[int, Floats]) -> None:
        """Learn each class's part in the spectrum, and how much is left over, to count differences in deviations."""
        self._lessons: dict[int, _Lesson] = {}
        for index, own in features.items():
            lesson = _Lesson(own.T @ own, own.T @ (self._shapes[index] - self._mean))
            number = self._paragraphs[index]
            self._lessons[number] = self._lessons[number] + lesson if number in self._lessons else lesson
        first, *more = self._lessons.values()
        self._all = sum(more, first)
        self._learned = self._all.learned(self._n_classes)
        there = np.concatenate([self._shapes[index] for index in features]) - self._mean
        left = there - np.concatenate(list(features.values())) @ self._learned
        spread = left.T @ left / len(left) + _NOISE * np.eye(N_BANDS)
        self._white = np.linalg.inv(np.linalg.cholesky(spread)).T.astype(np.float32)

    def _features(self, index: int, way: NDArray[np.float64] | None = None, n_blocks: int = 0) -> Floats:
        """Which classes are in each block of a sentence's sound, and in the blocks before and behind it.

        n_blocks: that it has; 0: as many as are heard.
        way: for each edge of a block, where that is in what was expected, the sounds in even pace; None when it is so.
        """
        classes, n_blocks = self._classes[index], n_blocks or len(self._shapes[index])
        ends = np.cumsum(self._blocks[classes])
        borders = np.concatenate([[0.0], ends]) * (n_blocks / ends[-1])
        if way is not None:
            borders = np.interp(borders, way, np.arange(n_blocks + 1))
        reached = np.zeros((len(classes) + 1, self._n_classes))
        reached[np.arange(1, len(classes) + 1), classes] = np.diff(borders)
        np.cumsum(reached, axis=0, out=reached)
        edges = np.arange(n_blocks + 1)
        at = np.clip(np.searchsorted(borders, edges, side="right") - 1, 0, len(classes) - 1)
        until = reached[at]
        until[edges, classes[at]] += edges - borders[at]
        here = np.diff(until, axis=0)
        features = np.zeros((n_blocks, 3 * self._n_classes), np.float32)
        features[:, : self._n_classes] = here
        features[1:, self._n_classes : 2 * self._n_classes] = here[:-1]
        features[:-1, 2 * self._n_classes :] = here[1:]
        return features

    def _heard(self, index: int) -> Floats:
        heard: Floats = (self._shapes[index] - self._mean) @ self._white
        return heard

    def is_taught(self, index: int) -> bool:
        """Whether enough sentences of other paragraphs teach how a sentence should sound."""
        own = self._paragraphs[index]
        return sum(self._paragraphs[each] != own for each in self._teaching) >= FEWEST

    def fits(self, places: Iterable[int]) -> Iterator[float]:
        """How much nearer each sentence is to its own words than to others, as a share; of those that are taught."""
        yield from map(_nearer, farness(self._held_against(places)))

    def better_part(self, index: int) -> float:
        """How a sentence's beginning or its end fits, whichever fits better, each at the voice's own pace."""
        n_blocks = max(round(float(self._blocks[self._classes[index]].sum())), SHORTEST_BLOCKS)
        number = self._paragraphs[index]
        lesson = self._all - self._lessons[number] if number in self._lessons else self._all
        known = lesson.learned(self._n_classes) @ self._white
        sound, own = self._heard(index), self._features(index, n_blocks=n_blocks) @ known
        ends: list[Pair] = []
        for share in _PARTS:
            part = min(round(share * n_blocks), len(sound))
            others = list(self._stretches(index, self._others @ known, part))
            ends += ((sound[at], np.stack([own[at], *others])) for at in (slice(part), slice(-part, None)))
        return max(map(_nearer, farness(ends)))

    def _held_against(self, places: Iterable[int]) -> Iterator[Pair]:
        """Each sentence's sound, and what its own words and others should sound like."""
        known = self._learned @ self._white
        others_known = self._others @ known
        for number, group in groupby(places, key=self._paragraphs.__getitem__):
            learned, others = known, others_known
            if number in self._lessons:  # a paragraph must not have taught how it should sound itself
                learned = (self._all - self._lessons[number]).learned(self._n_classes) @ self._white
                others = self._others @ learned
            for index in group:
                features = self._even[index] if index in self._even else self._features(index)
                yield (
                    self._heard(index),
                    np.stack([features @ learned, *self._stretches(index, others, len(self._shapes[index]))]),
                )

    def _stretches(self, index: int, others: Floats, n_blocks: int) -> Iterator[Floats]:
        """Stretches of so many blocks of what others should sound like, which begin or end with a sentence."""
        n_all = len(others)
        own = self._paragraphs[index]
        there = [place for place, each in enumerate(self._teaching) if self._paragraphs[each] != own]
        for count, place in enumerate(np.linspace(0, len(there) - 1, _OTHERS).astype(int).tolist()):
            first = self._starts[there[place]] if count % 2 else self._starts[there[place] + 1] - n_blocks
            yield others[np.arange(first, first + n_blocks) % n_all]


def _nearer(far: Floats) -> float:
    """How much nearer the first is than others are, as a share."""
    usual = float(np.median(far[1:]))
    return (usual - float(far[0])) / usual
