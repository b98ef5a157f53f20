"""What is here to speak with: engines, and their voices."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from narration.cast import Cast
from narration.catalogue import installable
from narration.engines import engine_names, suggestion
from narration.errors import EngineError, UsageError
from narration.workers import started_workers


@dataclass(frozen=True, slots=True)
class ListedEngine:
    """An engine; problem: why it does not work here, with the remedy, "" when it does."""

    name: str
    version: str = ""
    n_voices: int = 0
    problem: str = ""

    @property
    def works(self) -> bool:
        """Whether it works here."""
        return not self.problem


@dataclass(frozen=True, slots=True)
class ListedVoice:
    """A voice under its one name, `engine/voice`. installed: whether it can speak now, or is only known by name."""

    name: str
    engine: str
    languages: tuple[str, ...]
    gender: str
    description: str
    installed: bool = True


def engines() -> tuple[ListedEngine, ...]:
    """All registered engines, each tried in a worker."""
    listed = []
    with started_workers(1) as workers:
        cast = Cast(workers)
        for name in engine_names():
            try:
                report = cast.report(name)
                listed.append(ListedEngine(name, report.version, len(report.voices)))
            except EngineError as error:
                listed.append(ListedEngine(name, problem=str(error)))
    return tuple(listed)


def voices(engine: str | None = None, language: str | None = None) -> tuple[ListedVoice, ...]:
    """The voices of one engine, or of all, those that can be installed last; of a language alone, when it is given.

    Raises UsageError for an unknown engine, EngineError when the one asked for neither works nor can be installed.
    """
    if engine and engine not in engine_names():
        raise UsageError(f"There is no engine “{engine}”. {suggestion(engine, engine_names())}")
    wanted = language.replace("_", "-").lower() if language else ""
    listed = [*_here([engine] if engine else engine_names(), tolerant=engine is None), *_to_install(engine)]
    first = {voice.name: voice for voice in reversed(listed)}
    return tuple(
        voice
        for voice in listed
        if first[voice.name] is voice and (not wanted or any(_speaks(code, wanted) for code in voice.languages))
    )


def _here(names: Iterable[str], *, tolerant: bool) -> Iterator[ListedVoice]:
    """The voices that can speak now; tolerant: engines that don't work have none."""
    with started_workers(1) as workers:
        cast = Cast(workers)
        for name in names:
            try:
                report = cast.report(name)
            except EngineError:
                if tolerant or installable(name):
                    continue
                raise
            for voice in report.voices:
                yield ListedVoice(f"{name}/{voice.name}", name, voice.languages, voice.gender, voice.description)


def _to_install(engine: str | None) -> Iterator[ListedVoice]:
    for name in [engine] if engine else engine_names():
        for voice in installable(name):
            yield ListedVoice(
                f"{name}/{voice.name}", name, voice.languages, voice.gender, voice.description, installed=False
            )


def _speaks(code: str, language: str) -> bool:
    return code == language or code.startswith(f"{language}-")
