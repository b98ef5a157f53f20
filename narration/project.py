"""The project file: one SQLite file with all takes, their packets, what was chosen, and what the last `make` read.

An application file format (https://www.sqlite.org/appfileformat.html). Each method that writes is one transaction,
on disk when it returns, so that a kill or a power cut loses nothing recorded or chosen. The file is locked while it
is open; the lock goes with the process.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from functools import cache
from itertools import accumulate, chain
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from audio.packets import Packets
from narration.database import Database
from narration.errors import DamagedTakeError, ProjectError, ProjectWriteError
from narration.packet_rows import checksum, packets
from narration.shelf import Shelf
from narration.take import Encoded, Recording, SentenceTime, Sound, sound_from

How = Literal["redo", "pick", "say", "voice", "from"]


@dataclass(frozen=True, slots=True)
class Take:
    """A take as the project lists it. sound: what it was made from; None for a person's recording."""

    id: int
    paragraph: str
    key: str
    sound: Sound | None
    duration_s: float
    loudness_lufs: float


@dataclass(frozen=True, slots=True)
class TakeTimes:
    """When a take's sentences are heard, in samples at its own rate."""

    sample_rate_hz: int
    sentences: tuple[SentenceTime, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose for a paragraph, and how; text: the paragraph's, as written."""

    take: int
    how: How
    text: str


@dataclass(frozen=True, slots=True)
class EncodedTake:
    """A take's packets as the project lists them; the packets themselves are read by `ProjectFile.packets`."""

    id: int
    take: int
    n_packets: int
    n_bytes: int
    true_peak_dbtp: float
    energies: bytes
    crc: int
    anchors: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Output:
    """A file this project wrote. fingerprint: of all that decides its bytes; size and mtime_ns: as it was left."""

    path: Path
    fingerprint: str
    size: int
    mtime_ns: int


class ProjectFile:
    """An open project file. Raises ProjectError for one that can't be used, ProjectWriteError when writing fails."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Open the file, or make it when `create` is set and there is none."""
        self.path = path
        if not create and not path.exists():
            raise ProjectError(f"There is no project {path}. `narrate SOURCE` makes one.")
        if not path.parent.is_dir():
            raise ProjectWriteError(f"{path} cannot be made: there is no folder {path.parent}. Make it first.")
        self._db = Database(path)
        self.shelf = Shelf(self._db)
        self._sound = cache(_sound)  # takes are listed several times

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the file, and its lock, go."""
        self._db.close()

    def decoding(self) -> AbstractContextManager[None]:
        """What was stored becomes values in here: ProjectError when it cannot, because it is damaged."""
        return self._db.decoding()

    # the episode as it was last made

    def made(self) -> Iterator[Any] | None:
        """What `save_made` was given, one value at a time; None before the first `make`."""
        row = self._db.row("SELECT made FROM episode")
        if row is None:
            return None
        segments = self._db.rows("SELECT segment FROM segments ORDER BY number")
        return map(json.loads, chain(row, (segment for (segment,) in segments)))

    def save_made(self, made: Iterator[Any]) -> None:
        """Keep what `make` was asked for, and then each segment it read; only what differs from before is written."""
        with self._db.transaction() as db:
            db.execute(
                "INSERT INTO episode VALUES (1, ?) ON CONFLICT DO UPDATE SET made = excluded.made"
                " WHERE made != excluded.made",
                (json.dumps(next(made)),),
            )
            number = 0
            for number, segment in enumerate(made, 1):
                db.execute(
                    "INSERT INTO segments VALUES (?, ?) ON CONFLICT DO UPDATE SET segment = excluded.segment"
                    " WHERE segment != excluded.segment",
                    (number, json.dumps(segment)),
                )
            db.execute("DELETE FROM segments WHERE number > ?", (number,))

    # takes

    def takes(self) -> tuple[Take, ...]:
        """All takes, in the order they were recorded."""
        rows = self._db.rows(
            "SELECT id, paragraph, key, sound, n_samples, sample_rate_hz, loudness_lufs FROM takes ORDER BY id"
        )
        with self.decoding():
            return tuple(
                Take(id_, paragraph, key, self._sound(sound), n_samples / rate_hz, lufs)
                for id_, paragraph, key, sound, n_samples, rate_hz, lufs in rows
            )

    def add_take(
        self,
        paragraph: str,
        sound: Sound | None,
        recording: Recording,
        encoded: Encoded,
        *,
        occurrence: int = 1,
        how: How | None = None,
        text: str = "",
    ) -> int:
        """Keep a take with its packets and, with `how`, choose it for its paragraph; the take's id."""
        flac = b"".join(recording.pieces)
        crc = zlib.crc32(flac)
        times = json.dumps(
            [[time.from_samples, time.to_samples, time.words, time.source] for time in recording.sentences]
        )
        row = (
            paragraph, sound.key if sound else f"person {crc:08x} {recording.n_samples}",
            "engine" if sound else "person",
            json.dumps(asdict(sound), ensure_ascii=True) if sound else "", recording.sample_rate_hz,
            recording.n_samples, recording.loudness_lufs, times,
            json.dumps([len(piece) for piece in recording.pieces]), crc, flac,
        )  # fmt: skip
        with self._db.transaction() as db:
            take = db.execute(
                "INSERT INTO takes (paragraph, key, origin, sound, sample_rate_hz, n_samples, loudness_lufs, sentences,"
                " piece_bytes, crc, flac) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            ).lastrowid
            assert take is not None
            self._insert_encoded(db, take, encoded)
            if how:
                self._insert_choice(db, paragraph, occurrence, Choice(take, how, text))
        return take

    def recording(self, take: int) -> Recording:
        """The take's sound and times. Raises DamagedTakeError."""
        row = self._db.row(
            "SELECT flac, piece_bytes, sample_rate_hz, n_samples, sentences, loudness_lufs, crc FROM takes"
            " WHERE id = ?",
            take,
        )
        assert row is not None
        flac, piece_bytes, rate_hz, n_samples, times, lufs, crc = row
        if zlib.crc32(flac) != crc:
            raise DamagedTakeError(f"Take {take} in {self.path} is damaged.")
        with self.decoding():
            ends = list(accumulate(json.loads(piece_bytes)))
            pieces = tuple(flac[start:end] for start, end in zip([0, *ends], ends, strict=False))
            return Recording(pieces, rate_hz, n_samples, _sentences(times), lufs)

    def sound(self, take: int) -> Sound | None:
        """What the take was made from; None for a person's recording."""
        row = self._db.row("SELECT sound FROM takes WHERE id = ?", take)
        assert row is not None
        with self.decoding():
            return self._sound(row[0])

    def times(self, take: int) -> TakeTimes:
        """When each sentence of the take is heard."""
        row = self._db.row("SELECT sample_rate_hz, sentences FROM takes WHERE id = ?", take)
        assert row is not None
        with self.decoding():
            return TakeTimes(row[0], _sentences(row[1]))

    def delete_takes(self, takes: Sequence[int]) -> None:
        """Take these, and their packets, out of the file, and give the room back."""
        with self._db.transaction() as db:
            db.executemany("DELETE FROM takes WHERE id = ?", [(take,) for take in takes])
        self._db.vacuum()

    # packets

    def encoded(self, mastering: str) -> dict[int, EncodedTake]:
        """By take, what is there of its packets in this mastering."""
        rows = self._db.rows(
            "SELECT id, take, n_packets, n_bytes, true_peak_dbtp, energies, crc, anchors FROM encoded"
            " WHERE mastering = ?",
            mastering,
        )
        with self.decoding():
            return {row[1]: EncodedTake(*(*row[:-1], _pairs(row[-1]))) for row in rows}

    def packets(self, encoded: int) -> Packets:
        """The packets. Raises DamagedTakeError."""
        return packets(self._db, "encoded", encoded, f"Packets {encoded} in {self.path}")

    def add_encoded(self, take: int, encoded: Encoded) -> None:
        """Keep a take's packets in one more mastering, in place of any it has in it."""
        with self._db.transaction() as db:
            self._insert_encoded(db, take, encoded)

    def drop_damaged(self, mastering: str, takes: Iterable[int]) -> tuple[str, ...]:
        """Take out what of these takes no longer has its checksum, so that it is made again; a note on each.

        A person's own recording is never taken out: DamagedTakeError says that it can't be used.
        """
        notes = []
        encoded = self.encoded(mastering)
        for take in takes:
            if take in encoded:
                try:
                    self.packets(encoded[take].id)
                    continue
                except DamagedTakeError as damage:
                    notes.append(f"{damage} They are made again.")
                    self._delete("encoded", encoded[take].id)
            notes += self._drop_damaged_take(take)
        return tuple(notes)

    def _drop_damaged_take(self, take: int) -> list[str]:
        try:
            self.recording(take)
        except DamagedTakeError as damage:
            row = self._db.row("SELECT origin FROM takes WHERE id = ?", take)
            if row == ("person",):
                raise DamagedTakeError(
                    f"{damage} It is your own recording: take it in again with redo --from, or pick another."
                ) from damage
            self._delete("takes", take)
            return [f"{damage} Its paragraph has to be recorded again."]
        return []

    def _delete(self, table: Literal["takes", "encoded"], row: int) -> None:
        with self._db.transaction() as db:
            db.execute(f"DELETE FROM {table} WHERE id = ?", (row,))  # noqa: S608 - one of two literals

    # choices

    def choices(self) -> dict[tuple[str, int], Choice]:
        """What was chosen, by paragraph and occurrence."""
        rows = self._db.rows("SELECT paragraph, occurrence, take, how, text FROM choices")
        return {(paragraph, occurrence): Choice(*rest) for paragraph, occurrence, *rest in rows}

    def choose(self, paragraph: str, occurrence: int, choice: Choice) -> None:
        """Choose a take for a paragraph."""
        with self._db.transaction() as db:
            self._insert_choice(db, paragraph, occurrence, choice)

    # calibrations and outputs

    def calibration(self, key: str) -> dict[str, float] | None:
        """What was measured of a voice under that key."""
        row = self._db.row("SELECT measured FROM calibrations WHERE key = ?", key)
        with self.decoding():
            return None if row is None else json.loads(row[0])

    def add_calibration(self, key: str, measured: Mapping[str, float]) -> None:
        """Keep what was measured of a voice."""
        with self._db.transaction() as db:
            db.execute("INSERT OR REPLACE INTO calibrations VALUES (?, ?)", (key, json.dumps(measured)))

    def outputs(self) -> tuple[Output, ...]:
        """The files written from this project, in order of their paths."""
        rows = self._db.rows("SELECT path, fingerprint, size, mtime_ns FROM outputs ORDER BY path")
        return tuple(Output(self.path.parent / path, *rest) for path, *rest in rows)

    def add_output(self, output: Output) -> None:
        """Remember a file that was written."""
        folder = self.path.parent.resolve()
        path = output.path.resolve()
        name = str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)
        with self._db.transaction() as db:
            row = (name.encode("utf-8", "surrogateescape"), output.fingerprint, output.size, output.mtime_ns)
            db.execute("INSERT OR REPLACE INTO outputs VALUES (CAST(? AS TEXT), ?, ?, ?)", row)

    # rows that come in several ways

    def _insert_encoded(self, db: sqlite3.Connection, take: int, encoded: Encoded) -> None:
        row = (
            take, encoded.mastering, encoded.n_packets, len(encoded.payload), json.dumps(encoded.anchors),
            encoded.true_peak_dbtp, encoded.energies, checksum(encoded),
            encoded.sizes, encoded.payload,
        )  # fmt: skip
        db.execute(
            "INSERT OR REPLACE INTO encoded (take, mastering, n_packets, n_bytes, anchors, true_peak_dbtp,"
            " energies, crc, sizes, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )

    def _insert_choice(self, db: sqlite3.Connection, paragraph: str, occurrence: int, choice: Choice) -> None:
        row = (paragraph, occurrence, choice.take, choice.how, choice.text)
        db.execute("INSERT OR REPLACE INTO choices VALUES (?, ?, ?, ?, ?)", row)


def _sound(stored: str) -> Sound | None:
    return sound_from(json.loads(stored)) if stored else None


def _sentences(times: str) -> tuple[SentenceTime, ...]:
    return tuple(
        SentenceTime(start, end, tuple(map(tuple, words)), *source) for start, end, words, *source in json.loads(times)
    )


def _pairs(anchors: str) -> tuple[tuple[int, int], ...]:
    return tuple((at, heard) for at, heard in json.loads(anchors))
