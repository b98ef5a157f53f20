"""How a project file of an older version becomes one of this version, step by step; `schema.sql` is the newest."""

import json
import sqlite3
from collections.abc import Callable


def _segments_in_rows(db: sqlite3.Connection) -> None:
    """Version 2: what was read is kept segment by segment, so that ten hours of it are never in memory at once."""
    db.execute("CREATE TABLE segments (number INTEGER PRIMARY KEY, segment TEXT NOT NULL) STRICT")
    row = db.execute("SELECT made FROM episode").fetchone()
    if row is None:
        return
    made = json.loads(row[0])
    segments, sounds = made["script"].pop("segments"), made.pop("sounds")
    rows = ((each["number"], json.dumps([each, sound])) for each, sound in zip(segments, sounds, strict=True))
    db.executemany("INSERT INTO segments VALUES (?, ?)", rows)
    db.execute("UPDATE episode SET made = ?", (json.dumps(made),))


def _music(db: sqlite3.Connection) -> None:
    """Version 3: music, and what is mixed with it."""
    db.execute(
        """
        CREATE TABLE music (
            digest TEXT PRIMARY KEY,
            sample_rate_hz INTEGER NOT NULL,
            n_samples INTEGER NOT NULL,
            loudness_lufs REAL NOT NULL,
            piece_bytes TEXT NOT NULL,
            crc INTEGER NOT NULL,
            flac BLOB NOT NULL
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE mixes (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            mastering TEXT NOT NULL,
            n_packets INTEGER NOT NULL,
            n_bytes INTEGER NOT NULL,
            true_peak_dbtp REAL NOT NULL,
            energies BLOB NOT NULL,
            crc INTEGER NOT NULL,
            sizes BLOB NOT NULL,
            payload BLOB NOT NULL
        ) STRICT
        """
    )


def _music_in_channels(db: sqlite3.Connection) -> None:
    """Version 4: music is kept in one channel or in two; what there is has one."""
    db.execute("ALTER TABLE music RENAME TO music_3")
    db.execute(
        """
        CREATE TABLE music (
            digest TEXT NOT NULL,
            channels INTEGER NOT NULL,
            sample_rate_hz INTEGER NOT NULL,
            n_samples INTEGER NOT NULL,
            loudness_lufs REAL NOT NULL,
            piece_bytes TEXT NOT NULL,
            crc INTEGER NOT NULL,
            flac BLOB NOT NULL,
            PRIMARY KEY (digest, channels)
        ) STRICT
        """
    )
    kept = "sample_rate_hz, n_samples, loudness_lufs, piece_bytes, crc, flac"
    db.execute(f"INSERT INTO music SELECT digest, 1, {kept} FROM music_3")  # noqa: S608 - names of our own
    db.execute("DROP TABLE music_3")


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (_segments_in_rows, _music, _music_in_channels)
"""In order: the first makes version 2 of version 1, and so on. Each runs inside the transaction that opens the file."""
