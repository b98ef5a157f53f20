"""The lexicons that an episode is read with: the person's own, then the project's, then those asked for."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from narration import places
from narration.errors import UsageError
from script.lexicon import Entry


def entries(files: Iterable[str]) -> tuple[Entry, ...]:
    """The entries of the person's own lexicon, where there is one, and of the files, in order.

    Raises UsageError for a file that is not there, or is no lexicon.
    """
    from script.lexicon_files import lexicon_entries

    own = places.own_lexicon()
    found: list[Entry] = []
    for path in (*([own] if own.is_file() else []), *map(Path, files)):
        try:
            found += lexicon_entries(path)
        except OSError as error:
            raise UsageError(f"The lexicon {path} cannot be read: {error.strerror or error}.") from error
        except ValueError as error:
            raise UsageError(f"Lexicon {error}") from error
    return tuple(found)


def placed(values: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The settings with the files of `lexicon` as seen from a folder: that of the file that names them."""
    if "lexicon" not in values:
        return dict(values)
    return dict(values) | {"lexicon": tuple(str(folder / name) for name in names(values["lexicon"]))}


def names(value: object) -> tuple[str, ...]:
    """The files that a setting names: one, a list, or several parted by commas."""
    several = value if isinstance(value, (list, tuple)) else str(value).split(",")
    return tuple(name for each in several if (name := str(each).strip()))
