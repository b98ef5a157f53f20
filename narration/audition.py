"""What an engine is asked, inside a worker process, before anything is recorded: of itself and of its voices.

Every function takes and returns plain picklable values, so any executor can run it.
"""

from dataclasses import dataclass

from narration.engines import PhoneticEngine, Voice
from narration.engines.resident import foreign, resident


@dataclass(frozen=True, slots=True)
class EngineReport:
    """What an engine says of itself. patience_s: seconds after which 200 characters are taken for a hang.

    takes_any_voice: its voices are written out, not listed; holds_models: each worker has its own copy of a voice;
    variants: what any of its voices may have behind its name to sound like somebody else.
    """

    version: str
    patience_s: float
    voices: tuple[Voice, ...]
    takes_any_voice: bool = False
    holds_models: bool = False
    variants: tuple[str, ...] = ()

    def time_limit_s(self, n_characters: int) -> float:
        """How long the engine may take over so many characters."""
        return self.patience_s * (1 + n_characters / 200)


@dataclass(frozen=True, slots=True)
class DescribeJob:
    """Ask an engine for its version and voices."""

    engine: str
    time_limit_s: float = 60.0


@dataclass(frozen=True, slots=True)
class FingerprintJob:
    """Ask an engine what decides a voice's sound beside its version."""

    engine: str
    voice: str
    time_limit_s: float = 60.0


@dataclass(frozen=True, slots=True)
class WeighJob:
    """Ask an engine that holds models how much memory they take."""

    engine: str
    voices: tuple[str, ...]
    time_limit_s: float = 60.0


@dataclass(frozen=True, slots=True)
class PronounceableJob:
    """Ask an engine which transcriptions a voice of its can say."""

    engine: str
    voice: str
    ipa: tuple[str, ...]
    time_limit_s: float = 60.0


def describe(job: DescribeJob) -> EngineReport:
    """The engine's version and voices."""
    with foreign(job.engine):
        engine = resident(job.engine)
        own = bool(getattr(engine, "takes_any_voice", False)), hasattr(engine, "memory_bytes")
        variants = tuple(getattr(engine, "variants", ()))
        return EngineReport(engine.version, engine.patience_s, tuple(engine.voices()), *own, variants)


def fingerprint(job: FingerprintJob) -> str:
    """What decides the voice's sound beside the engine's version."""
    with foreign(job.engine):
        return resident(job.engine).fingerprint(job.voice)


def weight_bytes(job: WeighJob) -> int:
    """Memory that a worker takes for all these voices."""
    with foreign(job.engine):
        weigh = getattr(resident(job.engine), "memory_bytes")  # noqa: B009 - no part of Engine
        return int(weigh(job.voices))


def pronounceable(job: PronounceableJob) -> frozenset[str]:
    """Those transcriptions that the voice can say by their sounds; none, when its engine takes no phonetic letters."""
    with foreign(job.engine):
        engine = resident(job.engine)
        if not isinstance(engine, PhoneticEngine):
            return frozenset()
        return frozenset(ipa for ipa in job.ipa if engine.can_pronounce(ipa, job.voice))
