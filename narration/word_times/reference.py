"""A text read by a voice whose word times are known: eSpeak NG, which has a voice for nearly every language.

It crashes on some text, so it reads in worker processes alone.
"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np

from audio.clip import Clip
from audio.edit import joined, trimmed
from narration.engines.espeak_library import EspeakError, Library, identifiers
from narration.voices import PREFERRED
from narration.word_times.words import Timed, from_engine, later


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A sentence as it is read, without silence at its ends; words: their samples in the clip."""

    clip: Clip
    words: tuple[Timed, ...]


def readings(sentences: Sequence[str], language: str) -> tuple[Reading, ...] | None:
    """Each sentence read; None where there is no voice of that language, or nothing is to be heard of a sentence."""
    try:
        voice = voice_of(language)
        read = _read(sentences, voice) if voice else ()
    except (EspeakError, OSError):  # the library does not work here; the words are found without it
        return None
    if not voice:
        return None
    return read if all(each.words and len(each.clip.samples) for each in read) else None


def _read(sentences: Sequence[str], voice: str) -> tuple[Reading, ...]:
    """Each sentence read.

    The library is loaded for this alone: the default engine counts on a fresh one, which there is not while another
    part of the process has it loaded.
    """
    with closing(Library()) as library:
        library.set_voice(voice)
        read = [library.synthesize(sentence) for sentence in sentences]
    return tuple(
        _trimmed(samples, library.sample_rate_hz, from_engine(sentence, given) if given else ())
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


def voice_of(language: str) -> str:
    """The library's identifier for a voice of the language, of its region where there is one; "" for none."""
    tag = language.replace("_", "-").lower()
    base = tag.partition("-")[0]
    known = identifiers()
    wanted = (PREFERRED.get(tag, tag), PREFERRED.get(base, base), base)
    return next((known[code] for code in wanted if code in known), "")
