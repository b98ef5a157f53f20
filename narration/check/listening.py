"""Each sentence heard by a recogniser: which of its words were dropped, doubled or swapped.

pocketsphinx searches the expected words, with ways around each of them; what it then believes to have heard is held
against what was expected, both decoded strictly, and only a clear gain is a finding. The thresholds were measured on
flite's voices (docs/voices.md).
"""

import difflib
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from audio.clip import Clip

Change = Literal["dropped", "doubled", "swapped"]

_FRAME_S, _FRAME_SAMPLES = 0.01, 160
_LEAD_S = 0.1  # of silence that is put before the sentence
_DETOUR = 0.01  # of each way around a word
_NATS = 1024  # the recogniser gives its score divided by this
_GAINS = {"dropped": 14.0, "doubled": 45.0, "swapped": 10.0}  # in nats, for each change on its own
_OBSTRUENT_GAIN = 5.0  # enough for a doubled word that cannot be one that is drawn out
_OBSTRUENTS = frozenset(["B", "CH", "D", "DH", "F", "G", "HH", "JH", "K", "P", "S", "SH", "T", "TH", "V", "Z", "ZH"])
_LOUD_PERCENT, _HEARD_DB = 90, 20.0  # how far under this share of a sentence's frames a word's loudest may be
_LONG_LETTERS, _LETTER_S = 4, 0.05  # a letter takes 0.07 s on the average
_VARIANT = re.compile(r"\(\d+\)$")  # of a word with several pronunciations

Transition = tuple[int, int, float] | tuple[int, int, float, str]


@dataclass(frozen=True, slots=True)
class WordFault:
    """Words that were not said as expected. from_s, to_s: where, in the sentence's clip."""

    change: Change
    words: str
    from_s: float
    to_s: float


@dataclass(frozen=True, slots=True)
class _Heard:
    """What was recognised. score: in nats, None when nothing fits; words, each with its first and last frame."""

    score: float | None
    words: tuple[tuple[str, int, int], ...]


def word_faults(text: str, clip: Clip) -> tuple[WordFault, ...] | None:
    """The words of an English text that are not in the clip as they should be; None where it cannot be listened to."""
    from narration.word_times.aligned import model_sound, pronounced

    expected = pronounced(text)
    if not expected:
        return None
    sound = model_sound(clip)
    heard = _audible(_decoded(_with_detours(expected), len(expected), sound), sound)
    names = [word for word, *_ in heard.words]
    if names == list(expected):
        return ()
    if not names:
        return None
    straight = _strictly(expected, sound)
    return tuple(_believed(expected, heard, straight, sound))


def _believed(expected: Sequence[str], heard: _Heard, straight: float | None, sound: bytes) -> Iterator[WordFault]:
    """Of the changes that were heard, those that make the sound clearly likelier."""
    names = [word for word, *_ in heard.words]
    for first, last, start, end in _changes(expected, names):
        changed = [*expected[:first], *names[start:end], *expected[last:]]
        change: Change = (
            "dropped" if end - start < last - first else "doubled" if end - start > last - first else "swapped"
        )
        score = _strictly(changed, sound) if changed else None
        if score is None:
            continue
        if (
            straight is None
            or score - straight > _least_gain(change, names[start:end])
            or _is_said_twice(heard.words[start - 1 : end], change)
        ):
            before, after = heard.words[max(start - 1, 0)], heard.words[min(end, len(names) - 1)]
            said = " ".join(expected[first:last] or names[start:end])
            yield WordFault(change, said, max(before[1] * _FRAME_S - _LEAD_S, 0), after[2] * _FRAME_S - _LEAD_S)


def _least_gain(change: Change, said: Sequence[str]) -> float:
    """In nats. A stop or a hiss is heard twice only when it is said twice; a vowel may just be long."""
    return _OBSTRUENT_GAIN if change == "doubled" and all(map(_has_obstruent, said)) else _GAINS[change]


def _has_obstruent(word: str) -> bool:
    from narration.word_times.aligned import recogniser

    phones: str = recogniser().lookup_word(word)
    return not _OBSTRUENTS.isdisjoint(phones.split())


def _audible(heard: _Heard, sound: bytes) -> _Heard:
    """What was recognised without the words that have no sound; the search may lay one into a pause."""
    samples = np.frombuffer(sound, np.int16).astype(np.float32)
    frames = samples[: len(samples) // _FRAME_SAMPLES * _FRAME_SAMPLES].reshape(-1, _FRAME_SAMPLES)
    levels_db = 10 * np.log10(np.square(frames).mean(axis=1) + 1)
    least_db = np.percentile(levels_db, _LOUD_PERCENT) - _HEARD_DB
    return _Heard(heard.score, tuple(word for word in heard.words if levels_db[word[1] : word[2]].max() > least_db))


def _is_said_twice(words: Sequence[tuple[str, int, int]], change: Change) -> bool:
    """Whether a longer word takes its time twice. The strict search may take the second one for a noise."""
    if change != "doubled" or len(words) != 2 or words[0][0] != words[1][0] or len(words[0][0]) < _LONG_LETTERS:
        return False
    return all((end - start) * _FRAME_S >= _LETTER_S * len(word) for word, start, end in words)


def _changes(expected: Sequence[str], names: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where the two differ, as a stretch of each; differences within a word of each other are one: swapped words."""
    open_: tuple[int, int, int, int] | None = None
    for tag, first, last, start, end in difflib.SequenceMatcher(None, expected, names, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if open_ and first - open_[1] <= 1:
            open_ = (open_[0], last, open_[2], end)
            continue
        if open_:
            yield open_
        open_ = (first, last, start, end)
    if open_:
        yield open_


def _with_detours(words: Sequence[str]) -> list[Transition]:
    """The words one behind the other; each can be left out, said twice, or change places with the next one."""
    n = len(words)
    spare = n + 1
    transitions: list[Transition] = []
    for index, word in enumerate(words):
        transitions.append((index, index + 1, 1 - 3 * _DETOUR, word))
        transitions += [(index, spare, _DETOUR, word), (spare, index + 1, 1.0, word)]
        spare += 1
        if index + 1 < n:
            following = words[index + 1]
            transitions.append((index, index + 2, _DETOUR, following))
            transitions += [(index, spare, _DETOUR, following), (spare, index + 2, 1.0, word)]
            spare += 1
    return [*transitions, (n - 1, n, _DETOUR)]


def _strictly(words: Sequence[str], sound: bytes) -> float | None:
    """How well the words fit the sound, in nats; None when they do not at all."""
    straight: list[Transition] = [(index, index + 1, 1.0, word) for index, word in enumerate(words)]
    return _decoded(straight, len(words), sound).score


def _decoded(transitions: list[Transition], final: int, sound: bytes) -> _Heard:
    from narration.word_times.aligned import recogniser

    decoder: Any = recogniser()
    decoder.add_fsg("expected", decoder.create_fsg("expected", 0, final, transitions))
    decoder.activate_search("expected")
    decoder.start_utt()
    decoder.process_raw(sound, full_utt=True)
    decoder.end_utt()
    hypothesis = decoder.hyp()
    if hypothesis is None or hypothesis.score <= 0:
        return _Heard(None, ())
    words = (
        (_VARIANT.sub("", segment.word), segment.start_frame, segment.end_frame + 1)
        for segment in decoder.seg()
        if segment.word[0] not in "<[("
    )
    return _Heard(math.log(hypothesis.score) * _NATS, tuple(words))
