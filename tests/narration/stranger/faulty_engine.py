"""An engine that fails as engines do, installed as a stranger's would be; what it fails on holds the word “trouble”.

Its voices say how it fails. Everything else it whistles like the tone engine, in the voice “low”.
"""

import ctypes
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from audio.clip import Clip
from narration.engines import Delivery, Speech, Voice
from narration.engines.tone import ToneEngine
from narration.errors import EngineError

MARKER = "trouble"
Failing = Callable[[Speech], Speech | None]


class FaultyEngine:
    """Whistles, but for the sentences with the marker."""

    version = "faulty 1"
    patience_s = 10.0

    def voices(self) -> tuple[Voice, ...]:
        return tuple(Voice(name, ("en",)) for name in _FAILING)

    def fingerprint(self, voice: str) -> str:  # noqa: ARG002 - there is no model
        return ""

    def speak(self, utterances: Sequence[str], delivery: Delivery) -> tuple[Speech, ...]:
        spoken = ToneEngine().speak(utterances, replace(delivery, voice="low"))
        failing = _FAILING[delivery.voice]
        heard = [
            failing(speech) if MARKER in utterance or delivery.voice in _ALWAYS else speech
            for utterance, speech in zip(utterances, spoken, strict=True)
        ]
        return tuple(speech for speech in heard if speech is not None)


class ImpatientEngine(FaultyEngine):
    """The same, not waited for as long."""

    patience_s = 1.0


class BrokenEngine:
    """Cannot even be built."""

    def __init__(self) -> None:
        raise ZeroDivisionError("a stranger's bug")


class StrangersError(Exception):
    """An error that does not survive the way out of its process."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"{first} and {second}")


def _hang(_: Speech) -> Speech:
    time.sleep(600)
    raise AssertionError


def _hold(_: Speech) -> Speech:
    """Hang in C without letting any other thread run, as a library may."""
    ctypes.PyDLL(None).sleep(600)
    raise AssertionError


def _abort(_: Speech) -> Speech:
    os.abort()


def _leave(_: Speech) -> Speech:
    os._exit(3)


def _refuse(_: Speech) -> Speech:
    raise EngineError("the engine refuses")


def _raise(_: Speech) -> Speech:
    raise StrangersError("bug", "trouble")


def _fall_silent(speech: Speech) -> Speech:
    return Speech(Clip(np.zeros_like(speech.clip.samples), speech.clip.sample_rate_hz))


def _give_nothing(speech: Speech) -> Speech:
    return Speech(Clip(np.zeros(0, np.float32), speech.clip.sample_rate_hz))


def _cut_short(speech: Speech) -> Speech:
    samples = speech.clip.samples
    return Speech(Clip(samples[: len(samples) // 3].copy(), speech.clip.sample_rate_hz))


def _lose(_: Speech) -> None:
    return None


def _poison(speech: Speech) -> Speech:
    """Not a number, as an exploding neural network says it."""
    return Speech(Clip(np.full_like(speech.clip.samples, np.nan), speech.clip.sample_rate_hz))


def _talk(speech: Speech) -> Speech:
    print("What a lovely day!")  # noqa: T201 - strangers do
    os.write(1, b"And in C as well.\n")
    return speech


def _abort_once(speech: Speech) -> Speech:
    been_here = Path(__file__).with_name("been-here")
    if not been_here.exists():
        been_here.touch()
        os.abort()
    return speech


def _abort_in_company(speech: Speech) -> Speech:
    """Only the third time, which is when the sentence is on its own, it is spoken."""
    tries = Path(__file__).with_name("tries")
    count = len(tries.read_text()) if tries.exists() else 0
    tries.write_text("x" * (count + 1))
    if count < 2:
        os.abort()
    return speech


def _hum(speech: Speech) -> Speech:
    n_samples, rate_hz = len(speech.clip.samples), speech.clip.sample_rate_hz
    return Speech(Clip((0.2 * np.sin(np.arange(n_samples) * 700 / rate_hz)).astype(np.float32), rate_hz))


_FAILING: dict[str, Failing] = {
    "sound": lambda speech: speech,
    "hangs": _hang,
    "holds": _hold,
    "aborts": _abort,
    "leaves": _leave,
    "refuses": _refuse,
    "raises": _raise,
    "silent": _fall_silent,
    "empty": _give_nothing,
    "short": _cut_short,
    "hums": _hum,
    "loses": _lose,
    "poison": _poison,
    "talks": _talk,
    "second-try": _abort_once,
    "third-try": _abort_in_company,
    "late": _abort_once,
    "mute": _fall_silent,
    "dead": _abort,
}
_ALWAYS = ("late", "mute", "dead")
"""Voices that fail on any text, also on the one they are measured with."""
