"""Takes are kept one by one as they come, and what fails is tried again, in parts, and named."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from narration import studio
from narration.audition import EngineReport
from narration.errors import EngineError
from narration.mastering import Calibration, Mastering
from narration.plan import Step, paragraphs
from narration.project import ProjectFile
from narration.record import Failure, Order, Studio, calibration_key, encode, no_progress, record
from narration.workers import WorkerError
from tests.narration.test_episode import StubCodec
from tests.narration.values import ENCODED, RECORDING, sound

Answers = Callable[[str, Any], Any]


class Here(Executor):
    """An executor that does its work at once, by a function that stands for the worker."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.asked: list[tuple[str, Any]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.asked.append((fn.__name__, args[0]))
        try:
            future.set_result(self.answers(fn.__name__, args[0]))
        except EngineError as error:
            future.set_exception(error)
        return future

    def names(self) -> list[str]:
        return [name for name, _ in self.asked if name != "calibrate"]


def well(name: str, _: Any) -> Any:
    return Calibration(-20.0, 14.0, 0.1) if name == "calibrate" else (RECORDING, ENCODED)


def failing(*words: str, times: int = 99) -> Answers:
    """A worker that fails so many times on sounds with one of these words."""
    left = [times]

    def answers(name: str, job: Any) -> Any:
        spoken = " ".join(job.sound.utterances) if name in {"record", "sentence"} else ""
        if left[0] and any(word in spoken for word in words):
            left[0] -= 1
            raise EngineError(f"no {name}")
        return well(name, job)

    return answers


@pytest.fixture
def project(tmp_path: Path) -> Iterator[ProjectFile]:
    with ProjectFile(tmp_path / "article.narration", create=True) as opened:
        yield opened


def studio_of(project: ProjectFile, workers: Here, n_workers: int = 2, *, holds_models: bool = False) -> Studio:
    report = EngineReport("1", 10.0, (), holds_models=holds_models)
    mastering = Mastering(StubCodec(), -19.0, -1.0)
    return Studio(workers, n_workers, project, mastering, lambda _: report, {}, lambda _: None)


def orders(*texts: str) -> list[Order]:
    sounds = [sound(*text.split("|")) for text in texts]
    return [Order(Step(each, "record", ""), each.sound) for each in paragraphs(texts, sounds) if each.sound]


def test_every_take_is_kept(project: ProjectFile) -> None:
    failed = record(orders("One.", "Two.", "Three."), studio_of(project, Here(well)), no_progress)
    assert failed == ()
    assert len(project.takes()) == 3


@pytest.mark.parametrize(("holds_models", "loaded"), [(True, 2), (False, 0)])
def test_other_workers_load_the_model_while_the_first_measures_the_voice(
    project: ProjectFile, *, holds_models: bool, loaded: int
) -> None:
    workers = Here(well)
    record(orders("One.", "Two."), studio_of(project, workers, 3, holds_models=holds_models), no_progress)
    assert [name for name, _ in workers.asked] == ["calibrate", *loaded * ["load"], "record", "record"]
    later = Here(well)
    record(orders("Three."), studio_of(project, later, 3, holds_models=holds_models), no_progress)
    assert [name for name, _ in later.asked] == ["record"]


def test_progress_rises_from_nothing_to_all_characters(project: ProjectFile) -> None:
    told: list[tuple[int, int]] = []
    record(orders("One.", "Two.", "Three."), studio_of(project, Here(well)), lambda *now: told.append(now))
    assert told[0] == (0, 14)
    assert told[-1] == (14, 14)
    assert told == sorted(told)


def test_job_that_fails_is_tried_once_more(project: ProjectFile) -> None:
    workers = Here(failing("Two", times=1))
    assert record(orders("One.", "Two."), studio_of(project, workers), no_progress) == ()
    assert workers.names() == ["record", "record", "record"]


@pytest.mark.parametrize(("error", "second"), [(EngineError("cut short"), "en"), (WorkerError("it died"), "")])
def test_words_are_not_looked_for_again_where_the_worker_may_have_died_over_them(
    project: ProjectFile, error: EngineError, second: str
) -> None:
    failures = [error]

    def answers(name: str, job: Any) -> Any:
        if name == "record" and failures:
            raise failures.pop()
        return well(name, job)

    workers = Here(answers)
    assert (
        record([replace(order, language="en") for order in orders("One.")], studio_of(project, workers), no_progress)
        == ()
    )
    assert [job.language for name, job in workers.asked if name == "record"] == ["en", second]


def test_paragraph_that_fails_twice_is_spoken_by_its_sentences_and_joined(project: ProjectFile) -> None:
    workers = Here(failing("Two", times=2))
    assert record(orders("One.|Two.|Three."), studio_of(project, workers), no_progress) == ()
    assert workers.names() == ["record", "record", "sentence", "sentence", "sentence", "join"]
    assert len(project.takes()) == 1


