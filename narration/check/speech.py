"""What is wrong with what is heard: findings over the measures of an episode's sentences, and nothing else."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

import numpy as np

from narration.check.findings import Finding, Severity, shortened
from narration.check.fit import Fit, fits, known_fit
from narration.check.measures import Measures, is_of_one_colour
from narration.check.pace import Pace, pace
from narration.check.repeats import heard_elsewhere

_FAR_TOO_SHORT, _FAR_TOO_LONG = -4.0, 4.5  # standard deviations of a voice's pace; its own sentences stay within 3.2
_LONGER = 1.7  # times; said twice it is 2 and more, and a name that is spelt out adds less
_TOO_SHORT, _ABRUPT_DB = -2.5, 1.0  # enough for a sentence that also ends louder than nearly all of its voice's
_ANOTHERS = 2.5  # half of a paragraph's sentences are further off than this only when it is another text
_TOLD_APART_S = 1.0  # shorter sentences say little of their text
_TOLD_BLOCKS = 18  # of sound, 0.9 s: fewer may fit other words by chance
_PAUSE_S, _EDGE_PAUSE_S = 0.5, 0.25
_IN_PAUSE_DB = -60.0
_FOREIGN_DB, _FOREIGN_SHORT_DB, _FOREIGN_SHORT_S = 7.0, 9.0, 1.0  # a word or two may consist of hissing alone
_STEADY_S = 1.2  # in a sentence that clearly sounds like its words
_COLOUR_BLOCKS = 10  # of sound, half a second: less may stay as it is
_QUIETER_DB = 9.0
_OFFSET = 0.02
_CLIPPED_FRAMES = 5  # voices touch full scale here and there, and are not clipped
_OFTEN = 3  # times that a sentence is said, from which it has a way of its own
_FEW = 4  # sentences of a voice, from which nothing can be told about the others


@dataclass(frozen=True, slots=True, eq=False)
class SpokenSentence:
    """A sentence of the episode as it was measured.

    voice: what its pace goes with, voice and speed; "" for a person's own recording, of whose words nothing is known;
    start_s, end_s: when it is heard in the episode; language: BCP 47; phones: in IPA, "" where they are not known.
    """

    paragraph: int
    text: str
    voice: str
    start_s: float
    end_s: float
    measures: Measures
    language: str = "en"
    phones: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class VoiceHabits:
    """What is usual in a voice, from all its sentences in the episode.

    pause_s: its longest inner pauses, but for outliers; end_db: how loud its sentences end, but for a twentieth;
    level_db: of its sentences; colour_db: their mean spectrum.
    """

    pace: Pace | None
    pause_s: float
    end_db: float
    level_db: float
    colour_db: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """What is wrong with sentences, and of which of them it cannot be told whether they sound like their words."""

    findings: tuple[Finding, ...]
    doubtful: frozenset[SpokenSentence]


def judged(sentences: Sequence[SpokenSentence], letters_per_s: Mapping[str, float] = MappingProxyType({})) -> Judgement:
    """What is wrong with these sentences, each against all others of its voice.

    letters_per_s: what is known of voices' pace beside, for where there are few sentences.
    """
    by_voice: dict[str, list[SpokenSentence]] = {}
    for sentence in sentences:
        by_voice.setdefault(sentence.voice, []).append(sentence)
    findings: list[Finding] = []
    doubtful: set[SpokenSentence] = set()
    for voice, own in by_voice.items():
        usual = habits(own, letters_per_s.get(voice, 0.0), known_words=bool(voice))
        fit = _fit(own)
        for index, sentence in enumerate(own):
            is_clear = fit.is_clear(index)
            findings += _heard_findings(sentence, usual, is_clear=is_clear)
            if is_clear and len(sentence.measures.shape) >= _TOLD_BLOCKS:
                continue
            if usual.pace and sentence.measures.speech_s:
                doubtful.add(sentence)
                findings += _pace_findings(sentence, usual.pace, usual.end_db)
        if usual.pace:
            findings += _text_findings(own, usual.pace)
            findings += _misfit_findings(own, fit)
    return Judgement(tuple(findings), frozenset(doubtful))


def speech_findings(
    sentences: Sequence[SpokenSentence], letters_per_s: Mapping[str, float] = MappingProxyType({})
) -> tuple[Finding, ...]:
    """The findings of `judged` alone."""
    return judged(sentences, letters_per_s).findings


def habits(sentences: Sequence[SpokenSentence], letters_per_s: float, *, known_words: bool) -> VoiceHabits:
    """What is usual in a voice that says these sentences; letters_per_s: its pace, 0 where it is not known."""
    heard = [each.measures for each in sentences if each.measures.speech_s]
    if not heard:
        return VoiceHabits(None, 0.0, 0.0, 0.0, np.zeros(0))
    shapes = [each.shape.mean(axis=0) for each in heard if len(each.shape)]
    own_pace = None
    if known_words:
        spoken = [each for each in sentences if each.measures.speech_s]
        own_pace = pace([each.text for each in spoken], [each.measures.speech_s for each in spoken], letters_per_s)
    return VoiceHabits(
        own_pace,
        float(np.percentile([each.pause_s for each in heard], 90)),
        float(np.percentile([each.end_db for each in heard], 95)) if len(heard) > _FEW else 0.0,
        float(np.median([each.level_db for each in heard])),
        np.median(shapes, axis=0) if len(shapes) > _FEW else np.zeros(0),
    )


def _heard_findings(sentence: SpokenSentence, usual: VoiceHabits, *, is_clear: bool) -> Iterator[Finding]:
    measures = sentence.measures
    if measures.before_db > _IN_PAUSE_DB:
        yield found_at(sentence, "cut", "error", "sound goes on in the pause before it")
    if not measures.speech_s:
        yield found_at(sentence, "silent", "error", "nothing is heard")
        return
    yield from _silence_findings(sentence, usual)
    yield from _foreign_findings(sentence, usual, is_clear=is_clear)
    if measures.level_db < usual.level_db - _QUIETER_DB:
        quieter = usual.level_db - measures.level_db
        yield found_at(sentence, "level", "warning", f"it is {quieter:.0f} dB quieter than the voice elsewhere")
    if measures.clipped >= _CLIPPED_FRAMES:
        yield found_at(sentence, "clipping", "warning", f"it reaches full scale in {measures.clipped * 10} ms of it")
    if abs(measures.offset) > _OFFSET:
        yield found_at(sentence, "offset", "warning", f"it lies off the middle by {measures.offset:+.3f} of full scale")


def _silence_findings(sentence: SpokenSentence, usual: VoiceHabits) -> Iterator[Finding]:
    measures = sentence.measures
    explained_s = usual.pace.longest_pause_s(sentence.text) if usual.pace else 0.0
    if measures.pause_s > max(_PAUSE_S, 2 * usual.pause_s, explained_s):
        message = f"nothing is heard for {measures.pause_s:.1f} s in its midst"
        yield found_at(sentence, "pause", "error", message, measures.pause_at_s, measures.pause_at_s + measures.pause_s)
    if measures.from_s > _EDGE_PAUSE_S:
        yield found_at(
            sentence, "cut", "error", f"nothing is heard for its first {measures.from_s:.1f} s", 0, measures.from_s
        )
    tail_s = measures.length_s - measures.to_s
    if tail_s > _EDGE_PAUSE_S:
        yield found_at(sentence, "cut", "error", f"nothing is heard for its last {tail_s:.1f} s", measures.to_s)


def _foreign_findings(sentence: SpokenSentence, usual: VoiceHabits, *, is_clear: bool) -> Iterator[Finding]:
    measures = sentence.measures
    if measures.steady_s > (_STEADY_S if is_clear else 0):
        end_s = measures.steady_at_s + measures.steady_s
        yield found_at(
            sentence, "noise", "error", f"{measures.steady_s:.1f} s are noise or a tone", measures.steady_at_s, end_s
        )
    elif is_clear:
        return
    elif len(measures.shape) >= _COLOUR_BLOCKS and is_of_one_colour(measures.shape):
        yield found_at(sentence, "noise", "error", "it is noise or a tone, of one colour from beginning to end")
    elif len(usual.colour_db) and len(measures.shape):
        foreign_db = float(np.abs(measures.shape.mean(axis=0) - usual.colour_db).mean())
        limit_db = _FOREIGN_DB if measures.speech_s >= _FOREIGN_SHORT_S else _FOREIGN_SHORT_DB
        if foreign_db > limit_db:
            yield found_at(sentence, "noise", "error", "it does not sound like its voice")


def _pace_findings(sentence: SpokenSentence, own: Pace, end_db: float) -> Iterator[Finding]:
    measures = sentence.measures
    surprise = own.surprise(sentence.text, measures.speech_s)
    lengths = f"{measures.speech_s:.1f} s, where {own.expected_s(sentence.text):.1f} s are expected"
    if surprise < _FAR_TOO_SHORT:
        yield found_at(sentence, "short", "error", f"it is too short for its words: {lengths}")
    elif surprise < _TOO_SHORT and measures.end_db > end_db + _ABRUPT_DB:
        yield found_at(sentence, "cut", "error", f"it ends abruptly: {lengths}")
    elif surprise > _FAR_TOO_LONG and measures.speech_s > _LONGER * own.expected_s(sentence.text):
        yield found_at(sentence, "long", "error", f"it is too long for its words: {lengths}")


def _text_findings(sentences: Iterable[SpokenSentence], own: Pace) -> Iterator[Finding]:
    for _, group in groupby(sentences, key=lambda each: each.paragraph):
        paragraph = list(group)
        telling = [each for each in paragraph if own.expected_s(each.text) > _TOLD_APART_S and each.measures.speech_s]
        off = [abs(own.surprise(each.text, each.measures.speech_s)) for each in telling]
        if len(off) > 1 and sorted(off)[(len(off) - 1) // 2] > _ANOTHERS:
            message = (
                f"Paragraph {paragraph[0].paragraph} is heard with another text: its sentences are not as long "
                "as these words are."
            )
            yield Finding(paragraph[0].paragraph, "text", "error", paragraph[0].start_s, paragraph[-1].end_s, message)


def _fit(sentences: Sequence[SpokenSentence]) -> Fit:
    """How the sentences of a voice fit their words. One that is said again and again may fit them in its own way."""
    shapes, paragraphs = [each.measures.shape for each in sentences], [each.paragraph for each in sentences]
    of = fits([each.phones for each in sentences], shapes, paragraphs)
    usual = np.nanmedian(of) if np.isfinite(of).any() else 0.0
    by_text: dict[str, list[int]] = {}
    for index, sentence in enumerate(sentences):
        by_text.setdefault(sentence.text, []).append(index)
    for alike in by_text.values():
        if len(alike) >= _OFTEN and np.isfinite(of[alike]).all():
            of[alike] += max(0.0, usual - float(np.median(of[alike])))
    return known_fit(of, [each.phones for each in sentences], [len(shape) for shape in shapes])


def _misfit_findings(sentences: Sequence[SpokenSentence], fit: Fit) -> Iterator[Finding]:
    """Sentences, and paragraphs as a whole, that do not sound like their words."""
    shapes = [each.measures.shape for each in sentences]
    for number, group in groupby(range(len(sentences)), key=lambda index: sentences[index].paragraph):
        own = [index for index in group if not np.isnan(fit.of[index])]
        n_blocks = np.array([len(shapes[index]) for index in own])
        wrong = [index for index, n in zip(own, n_blocks, strict=True) if _misfits(fit, float(fit.of[index]), n)]
        if not wrong and own and _misfits(fit, float(np.average(fit.of[own], weights=n_blocks)), n_blocks.sum()):
            first, last = sentences[own[0]], sentences[own[-1]]
            message = f"Paragraph {number} is heard with another text: it does not sound like these words."
            yield Finding(number, "text", "error", first.start_s, last.end_s, message)
        for index in wrong:
            other = heard_elsewhere(index, [each.text for each in sentences], shapes)
            if other is None:
                yield found_at(sentences[index], "text", "error", "it does not sound like these words")
                continue
            right = sentences[other]
            message = f"it is heard with the words of “{shortened(right.text)}” in paragraph {right.paragraph}"
            yield found_at(sentences[index], "repeat", "error", message)


def _misfits(fit: Fit, value: float, n_blocks: int) -> bool:
    """Whether so much sound does not fit its words."""
    return n_blocks >= _TOLD_BLOCKS and value < fit.limit(n_blocks)


def found_at(
    sentence: SpokenSentence, kind: str, severity: Severity, what: str, from_s: float = 0.0, to_s: float | None = None
) -> Finding:
    """A finding in a sentence, from from_s to to_s of it."""
    end_s = sentence.end_s if to_s is None else sentence.start_s + to_s
    message = f"Paragraph {sentence.paragraph}, “{shortened(sentence.text)}”: {what}."
    return Finding(sentence.paragraph, kind, severity, round(sentence.start_s + from_s, 3), round(end_s, 3), message)
