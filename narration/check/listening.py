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
_OBSTRUENT_GAIN, _AFTER_PAUSE_GAIN = 4.0, 10.0  # of a doubled word that cannot be one that is drawn out
_PAUSE_FRAMES = 5  # before a word, which may then begin with a breath or a click
_OBSTRUENTS = frozenset(["B", "CH", "D", "DH", "F", "G", "HH", "JH", "K", "P", "S", "SH", "T", "TH", "V", "Z", "ZH"])
_SHORT_LETTERS = 3
# A short word without a stop or a hiss is shorter than others, by the length of its sounds in its sentence, unless it
# is said twice; and the recogniser does not mind how long a vowel is, and charges for a second word.
_DRAWN_OUT, _DRAWN_OUT_GAIN = 1.3, 20.0
_SCHWA, _SCHWA_GAIN, _SCHWA_SLOPE, _SCHWA_LONGEST = 0.8, 4.0, -40.0, 1.5  # of "a": the longer, the less need be gained
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

    @property
    def names(self) -> list[str]:
        """The words alone."""
        return [word for word, *_ in self.words]


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Where other words may have been said. first to last: in those expected; start to end: in those heard instead."""

    first: int
    last: int
    start: int
    end: int

    @property
    def change(self) -> Change:
        """What became of the words."""
        more = (self.end - self.start) - (self.last - self.first)
        return "dropped" if more < 0 else "doubled" if more > 0 else "swapped"


def word_faults(text: str, clip: Clip) -> tuple[WordFault, ...] | None:
    """The words of an English text that are not in the clip as they should be; None where it cannot be listened to."""
    from narration.word_times.aligned import model_sound, pronounced

    expected = pronounced(text)
    if not expected:
        return None
    sound = model_sound(clip)
    heard = _audible(_decoded(_with_detours(expected), len(expected), sound), sound)
    if not heard.words:
        return None
    changes, drawn_out = list(_changes(expected, heard.names)), list(_drawn_out(expected, heard))
    if not changes and not drawn_out:
        return ()
    straight = _strictly(expected, sound)
    doubts = changes if straight.score is None else [*changes, *drawn_out]
    return tuple(_believed(doubts, expected, heard, straight, sound))


def _believed(
    doubts: Sequence[_Doubt], expected: Sequence[str], heard: _Heard, straight: _Heard, sound: bytes
) -> Iterator[WordFault]:
    """Of the changes that were heard or may be, those that make the sound clearly likelier."""
    names = heard.names
    for doubt in doubts:
        instead = names[doubt.start : doubt.end]
        changed = [*expected[: doubt.first], *instead, *expected[doubt.last :]]
        score = _strictly(changed, sound).score if changed else None
        if score is None:
            continue
        if (
            straight.score is None
            or score - straight.score > _least_gain(doubt, heard, straight)
            or _is_said_twice(heard.words[doubt.start - 1 : doubt.end], doubt.change)
        ):
            before, after = heard.words[max(doubt.start - 1, 0)], heard.words[min(doubt.end, len(names) - 1)]
            said = " ".join(expected[doubt.first : doubt.last] or instead)
            yield WordFault(doubt.change, said, max(before[1] * _FRAME_S - _LEAD_S, 0), after[2] * _FRAME_S - _LEAD_S)


def _least_gain(doubt: _Doubt, heard: _Heard, straight: _Heard) -> float:
    """In nats. A stop or a hiss is heard twice only when it is said twice; a vowel may just be long."""
    said = heard.names[doubt.start : doubt.end]
    if doubt.change != "doubled":
        return _GAINS[doubt.change]
    drawn_out = _drawn_out_gain(heard, doubt.start) if len(said) == 1 else None
    if drawn_out is not None:
        return drawn_out
    if not all(map(_has_obstruent, said)):
        return _GAINS["doubled"]
    once = doubt.first - 1 if said[0] in straight.names[max(doubt.first - 1, 0) : doubt.first] else doubt.first
    return _AFTER_PAUSE_GAIN if _is_after_pause(straight, once) else _OBSTRUENT_GAIN


def _is_after_pause(heard: _Heard, at: int) -> bool:
    """Whether a pause in the sentence comes before the word."""
    return 0 < at < len(heard.words) and heard.words[at][1] - heard.words[at - 1][2] >= _PAUSE_FRAMES


def _drawn_out(expected: Sequence[str], heard: _Heard) -> Iterator[_Doubt]:
    """Words that were heard once, and are so long that they may have been said twice."""
    names = heard.names
    for first, start, length in difflib.SequenceMatcher(None, expected, names, autojunk=False).get_matching_blocks():
        for offset, name in enumerate(expected[first : first + length]):
            at = start + offset
            is_heard_once = name not in (*names[max(at - 1, 0) : at], *names[at + 1 : at + 2])
            if is_heard_once and _drawn_out_gain(heard, at) is not None:
                yield _Doubt(first + offset + 1, first + offset + 1, at, at + 1)


def _drawn_out_gain(heard: _Heard, at: int) -> float | None:
    """The least gain of a second time for a short word without a stop or a hiss; None where it is not long enough.

    Where it was heard twice, both times together count.
    """
    name = heard.words[at][0]
    if len(name) > _SHORT_LETTERS or _has_obstruent(name):
        return None
    own = sum(end - start for word, start, end in heard.words[max(at - 1, 0) : at + 2] if word == name)
    usual = sum(end - start for _, start, end in heard.words) / sum(len(_phones(word)) for word, *_ in heard.words)
    phones = _phones(name)
    length = own / (usual * len(phones))
    if phones == ["AH"]:
        return None if length < _SCHWA else _SCHWA_GAIN + _SCHWA_SLOPE * (min(length, _SCHWA_LONGEST) - _SCHWA)
    return None if length < _DRAWN_OUT else _DRAWN_OUT_GAIN


def _has_obstruent(word: str) -> bool:
    return not _OBSTRUENTS.isdisjoint(_phones(word))


def _phones(word: str) -> list[str]:
    from narration.word_times.aligned import recogniser

    phones: str = recogniser().lookup_word(word)
    return phones.split()


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


def _changes(expected: Sequence[str], names: Sequence[str]) -> Iterator[_Doubt]:
    """Where the two differ; differences within a word of each other are one: swapped words."""
    open_: _Doubt | None = None
    for tag, first, last, start, end in difflib.SequenceMatcher(None, expected, names, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if open_ and first - open_.last <= 1:
            open_ = _Doubt(open_.first, last, open_.start, end)
            continue
        if open_:
            yield open_
        open_ = _Doubt(first, last, start, end)
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


def _strictly(words: Sequence[str], sound: bytes) -> _Heard:
    """The words as they fit the sound, and nothing else; without a score when they do not at all."""
    straight: list[Transition] = [(index, index + 1, 1.0, word) for index, word in enumerate(words)]
    return _decoded(straight, len(words), sound)


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
