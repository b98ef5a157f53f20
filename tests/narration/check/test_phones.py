"""Sentences get their phones from a worker, which may not have any, or crash."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from typing import Any

import numpy as np
import pytest

from narration.check.measures import SILENT_DB, Measures
from narration.check.phones import with_phones
from narration.check.speech import SpokenSentence
from narration.check.voice_sounds import FEWEST
from narration.workers import WorkerError, Workers, started_workers

SILENCE = Measures(1.0, 0, 0, SILENT_DB, 0, 0, 0, 0, 0, 0, SILENT_DB, 0, 0.0, np.zeros((0, 0), np.int8))


def said(text: str, language: str = "en", voice: str = "an/engine") -> SpokenSentence:
    return SpokenSentence(1, text, voice, 0.0, 1.0, SILENCE, language)


def phones(sentences: list[SpokenSentence], workers: Executor) -> list[str]:
    """Of each; they are said so often that their voices can be learned."""
    return [each.phones for each in with_phones(sentences * FEWEST, workers)[: len(sentences)]]


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with started_workers(1) as started:
        yield started


def test_sentences_are_pronounced_each_in_its_language(workers: Workers) -> None:
    sentences = [said("A chat, then."), said("Un chat.", "fr"), said("A chat.", "en-GB")]
    assert phones(sentences, workers) == ["ɐ tʃˈæt, ðˈɛn.", "œ̃ ʃˈa.", "ɐ tʃˈat."]


def test_persons_own_recording_and_unknown_languages_have_no_phones(workers: Workers) -> None:
    sentences = [said("A chat.", voice=""), said("A chat.", "tlh"), said("A chat.", "")]
    assert phones(sentences, workers) == ["", "", ""]


def test_cries_have_no_phones_as_each_voice_utters_them_in_its_own_way(workers: Workers) -> None:
    sentences = [said("Brrrr, it is cold."), said("Aaaah!"), said("An eel, a wheel.")]
    assert [bool(each) for each in phones(sentences, workers)] == [False, False, True]


def test_voices_that_say_no_words_have_no_phones(workers: Workers) -> None:
    sentences = [said("A chat.", voice="tone/low"), said("A chat.", voice="pyttsx3/en-us")]
    assert phones(sentences, workers) == ["", "ɐ tʃˈæt."]


def test_voices_that_say_too_little_to_be_learned_are_not_asked_for(workers: Workers) -> None:
    few = [said("A chat.", voice="an/other")] * (FEWEST - 1)
    asked = with_phones([*few, *[said("A chat.")] * FEWEST], workers)
    assert [each.phones for each in asked] == [""] * len(few) + ["ɐ tʃˈæt."] * FEWEST


class _Crashing(Executor):
    def submit(self, _fn: Callable[..., Any], /, *_args: Any, **_kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_exception(WorkerError("it died"))
        return future


def test_of_texts_that_a_worker_dies_of_nothing_is_known() -> None:
    assert phones([said("A chat.")], _Crashing()) == [""]
