"""The lexicons that an episode is read with: the person's own, then the project's, then those asked for."""

from collections.abc import Iterable
from pathlib import Path

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
    for path in (*([own] if places.exists(own) else []), *map(Path, files)):
        try:
            found += lexicon_entries(path)
        except OSError as error:
            raise UsageError(f"The lexicon {path} cannot be read: {error.strerror or error}.") from error
        except ValueError as error:
            raise UsageError(f"Lexicon {error}") from error
    return tuple(found)
