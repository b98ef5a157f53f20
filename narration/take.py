"""A recording of one paragraph, and what decides how it sounds."""

import hashlib
import json
from dataclasses import dataclass, fields, replace
from typing import Any

RECORDING_FORMAT = 1
"""Counts up when the same text would be recorded otherwise: trimming, joining, packing."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Everything that decides a take's sound, and nothing else.

    utterances: sentences as the engine is given them; fingerprint: the voice model's, "" where the version says it
    all; speed: 1.0 is the voice's own pace; sentence_pause_s: silence between sentences; variation: 1, 2 … for other
    takes of the same.
    """

    utterances: tuple[str, ...]
    engine: str
    engine_version: str
    voice: str
    fingerprint: str
    speed: float
    volume: float
    sentence_pause_s: float
    variation: int = 1
    recording_format: int = RECORDING_FORMAT

    @property
    def key(self) -> str:
        """SHA-256 over every field, in hexadecimal: takes are found by it."""
        values = json.dumps({f.name: getattr(self, f.name) for f in fields(self)}, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(values.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def first(self) -> "Sound":
        """The same without its variation: what a new take of it is told from."""
        return replace(self, variation=1)

    def difference(self, earlier: "Sound") -> str:
        """Why this is recorded again though `earlier` is there; "" when nothing differs."""
        reasons = [describe(self, earlier) for differs, describe in _REASONS if differs(self, earlier)]
        return "; ".join(reasons)


_REASONS = (
    (lambda now, then: now.utterances != then.utterances, lambda _now, _then: "text changed"),
    (lambda now, then: now.engine != then.engine, lambda now, then: f"engine changed from {then.engine} to {now.engine}"),
    (
        lambda now, then: now.engine == then.engine and now.engine_version != then.engine_version,
        lambda now, then: f"engine version changed from “{then.engine_version}” to “{now.engine_version}”",
    ),
    (lambda now, then: now.voice != then.voice, lambda now, then: f"voice changed from {then.voice} to {now.voice}"),
    (
        lambda now, then: now.voice == then.voice and now.fingerprint != then.fingerprint,
        lambda _now, _then: "the voice's model changed",
    ),
    (lambda now, then: now.speed != then.speed, lambda now, then: f"speed changed from {then.speed:g} to {now.speed:g}"),
    (
        lambda now, then: now.volume != then.volume,
        lambda now, then: f"volume changed from {then.volume:g} to {now.volume:g}",
    ),
    (
        lambda now, then: now.sentence_pause_s != then.sentence_pause_s,
        lambda now, then: f"pause between sentences changed from {then.sentence_pause_s:g} to {now.sentence_pause_s:g} s",
    ),
    (
        lambda now, then: now.recording_format != then.recording_format,
        lambda _now, _then: "recordings are made in a new way",
    ),
)


def sound_from(values: dict[str, Any]) -> Sound:
    """The Sound that was stored as plain values."""
    return Sound(**(values | {"utterances": tuple(values["utterances"])}))


@dataclass(frozen=True, slots=True)
class SentenceTime:
    """When one utterance is heard: samples of the take, from and to, and its words' (start, end, from, to)."""

    from_samples: int
    to_samples: int
    words: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """A take's sound, lossless, and when each sentence is heard.

    flac: a FLAC file, mono 16 bit; sample_rate_hz and n_samples describe it; loudness_lufs: of the whole take.
    """

    flac: bytes
    sample_rate_hz: int
    n_samples: int
    sentences: tuple[SentenceTime, ...]
    loudness_lufs: float


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """A take as one codec's packets, mastered, and what a player will hear of them.

    lead_samples: silence before the speech, at the codec's rate; energies: mean squares of the decoded sound's 400 ms
    blocks (BS.1770), float32 bytes; true_peak_dbtp: of the decoded sound.
    """

    mastering: str
    sizes: bytes
    payload: bytes
    lead_samples: int
    energies: bytes
    true_peak_dbtp: float

    @property
    def n_packets(self) -> int:
        """How many packets."""
        return len(self.sizes) // 4
