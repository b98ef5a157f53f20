"""A file is written beside its place and then put there: what was there stays whole until the new one is."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from audio.errors import AudioError


def replace_file(path: Path, write: Callable[[BinaryIO], None]) -> os.stat_result:
    """Write a file through a temporary one beside it; its status. Raises AudioError, and the old file is as it was.

    A link is left one: the file it leads to is the one that is replaced.
    """
    path = path.resolve() if path.is_symlink() else path
    beside = path.with_name(f".{path.name}.partial")
    try:
        try:
            with beside.open("wb") as out:
                write(out)
                out.flush()
                os.fsync(out.fileno())
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        return path.stat()
    except OSError as error:
        raise AudioError(
            f"{path} could not be written: {error.strerror or error}. What was recorded is kept in the project; "
            "make room or choose another place with -o, and run the same command again."
        ) from error
