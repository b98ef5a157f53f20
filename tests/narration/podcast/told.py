"""Episodes to publish in tests: text, and the sound that the tone engine makes of it, each word at a known time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from audio.clip import Samples
from audio.codecs.mp3 import Mp3Codec
from audio.episode import Episode, Tags
from audio.formats.mp3 import Mp3Format
from narration.engines import Delivery
from narration.engines.tone import ToneEngine
from narration.heard import HeardSegment, HeardSentence, HeardWord
from narration.podcast.programme import Programme, ProgrammeChapter
from script.script import Segment, SegmentKind, Span, Utterance
from tests.audio.episodes import MemoryPart

CODEC = Mp3Codec()
LEAD_SAMPLES = 2 * CODEC.frame_samples
TAIL_SAMPLES = CODEC.sample_rate_hz // 4
UPSAMPLED = 2  # the tone engine's 22,050 Hz


@dataclass(frozen=True, slots=True)
class Told:
    """What an article has: the kind of each segment, its level, its sentences, and whether a chapter starts there."""

    kind: SegmentKind
    sentences: tuple[str, ...] = ()
    level: int = 0
    chapter: str = ""
    language: str = ""

    @property
    def text(self) -> str:
        return " ".join(self.sentences)


def programme(
    told: Sequence[Told],
    folder: Path | None = None,
    *,
    title: str = "An Episode",
    language: str = "en",
    slug: str = "it",
) -> Programme:
    """The programme of the article; its sound is written into the published folder, if there is one."""
    sounds: list[Samples] = []
    segments: list[tuple[Segment, HeardSegment]] = []
    opened: list[tuple[str, int, int]] = []
    samples = 0
    for number, each in enumerate(told, 1):
        if each.chapter or not opened:
            opened.append((each.chapter or title, samples, number))
        sound, heard = _spoken(each, number, samples)
        segments.append((_segment(each, number, len(opened)), heard))
        sounds.append(sound)
        samples += len(sound)
    n_samples = samples - CODEC.delay_samples
    n_bytes = _write(sounds, folder / "episodes" / slug / f"{slug}.mp3") if folder else 0
    return Programme(
        key="a-key",
        slug=slug,
        title=title,
        author="An Author",
        date="2024-06-01",
        language=language,
        description="What it is about.",
        audio=f"{slug}.mp3",
        mime="audio/mpeg",
        n_bytes=n_bytes,
        sample_rate_hz=CODEC.sample_rate_hz,
        n_samples=n_samples,
        chapters=tuple(_chapters(opened, len(told), n_samples)),
        segments=tuple(segments),
    )


def _write(sounds: Sequence[Samples], path: Path) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    parts = [MemoryPart(CODEC.encode(sound)) for sound in sounds]
    with path.open("w+b") as out:
        Mp3Format().write(Episode(CODEC, parts, (), Tags()), out)
    return path.stat().st_size


def _chapters(opened: Sequence[tuple[str, int, int]], n_segments: int, end: int) -> Iterator[ProgrammeChapter]:
    following = [*opened[1:], ("", end, n_segments + 1)]
    for number, ((name, start, first), (_, stop, after)) in enumerate(zip(opened, following, strict=True), 1):
        yield ProgrammeChapter(number, name, start, stop, first, after - 1)


def _segment(told: Told, number: int, chapter: int) -> Segment:
    spoken = tuple(Utterance(each, (Span(0, len(each), 0, len(each)),)) for each in told.sentences)
    return Segment(number, told.kind, told.level, chapter, told.text, spoken, "", None, 0.5, told.language)


def _spoken(told: Told, number: int, start: int) -> tuple[Samples, HeardSegment]:
    """The sound of a segment and when its words are heard, if it starts at this sample of the episode."""
    speeches = ToneEngine().speak(told.sentences, Delivery("high"))
    pieces = [np.zeros(LEAD_SAMPLES, np.float32)]
    sentences: list[HeardSentence] = []
    position, character = start + LEAD_SAMPLES, 0
    for sentence, speech in zip(told.sentences, speeches, strict=True):
        words = tuple(
            HeardWord(
                word.start,
                word.end,
                position + UPSAMPLED * word.from_samples,
                position + UPSAMPLED * word.to_samples,
                (character + word.start, character + word.end),
            )
            for word in speech.words
        )
        pieces += [np.repeat(speech.clip.samples, UPSAMPLED), np.zeros(TAIL_SAMPLES, np.float32)]
        end = position + len(pieces[-2])
        sentences.append(HeardSentence(sentence, position, end, words, "exact"))
        position, character = end + TAIL_SAMPLES, character + len(sentence) + 1
    sound = np.concatenate(pieces)
    sound = np.pad(sound, (0, -len(sound) % CODEC.frame_samples))
    heard = HeardSegment(
        number,
        number if told.sentences else None,
        "tone/high" if told.sentences else "",
        start,
        start + len(sound),
        tuple(sentences),
    )
    return sound, heard
