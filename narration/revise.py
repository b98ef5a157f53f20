"""One paragraph at a time: record it again, list its takes, choose among them, write the episode anew."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from narration import places, snapshot, studio
from narration.check.findings import Finding
from narration.consent import note_commands
from narration.errors import UsageError
from narration.formats import format_for
from narration.mastering import Mastering
from narration.output import refuse_place, renew_file
from narration.plan import Paragraph, Step, plan
from narration.production import Production, Written, episode_paragraphs, mastering, production
from narration.project import Choice, How, ProjectFile, Take
from narration.record import Failure, OnProgress, Order, no_progress
from narration.settings import require_speed
from narration.snapshot import Snapshot
from narration.take import Encoded, Recording, Sound
from narration.workers import WorkerError, outcome, prepare
from script.script import Segment

BOOK = ".epub"
_GIVEN: tuple[How, ...] = ("say", "voice")
_FASTEST_LETTERS_PER_S = 40.0  # over twice as fast as anybody speaks


@dataclass(frozen=True, slots=True)
class ListedTake:
    """A take of a paragraph as it is listed: take counts from 1; current: whether the episode has it."""

    paragraph: int
    take: int
    current: bool
    made_from: str
    duration_s: float
    spoken: str


@dataclass(frozen=True, slots=True)
class Revised:
    """What came of a change: the paragraphs that have another take now, what failed, and the files written.

    findings: what is wrong with what was recorded now; an error means that words may be lost.
    """

    paragraphs: tuple[int, ...]
    failed: tuple[Failure, ...]
    written: tuple[Written, ...]
    notes: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """How paragraphs are to be recorded again; all empty: as they were, another take.

    say: other words; voice, speed: other ones; recording: a file with a person's own recording.
    """

    say: str = ""
    voice: str = ""
    speed: float | None = None
    recording: Path | None = None

    def __post_init__(self) -> None:
        if self.speed is not None:
            require_speed(self.speed)
        if self.recording is not None and (self.say or self.voice or self.speed is not None):
            raise UsageError("A recording of your own has its words, voice and speed: give --from alone.")

    @property
    def how(self) -> How:
        """What it is called when it is listed."""
        if self.say:
            return "say"
        return "voice" if self.voice or self.speed is not None else "redo"


@dataclass(frozen=True, slots=True)
class Project:
    """An episode that can be revised. Its file is opened for each call, and locked no longer than that.

    Each raises UsageError for a paragraph or take that is not there, and what recording and writing raise.
    """

    path: Path

    @classmethod
    def open(cls, episode: str | Path) -> Self:
        """The project of an episode: of its project file, an audio file made from it, or its source."""
        path = places.find_project(str(episode))
        ProjectFile(path).close()  # says now what is wrong with it
        return cls(path)

    def segments(self) -> tuple[Segment, ...]:
        """The segments as they were read by the last `make`."""
        with ProjectFile(self.path) as file:
            return snapshot.last_made(file).script.segments

    def redo(
        self,
        numbers: Sequence[int],
        request: Request | None = None,
        *,
        on_progress: OnProgress = no_progress,
        write: bool = True,
    ) -> Revised:
        """Record paragraphs again, choose the new takes, and write the files that the episode has."""
        request = request or Request()
        prepare()
        with production(self.path, 0, on_progress) as opened:
            now = opened.snapshot()
            outputs = _outputs(opened, now)
            targets = [_paragraph(now, number) for number in numbers]
            if request.recording is not None:
                _take_in(opened, now, targets, request.recording, mastering(format_for(outputs[0]), now))
                failed: tuple[Failure, ...] = ()
            else:
                now, orders = _orders(opened, now, targets, request)
                failed = opened.record(orders, format_for(outputs[0]), now)
            written = opened.write(outputs, now) if write and not failed else ()
            notes = (*source_changed(now), *opened.notes, *opened.cast.notes())
            findings = () if failed else _findings(opened, written[0] if written else None)
            return Revised(tuple(numbers), failed, written, notes, findings)

    def takes(self, number: int | None = None) -> tuple[ListedTake, ...]:
        """The takes of one paragraph, or of all."""
        with ProjectFile(self.path) as file:
            now = snapshot.last_made(file)
            recorded, current = file.takes(), _current(file, now)
        paragraphs = episode_paragraphs(now) if number is None else (_paragraph(now, number),)
        return tuple(listed for paragraph in paragraphs for listed in _listed(paragraph, recorded, current))

    def pick(self, number: int, take: int, *, on_progress: OnProgress = no_progress, write: bool = True) -> Revised:
        """Choose a take of a paragraph, counted from 1, and write the files that the episode has."""
        with production(self.path, 0, on_progress) as opened:
            now = opened.snapshot()
            paragraph = _paragraph(now, number)
            listed = _takes_of(opened.project.takes(), paragraph)
            if not 1 <= take <= len(listed):
                have = f"it has {len(listed)}" if listed else "it has none yet"
                raise UsageError(f"Paragraph {number} has no take {take}; {have}. `narrate takes` lists them.")
            choice = Choice(listed[take - 1].id, "pick", paragraph.text)
            opened.project.choose(paragraph.key, paragraph.occurrence, choice)
            written = opened.write(_outputs(opened, now), now) if write else ()
            return Revised((number,), (), written, (*source_changed(now), *opened.notes))

    def export(self, output: str | Path, *, on_progress: OnProgress = no_progress) -> Revised:
        """Write the episode in another format, or to another place, from the same takes.

        output: a file of any format, or .epub for a book that reads itself.
        """
        path = Path(output)
        is_book = path.suffix.lower() == BOOK
        if not is_book:
            format_for(path)
        with production(self.path, 0, on_progress) as opened:
            now = opened.snapshot()
            refuse_place(path, now.source)
            written = (_book(opened, path),) if is_book else opened.write([path], now)
            return Revised((), (), written, (*source_changed(now), *opened.notes))

    def unused(self, number: int | None = None) -> tuple[int, ...]:
        """Ids of the takes, of one paragraph or of all, that the episode does not have and nobody chose."""
        with ProjectFile(self.path) as file:
            return _unused(file, number)

    def prune(self, number: int | None = None) -> int:
        """Delete the takes that the episode does not have and nobody chose; how many they were."""
        with ProjectFile(self.path) as file:
            ids = _unused(file, number)
            file.delete_takes(ids)
            return len(ids)


def _findings(opened: Production, written: Written | None) -> tuple[Finding, ...]:
    """What is wrong with what was recorded now. Reading a long file back would take longer than the paragraph."""
    from narration.check.making import taken_findings

    return taken_findings(opened.taken, written)


def _listed(
    paragraph: Paragraph, recorded: Iterable[Take], current: Collection[tuple[int, int | None]]
) -> list[ListedTake]:
    number = paragraph.number
    return [
        ListedTake(number, count, (number, take.id) in current, _made_from(take), take.duration_s, _words(take))
        for count, take in enumerate(_takes_of(recorded, paragraph), 1)
    ]


def _unused(file: ProjectFile, number: int | None) -> tuple[int, ...]:
    now = snapshot.last_made(file)
    used = {choice.take for choice in file.choices().values()} | {take for _, take in _current(file, now)}
    takes = file.takes() if number is None else _takes_of(file.takes(), _paragraph(now, number))
    return tuple(take.id for take in takes if take.id not in used)


def _paragraph(now: Snapshot, number: int) -> Paragraph:
    paragraphs = episode_paragraphs(now)
    if not 1 <= number <= len(paragraphs):
        raise UsageError(
            f"There is no paragraph {number}; they go from 1 to {len(paragraphs)}. `narrate script` lists them."
        )
    if paragraphs[number - 1].sound is None:
        raise UsageError(f"Paragraph {number} is a pause; there is nothing to record.")
    return paragraphs[number - 1]


def _takes_of(recorded: Iterable[Take], paragraph: Paragraph) -> tuple[Take, ...]:
    """The takes of this text, and any other that sounds just like it."""
    key = paragraph.sound.key if paragraph.sound else ""
    return tuple(take for take in recorded if paragraph.key == take.paragraph or take.key == key)


def _current(file: ProjectFile, now: Snapshot) -> frozenset[tuple[int, int | None]]:
    """The episode's paragraphs, each with the take it has."""
    steps = plan(episode_paragraphs(now), file.takes(), file.choices(), ()).steps
    return frozenset((step.paragraph.number, step.take) for step in steps)


