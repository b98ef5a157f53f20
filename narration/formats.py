"""The output formats, by the suffix of the file that is asked for."""

from importlib.metadata import entry_points
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
    for point in entry_points(group=GROUP):
        if point.name == name:
            format_: Format = point.load()
            return format_
    what = f"“.{name}” is no output format" if name else f"{path} has no suffix to tell its format"
    raise UsageError(f"{what}. {suggestion(name, format_names(), 10)}")
