"""What there is to hear in a file, as another decoder has it."""

import hashlib
from pathlib import Path

import av
import numpy as np


def packets(path: Path | str) -> list[str]:
    """The hash of each packet of a file's sound."""
    with av.open(str(path)) as file:
        return [hashlib.sha256(bytes(packet)).hexdigest() for packet in file.demux(audio=0) if packet.size]


def level_db(samples: np.ndarray, hertz: float, rate_hz: int) -> float:
    """The level of a tone in the sound, over whole periods."""
    turn = np.exp(-2j * np.pi * hertz * np.arange(len(samples)) / rate_hz)
    return 20 * np.log10(2 * abs(np.mean(samples * turn)) + 1e-9)
