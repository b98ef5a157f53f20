"""The whole of `make`: a source is read, what changed is recorded, and the episode is written."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from narration import places, snapshot
from narration.cast import Cast
from narration.check.findings import Finding
from narration.errors import UsageError
from narration.formats import format_for
from narration.output import refuse_place
from narration.plan import Plan, Step, plan
from narration.production import NotRecordedError, Production, Written, episode_paragraphs, tags
from narration.project import ProjectFile
from narration.reading import read
from narration.record import Failure, OnProgress, Order, no_progress
from narration.settings import Settings
from narration.snapshot import Snapshot
from narration.take import Recording
from narration.workers import Workers, prepare, started_workers


@dataclass(frozen=True, slots=True)
class ChapterTime:
    """A chapter of the finished episode, in seconds."""

    number: int
    title: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """What is done for a paragraph, and why. seconds: its length, estimated for what is not recorded yet."""

    number: int
    action: str
    why: str
    words: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Made:
    """What `make` did, as `--json` prints it; plan: only of a dry run. loudness and peak are the decoded file's.

    findings: what is wrong with what was recorded and written now; an error means that words may be lost.
    """

    output: str
    format: str
    duration_s: float
    chapters: tuple[ChapterTime, ...]
    paragraphs: int
    recorded: int
    reused: int
    loudness_lufs: float | None
    true_peak_dbtp: float | None
    notes: tuple[str, ...]
    failed: tuple[Failure, ...]
    findings: tuple[Finding, ...] = ()
    plan: tuple[PlannedStep, ...] | None = None


def narrate(
    source: str | Path,
    output: str | Path | None = None,
    *,
    project: str | Path | None = None,
    source_format: str | None = None,
    dry_run: bool = False,
    on_progress: OnProgress = no_progress,
    **settings: object,
) -> Made:
    """Narrate a source into an episode, recording only what is not there yet.

    source: a path, or "-" for standard input; output: its suffix picks the format, by default the source's stem and
    .mp3; settings: by the names of the command line's options (voice="en-gb", pause={"heading": 2}); project: the
    project file, by default beside the output; dry_run: plan only.

    Returns what was made; `failed` names the paragraphs that could not be recorded, and then no file was written.
    Raises UsageError, ArticleError, EngineError, AudioError, ProjectError.
    """
    asked = _asked(str(source), output, project, source_format, settings)
    prepare()
    with ExitStack() as closing:
        opened, before = _opened(closing, asked.project, asked.output)
        now = read(asked.source, asked.source_format, asked.settings, before, with_cover=True)
        workers = closing.enter_context(started_workers(now.settings.jobs))
        cast = Cast(workers)
        cast.expect_voice(now.settings)
        path = asked.output or places.titled_output(asked.source, now.script.title)
        if opened is None:
            opened, before = _opened(closing, asked.project, path)
        format_for(path)  # an unknown one is said now
        refuse_place(path, asked.source)
        guid = before.guid if before else ""
        now = replace(now, output=str(path.resolve()), sounds=cast.sounds(now.script, now.settings), guid=guid)
        digests, music = _music(now.settings, opened, workers)
        now = replace(now, music=tuple(digests.items()))
        tags(now)  # a cover that cannot be read is said before anything is recorded
        if dry_run:
            return _dry_run(now, before, path, opened, cast)
        if opened is None:
            opened = closing.enter_context(ProjectFile(asked.project or places.project_beside(path), create=True))
        for digest, recording in music.items():
            opened.shelf.add_music(digest, recording)
        return _made(Production(opened, workers, cast, on_progress), now, before, path)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What `make` was asked for. output: None while only the article can tell its name; project: None for beside it."""

    source: str
    output: Path | None
    project: Path | None
    source_format: str | None
    settings: Mapping[str, object]


def _asked(
    source: str,
    output: str | Path | None,
    project: str | Path | None,
    source_format: str | None,
    settings: Mapping[str, object],
) -> _Asked:
    """What is asked for; a project given as the source stands for what it was made from. Raises UsageError."""
    if source.endswith(places.SUFFIX):
        project = project or source
        source, made, entry, read_as = _asked_before(Path(source))
        source_format = source_format or read_as
        output = output or made
        settings = {"entry": entry, **settings} if entry else settings
    Settings().with_(settings, "settings")  # what is wrong with these is said before anything is read
    titled = places.is_untitled(source) or settings.get("entry") is not None  # the output has the article's name
    path = Path(output) if output else None if titled else places.default_output(source)
    return _Asked(source, path, Path(project) if project else None, source_format, settings)


def _music(
    settings: Settings, opened: ProjectFile | None, workers: Workers
) -> tuple[dict[str, str], dict[str, Recording]]:
    """As `taken_in`; without music nothing of it is loaded."""
    if not settings.soundtrack:
        return {}, {}
    from narration.mix import taken_in

    return taken_in(settings, opened.shelf if opened else None, workers)


