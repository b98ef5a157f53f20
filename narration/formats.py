"""The output formats, by the suffix of the file that is asked for."""

from collections.abc import Iterator
from importlib.metadata import EntryPoint, distribution, entry_points
from pathlib import Path

from audio.episode import Format
from narration.engines import suggestion
from narration.errors import UsageError

GROUP = "narration.formats"


def format_names() -> tuple[str, ...]:
    """Names of the registered formats, sorted; nothing of them is loaded."""
    return tuple(sorted(point.name for point in entry_points(group=GROUP)))


def format_for(path: Path) -> Format:
    """The format a file's suffix names. Raises UsageError for an unknown one."""
    name = path.suffix.lower().removeprefix(".")
    for point in _points():
        if point.name == name:
            format_: Format = point.load()
            return format_
    what = f"“.{name}” is no output format" if name else f"{path} has no suffix to tell its format"
    raise UsageError(f"{what}. {suggestion(name, format_names(), 10)}")


def _points() -> Iterator[EntryPoint]:
    """Our own formats, then all: to find those of others every package that is installed has to be asked."""
    yield from distribution("narration").entry_points.select(group=GROUP)
    yield from entry_points(group=GROUP)
