"""A text read by a voice whose word times are known: eSpeak NG, which has a voice for nearly every language.

It crashes on some text, so it reads in worker processes alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from audio.clip import Clip
from audio.edit import joined, trimmed
from narration.engines.espeak_driver import EspeakError, Library
from narration.word_times.words import Timed, from_engine, later


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A sentence as it is read, without silence at its ends; words: their samples in the clip."""

    clip: Clip
    words: tuple[Timed, ...]


def readings(sentences: Sequence[str], language: str) -> tuple[Reading, ...] | None:
    """Each sentence read; None where there is no voice of that language, or it leaves words out.

    The library is loaded for this alone: the default engine counts on a fresh one, which there is not while another
    part of the process has it loaded.
    """
    voice = _voice(language)
    if not voice:
        return None
    library = Library()
    try:
        library.set_voice(voice)
        read = [library.synthesize(sentence) for sentence in sentences]
    except EspeakError:
        return None
    finally:
        library.close()
    if not all(given for _, given in read):
        return None
    return tuple(
        _trimmed(samples, library.sample_rate_hz, from_engine(sentence, given))
        for sentence, (samples, given) in zip(sentences, read, strict=True)
    )


def joined_readings(read: Sequence[Reading], pause_s: float) -> Reading:
    """The readings one behind the other with so much silence between; the words of all, as if it were one sentence."""
    whole, starts = joined([each.clip for each in read], pause_s)
    return Reading(
        whole, tuple(word for each, start in zip(read, starts, strict=True) for word in later(each.words, start))
    )


def _trimmed(samples: bytes, sample_rate_hz: int, timed: Sequence[Timed]) -> Reading:
    floats = np.frombuffer(samples, "<i2").astype(np.float32) / np.float32(32768)
    clip, cut = trimmed(Clip(floats, sample_rate_hz))
    return Reading(clip, later(timed, -cut))


def _voice(language: str) -> str:
    """The library's identifier for a voice of the language, of its region where there is one; "" for none."""
    tag = language.replace("_", "-").lower()
    base = tag.partition("-")[0]
    known = _voices()
    near = next((code for code in known if code.partition("-")[0] == base), "")
    return known.get(tag) or known.get(base) or known.get(near, "")


@cache
def _voices() -> dict[str, str]:
    """By language, the identifier that selects its voice."""
    library = Library()
    try:
        return {str(voice.id): identifier for identifier, voice in library.voices().items()}
    finally:
        library.close()
