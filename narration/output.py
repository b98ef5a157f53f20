"""A file is written beside its place and then put there: what was there stays whole until the new one is."""

import filecmp
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from audio.errors import AudioError
from narration.errors import UsageError

_LOOK_S = 0.05  # how often it is looked whether there is something for the disk to do
_FLUSH_BYTES = 1 << 25  # that is worth an fsync
_DATABASE = b"SQLite format 3\0"  # how a project begins, whatever its name


def replace_file(path: Path, write: Callable[[BinaryIO], None]) -> os.stat_result:
    """Write a file through a temporary one beside it; its status. Raises AudioError, and the old file is as it was.

    Raises UsageError where a project is: all its takes would be lost. A link is left one: the file it leads to is the
    one that is replaced.
    """
    return _replaced(path, write, lambda _beside, _path: False)[0]


def renew(path: Path, content: str | bytes) -> bool:
    """Have a file hold that, text as UTF-8, as `renew_file` does; whether it was another."""
    data = content.encode() if isinstance(content, str) else content
    if _holds(path, data):
        return False

    def write(out: BinaryIO) -> None:
        out.write(data)

    replace_file(path, write)
    return True


def renew_file(path: Path, write: Callable[[BinaryIO], None]) -> bool:
    """Write a file as `replace_file` does, and leave the old one alone where it is the same; whether it was another."""
    return _replaced(path, write, _same)[1]


def refuse_place(path: Path, source: str) -> None:
    """Raises UsageError for the source itself, and AudioError where there is no folder for the file."""
    if path.resolve() == Path(source).resolve():
        raise UsageError(f"{path} is the source itself. Name another output with -o.")
    if not path.parent.is_dir():
        raise AudioError(f"{path} cannot be written: there is no folder {path.parent}. Make it first.")


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, that is not there yet. Raises AudioError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AudioError(
            f"The folder {folder} cannot be made: {error.strerror}. Choose another place with --to."
        ) from error


def _replaced(
    path: Path, write: Callable[[BinaryIO], None], keep: Callable[[Path, Path], bool]
) -> tuple[os.stat_result, bool]:
    """The file's status, and whether it was replaced; keep: whether the old file stays, given the new one and it."""
    path = path.resolve() if path.is_symlink() else path
    _spare_project(path)
    beside = path.with_name(f".{path.name}.partial")
    try:
        try:
            with beside.open("wb") as out:
                with _flushing(out.fileno()):
                    write(out)
                    out.flush()
                os.fsync(out.fileno())
            kept = keep(beside, path)
            if not kept:
                _put(beside, path)
        finally:
            beside.unlink(missing_ok=True)
        return path.stat(), not kept
    except OSError as error:
        raise AudioError(
            f"{path} could not be written: {error.strerror or error}. What was recorded is kept in the project; "
            "make room or choose another place, and run the same command again."
        ) from error


def _spare_project(path: Path) -> None:
    if not path.is_file():  # a pipe would be waited for
        return
    with suppress(OSError), path.open("rb") as there:
        if there.read(len(_DATABASE)) == _DATABASE:
            raise UsageError(f"{path} is a project, and all its takes would be lost. Name another file.")


def _put(beside: Path, path: Path) -> None:
    """Put the file in its place. A long one that stood there takes the disk 0.3 s to let go, while we go on."""
    old = _opened(path) if os.name == "posix" else None  # elsewhere an open file cannot be replaced
    try:
        beside.replace(path)
    finally:
        if old:
            threading.Thread(target=old.close).start()


def _opened(path: Path) -> BinaryIO | None:
    try:
        return path.open("rb") if path.is_file() else None
    except OSError:  # it may be replaced all the same
        return None


@contextmanager
def _flushing(file: int) -> Iterator[None]:
    """The disk writes while we do, so that in the end there is little to wait for. Raises what it could not write."""
    ended = threading.Event()
    errors: list[OSError] = []

    def flush() -> None:
        flushed_bytes = 0
        try:
            while not ended.wait(_LOOK_S):
                n_bytes = os.fstat(file).st_size
                if n_bytes >= flushed_bytes + _FLUSH_BYTES:
                    os.fsync(file)
                    flushed_bytes = n_bytes
        except OSError as error:  # the system tells it once, and would keep it from the last fsync
            errors.append(error)

    flushing = threading.Thread(target=flush)
    flushing.start()
    try:
        yield
    finally:
        ended.set()
        flushing.join()
    for error in errors:
        raise error


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:  # it is not there, or it cannot be read: whether it can be written shows then
        return False


def _same(beside: Path, path: Path) -> bool:
    return path.is_file() and filecmp.cmp(beside, path, shallow=False)
