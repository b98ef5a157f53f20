"""SQLite under the project file: opened and locked, brought to this version, its errors in a person's words.

The file is locked while it is open; the lock goes with the process.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from narration.errors import ProjectError, ProjectWriteError
from narration.migrations import MIGRATIONS

VERSION = 1 + len(MIGRATIONS)
_APPLICATION_ID = 0x4E_41_52_52  # "NARR"
_PAGE_BYTES = 16_384  # packets are long rows


class Database:
    """An open database. Raises ProjectError for one that can't be used, ProjectWriteError when writing fails."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it when there is none; an older version is brought up to this one."""
        self.path = path
        with self._errors():
            self._db = sqlite3.connect(path, timeout=0.5, isolation_level=None)
        self._db.text_factory = _text
        try:
            with self._errors():
                self._prepare()
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Let the file, and its lock, go."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of what is done in here, or nothing; on disk when it is left."""
        with self._errors():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def row(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        """The first row, None when there is none."""
        with self._errors():
            row: tuple[Any, ...] | None = self._db.execute(sql, values).fetchone()
            return row

    def rows(self, sql: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """The rows, each read when it is asked for."""
        with self._errors():
            # `yield from` would close the cursor in the end, which raises once the file is closed
            for row in self._db.execute(sql, values):  # noqa: UP028
                yield row

    def blob(self, table: str, column: str, row: int) -> bytes:
        """The bytes in that column of a row, by its id: with one copy less than in a row, which of much is felt."""
        with self._errors(), self._db.blobopen(table, column, row, readonly=True) as blob:
            return blob.read()

    def vacuum(self) -> None:
        """Give the room of what was deleted back."""
        with self._errors():
            self._db.execute("VACUUM")

    def _prepare(self) -> None:
        db = self._db
        db.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("BEGIN EXCLUSIVE")  # takes the lock, which then stays
        application = db.execute("PRAGMA application_id").fetchone()[0]
        version = db.execute("PRAGMA user_version").fetchone()[0]
        empty = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
        if application == 0 and version == 0 and empty:
            self._make()
        elif application != _APPLICATION_ID:
            raise ProjectError(
                f"{self.path} is an SQLite file of another program, not a narration project. "
                "Name another one with --project."
            )
        else:
            self._migrate(version)
        if _journal(self.path).exists():  # of a run that was killed, done with by now: a write takes it away
            db.execute(f"PRAGMA user_version = {VERSION}")
        db.execute("COMMIT")

    def _make(self) -> None:
        for statement in _statements():
            self._db.execute(statement)
        self._db.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        self._db.execute(f"PRAGMA user_version = {VERSION}")

    def _migrate(self, version: int) -> None:
        if version > VERSION:
            raise ProjectError(
                f"{self.path} was made by a newer narration (project version {version}; this one knows {VERSION}). "
                "Update with: pip install --upgrade narration."
            )
        for migrate in MIGRATIONS[max(version, 1) - 1 :]:
            with self.decoding():
                migrate(self._db)
        if version < VERSION:
            self._db.execute(f"PRAGMA user_version = {VERSION}")

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """SQLite's errors in the words of a person who has a file."""
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise ProjectError(
                    f"The project {self.path} is in use by another narrate. Wait until that one has ended, or stop it."
                ) from error
            if code == sqlite3.SQLITE_NOTADB:
                raise ProjectError(
                    f"{self.path} is not a narration project. Move it away, or name another one with --project."
                ) from error
            if code in (
                sqlite3.SQLITE_FULL,
                sqlite3.SQLITE_IOERR,
                sqlite3.SQLITE_READONLY,
                sqlite3.SQLITE_CANTOPEN,
            ):
                raise ProjectWriteError(
                    f"The project {self.path} cannot be written ({error}); what was recorded before is kept. "
                    "Make room or writing allowed there, and run the same command again."
                ) from error
            raise self._damaged(error) from error

    @contextmanager
    def decoding(self) -> Iterator[None]:
        """What is stored becomes values in here; where it cannot, the file is damaged."""
        try:
            yield
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> ProjectError:
        return ProjectError(
            f"The project {self.path} is damaged ({error}). Move it away to record all anew; "
            "`sqlite3 FILE .recover` can save takes from it."
        )


def _text(stored: bytes) -> str:
    """Text, also that of a file name that is no UTF-8."""
    return stored.decode("utf-8", "surrogateescape")


def _journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def _statements() -> list[str]:
    lines = files("narration").joinpath("schema.sql").read_text("utf-8").splitlines()
    sql = "\n".join(line for line in lines if not line.startswith("--"))
    return [statement for statement in sql.split(";") if statement.strip()]
