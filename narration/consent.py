"""Which programs may be run: those that a person of this machine named.

A voice of the engine “command” runs a program. Named on the command line, in a call from Python or in narration.toml,
it is noted here. An article cannot name one, and a project that came from elsewhere speaks with it only once it was
named here too.
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from narration.commands import is_command, template
from narration.errors import UsageError
from narration.places import exists, state_folder

_NO_VOICES = ("title", "author", "language")
_named_now: set[Path] = set()


def note_commands(values: Mapping[str, object]) -> None:
    """Note the commands that these settings name, for good; where the state folder cannot be written, for this run."""
    for name in _commands(values):
        note = _note(template(name))
        try:
            note.parent.mkdir(parents=True, exist_ok=True)
            note.touch()
        except OSError:
            _named_now.add(note)


def refuse_commands(values: Mapping[str, object], source: str) -> None:
    """Raise UsageError when what a document says would run a program."""
    for name in _commands(values):
        raise UsageError(
            f"{source} names the voice “{name}”, which would run a program; a document may not. "
            "Name it with --voice, or in narration.toml."
        )


def require_noted(command: str) -> None:
    """Raise UsageError when nobody here has named this command."""
    note = _note(command)
    if note not in _named_now and not exists(note):
        raise UsageError(
            f"This project speaks with the command “{command}”, which was not named on this machine yet. "
            f"If it may be run, name it: --voice 'command:{command}'."
        )


def _commands(values: Mapping[str, object]) -> Iterator[str]:
    """Every voice or engine among the values, however deep, that would run a program."""
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _commands(value)
        elif isinstance(value, str) and key not in _NO_VOICES and is_command(value):
            yield value


def _note(command: str) -> Path:
    return state_folder() / "commands" / hashlib.sha256(command.encode("utf-8", "surrogatepass")).hexdigest()[:32]
