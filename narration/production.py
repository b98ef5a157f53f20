"""An open project with its workers: what `make`, `redo`, `pick` and `export` all do in the end.

Plan, record or encode what is missing, put the takes on the timeline, write the files.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from audio.episode import Cover, Format, Tags
from narration import cover, places, snapshot
from narration.cast import Cast
from narration.check.takes import TakesCheck
from narration.episode import Timeline, timeline
from narration.errors import DamagedTakeError, EngineError
from narration.formats import format_for
from narration.mastering import Mastering
from narration.memory import available_bytes
from narration.output import renew_file, replace_file
from narration.plan import Paragraph, Plan, Step, paragraphs, plan
from narration.project import EncodedTake, Output, ProjectFile
from narration.record import Failure, OnProgress, Order, Studio, encode, record
from narration.settings import NONE
from narration.snapshot import Snapshot
from narration.take import Sound
from narration.voices import VoiceName
from narration.workers import Workers, started_workers

if TYPE_CHECKING:
    from narration.heard import HeardSegment

J = TypeVar("J")
T = TypeVar("T")


class NotRecordedError(EngineError):
    """Paragraphs have no take, and nothing was written."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it stands now, and what is on its timeline. changed: whether it was written again."""

    path: Path
    format: Format
    timeline: Timeline
    changed: bool


