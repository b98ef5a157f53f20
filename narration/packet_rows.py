"""Packets in the project's tables: their sizes, their bytes, and a checksum over both."""

import zlib

import numpy as np

from audio.packets import Packets
from narration.database import Database
from narration.errors import DamagedTakeError
from narration.take import Encoded


def checksum(encoded: Encoded) -> int:
    """CRC-32 of the sizes and then the bytes."""
    return zlib.crc32(encoded.payload, zlib.crc32(encoded.sizes))


def packets(database: Database, table: str, row: int, what: str) -> Packets:
    """The packets of a row, by its id. what: names them in a DamagedTakeError."""
    found = database.row(f"SELECT sizes, crc FROM {table} WHERE id = ?", row)  # noqa: S608 - a table of ours
    assert found is not None
    sizes, crc = found
    payload = database.blob(table, "payload", row)
    if zlib.crc32(payload, zlib.crc32(sizes)) != crc:
        raise DamagedTakeError(f"{what} are damaged.")
    return Packets(np.frombuffer(sizes, "<u4").astype(np.uint32), payload)
