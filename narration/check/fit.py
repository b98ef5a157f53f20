"""Whether sentences sound like their words, by what the voice's own sentences teach about its sounds.

What each speech sound is like in the voice, its length and its spectrum, is learned from all that the voice says in the
episode. A sentence's sound is then laid on what its own words should sound like, and on as much of what others should,
each by dynamic time warping: right words fit far better than any others do, wrong ones no better. Nothing is known
of languages or voices beforehand.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from audio.contour import N_BANDS
from narration.check.measures import Shape

T = TypeVar("T")

Floats = NDArray[np.float32]
Pair = tuple[Floats, Floats]
"""A sound, shape (blocks, bands), and what is expected of it, one or several, shape (n, blocks, bands)."""

FEWEST = 8
"""Sentences that teach enough."""

_LEARNED_FROM = 120  # sentences of a voice, evenly spread; more teach nothing new
_RARE = 3  # sounds that are heard less often are one class
_SHORTEST_BLOCKS = 6
_OTHERS = 8  # stretches of other sentences that each one is held against
_PRIOR_BLOCKS = np.array([1.4, 0.1, 4.8, 1.0])  # of a sound, of a border of words, of a pause; for any sentence
_PRIOR_WEIGHT = 1.0  # as many sentences as these count for
_ROUNDS = 8
_CLOSEST = 0.05
_RIDGE = 4.0  # blocks of a sound that the voice's mean spectrum counts for
_NEIGHBOURS_RIDGE = 12.0  # the same, for what a sound does to the blocks beside it
_NOISE = 0.5  # dB², added to what is left over in each band
_FARTHEST = np.float32(6.0)  # squared standard deviations, on the average of a block's bands; more is no worse
_UNEVEN = np.float32(0.35 * N_BANDS)  # what it costs to linger or hurry for a block
_WARPED, _WARPED_BLOCKS = 0.08, 4  # of a sentence's length, or blocks: how far sounds may be from their places

_AT_ONCE, _COMPANY = 32, 1.3  # pairs whose ways are gone together, up to so many times as long as the shortest

_MISFIT_BLOCKS = (18, 60)
_MISFIT = (0.36, 0.4)  # of the usual fit, at so many blocks; right sentences stay above 0.5, in long episodes 0.75
_LITTLE_TAUGHT = (200, 500)  # speech sounds in all, from which a voice is hardly known, and known
_USUAL_AT_MOST = 0.5  # sentences that are much alike teach one another, but not the word that only one of them has
_DEVIATIONS = 3.0
_SPREAD, _SPREAD_WEIGHT = 0.32, 24.0  # what is usual in voices, and as many sentences as that counts for
_MOST_BLOCKS = 80  # longer sentences fit no more evenly
_CLEAR = 0.7
_POOR = _IN_PART = 0.6  # of the usual fit: what is below is looked at closer, and is that where a part fits so well
_PARTS, _PARTED_BLOCKS = (0.33, 0.5), 40  # of a sentence, that are looked at; shorter ones are not parted
_KNOWN = 0.28  # usual fit of a voice whose sounds go with its words
_FEW_WRONG = 0.4  # of a voice's sentences; when more seem wrong, it is the words that are read otherwise

_BORDER, _PAUSE = " ", ","
_PAUSES = frozenset(",;:.?!—–…()")
_LENGTHENED, _STRESS = "ː", "ˈˌ"


def fits(phones: Sequence[str], shapes: Sequence[Shape], paragraphs: Sequence[int]) -> Floats:
    """How much better each sentence fits its own words than others of the voice: a share of how far it is from these.

    About a half where the words are right, about 0 where they are not; NaN where nothing can be told. Where a part
    is right, as when a name is spelt out, it is something between. phones: what is
    to be said, in IPA, "" where it is not known; shapes: what is heard; paragraphs: their numbers, by which a sentence
    is kept from teaching how itself should sound.
    """
    result = np.full(len(phones), np.nan, np.float32)
    told = [n for n, (said, shape) in enumerate(zip(phones, shapes, strict=True)) if _can_tell(said, shape)]
    if len(told) < FEWEST:
        return result
    sounds = [_sounds(phones[index]) for index in told]
    voice = _Voice(sounds, [shapes[index] for index in told], [paragraphs[index] for index in told])
    places = [place for place in range(len(told)) if voice.is_taught(place)]
    if not places:
        return result
    fit = np.array(list(voice.fits(places)))
    usual = float(np.median(fit))
    for at in np.flatnonzero(fit < _POOR * usual).tolist():
        place = places[at]
        if len(shapes[told[place]]) >= _PARTED_BLOCKS and voice.better_part(place) > _IN_PART * usual:
            fit[at] = _IN_PART * usual
    result[[told[place] for place in places]] = fit
    return result


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """How sentences of a voice fit their words. of: each one, as `fits` tells; usual: the median.

    spread: standard deviation of the fit of one block, that of n is less by √n; inf where too little is known to judge;
    known: how well the voice is known, from 0 to 1: a sound that was heard twice or thrice is easily mistaken.
    """

    of: Floats
    usual: float
    spread: float
    known: float = 1.0

    def limit(self, n_blocks: int) -> float:
        """The fit under which so much sound is not that of its words, by what is usual in its voice."""
        misfit = self.known * float(np.interp(n_blocks, _MISFIT_BLOCKS, _MISFIT)) * min(self.usual, _USUAL_AT_MOST)
        return min(misfit, self.usual - _DEVIATIONS * self.spread / float(np.sqrt(min(n_blocks, _MOST_BLOCKS))))

    def is_clear(self, index: int) -> bool:
        """Whether a sentence clearly sounds like its words, whatever else is odd about it."""
        return bool(np.isfinite(self.spread) and self.of[index] > _CLEAR * self.usual)


def known_fit(of: Floats, phones: Sequence[str], n_blocks: Sequence[int]) -> Fit:
    """What the fits of a voice's sentences tell, each of these phones and so many blocks."""
    is_told = ~np.isnan(of)
    told, blocks = of[is_told], np.array(n_blocks)[is_told]
    if len(told) < FEWEST:
        return Fit(of, 0.0, np.inf)
    usual = float(np.median(told))
    spread = 1.48 * float(np.median(np.abs(told - usual) * np.sqrt(np.minimum(blocks, _MOST_BLOCKS))))
    spread = (_SPREAD * _SPREAD_WEIGHT + spread * len(told)) / (_SPREAD_WEIGHT + len(told))
    n_sounds = sum(len(_sounds(said)) for said in phones)
    fit = Fit(of, usual, spread, float(np.interp(n_sounds, _LITTLE_TAUGHT, (0, 1))))
    n_wrong = sum(each < fit.limit(n) for each, n in zip(told.tolist(), blocks.tolist(), strict=True))
    return fit if usual >= _KNOWN and n_wrong <= _FEW_WRONG * len(told) else Fit(of, usual, np.inf)


