"""The findings of a recogniser that hears every sentence of an episode, voice by voice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import groupby

from audio.clip import Clip
from narration.check.checking import Look
from narration.check.findings import Finding, shortened
from narration.check.listening import WordFault, word_faults
from narration.check.measures import sentence_clips
from narration.check.speech import SpokenSentence
from narration.errors import UsageError
from narration.project import ProjectFile
from narration.word_times.aligned import is_alignable

_FOLLOWED = 0.6  # of a voice's sentences, heard word for word; less, and it is the recogniser that fails
_TELLING_WORDS = 4  # shorter sentences say little about that
_SAID = {"dropped": "is not said", "doubled": "is said twice", "swapped": "is said in another order"}


@dataclass(frozen=True, slots=True)
class VoiceHearing:
    """How a voice was followed. heard: its sentences; as_written: those of them that were heard word for word."""

    voice: str
    heard: int
    as_written: int
    followed: bool


@dataclass(frozen=True, slots=True)
class Listened:
    """What came of listening: findings, and each voice."""

    findings: tuple[Finding, ...]
    voices: tuple[VoiceHearing, ...]


Heard = tuple[SpokenSentence, tuple[WordFault, ...] | None]


def listened(look: Look, on_progress: Callable[[int, int], None]) -> Listened:
    """Every sentence of the episode heard. Raises UsageError where there is no recogniser."""
    if find_spec("pocketsphinx") is None:
        raise UsageError("Listening needs the package “pocketsphinx”: pip install 'narration[check]'.")
    by_voice: dict[str, list[Heard]] = {}
    for count, (sentence, clip) in enumerate(_clips(look), 1):
        on_progress(count, len(look.sentences))
        is_heard = sentence.voice and sentence.measures.speech_s and is_alignable(sentence.language)
        faults = word_faults(sentence.text, clip) if is_heard else None
        by_voice.setdefault(sentence.voice, []).append((sentence, faults))
    findings: list[Finding] = []
    voices = []
    for voice, heard in by_voice.items():
        hearing = _hearing(voice, heard)
        voices.append(hearing)
        findings += _findings(heard) if hearing.followed else []
        findings += [Finding(None, "unheard", "warning", None, None, each) for each in _unheard(hearing, heard)]
    return Listened(tuple(findings), tuple(voices))


def _clips(look: Look) -> Iterator[tuple[SpokenSentence, Clip]]:
    """The episode's sentences and their sound; one take is in memory at a time."""
    of_paragraph = {number: list(own) for number, own in groupby(look.sentences, key=lambda each: each.paragraph)}
    with ProjectFile(look.project) as project:
        for segment in look.heard:
            if segment.take is None:
                continue
            sounds = sentence_clips(project.recording(segment.take))
            yield from zip(of_paragraph[segment.number], sounds, strict=False)


def _hearing(voice: str, heard: list[Heard]) -> VoiceHearing:
    telling = [
        faults
        for sentence, faults in heard
        if is_alignable(sentence.language) and len(sentence.text.split()) >= _TELLING_WORDS
    ]
    as_written = sum(faults == () for faults in telling)
    followed = bool(telling) and as_written >= _FOLLOWED * len(telling)
    return VoiceHearing(voice or "your own recording", len(telling), as_written, followed)


def _findings(heard: list[Heard]) -> Iterator[Finding]:
    for sentence, faults in heard:
        for fault in faults or ():
            message = (
                f"Paragraph {sentence.paragraph}, “{shortened(sentence.text)}”: “{fault.words}” {_SAID[fault.change]}."
            )
            start_s = round(sentence.start_s + fault.from_s, 3)
            end_s = round(min(sentence.start_s + fault.to_s, sentence.end_s), 3)
            yield Finding(sentence.paragraph, "words", "error", start_s, end_s, message)


def _unheard(hearing: VoiceHearing, heard: list[Heard]) -> Iterator[str]:
    """What of the voice was not listened to, and why."""
    foreign = sum(not is_alignable(sentence.language) for sentence, _ in heard)
    if not any(sentence.voice for sentence, _ in heard):
        yield "Your own recordings are not listened to; their words were not checked."
        return
    if foreign:
        yield (
            f"The recogniser knows English alone; the words of {foreign} of {len(heard)} sentences of {hearing.voice} "
            "were not checked."
        )
    if hearing.followed or foreign == len(heard):
        return
    if hearing.heard:
        yield (
            f"The recogniser cannot follow {hearing.voice}: it hears {hearing.as_written} of {hearing.heard} sentences "
            "as they are written. That says nothing of the voice; its words were not checked."
        )
    else:
        yield (
            f"{hearing.voice} says no sentence of {_TELLING_WORDS} words or more, by which it is known whether the "
            "recogniser can follow; its words were not checked."
        )