class Production:
    """An open project, the workers that record for it, and the voices in use."""

    def __init__(self, project: ProjectFile, workers: Workers, cast: Cast, on_progress: OnProgress) -> None:
        self.project = project
        self.cast = cast
        self.notes: list[str] = []
        self.taken = TakesCheck(workers)
        self._workers = workers
        self._on_progress = on_progress
        self._studios: dict[str, Studio] = {}

    def snapshot(self) -> Snapshot:
        """What the last `make` read. Raises UsageError when there was none."""
        return snapshot.last_made(self.project)

    def planned(self, now: Snapshot, before: Snapshot | None) -> Plan:
        """The plan for an episode, with its reasons against the last one."""
        earlier = episode_paragraphs(before) if before else ()
        return plan(episode_paragraphs(now), self.project.takes(), self.project.choices(), earlier)

    def record(self, orders: Iterable[Order], format_: Format, now: Snapshot) -> tuple[Failure, ...]:
        """Record the orders, each sound once; what could not be recorded."""
        alike: dict[object, list[Order]] = {}
        for order in orders:
            alike.setdefault(order.sound.key if order.how is None else order, []).append(order)
        self._limit_workers(first.sound for first, *_ in alike.values())
        failed = record(
            (first for first, *_ in alike.values()), self._studio(mastering(format_, now)), self._on_progress
        )
        numbers = {first.number: [first.number, *(order.number for order in rest)] for first, *rest in alike.values()}
        return tuple(replace(failure, paragraph=n) for failure in failed for n in numbers[failure.paragraph])

    def _limit_workers(self, sounds: Iterable[Sound]) -> None:
        """Go on with as many workers as there is memory for: each loads the models of all these voices."""
        needed = self.cast.memory_bytes({VoiceName(sound.engine, sound.voice) for sound in sounds})
        free = available_bytes()
        if not needed or free is None:
            return
        before, fitting = self._workers.n_workers, max(1, free // needed)
        if fitting < before:
            self._workers.limit(fitting)
            self.notes.append(
                f"{fitting} of {before} workers were at work: each takes about {needed / 1e9:.1f} GB for its voices, "
                f"and {free / 1e9:.1f} GB were free."
            )

    def _studio(self, mastering_: Mastering) -> Studio:
        if mastering_.key not in self._studios:
            self._studios[mastering_.key] = Studio(
                self._workers, self._workers.n_workers, self.project, mastering_, self.cast.report, {}, self.taken.add
            )
        return self._studios[mastering_.key]

    def submit(self, fn: Callable[[J], T], job: J) -> Future[T]:
        """The future of a worker's answer."""
        return self._workers.submit(fn, job)

    def write(self, paths: Sequence[Path], now: Snapshot, *, anew: bool = False) -> tuple[Written, ...]:
        """Each of the files, written if it is not as it would be written. Raises NotRecordedError.

        anew: in any case; what was left by us may have been changed without its size and time telling it.
        """
        return tuple(self._write(path, now, partial(self._written, anew=anew)) for path in paths)

    def write_copy(self, path: Path, now: Snapshot) -> Written:
        """A file that is none of the project's own: neither `redo` nor `pick` writes it again."""
        return self._write(path, now, self._copied)

    def _write(self, path: Path, now: Snapshot, written: Callable[[Path, Snapshot], Written]) -> Written:
        try:
            return written(path, now)
        except DamagedTakeError:
            takes = (step.take for step in self.planned(now, None).steps if step.take is not None)
            key = mastering(format_for(path), now).key
            self.notes += (*self.project.drop_damaged(key, takes), *self.project.shelf.drop_damaged(key))
        return written(path, now)

    def _copied(self, path: Path, now: Snapshot) -> Written:
        line, format_ = self.timeline(path, now)
        changed = renew_file(path, lambda out: format_.write(line.episode, out))
        return Written(path, format_, line, changed)

    def _written(self, path: Path, now: Snapshot, *, anew: bool) -> Written:
        format_ = format_for(path)
        line = self._timeline(format_, now)
        fingerprint = f"{path.suffix.lower()} {_version()} {line.fingerprint}"
        known = {output.path.resolve(): output for output in self.project.outputs()}.get(path.resolve())
        if not anew and known and known.fingerprint == fingerprint and _as_left(path, known):
            return Written(path, format_, line, changed=False)
        status = replace_file(path, lambda out: format_.write(line.episode, out))
        self.project.add_output(Output(path, fingerprint, status.st_size, status.st_mtime_ns))
        places.remember(str(path), self.project.path)
        return Written(path, format_, line, changed=True)

    def timeline(self, path: Path, now: Snapshot) -> tuple[Timeline, Format]:
        """The timeline of the file that would be written there, and its format."""
        format_ = format_for(path)
        return self._timeline(format_, now), format_

    def heard(self, path: Path, now: Snapshot, line: Timeline) -> Iterator["HeardSegment"]:
        """When every word is heard in the file that would be written there; line: its timeline."""
        from narration.heard import heard_segments

        encoded = self.project.encoded(mastering(format_for(path), now).key)
        return heard_segments(self.project, now, line, self.planned(now, None).steps, encoded)

    def _timeline(self, format_: Format, now: Snapshot) -> Timeline:
        steps = self.planned(now, None).steps
        missing = [step.paragraph.number for step in steps if step.action == "record"]
        if missing:
            raise NotRecordedError(
                " ".join([*self.notes, f"Not recorded yet: paragraph {', '.join(map(str, missing[:20]))}."])
                + " Nothing was written; `narrate make` records what is missing."
            )
        mastering_ = mastering(format_, now)
        there = self.project.encoded(mastering_.key)
        lacking = {step.take for step in steps if step.take is not None and step.take not in there}
        if lacking:
            sounds = {take.id: take.sound for take in self.project.takes() if take.id in lacking}
            encode(sounds, self._studio(mastering_), self._on_progress)
            there = self.project.encoded(mastering_.key)
        line = timeline(now.script, steps, there, mastering_.codec, self.project.packets, tags(now))
        return self._scored(line, now, steps, there, mastering_) if now.music else line

    def _scored(
        self, line: Timeline, now: Snapshot, steps: Sequence[Step], there: Mapping[int, EncodedTake], how: Mastering
    ) -> Timeline:
        """The episode with its music, which is mixed now where it is not there."""
        from narration.mix import mix
        from narration.score import cues, scored

        played = cues(line, now.script, steps, there, dict(now.music), how)
        mix(played, line, steps, there, self._studio(how), self._on_progress)
        return scored(line, now.script, steps, there, played, self.project.shelf.mixes(how.key))


@contextmanager
def production(path: Path, jobs: int, on_progress: OnProgress) -> Iterator[Production]:
    """An existing project, opened, with so many workers (0: one per core)."""
    with ProjectFile(path) as project, started_workers(jobs) as workers:
        yield Production(project, workers, Cast(workers), on_progress)


def episode_paragraphs(episode: Snapshot) -> tuple[Paragraph, ...]:
    """The episode's segments as the plan sees them."""
    segments = episode.script.segments
    return paragraphs([each.text for each in segments], episode.sounds, [each.lexicon for each in segments])


def mastering(format_: Format, now: Snapshot) -> Mastering:
    """How takes become that format's packets."""
    codec = format_.stereo_codec if now.settings.stereo else format_.codec
    return Mastering(codec, now.settings.target_lufs, now.settings.ceiling_dbtp)


def tags(now: Snapshot) -> Tags:
    """What a player shows of the episode. Raises UsageError for a cover that is no picture."""
    script = now.script
    return Tags(script.title, script.author, script.date, script.language, script.description, _cover(now))


@cache
def _version() -> str:
    """Ours: another one may write the same episode otherwise."""
    return version("narration")


def _as_left(path: Path, known: Output) -> bool:
    try:
        status = path.stat()
    except OSError:
        return False
    return (status.st_size, status.st_mtime_ns) == (known.size, known.mtime_ns)


def _cover(now: Snapshot) -> Cover | None:
    """The picture that a person named, else the article's own; none where they wanted none."""
    if now.settings.cover.lower() in NONE:
        return None
    if now.settings.cover:
        return cover.named_cover(now.settings.cover, now.source)
    return cover.cover(now.cover) if now.cover else None
