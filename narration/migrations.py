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


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (_segments_in_rows,)
"""In order: the first makes version 2 of version 1. Each runs inside the transaction that opens the file."""
