"""The whole of `check` without a recogniser: what the project has, what its files hold, what is heard."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from audio.episode import Format
from audio.errors import AudioError
from narration import places, snapshot
from narration.check.doubts import doubt_findings
from narration.check.files import file_findings
from narration.check.findings import Finding, error, in_order
from narration.check.measures import take_measures
from narration.check.phones import with_phones
from narration.check.speech import SpokenSentence, judged
from narration.check.state import state_findings
from narration.episode import Timeline, timeline
from narration.errors import DamagedTakeError
from narration.formats import format_for
from narration.heard import HeardSegment, heard_segments
from narration.plan import Plan, plan
from narration.production import episode_paragraphs, mastering, tags
from narration.project import ProjectFile
from narration.score import cues, scored
from narration.snapshot import Snapshot
from narration.take import Sound
from narration.workers import started_workers


@dataclass(frozen=True, slots=True)
class VoiceFigures:
    """What was measured of a voice: seconds of its speech, letters it says in one, its level in dB of full scale."""

    voice: str
    sentences: int
    speech_s: float
    letters_per_s: float
    level_db: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What was looked at. files: those read back, by name; listened: how many sentences a recogniser has heard."""

    duration_s: float
    paragraphs: int
    sentences: int
    files: tuple[str, ...]
    voices: tuple[VoiceFigures, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """An episode as it was looked at: what was read of it once, for whoever looks closer.

    path: of the first file; line: of its format, None when something is not recorded; sentences: as measured, in order;
    of_takes: those of the findings that another take may do away with; files: those that were read back.
    """

    project: Path
    now: Snapshot
    path: Path
    line: Timeline | None
    heard: tuple[HeardSegment, ...]
    sentences: tuple[SpokenSentence, ...]
    findings: tuple[Finding, ...]
    of_takes: tuple[Finding, ...]
    files: tuple[Path, ...]

    @property
    def format(self) -> Format:
        """The first file's."""
        return format_for(self.path)

    @property
    def measured(self) -> Measured:
        """What was looked at, in figures."""
        return Measured(
            round(self.line.duration_s, 3) if self.line else 0.0,
            sum(1 for segment in self.now.script.segments if segment.utterances),
            len(self.sentences),
            tuple(str(path) for path in self.files),
            tuple(_figures(self.sentences)),
        )


def look(episode: str) -> Look:
    """The episode, looked at: without a recogniser, and changing nothing. Raises UsageError, ProjectError."""
    with ProjectFile(places.find_project(episode)) as project:
        now = snapshot.last_made(project)
        return _look(project, now, _files(project, now, Path(episode)))


def _files(project: ProjectFile, now: Snapshot, episode: Path) -> tuple[Path, ...]:
    """The files to read back: the one that is named, or all that the episode has."""
    known = [output.path for output in project.outputs()]
    named = [path for path in known if path.resolve() == episode.resolve()]
    there = [path for path in known if path.exists()]
    return tuple(named or there or [Path(now.output)])


def _look(project: ProjectFile, now: Snapshot, files: tuple[Path, ...]) -> Look:
    planned = plan(episode_paragraphs(now), project.takes(), project.choices(), ())
    of_takes = tuple(state_findings(project, now, planned))
    findings = [error("file", f"There is no file {path}; `narrate` writes it.") for path in files if not path.exists()]
    line: Timeline | None = None
    heard: tuple[HeardSegment, ...] = ()
    sentences: tuple[SpokenSentence, ...] = ()
    spoken: tuple[Finding, ...] = ()
    try:
        for path in files:
            found = _line(project, now, planned, path)
            if found is None:
                message = f"{path.name} was written with other settings or by another version"
                findings.append(error("stale", f"{message}; `narrate` writes it anew."))
                continue
            if line is None:
                line, heard = found
                with started_workers(1) as workers:
                    sentences = tuple(with_phones(list(measured_sentences(project, now, heard, line)), workers))
                    spoken = tuple(sentence_findings(sentences, sounds_of(project, heard), workers))
            if path.exists():
                findings += file_findings(path, *found)
    except (DamagedTakeError, AudioError) as damage:
        findings.append(error("damaged", f"{damage} `narrate` makes it again."))
    of_takes = in_order([*of_takes, *spoken])
    return Look(
        project.path, now, files[0], line, tuple(heard), sentences, in_order([*findings, *of_takes]), of_takes, files
    )


def sentence_findings(
    sentences: Sequence[SpokenSentence], sounds: Mapping[int, Sound], workers: Executor
) -> Iterator[Finding]:
    """What is wrong with what is heard. sounds: of the takes, by their paragraphs' numbers."""
    judgement = judged(sentences)
    yield from judgement.findings
    yield from doubt_findings(sentences, judgement.doubtful, sounds, workers)


def sounds_of(project: ProjectFile, heard: Sequence[HeardSegment]) -> dict[int, Sound]:
    """What the paragraphs' takes were made from; nothing of a person's own recording."""
    sounds = {take.id: take.sound for take in project.takes()}
    by_number = ((segment.number, sounds[segment.take]) for segment in heard if segment.take is not None)
    return {number: sound for number, sound in by_number if sound is not None}


def _line(
    project: ProjectFile, now: Snapshot, planned: Plan, path: Path
) -> tuple[Timeline, tuple[HeardSegment, ...]] | None:
    """The timeline of that file and what is heard on it; None when not all of it is there."""
    format_ = format_for(path)
    how = mastering(format_, now)
    encoded = project.encoded(how.key)
    if any(step.action == "record" or (step.take is not None and step.take not in encoded) for step in planned.steps):
        return None
    line = timeline(now.script, planned.steps, encoded, how.codec, project.packets, tags(now))
    played, mixes = cues(line, now.script, planned.steps, encoded, dict(now.music), how), project.shelf.mixes(how.key)
    if any(cue.key not in mixes for cue in played):
        return None
    if played:
        line = scored(line, now.script, planned.steps, encoded, played, mixes)
    return line, tuple(heard_segments(project, now, line, planned.steps, encoded))


def measured_sentences(
    project: ProjectFile, now: Snapshot, heard: Sequence[HeardSegment], line: Timeline
) -> Iterator[SpokenSentence]:
    """The episode's sentences, each measured in its take."""
    rate_hz = line.episode.codec.sample_rate_hz
    takes = {take.id: take for take in project.takes()}
    for segment in heard:
        if segment.take is None:
            continue
        take, language = takes[segment.take], now.script.language_of(segment.number)
        spans = [(each.spoken, each.from_samples / rate_hz, each.to_samples / rate_hz) for each in segment.sentences]
        measures = list(take_measures(project.recording(segment.take)))
        if len(measures) != len(spans):  # a person's own recording: one stretch, however many sentences are in it
            spans = [(" ".join(text for text, *_ in spans), spans[0][1], spans[-1][2])]
        for (text, start_s, end_s), each in zip(spans, measures, strict=False):
            yield SpokenSentence(segment.number, text, manner(take.sound), start_s, end_s, each, language)


def manner(sound: Sound | None) -> str:
    """What a sentence's pace goes with: its voice and speed; "" for a person's own recording."""
    if sound is None:
        return ""
    speed = f" at {sound.speed:g}" if sound.speed != 1 else ""
    return f"{sound.engine}/{sound.voice}{speed}"


def _figures(sentences: Sequence[SpokenSentence]) -> Iterator[VoiceFigures]:
    for voice in sorted({each.voice for each in sentences}):
        own = [each for each in sentences if each.voice == voice]
        speech_s = sum(each.measures.speech_s for each in own)
        n_letters = sum(character.isalnum() for each in own for character in each.text)
        level_db = sorted(each.measures.level_db for each in own)[len(own) // 2]
        letters_per_s = round(n_letters / speech_s, 1) if speech_s else 0.0
        yield VoiceFigures(
            voice or "your own recording", len(own), round(speech_s, 1), letters_per_s, round(level_db, 1)
        )
