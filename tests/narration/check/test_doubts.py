"""Sentences that say too little of their words are held against what a quick engine says again."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from narration.check.checking import look, sounds_of
from narration.check.doubts import doubt_findings
from narration.check.speech import SpokenSentence
from narration.project import ProjectFile
from narration.take import Sound
from narration.workers import WorkerError, Workers, started_workers
from tests.narration.check.planted import plant, recordings

WOOD, TOP = 4, 7  # “The wood” and “The top”


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with started_workers(1) as started:
        yield started


@pytest.fixture
def sentences(episode: Path) -> tuple[SpokenSentence, ...]:
    return look(str(episode)).sentences


@pytest.fixture
def sounds(episode: Path) -> dict[int, Sound]:
    heard = look(str(episode)).heard
    with ProjectFile(episode) as project:
        return sounds_of(project, heard)


def with_headings_swapped(sentences: tuple[SpokenSentence, ...]) -> tuple[SpokenSentence, ...]:
    (wood,), (top,) = ([each.measures for each in sentences if each.paragraph == number] for number in (WOOD, TOP))
    measures = {WOOD: top, TOP: wood}
    return tuple(replace(each, measures=measures.get(each.paragraph, each.measures)) for each in sentences)


def doubted(
    sentences: tuple[SpokenSentence, ...], sounds: dict[int, Sound], workers: Executor
) -> list[tuple[int | None, str]]:
    found = doubt_findings(sentences, frozenset(sentences), sounds, workers)
    return [(each.paragraph, each.kind) for each in found]


def test_heading_with_the_sound_of_another_is_found(episode: Path) -> None:
    takes = recordings(episode)
    plant(episode, {WOOD: takes[TOP], TOP: takes[WOOD]})
    assert {WOOD, TOP} <= {each.paragraph for each in look(str(episode)).findings if each.severity == "error"}


def test_nothing_is_said_of_sentences_that_the_engine_says_again_as_they_are(
    sentences: tuple[SpokenSentence, ...], sounds: dict[int, Sound], workers: Workers
) -> None:
    assert doubted(sentences, sounds, workers) == []


def test_only_what_is_doubtful_is_asked_for(
    sentences: tuple[SpokenSentence, ...], sounds: dict[int, Sound], workers: Workers
) -> None:
    swapped = with_headings_swapped(sentences)
    doubtful = frozenset(each for each in swapped if each.paragraph == TOP)
    assert [each.paragraph for each in doubt_findings(swapped, doubtful, sounds, workers)] == [TOP]


@pytest.mark.parametrize("change", [{"engine_version": "another"}, {"fingerprint": "another"}, {"engine": "command"}])
def test_nothing_is_said_where_the_engine_is_slow_or_not_the_one_that_spoke(
    change: dict[str, str], sentences: tuple[SpokenSentence, ...], sounds: dict[int, Sound], workers: Workers
) -> None:
    swapped = with_headings_swapped(sentences)
    assert doubted(swapped, sounds, workers) == [(WOOD, "text"), (TOP, "text")]
    others = {number: replace(sound, **change) for number, sound in sounds.items()}
    assert doubted(swapped, others, workers) == []


class _Crashing(Executor):
    def submit(self, _fn: Callable[..., Any], /, *_args: Any, **_kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_exception(WorkerError("it died"))
        return future


def test_nothing_is_said_of_what_the_engine_dies_of(
    sentences: tuple[SpokenSentence, ...], sounds: dict[int, Sound]
) -> None:
    assert doubted(with_headings_swapped(sentences), sounds, _Crashing()) == []
