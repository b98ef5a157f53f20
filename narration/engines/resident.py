"""The engines that a worker process keeps loaded, and the fence around their code."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from narration.engines import Engine, load_engine
from narration.errors import EngineError, UsageError


@cache
def resident(name: str) -> Engine:
    """The engine of that name, loaded once in this process. Raises UsageError, EngineError."""
    return load_engine(name)


@contextmanager
def foreign(engine: str) -> Iterator[None]:
    """An engine's code is run in here: whatever it raises is its own failing, not ours, and becomes an EngineError."""
    try:
        yield
    except (EngineError, UsageError):
        resident.cache_clear()  # the next try gets a fresh engine
        raise
    except Exception as error:  # a stranger's engine may raise anything, even what cannot be pickled
        resident.cache_clear()
        raise EngineError(f"the engine “{engine}” failed with {type(error).__name__}: {error}") from error