def _opened(closing: ExitStack, project: Path | None, path: Path | None) -> tuple[ProjectFile | None, Snapshot | None]:
    """The project, if it is there already, and what it was last made from."""
    place = project or (places.project_beside(path) if path else None)
    if place is None or not places.exists(place):
        return None, None
    opened = closing.enter_context(ProjectFile(place))
    return opened, snapshot.kept(opened)


def _asked_before(place: Path) -> tuple[str, str, int | None, str | None]:
    """A project's source, the output asked for, which entry of a feed, and the format that was named."""
    with ProjectFile(place) as project:
        asked = next(project.made() or iter(()), None)
    if asked is None:
        raise UsageError(f"Nothing was made with {place} yet; give the article.")
    if asked["source"] == "-":
        raise UsageError(f"{place} was made from standard input; give the article again.")
    return asked["source"], asked["output"], asked.get("entry"), asked.get("source_format")


def _made(production: Production, now: Snapshot, before: Snapshot | None, path: Path) -> Made:
    try:
        return _recorded(production, now, before, path)
    except NotRecordedError:  # takes turned out to be damaged, and are not there any more
        return _recorded(production, now, before, path)


def _recorded(production: Production, now: Snapshot, before: Snapshot | None, path: Path) -> Made:
    project = production.project
    first = production.planned(now, before)
    if now != before:
        project.save_made(snapshot.packed(now))
    places.remember(now.source, project.path)
    orders = [
        Order(step, step.paragraph.sound, language=now.script.language_of(step.paragraph.number))
        for step in first.to_record
        if step.paragraph.sound
    ]
    failed = production.record(orders, format_for(path), now)
    notes = (*now.script.notes, *production.cast.notes(), *first.notes)
    if failed:
        return _counted(path, first, (*notes, *production.notes), failed)
    written = production.write([path], now)[0]
    made = _counted(path, first, (*notes, *production.notes), (), written)
    return replace(made, findings=_findings(production, written))


def _findings(production: Production, written: Written) -> tuple[Finding, ...]:
    """What is wrong with what was recorded and written now."""
    if not (production.taken or written.changed):
        return ()
    from narration.check.making import made_findings

    return made_findings(production.taken, written)


def _counted(
    path: Path,
    plan: Plan,
    notes: tuple[str, ...],
    failed: tuple[Failure, ...],
    written: Written | None = None,
) -> Made:
    spoken = [step for step in plan.steps if step.action != "pause"]
    line = written.timeline if written else None
    return Made(
        output=str(path),
        format=path.suffix.lower().removeprefix("."),
        duration_s=line.duration_s if line else 0.0,
        chapters=chapter_times(written) if written else (),
        paragraphs=len(spoken),
        recorded=len(plan.to_record) - len({failure.paragraph for failure in failed}),
        reused=len(spoken) - len(plan.to_record),
        loudness_lufs=round(line.loudness_lufs, 2) if line else None,
        true_peak_dbtp=round(line.true_peak_dbtp, 2) if line else None,
        notes=notes,
        failed=failed,
    )


def chapter_times(written: Written) -> tuple[ChapterTime, ...]:
    """The chapters in seconds; each ends where the next starts."""
    episode = written.timeline.episode
    rate_hz = episode.codec.sample_rate_hz
    starts = [chapter.start_samples / rate_hz for chapter in episode.chapters]
    ends = [*starts[1:], episode.n_samples / rate_hz]
    return tuple(
        ChapterTime(number, chapter.title, start, end)
        for number, (chapter, start, end) in enumerate(zip(episode.chapters, starts, ends, strict=True), 1)
    )


def _dry_run(now: Snapshot, before: Snapshot | None, path: Path, project: ProjectFile | None, cast: Cast) -> Made:
    """The plan against the project that is there, which is left as it is."""
    takes, choices = (project.takes(), project.choices()) if project else ((), {})
    earlier = episode_paragraphs(before) if before else ()
    planned = plan(episode_paragraphs(now), takes, choices, earlier)
    lengths = {take.id: take.duration_s for take in takes}
    steps = tuple(_planned(step, now, lengths) for step in planned.steps)
    pauses_s = sum(segment.pause_after_s for segment in now.script.segments)
    plays = (f"The {role} is {file}." for role, file in now.settings.soundtrack.items())
    result = _counted(path, planned, (*now.script.notes, *cast.notes(), *planned.notes, *plays), ())
    return replace(result, duration_s=round(sum(step.seconds for step in steps) + pauses_s, 1), plan=steps)


_LETTERS_PER_S = 14.0  # of eSpeak NG's English at its own pace, over the examples


def _planned(step: Step, now: Snapshot, lengths: Mapping[int, float]) -> PlannedStep:
    spoken = now.script.segments[step.paragraph.number - 1].spoken
    if step.take is not None:
        seconds = lengths[step.take]
    elif step.paragraph.sound is not None:
        seconds = sum(character.isalnum() for character in spoken) / _LETTERS_PER_S / step.paragraph.sound.speed
    else:
        seconds = 0.0
    return PlannedStep(step.paragraph.number, step.action, step.why, len(spoken.split()), round(seconds, 1))
