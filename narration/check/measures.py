"""What is measured of one sentence as it is heard, without knowing a word of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audio.clip import Clip
from audio.contour import FRAMES_PER_S, N_BANDS, Contour, Figures, contour
from audio.lossless import unpacked
from narration.take import Recording, SentenceTime

Shape = NDArray[np.int8]

BLOCK_FRAMES = 5
"""Frames of 10 ms in one block of a sentence's shape."""

SILENT_DB = -100.0

_QUIET_DB = -60.0  # under it nothing is heard
_BELOW_SPEECH_DB = 35.0  # frames that much quieter than the sentence are pauses in it
_LOUD_DB = 25.0  # frames down to that much under the loudest make the sentence's level
_STEADY_FRAMES = 80  # no sound of speech stays as it is for so long
_STEADY_DB, _STEADY_LEVEL_DB = 2.5, 0.8  # standard deviations under which it does, of level and bands, of level alone
_COLOUR_CHANGE_DB = 1.0  # noise, of any colour, changes by 0.3 to 0.8; the steadiest cry by 1.2, speech by 2 and more
_EDGE_FRAMES = 2
_SHAPE_FLOOR = np.float32(1e-5)  # 50 dB under the sentence: what is fainter differs from take to take
_CLIPPED = 0.999  # of full scale


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """One sentence. All times in seconds from the start of its stretch.

    length_s: of its stretch; from_s, to_s: from the first to the last sound that is heard, both 0 when there is none;
    level_db: of its louder frames; pause_at_s, pause_s: its longest inner silence; steady_at_s, steady_s: the longest
    stretch of sound that stays as it is; start_db, end_db: level of the first and last 20 ms of sound, relative to
    level_db; before_db: loudest frame in the pause before it; clipped: frames that reach full scale; offset: mean of
    the samples; shape: bands in blocks of 50 ms from from_s to to_s, whole dB relative to level_db, int8, shape
    (n, N_BANDS).
    """

    length_s: float
    from_s: float
    to_s: float
    level_db: float
    pause_at_s: float
    pause_s: float
    steady_at_s: float
    steady_s: float
    start_db: float
    end_db: float
    before_db: float
    clipped: int
    offset: float
    shape: Shape

    @property
    def speech_s(self) -> float:
        """From the first to the last sound."""
        return self.to_s - self.from_s


def take_measures(recording: Recording) -> Iterator[Measures]:
    """The measures of each of a take's sentences, from its sound. Raises AudioError for a take that is damaged."""
    waiting = list(recording.sentences)
    start = 0
    for piece in recording.pieces:
        clip = unpacked(piece)
        end = start + len(clip.samples)
        here = [time.later(-start) for time in waiting if time.from_samples < end]
        waiting = waiting[len(here) :]
        yield from clip_measures(contour(clip.samples, clip.sample_rate_hz), clip.sample_rate_hz, here)
        start = end
    for _ in waiting:  # said to be heard behind the end
        nothing = contour(np.zeros(0, np.float32), recording.sample_rate_hz)
        yield measured(nothing, nothing)


def sentence_clips(recording: Recording) -> Iterator[Clip]:
    """The sound of each of a take's sentences; one piece of it is in memory at a time."""
    start, waiting = 0, list(recording.sentences)
    for piece in recording.pieces:
        clip = unpacked(piece)
        while waiting and waiting[0].from_samples < start + len(clip.samples):
            time = waiting.pop(0)
            yield Clip(clip.samples[time.from_samples - start : time.to_samples - start], clip.sample_rate_hz)
        start += len(clip.samples)


def clip_measures(sound: Contour, sample_rate_hz: int, times: Sequence[SentenceTime]) -> Iterator[Measures]:
    """The measures of the sentences that are heard at those times of a sound."""
    frame = sample_rate_hz // FRAMES_PER_S
    last = 0
    for time in times:
        start, end = round(time.from_samples / frame), round(time.to_samples / frame)
        yield measured(sound[start:end], sound[last + 1 if last else 0 : max(start - 1, 0)])
        last = end


