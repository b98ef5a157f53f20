"""The project's music: what was taken in, lossless, and the mixes that were made with it."""

import json
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from itertools import accumulate

from audio.packets import Packets
from narration.database import Database
from narration.errors import DamagedTakeError
from narration.packet_rows import checksum, packets
from narration.parts import Stored
from narration.take import Encoded, Recording


@dataclass(frozen=True, slots=True)
class StoredMix:
    """The packets of a mix as the project lists them; they themselves are read by `Shelf.packets`."""

    id: int
    n_packets: int
    n_bytes: int
    true_peak_dbtp: float
    energies: bytes
    crc: int


class Shelf:
    """Music and mixes in an open project. Music that no longer has its checksum is as if it were not there."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def music(self, digest: str, channels: int) -> Recording | None:
        """The music of a file with that SHA-256, as it was taken in in so many channels."""
        row = self._db.row(
            "SELECT flac, piece_bytes, sample_rate_hz, n_samples, loudness_lufs, crc FROM music"
            " WHERE digest = ? AND channels = ?",
            digest,
            channels,
        )
        if row is None or zlib.crc32(row[0]) != row[5]:
            return None
        flac, piece_bytes, rate_hz, n_samples, lufs, _ = row
        ends = list(accumulate(json.loads(piece_bytes)))
        pieces = tuple(flac[start:end] for start, end in zip([0, *ends], ends, strict=False))
        return Recording(pieces, rate_hz, n_samples, (), lufs, channels=channels)

    def add_music(self, digest: str, music: Recording) -> None:
        """Keep music, so that its file is not needed again."""
        flac = b"".join(music.pieces)
        row = (
            digest, music.channels, music.sample_rate_hz, music.n_samples, music.loudness_lufs,
            json.dumps([len(piece) for piece in music.pieces]), zlib.crc32(flac), flac,
        )  # fmt: skip
        with self._db.transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO music (digest, channels, sample_rate_hz, n_samples, loudness_lufs,"
                " piece_bytes, crc, flac) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )

    def mixes(self, mastering: str) -> dict[str, Stored]:
        """By key, the mixes that are there in this mastering."""
        rows = self._db.rows(
            "SELECT key, id, n_packets, n_bytes, true_peak_dbtp, energies, crc FROM mixes WHERE mastering = ?",
            mastering,
        )
        return {key: Stored(StoredMix(*rest), self.packets) for key, *rest in rows}

    def packets(self, mix: int) -> Packets:
        """The packets of a mix. Raises DamagedTakeError."""
        return packets(self._db, "mixes", mix, f"Packets of music in {self._db.path}")

    def add_mix(self, key: str, mix: Encoded) -> None:
        """Keep a mix."""
        row = (
            key, mix.mastering, mix.n_packets, len(mix.payload), mix.true_peak_dbtp, mix.energies,
            checksum(mix), mix.sizes, mix.payload,
        )  # fmt: skip
        with self._db.transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO mixes (key, mastering, n_packets, n_bytes, true_peak_dbtp, energies, crc,"
                " sizes, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )

    def drop_damaged(self, mastering: str) -> tuple[str, ...]:
        """Take out the mixes that no longer have their checksum, so that they are made again; a note on each."""
        notes = []
        for key, mix in self.mixes(mastering).items():
            try:
                mix.packets()
            except DamagedTakeError as damage:
                notes.append(f"{damage} It is mixed again.")
                self.keep_mixes(mastering, set(self.mixes(mastering)) - {key})
        return tuple(notes)

    def keep_mixes(self, mastering: str, keys: Collection[str]) -> None:
        """Take out the mixes of this mastering that are none of these."""
        unused = [(mix.kept.id,) for key, mix in self.mixes(mastering).items() if key not in keys]
        if unused:
            with self._db.transaction() as db:
                db.executemany("DELETE FROM mixes WHERE id = ?", unused)
