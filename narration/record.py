"""Takes that are missing are recorded, in workers, and kept one by one as they come."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from narration import studio
from narration.audition import EngineReport
from narration.commands import COMMAND_ENGINE
from narration.consent import require_noted
from narration.errors import EngineError
from narration.mastering import Calibration, Mastering
from narration.plan import Step
from narration.project import How, ProjectFile
from narration.take import Encoded, Recording, Sound
from narration.workers import WorkerError, outcome

if TYPE_CHECKING:
    from narration.check.measures import Measures
    from narration.engines import Speech

OnProgress = Callable[[int, int], None]
"""Told of characters done and characters in all."""


def no_progress(done: int, total: int) -> None:
    """Tell nobody."""


_AHEAD = 3  # jobs under way for each worker, so that none waits while a take is written


@dataclass(frozen=True, slots=True)
class Failure:
    """A paragraph that could not be recorded. sentence: the culprit, "" when not one alone; voice: as engine/voice."""

    paragraph: int
    sentence: str
    reason: str
    voice: str = ""

    def __str__(self) -> str:
        culprit = f" The sentence is: “{self.sentence}”" if self.sentence else ""
        voice = f" The voice is {self.voice}." if self.voice else ""
        return f"Paragraph {self.paragraph} could not be recorded: {self.reason.removesuffix('.')}.{culprit}{voice}"


@dataclass(frozen=True, slots=True)
class Order:
    """A take to be recorded for a step.

    how: when a person asked for it, how; then it is chosen too. language: of what is said, BCP 47.
    """

    step: Step
    sound: Sound
    how: How | None = None
    language: str = ""

    @property
    def number(self) -> int:
        """Its paragraph's."""
        return self.step.paragraph.number

    @property
    def n_characters(self) -> int:
        """Length of what is to be spoken."""
        return sum(len(utterance) for utterance in self.sound.utterances)


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """A take that has just been recorded.

    times_s: from and to of each sentence; letters_per_s: its voice's pace; language: as in Order.
    """

    paragraph: int
    sound: Sound
    times_s: tuple[tuple[float, float], ...]
    measures: tuple["Measures", ...]
    letters_per_s: float
    language: str = ""


@dataclass(frozen=True, slots=True)
class Studio:
    """All that recording needs beside the orders.

    report: what an engine says of itself; calibrations: by `calibration_key`; on_taken: told of each take that has been
    recorded.
    """

    workers: Executor
    n_workers: int
    project: ProjectFile
    mastering: Mastering
    report: Callable[[str], EngineReport]
    calibrations: dict[str, Calibration]
    on_taken: Callable[[Taken], None]

    def job(self, sound: Sound, language: str = "") -> studio.RecordJob:
        """The worker's job for this sound."""
        limit_s = self.report(sound.engine).time_limit_s(sum(map(len, sound.utterances)))
        return studio.RecordJob(sound, self.mastering, self.calibration(sound), limit_s, language)

    def calibration(self, sound: Sound) -> Calibration:
        """The voice's measurements, made now if they are not there. Raises EngineError.

        Nothing is spoken without: so this is also where a command that nobody here has named is refused, by UsageError.
        """
        if sound.engine == COMMAND_ENGINE:
            require_noted(sound.voice)
        key = calibration_key(sound, self.mastering)
        if key not in self.calibrations:
            self.calibrations[key] = self._stored(key) or self._measured(key, sound)
        return self.calibrations[key]

    def _stored(self, key: str) -> Calibration | None:
        values = self.project.calibration(key)
        return Calibration(**values) if values else None

    def _measured(self, key: str, sound: Sound) -> Calibration:
        job = studio.CalibrateJob(sound, self.mastering, self.report(sound.engine).time_limit_s(400))
        try:
            calibration = self._calibrated(job)
        except EngineError as error:
            voice, why = f"{sound.engine}/{sound.voice}", str(error).removesuffix(".")
            if voice.partition("#")[0] in why:  # it is told already, with the remedy
                raise
            raise EngineError(
                f"The voice {voice} cannot be measured: {why}. Mend it, or name another voice."
            ) from error
        values = {name: getattr(calibration, name) for name in Calibration.__slots__}
        self.project.add_calibration(key, values)
        return calibration

    def _calibrated(self, job: studio.CalibrateJob) -> Calibration:
        """The worker's answer; asked once more when it fails. The others load the model, if there is one, meanwhile."""
        answer = self.workers.submit(studio.calibrate, job)
        if self.report(job.sound.engine).holds_models:
            for _ in range(self.n_workers - 1):
                self.workers.submit(studio.load, job)  # what is wrong with it is told by what is recorded
        try:
            return outcome(answer)
        except EngineError:
            return outcome(self.workers.submit(studio.calibrate, job))


