"""When every word of the episode is heard: the one timeline that captions, page and checks read.

All positions are samples of the episode, at its codec's rate; the page and the captions convert them once, each on its
own border.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narration.take import SentenceTime, WordSource
from narration.word_times.words import Timed, by_length, from_engine, shares, words

if TYPE_CHECKING:
    from narration.episode import Timeline
    from narration.plan import Step
    from narration.project import EncodedTake, ProjectFile, TakeTimes
    from narration.snapshot import Snapshot
    from narration.take import Sound
    from script.script import Segment, Span, Utterance


@dataclass(frozen=True, slots=True)
class HeardWord:
    """One spoken word. start, end: its characters in the sentence's `spoken`; from_samples, to_samples: when heard.

    written: the characters of Segment.text that it says, None where it traces to none.
    """

    start: int
    end: int
    from_samples: int
    to_samples: int
    written: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class HeardSentence:
    """One utterance and when it is heard; source: where its words' times come from."""

    spoken: str
    from_samples: int
    to_samples: int
    words: tuple[HeardWord, ...]
    source: WordSource


@dataclass(frozen=True, slots=True)
class HeardSegment:
    """One segment of the script on the episode's timeline: its sentences, none for a break.

    number: the segment's; take: the project's id of the take that is heard, None for a break;
    from_samples, to_samples: of its clip, padding included, without the pause behind it;
    voice: `engine/voice`, "" for a person's own recording or a break.
    """

    number: int
    take: int | None
    voice: str
    from_samples: int
    to_samples: int
    sentences: tuple[HeardSentence, ...]


def heard_segments(
    project: "ProjectFile",
    now: "Snapshot",
    line: "Timeline",
    steps: Iterable["Step"],
    encoded: Mapping[int, "EncodedTake"],
) -> Iterator[HeardSegment]:
    """Every segment of the episode as it is heard, one after the other; each is read when it is asked for.

    line, steps, encoded: the timeline, and the plan and the packets it was made of. The project stays open meanwhile.
    """
    codec = line.episode.codec
    sounds = {take.id: take.sound for take in project.takes()}
    for segment, step, start in zip(now.script.segments, steps, line.starts_samples, strict=True):
        if step.take is None:
            yield HeardSegment(segment.number, None, "", start, start, ())
            continue
        times, packets, sound = project.times(step.take), encoded[step.take], sounds[step.take]
        heard_at = _heard_at(packets.anchors, times.sample_rate_hz, start, codec.sample_rate_hz)
        yield HeardSegment(
            number=segment.number,
            take=step.take,
            voice=f"{sound.engine}/{sound.voice}" if sound else "",
            from_samples=start,
            to_samples=start + packets.n_packets * codec.frame_samples,
            sentences=tuple(_sentences(segment.text, said(segment, sound), times, heard_at)),
        )


def said(segment: "Segment", sound: "Sound | None") -> tuple["Utterance", ...]:
    """What a take of the segment says: its utterances, or the words that it was recorded with instead of them."""
    from script.script import Utterance

    if sound is None or sound.utterances == tuple(each.spoken for each in segment.utterances):
        return segment.utterances
    return tuple(map(Utterance, sound.utterances))


def _heard_at(
    anchors: Sequence[tuple[int, int]], take_rate_hz: int, start_samples: int, rate_hz: int
) -> Callable[[int], int]:
    """Where a sample of the take is heard, from where its pieces start in take and packets, and these on the line."""
    firsts = [in_take for in_take, _ in anchors]

    def heard_at(samples: int) -> int:
        in_take, in_packets = anchors[max(bisect_right(firsts, samples) - 1, 0)]
        return start_samples + in_packets + round((samples - in_take) * rate_hz / take_rate_hz)

    return heard_at


def _sentences(
    text: str, utterances: Sequence["Utterance"], times: "TakeTimes", heard_at: Callable[[int], int]
) -> Iterator[HeardSentence]:
    for utterance, time in zip(utterances, _apart(utterances, times.sentences), strict=True):
        timed, source = _timed(utterance.spoken, time)
        written = _written(text, utterance, timed)
        yield HeardSentence(
            utterance.spoken,
            heard_at(time.from_samples),
            heard_at(time.to_samples),
            tuple(
                HeardWord(start, end, heard_at(at), heard_at(to), place)
                for (start, end, at, to), place in zip(timed, written, strict=True)
            ),
            source,
        )


def _apart(utterances: Sequence["Utterance"], sentences: Sequence[SentenceTime]) -> Sequence[SentenceTime]:
    """A time for each utterance; by their length where others were recorded, before the lexicon was changed."""
    if len(sentences) == len(utterances):
        return sentences
    start, end = sentences[0].from_samples, sentences[-1].to_samples
    return tuple(SentenceTime(*time) for time in shares([len(each.spoken) for each in utterances], start, end))


def _timed(spoken: str, time: SentenceTime) -> tuple[tuple[Timed, ...], WordSource]:
    if time.words and time.source == "exact":
        return from_engine(spoken, time.words), "exact"
    if tuple(word[:2] for word in time.words) == words(spoken):
        return time.words, time.source
    return by_length(spoken, time.from_samples, time.to_samples), "spread"


def _written(text: str, utterance: "Utterance", timed: Iterable[Timed]) -> Iterator[tuple[int, int] | None]:
    """The written characters of each word: exactly where they are said as they stand, else all that were rewritten."""
    spans, index = utterance.spans, 0
    for start, end, *_ in timed:
        while index < len(spans) and spans[index].end <= start:
            index += 1
        traced: list[tuple[int, int]] = []
        for span in spans[index:]:
            if span.start >= end:
                break
            traced.append(_source(text, utterance.spoken, span, start, end))
        traced = [(first, last) for first, last in traced if first < last]
        yield (traced[0][0], traced[-1][1]) if traced else None


def _source(text: str, spoken: str, span: "Span", start: int, end: int) -> tuple[int, int]:
    if text[span.from_start : span.from_end] != spoken[span.start : span.end]:
        return span.from_start, span.from_end
    return span.from_start + max(start - span.start, 0), span.from_end - max(span.end - end, 0)
