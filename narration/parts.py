"""Parts of an episode that the project keeps: what is known of them, and how their packets are read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from audio.packets import Packets


class Heard(Protocol):
    """What was measured of packets: mean squares of their 400 ms blocks (BS.1770), and their true peak."""

    @property
    def energies(self) -> bytes:
        """Little-endian float32."""

    @property
    def true_peak_dbtp(self) -> float:
        """Of the decoded sound."""


class Kept(Heard, Protocol):
    """Packets that the project keeps."""

    @property
    def id(self) -> int:
        """What they are read by."""

    @property
    def n_packets(self) -> int:
        """How many packets."""

    @property
    def n_bytes(self) -> int:
        """Their bytes altogether."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A part of an episode that the project keeps. read: the packets, by their id."""

    kept: Kept
    read: Callable[[int], Packets]

    @property
    def n_packets(self) -> int:
        """How many packets."""
        return self.kept.n_packets

    @property
    def n_bytes(self) -> int:
        """Their bytes altogether."""
        return self.kept.n_bytes

    def packets(self) -> Packets:
        """The packets, read now."""
        return self.read(self.kept.id)