def test_sentence_that_cannot_be_spoken_is_the_failure(project: ProjectFile) -> None:
    failed = record(orders("Fine.", "One.|Two.|Three."), studio_of(project, Here(failing("Two"))), no_progress)
    assert failed == (Failure(2, "Two.", "no sentence", "tone/low"),)
    assert len(project.takes()) == 1


def test_every_sentence_that_cannot_be_spoken_is_named(project: ProjectFile) -> None:
    failed = record(orders("One.|Two.|Three."), studio_of(project, Here(failing("One", "Three"))), no_progress)
    assert [failure.sentence for failure in failed] == ["One.", "Three."]


def test_paragraph_of_one_sentence_is_not_tried_a_third_time(project: ProjectFile) -> None:
    workers = Here(failing("One"))
    assert len(record(orders("One."), studio_of(project, workers), no_progress)) == 1
    assert workers.names() == ["record", "record"]


def test_failures_come_in_the_order_of_the_paragraphs(project: ProjectFile) -> None:
    failed = record(orders("Bad.", "Good.", "Bad, too."), studio_of(project, Here(failing("Bad"))), no_progress)
    assert [failure.paragraph for failure in failed] == [1, 3]


def test_failure_reads_as_a_sentence_with_the_culprit() -> None:
    assert str(Failure(3, "Bad.", "it hung")) == ("Paragraph 3 could not be recorded: it hung. The sentence is: “Bad.”")
    assert str(Failure(3, "", "it hung")) == "Paragraph 3 could not be recorded: it hung."
    assert str(Failure(3, "", "It hung.")) == "Paragraph 3 could not be recorded: It hung."
    assert str(Failure(3, "", "it hung", "tone/low")).endswith("it hung. The voice is tone/low.")


def test_voice_is_measured_once_and_never_again(project: ProjectFile) -> None:
    first, second = Here(well), Here(well)
    record(orders("One.", "Two.", "Three."), studio_of(project, first), no_progress)
    record(orders("Four."), studio_of(project, second), no_progress)
    assert [name for name, _ in [*first.asked, *second.asked]].count("calibrate") == 1


def test_voice_that_cannot_be_measured_is_named(project: ProjectFile) -> None:
    def mute(name: str, _: Any) -> Any:
        raise EngineError(f"no {name}")

    why = r"^The voice tone/low cannot be measured: no calibrate\. Mend it, or name another voice\.$"
    with pytest.raises(EngineError, match=why):
        record(orders("One."), studio_of(project, Here(mute)), no_progress)


def test_engine_that_names_the_voice_itself_is_not_told_twice(project: ProjectFile) -> None:
    def cut_off(name: str, _: Any) -> Any:
        raise EngineError("The voice tone/low is cut off; install it again.")

    with pytest.raises(EngineError, match=r"^The voice tone/low is cut off; install it again\.$"):
        record(orders("One."), studio_of(project, Here(cut_off)), no_progress)


def test_measurements_belong_to_the_voice_and_the_mastering_not_to_the_words() -> None:
    mastering = Mastering(StubCodec(), -19.0, -1.0)
    assert calibration_key(sound("One."), mastering) == calibration_key(sound("Two.", variation=2), mastering)
    others = [
        calibration_key(sound("One.", voice="high"), mastering),
        calibration_key(sound("One.", speed=2.0), mastering),
        calibration_key(sound("One."), Mastering(StubCodec(), -16.0, -1.0)),
        calibration_key(sound("One."), Mastering(StubCodec("other"), -19.0, -1.0)),
    ]
    assert len({calibration_key(sound("One."), mastering), *others}) == 5


def test_time_limit_grows_with_the_text(project: ProjectFile) -> None:
    here = studio_of(project, Here(well))
    assert here.report("tone").time_limit_s(0) == 10
    assert here.report("tone").time_limit_s(2000) == 110
    assert here.job(sound("x" * 200)).time_limit_s == 20


def test_no_more_is_asked_for_ahead_than_the_workers_need(project: ProjectFile) -> None:
    waiting: list[int] = []

    class Slow(Here):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **others: Any) -> Future[Any]:
            if fn is studio.record:
                waiting.append(len(self.asked) - len(project.takes()))
            return super().submit(fn, *args, **others)

    record(orders(*(f"Text {n}." for n in range(40))), studio_of(project, Slow(well)), no_progress)
    assert max(waiting) <= 7
    assert len(project.takes()) == 40


def test_takes_are_encoded_anew_and_their_packets_kept(project: ProjectFile) -> None:
    ids = [project.add_take("p", sound("One."), RECORDING, ENCODED), project.add_take("q", None, RECORDING, ENCODED)]

    def answers(name: str, job: Any) -> Any:
        return well(name, job) if name == "calibrate" else ENCODED

    workers = Here(answers)
    encode({ids[0]: sound("One."), ids[1]: None}, studio_of(project, workers), no_progress)
    jobs = [job for name, job in workers.asked if name == "encode"]
    assert [job.calibration is None for job in jobs] == [False, True]
    assert sorted(project.encoded(ENCODED.mastering)) == ids
