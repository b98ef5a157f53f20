"""What is here to speak with: engines, and their voices."""

from dataclasses import dataclass

from narration.cast import Cast
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
    """A voice under its one name, `engine/voice`."""

    name: str
    engine: str
    languages: tuple[str, ...]
    gender: str
    description: str


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
    """The voices of one engine, or of all that work here; only those of a language, when one is given."""
    if engine and engine not in engine_names():
        raise UsageError(f"There is no engine “{engine}”. {suggestion(engine, engine_names())}")
    names = [engine] if engine else [listed.name for listed in engines() if listed.works]
    with started_workers(1) as workers:
        cast = Cast(workers)
        return tuple(
            ListedVoice(f"{name}/{voice.name}", name, voice.languages, voice.gender, voice.description)
            for name in names
            for voice in cast.report(name).voices
            if language is None or any(_speaks(code, language.replace("_", "-").lower()) for code in voice.languages)
        )


def _speaks(code: str, language: str) -> bool:
    return code == language or code.startswith(f"{language}-")