def calibration_key(sound: Sound, mastering: Mastering) -> str:
    """What a voice's measurements are kept under: everything but the words."""
    return replace(sound.saying(()), variation=1).key + " " + mastering.key


def record(orders: Iterable[Order], studio_: Studio, on_progress: OnProgress) -> tuple[Failure, ...]:
    """Record the orders and keep each take as it comes; what could not be recorded.

    A job that fails is tried once more; then its sentences one by one, to find the culprit and to save the rest.
    """
    waiting = deque((order, 1) for order in orders)
    total = sum(order.n_characters for order, _ in waiting)
    done = 0
    failures: list[Failure] = []
    running: dict[Future[Any], tuple[Order, int]] = {}
    on_progress(0, total)
    while waiting or running:
        while waiting and len(running) < _AHEAD * studio_.n_workers:
            order, attempt = waiting.popleft()
            job = studio_.job(order.sound, order.language)
            running[studio_.workers.submit(studio.record, job)] = (order, attempt)
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            order, attempt = running.pop(future)
            try:
                _keep(order, outcome(future), studio_)
            except EngineError as error:
                if isinstance(error, WorkerError):  # it may have died over finding the words
                    order = replace(order, language="")
                if attempt == 1:
                    waiting.appendleft((order, 2))
                    continue
                failures += _sentence_by_sentence(order, studio_, error)
            done += order.n_characters
            on_progress(done, total)
    return tuple(sorted(failures, key=lambda failure: failure.paragraph))


def encode(takes: Mapping[int, Sound | None], studio_: Studio, on_progress: OnProgress) -> None:
    """Encode takes, by id, that are there but not in this mastering, and keep their packets."""
    waiting = deque(takes.items())
    total, done = len(waiting), 0
    running: dict[Future[Encoded], int] = {}
    while waiting or running:
        while waiting and len(running) < _AHEAD * studio_.n_workers:
            take, sound = waiting.popleft()
            calibration = studio_.calibration(sound) if sound else None
            job = studio.EncodeJob(studio_.project.recording(take), studio_.mastering, calibration)
            running[studio_.workers.submit(studio.encode, job)] = take
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            studio_.project.add_encoded(running.pop(future), outcome(future))
            done += 1
            on_progress(done, total)


def _keep(order: Order, recorded: tuple[Recording, Encoded], studio_: Studio) -> None:
    recording, encoded = recorded
    paragraph = order.step.paragraph
    times_s = tuple(
        (time.from_samples / recording.sample_rate_hz, time.to_samples / recording.sample_rate_hz)
        for time in recording.sentences
    )
    pace = studio_.calibration(order.sound).letters_per_s
    studio_.project.add_take(
        paragraph.key,
        order.sound,
        recording,
        encoded,
        occurrence=paragraph.occurrence,
        how=order.how,
        text=paragraph.text,
    )
    studio_.on_taken(Taken(order.number, order.sound, times_s, recording.measures, pace, order.language))


def _sentence_by_sentence(order: Order, studio_: Studio, error: EngineError) -> list[Failure]:
    """Record each sentence on its own and join them; the ones that can't be recorded are the failures."""
    voice = f"{order.sound.engine}/{order.sound.voice}"
    if len(order.sound.utterances) == 1:
        return [Failure(order.number, order.sound.utterances[0], str(error), voice)]
    sentences: list[Speech] = []
    failures: list[Failure] = []
    for index, utterance in enumerate(order.sound.utterances):
        job = studio_.job(order.sound.part(index, index + 1))
        try:
            sentences.append(outcome(studio_.workers.submit(studio.sentence, job)))
        except EngineError as culprit:
            failures.append(Failure(order.number, utterance, str(culprit), voice))
    if failures:
        return failures
    join = studio.JoinJob(tuple(sentences), studio_.job(order.sound, order.language))
    try:
        _keep(order, outcome(studio_.workers.submit(studio.join, join)), studio_)
    except EngineError as unjoined:
        return [Failure(order.number, "", str(unjoined), voice)]
    return []
