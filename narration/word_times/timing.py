"""When each word of a recording is heard, where the engine does not say so itself.

A recogniser finds the words, where there is one for the language and it can follow the voice. Else another voice, whose
word times are known, reads the same sentences, and the two sounds are laid on each other; where no such voice speaks
the language, the words are spread between the silences.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from audio.clip import Clip
from narration.take import SentenceTime, WordSource
from narration.word_times.aligned import aligned, is_alignable
from narration.word_times.likeness import laid_on
from narration.word_times.reference import Reading, joined_readings, readings
from narration.word_times.silences import between_silences
from narration.word_times.words import Timed, later, words

_PAUSE_S = 0.35  # between the sentences that a person reads


def with_words(
    utterances: Sequence[str], times: Sequence[SentenceTime], clip: Clip, language: str
) -> tuple[SentenceTime, ...]:
    """The sentences' times with those of their words.

    times: of each utterance in the clip; those that have their words stay as they are. language: BCP 47; "" keeps
    foreign libraries out, for a text that one of them may have failed on.
    """
    timed = [_aligned(text, time, clip, language) for text, time in zip(utterances, times, strict=True)]
    lacking = [index for index, time in enumerate(timed) if not time.words and time.to_samples > time.from_samples]
    read = readings([utterances[index] for index in lacking], language) if lacking else ()
    for position, index in enumerate(lacking):
        time = timed[index]
        part = _part(clip, time)
        found = _by(read[position], part) if read else between_silences([utterances[index]], part)[0]
        timed[index] = replace(time, words=later(found, time.from_samples), source="spread")
    return tuple(timed)


def told_apart(utterances: Sequence[str], clip: Clip, language: str) -> tuple[SentenceTime, ...]:
    """When each utterance and its words are heard in one clip of them all, as a person records them."""
    n_samples = len(clip.samples)
    found = aligned(" ".join(utterances), clip) if is_alignable(language) else None
    if found is not None:
        in_order = iter(found)
        timed = [tuple((*place, *next(in_order)[2:]) for place in words(text)) for text in utterances]
        return _sentences(timed, n_samples, "aligned")
    read = readings(utterances, language)
    if read is None:
        return _sentences(between_silences(utterances, clip), n_samples, "spread")
    in_order = iter(_by(joined_readings(read, _PAUSE_S), clip))
    return _sentences([tuple(next(in_order) for _ in each.words) for each in read], n_samples, "spread")


def _aligned(text: str, time: SentenceTime, clip: Clip, language: str) -> SentenceTime:
    """The time with its words as a recogniser finds them; as it is where it has them already, or they are not found."""
    if time.words or not is_alignable(language):
        return time
    found = aligned(text, _part(clip, time))
    return replace(time, words=later(found, time.from_samples), source="aligned") if found else time


def _part(clip: Clip, time: SentenceTime) -> Clip:
    return Clip(clip.samples[time.from_samples : time.to_samples], clip.sample_rate_hz)


def _by(reading: Reading, clip: Clip) -> tuple[Timed, ...]:
    """The words of a reading where the clip says what the reading says then."""
    places = np.array([word[2:] for word in reading.words], np.int64).reshape(-1, 2)
    heard = laid_on(clip, reading.clip, places).tolist()
    return tuple((*word[:2], at, to) for word, (at, to) in zip(reading.words, heard, strict=True))


def _sentences(timed: Sequence[tuple[Timed, ...]], n_samples: int, source: WordSource) -> tuple[SentenceTime, ...]:
    """Each sentence from its first word to its last; one without a word is where the one before ends."""
    times: list[SentenceTime] = []
    for each in timed:
        end = times[-1].to_samples if times else 0
        start, end = (each[0][2], each[-1][3]) if each else (end, end)
        times.append(SentenceTime(start, end, each, source))
    if times:
        times[0] = replace(times[0], from_samples=0)
        times[-1] = replace(times[-1], to_samples=n_samples)
    return tuple(times)