def measured(sound: Contour, before: Contour) -> Measures:
    """The measures of a sentence's stretch, and of the pause before it."""
    before_db = float(before.levels_db.max(initial=SILENT_DB))
    offset = float(sound.offsets.mean()) if len(sound) else 0.0
    clipped = int(np.count_nonzero(sound.peaks >= _CLIPPED))
    length_s = len(sound) / FRAMES_PER_S
    loud = sound.levels_db > max(float(sound.levels_db.max(initial=SILENT_DB)) - _LOUD_DB, _QUIET_DB)
    if not loud.any():
        nothing = np.zeros((0, N_BANDS), np.int8)
        return Measures(length_s, 0, 0, SILENT_DB, 0, 0, 0, 0, 0, 0, before_db, clipped, offset, nothing)
    level_db = _mean_db(sound.levels_db[loud])
    heard = np.flatnonzero(sound.levels_db > max(level_db - _BELOW_SPEECH_DB, _QUIET_DB))
    start, end = int(heard[0]), int(heard[-1]) + 1
    pause_at, pause = _longest_gap(heard)
    steady_at, steady = _steadiest(sound[start:end])
    return Measures(
        length_s,
        start / FRAMES_PER_S,
        end / FRAMES_PER_S,
        level_db,
        pause_at / FRAMES_PER_S,
        pause / FRAMES_PER_S,
        (start + steady_at) / FRAMES_PER_S,
        steady / FRAMES_PER_S,
        _mean_db(sound.levels_db[start : start + _EDGE_FRAMES]) - level_db,
        _mean_db(sound.levels_db[end - _EDGE_FRAMES : end]) - level_db,
        before_db,
        clipped,
        offset,
        _shape(sound[start:end], level_db),
    )


def _mean_db(levels_db: Figures) -> float:
    return float(10 * np.log10(np.mean(np.power(10, levels_db / 10))))


def _longest_gap(heard: "np.ndarray[tuple[int], np.dtype[np.intp]]") -> tuple[int, int]:
    """Where the longest run of frames between two that are heard begins, and how many they are."""
    gaps = np.diff(heard) - 1
    if not len(gaps):
        return 0, 0
    at = int(gaps.argmax())
    return int(heard[at]) + 1, int(gaps[at])


def _steadiest(sound: Contour) -> tuple[int, int]:
    """Where noise or a tone, sound that stays as it is, is heard for longest, and for how many frames; 0: nowhere."""
    if len(sound) < _STEADY_FRAMES:
        return 0, 0
    figures = np.concatenate([sound.levels_db[:, None], sound.bands_db], axis=1).astype(np.float64)
    above = np.concatenate([np.zeros((1, figures.shape[1])), figures])
    sums, squares = np.cumsum(above, axis=0), np.cumsum(above**2, axis=0)
    means = (sums[_STEADY_FRAMES:] - sums[:-_STEADY_FRAMES]) / _STEADY_FRAMES
    variances = (squares[_STEADY_FRAMES:] - squares[:-_STEADY_FRAMES]) / _STEADY_FRAMES - means**2
    deviations = np.sqrt(np.maximum(variances, 0))
    steady = (deviations.mean(axis=1) < _STEADY_DB) | (deviations[:, 0] < _STEADY_LEVEL_DB)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], steady & (means[:, 0] > _QUIET_DB), [False]]).astype(int)))
    runs = [
        (end - start + _STEADY_FRAMES - 1, start)
        for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    ]
    noises = [(n, at) for n, at in runs if is_of_one_colour(_shape(sound[at : at + n], float(means[at, 0])))]
    n_frames, start = max(noises, default=(0, 0))
    return start, n_frames


def is_of_one_colour(shape: Shape) -> bool:
    """Whether the bands stay as they are against one another in the course of a sound, whatever its level does."""
    colours = shape - shape.mean(axis=1, keepdims=True)
    return float(colours.std(axis=0).mean()) < _COLOUR_CHANGE_DB


def _shape(sound: Contour, level_db: float) -> Shape:
    n_blocks = len(sound) // BLOCK_FRAMES
    frames = sound.bands_db[: n_blocks * BLOCK_FRAMES].reshape(n_blocks, BLOCK_FRAMES, N_BANDS)
    powers = np.power(np.float32(10), (frames - np.float32(level_db)) / 10).mean(axis=1)
    shape: Shape = np.rint(10 * np.log10(np.maximum(powers, _SHAPE_FLOOR))).astype(np.int8)
    return shape