def _can_tell(phones: str, shape: Shape) -> bool:
    return len(shape) >= _SHORTEST_BLOCKS and any(map(str.isalpha, phones))


def _sounds(phones: str) -> list[str]:
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


class _Voice:
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
        ways = dict(zip(even, _ways(pairs), strict=True))
        self._taught({index: self._features(index, way) for index, way in ways.items()})
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
        """See `fits`, of sentences that are taught."""
        yield from map(_nearer, _farness(self._held_against(places)))

    def better_part(self, index: int) -> float:
        """How a sentence's beginning or its end fits, whichever fits better, each at the voice's own pace."""
        n_blocks = max(round(float(self._blocks[self._classes[index]].sum())), _SHORTEST_BLOCKS)
        number = self._paragraphs[index]
        lesson = self._all - self._lessons[number] if number in self._lessons else self._all
        known = lesson.learned(self._n_classes) @ self._white
        sound, own = self._heard(index), self._features(index, n_blocks=n_blocks) @ known
        ends: list[Pair] = []
        for share in _PARTS:
            part = min(round(share * n_blocks), len(sound))
            others = list(self._stretches(index, self._others @ known, part))
            ends += ((sound[at], np.stack([own[at], *others])) for at in (slice(part), slice(-part, None)))
        return max(map(_nearer, _farness(ends)))

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


def _farness(pairs: Iterable[Pair]) -> Iterator[Floats]:
    """How far each sound is from each of what is expected, along the nearest way."""
    return _along(pairs, lambda reached: reached[-1].min(axis=0))


def _ways(pairs: Iterable[Pair]) -> Iterator[NDArray[np.float64]]:
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
    padded = np.pad(expected, ((0, 0), (room, room), (0, 0)), mode="edge")
    near = np.full((n_blocks, 2 * width + 1, len(expected)), np.inf, np.float32)
    for offset in range(2 * room + 1):
        differences = padded[:, offset : offset + n_blocks] - sound
        near[:, width - room + offset] = np.einsum("nbk,nbk->bn", differences, differences)
    inside = near[:, width - room : width + room + 1]
    np.minimum(inside, _FARTHEST * n_bands, out=inside)
    return near


def _width(n_blocks: int) -> int:
    return max(_WARPED_BLOCKS, round(_WARPED * n_blocks))
