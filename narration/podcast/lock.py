"""One `publish` at a time in a folder: it is locked while files in it are written; the lock goes with the process."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from audio.errors import AudioError

LOCK = ".publish-lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """The folder is nobody else's in here. Raises AudioError when another process has it, or nobody may write there.

    The lock is SQLite's on an empty file, as that of a project is: it holds on every system, and ends with the process.
    """
    try:
        connection = sqlite3.connect(folder / LOCK, timeout=0.5, isolation_level=None)
    except sqlite3.Error as error:
        raise _unwritable(folder, error) from error
    with closing(connection):
        try:
            connection.execute("PRAGMA journal_mode = OFF")  # nothing is ever written, and nothing is to be left
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
                raise AudioError(
                    f"Another narrate publishes in {folder} now. Wait until that one has ended, and run the same "
                    "command again; what was narrated is kept."
                ) from error
            raise _unwritable(folder, error) from error
        yield


def _unwritable(folder: Path, error: sqlite3.Error) -> AudioError:
    return AudioError(f"The folder {folder} cannot be written ({error}). Choose another place with --to.")
