"""What an engine is, and how one is found.

An engine is one module behind the entry point group `narration.engines`; only the chosen one is loaded, and it
speaks only inside a worker process (narration/workers.py).
"""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol, runtime_checkable

from audio.clip import Clip
from narration.errors import EngineError, UsageError
from narration.take import Pronunciation

GROUP = "narration.engines"


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice an engine has. name: as the engine calls it; languages: BCP 47, lower case, the main one first."""

    name: str
    languages: tuple[str, ...]
    description: str = ""
    gender: str = ""


@dataclass(frozen=True, slots=True)
class WordTime:
    """When spoken[start:end] of an utterance is heard: samples of its clip, from and to."""

    start: int
    end: int
    from_samples: int
    to_samples: int


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """One utterance as it was spoken: its sound and its words' times, empty where the engine gives none."""

    clip: Clip
    words: tuple[WordTime, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """How to speak. speed: 1.0 is the voice's own pace; volume: 0 to 1; variation: another number, another take."""

    voice: str
    speed: float = 1.0
    volume: float = 1.0
    variation: int = 1


class Engine(Protocol):
    """Speaks text. Built without arguments; raises EngineError when it cannot work here, naming the remedy.

    It may also have `takes_any_voice = True`: its voices are not listed but written out, and `fingerprint` raises
    EngineError for one that can't be. `memory_bytes(voices) -> int`: the memory that the models of all these voices
    take together in each worker. And its class `wordless = True`: its voices say no words, so that no sentence is held
    against its own; or `quick = True`: it speaks hundreds of times as fast as one listens, so that a check may hear it
    again.
    """

    @property
    def version(self) -> str:
        """All versions that decide its sound."""

    @property
    def patience_s(self) -> float:
        """Seconds after which 200 characters are taken for a hang; longer text gets its share more."""

    def voices(self) -> tuple[Voice, ...]:
        """The voices it has here."""

    def fingerprint(self, voice: str) -> str:
        """What decides the voice's sound beside the engine's version, such as a model file's hash; may be empty."""

    def speak(self, utterances: Sequence[str], delivery: Delivery) -> tuple[Speech, ...]:
        """One Speech for each utterance, in order, all at one sample rate.

        The same call gives the same samples, whatever was spoken before. Raises EngineError, and UsageError for a
        voice that is not there.
        """


@runtime_checkable
class PhoneticEngine(Engine, Protocol):
    """An engine that can say words by their sounds. One declares it by having these two methods; there is no flag.

    It is asked once for each transcription and voice, before anything is recorded. What it cannot say is spoken as the
    utterance spells it, and the person is told.
    """

    def can_pronounce(self, ipa: str, voice: str) -> bool:
        """Whether the voice has all the sounds of a transcription in the International Phonetic Alphabet."""

    def pronounce(
        self, utterances: Sequence[str], pronunciations: Sequence[Pronunciation], delivery: Delivery
    ) -> tuple[Speech, ...]:
        """As `speak`; but the characters that pronunciations name, in order and apart, are said by those sounds.

        Word times refer to the utterances as given: a word that is said by its sounds has the place of its spelling.
        """


def engine_names() -> tuple[str, ...]:
    """Names of the registered engines, sorted; nothing of them is loaded."""
    return tuple(sorted(_points()))


def _points() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}


def load_engine(name: str) -> Engine:
    """The engine of that name, ready to speak. Raises UsageError for an unknown one, EngineError if it can't work."""
    points = _points()
    if name not in points:
        raise UsageError(f"There is no engine “{name}”. {suggestion(name, points)}")
    try:
        engine: Engine = points[name].load()()
    except ModuleNotFoundError as error:
        raise EngineError(f"The engine “{name}” needs the package “{error.name}”{_remedy(points[name])}.") from error
    return engine


def _remedy(point: EntryPoint) -> str:
    """How what an engine needs is installed: as the extra of its name, where the package it comes in has one."""
    package = point.dist
    if package and point.name in (package.metadata.get_all("Provides-Extra") or ()):
        return f": pip install '{package.name}[{point.name}]'"
    return f", which “{package.name}” did not bring; install it" if package else "; install it"


def is_wordless(name: str) -> bool:
    """Whether the engine's voices say no words."""
    return _says_of_itself(name, "wordless")


def is_quick(name: str) -> bool:
    """Whether the engine speaks hundreds of times as fast as one listens."""
    return _says_of_itself(name, "quick")


def _says_of_itself(name: str, what: str) -> bool:
    """What the engine's class, which is asked, says; of an engine that is not here it is not so."""
    point = _points().get(name)
    try:
        return point is not None and bool(getattr(point.load(), what, False))
    except Exception:  # noqa: BLE001 - a stranger's module may raise anything, and whether it works is not what is asked
        return False


def suggestion(wanted: str, known: Iterable[str], count: int = 5) -> str:
    """A sentence that names the nearest of the known names."""
    names = sorted(known)
    near = difflib.get_close_matches(wanted, names, n=count, cutoff=0.4) or names[:count]
    more = f" ({len(names)} in all)" if len(names) > len(near) else ""
    return f"The nearest are: {', '.join(near)}{more}." if near else "There are none."