def _orders(
    opened: Production, now: Snapshot, targets: Sequence[Paragraph], request: Request
) -> tuple[Snapshot, list[Order]]:
    """What is to be recorded; and the snapshot, which follows an engine that was updated since."""
    for sound in filter(None, (paragraph.sound for paragraph in targets)):
        opened.cast.expect(sound.engine)  # which answers while the takes are read
    recorded = opened.project.takes()
    sounds = list(now.sounds)
    orders = []
    for paragraph in targets:
        base = _base(opened, paragraph)
        chosen, how = _chosen(opened, paragraph, recorded)
        wanted = _wanted(opened, now, paragraph, chosen or base, request)
        sounds[paragraph.number - 1] = base
        there = [take.sound.variation for take in recorded if take.sound and take.sound.first == wanted]
        sound = replace(wanted, variation=max(there, default=0) + 1)
        step = Step(replace(paragraph, sound=base), "record", "asked for")
        orders.append(Order(step, sound, _how(request.how, how), now.script.language_of(paragraph.number)))
    if tuple(sounds) != now.sounds:
        now = replace(now, sounds=tuple(sounds))
        opened.project.save_made(snapshot.packed(now))
    return now, orders


def _base(opened: Production, paragraph: Paragraph) -> Sound:
    """How the paragraph sounds by the settings, with the engine as it is now."""
    assert paragraph.sound is not None
    return replace(paragraph.sound, engine_version=opened.cast.report(paragraph.sound.engine).version)


def _chosen(opened: Production, paragraph: Paragraph, recorded: Iterable[Take]) -> tuple[Sound | None, How | None]:
    """The words and voice that were given to this paragraph before, which another take of it keeps; and how."""
    choice = opened.project.choices().get((paragraph.key, paragraph.occurrence))
    if choice is None or choice.how not in _GIVEN:
        return None, None
    sound = next((take.sound for take in recorded if take.id == choice.take), None)
    if sound is None:
        return None, None
    return replace(sound.first, engine_version=opened.cast.report(sound.engine).version), choice.how


def _how(now: How, earlier: How | None) -> How:
    """What the new take is called: by the words that were given, else by the voice, whenever that was."""
    return next((how for how in _GIVEN if how in (now, earlier)), "redo")


def _wanted(opened: Production, now: Snapshot, paragraph: Paragraph, start: Sound, request: Request) -> Sound:
    """How the paragraph is to sound: as it did, but for what the request says."""
    segment, language = now.script.segments[paragraph.number - 1], now.script.language_of(paragraph.number)
    wanted = start
    if request.say:
        wanted = wanted.saying(_utterances(request.say, language))
    if request.voice:
        note_commands({"voice": request.voice})
        name = opened.cast.named(request.voice, wanted.engine, language, now.settings)
        own = wanted.utterances == tuple(utterance.spoken for utterance in segment.utterances)
        wanted = replace(
            opened.cast.sound(wanted.utterances, name, now.settings),
            speed=wanted.speed,
            pronunciations=opened.cast.pronunciations(segment, name) if own else (),
        )
    if request.speed is not None:
        wanted = replace(wanted, speed=request.speed)
    return wanted


def _utterances(text: str, language: str) -> tuple[str, ...]:
    import script

    spoken = (script.spoken(sentence, language) for sentence in script.sentences(text, language))
    utterances = tuple(words for words in spoken if any(character.isalnum() for character in words))
    if not utterances:
        raise UsageError(f"There is nothing to say in “{text}”.")
    return utterances


def _take_in(
    opened: Production, now: Snapshot, targets: Sequence[Paragraph], file: Path, mastering_: Mastering
) -> None:
    """Keep a person's recording as a take of each of the paragraphs, and choose it."""
    said = tuple(paragraph.sound.utterances for paragraph in targets if paragraph.sound)
    job = studio.TakeInJob(file, mastering_, said, now.script.language_of(targets[0].number))
    recordings, encoded = _taken_in(opened, job)
    for paragraph, recording in zip(targets, recordings, strict=True):
        opened.project.add_take(
            paragraph.key,
            None,
            recording,
            encoded,
            occurrence=paragraph.occurrence,
            how="from",
            text=paragraph.text,
        )
    opened.notes += _too_short(targets, recordings[0])


def _too_short(targets: Sequence[Paragraph], recording: Recording) -> tuple[str, ...]:
    """A note for each paragraph that nobody could say within the recording."""
    lasts_s = recording.n_samples / recording.sample_rate_hz
    return tuple(
        f"Your recording of paragraph {paragraph.number} lasts {lasts_s:.1f} s, too short for all of its words."
        for paragraph in targets
        if paragraph.sound and sum(map(studio.letters, paragraph.sound.utterances)) / _FASTEST_LETTERS_PER_S > lasts_s
    )


def _taken_in(opened: Production, job: studio.TakeInJob) -> tuple[tuple[Recording, ...], Encoded]:
    """The worker's answer; asked once more without what helps to find the words when its process died over it."""
    try:
        return outcome(opened.submit(studio.take_in, job))
    except WorkerError:
        return outcome(opened.submit(studio.take_in, replace(job, language="")))


def _book(opened: Production, path: Path) -> Written:
    """The episode as an EPUB."""
    from narration.podcast.book import BookPictures, write_book
    from narration.podcast.pictures import write_pictures
    from narration.podcast.programme import named, programme

    now = named(opened)
    sound = path.with_suffix(".mp3")
    line, format_ = opened.timeline(sound, now)
    told = programme(now, line, tuple(opened.heard(sound, now, line)), sound.name)
    with TemporaryDirectory() as name:
        shown, notes = write_pictures(now.script.segments, now.source, Path(name), opened.submit)
        opened.notes += notes
        pictures = BookPictures(Path(name), shown)
        return Written(
            path, format_, line, renew_file(path, lambda out: write_book(told, line.episode, format_, out, pictures))
        )


def _outputs(opened: Production, now: Snapshot) -> list[Path]:
    """The files this episode has: those that are still there, else the one that was asked for."""
    there = [output.path for output in opened.project.outputs() if output.path.exists()]
    return there or [Path(now.output)]


def source_changed(now: Snapshot) -> tuple[str, ...]:
    """A note when the source is not any more what the episode was made of."""
    import hashlib

    path = Path(now.source)
    if not now.digest or not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() == now.digest:
        return ()
    return (f"{path} was changed after the episode was made; `narrate {path}` takes the changes in.",)


def _made_from(take: Take) -> str:
    if take.sound is None:
        return "your own recording"
    sound = take.sound
    words = [f"{sound.engine}/{sound.voice}"]
    words += [f"speed {sound.speed:g}"] if sound.speed != 1 else []
    words += [f"variation {sound.variation}"] if sound.variation != 1 else []
    return ", ".join(words)


def _words(take: Take) -> str:
    return " ".join(take.sound.utterances) if take.sound else ""
