"""A recording of one paragraph, and what decides how it sounds."""

import hashlib
import json
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from narration.check.measures import Measures

RECORDING_FORMAT = 1
"""Counts up when the same text would be recorded otherwise: trimming, joining, packing."""


class Pronunciation(NamedTuple):
    """utterances[utterance][start:end] is said by its sounds: `ipa`, in the International Phonetic Alphabet."""

    utterance: int
    start: int
    end: int
    ipa: str


@dataclass(frozen=True, slots=True)
class Sound:
    """Everything that decides a take's sound, and nothing else.

    utterances: sentences as the engine is given them; pronunciations: the words in them that it says by their sounds,
    in order, only those that the voice can; fingerprint: the voice model's, "" where the version says it
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
    pronunciations: tuple[Pronunciation, ...] = ()

    @property
    def key(self) -> str:
        """SHA-256 over every field, in hexadecimal: takes are found by it."""
        named = {name: getattr(self, name) for name in _FIELDS}
        if not self.pronunciations:  # takes are found that were recorded when there were none yet
            del named["pronunciations"]
        values = json.dumps(named, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(values.encode("utf-8", "surrogatepass")).hexdigest()

    def part(self, first: int, end: int) -> "Sound":
        """The sound of utterances[first:end] alone."""
        there = (each for each in self.pronunciations if first <= each.utterance < end)
        moved = tuple(each._replace(utterance=each.utterance - first) for each in there)
        return replace(self, utterances=self.utterances[first:end], pronunciations=moved)

    def saying(self, utterances: tuple[str, ...]) -> "Sound":
        """The sound of other utterances, without pronunciations."""
        return replace(self, utterances=utterances, pronunciations=())

    @property
    def first(self) -> "Sound":
        """The same without its variation: what a new take of it is told from."""
        return replace(self, variation=1)

    def difference(self, earlier: "Sound", said_otherwise: str = "text changed") -> str:
        """Why this is recorded again though `earlier` is there; "" when nothing differs but the variation.

        said_otherwise: the reason when the utterances differ.
        """
        differing = {name for name in _FIELDS if getattr(self, name) != getattr(earlier, name)}
        return "; ".join(
            reason.format(said_otherwise=said_otherwise, then=getattr(earlier, name), now=getattr(self, name))
            for name, reason in _REASONS.items()
            if name in differing and _IMPLIED_BY.get(name) not in differing
        )


_FIELDS = tuple(each.name for each in fields(Sound))
_REASONS = {
    "utterances": "{said_otherwise}",
    "pronunciations": "{said_otherwise}",
    "engine": "engine changed from {then} to {now}",
    "engine_version": "engine changed from version “{then}” to “{now}”",
    "voice": "voice changed from {then} to {now}",
    "fingerprint": "the voice's model changed",
    "speed": "speed changed from {then:g} to {now:g}",
    "volume": "volume changed from {then:g} to {now:g}",
    "sentence_pause_s": "pause between sentences changed from {then:g} to {now:g} s",
    "recording_format": "takes are recorded in a new way",
}
_IMPLIED_BY = {"engine_version": "engine", "fingerprint": "voice", "pronunciations": "utterances"}


def sound_from(values: dict[str, Any]) -> Sound:
    """The Sound that was stored as plain values."""
    pronunciations = tuple(Pronunciation(*each) for each in values.get("pronunciations", ()))
    return Sound(**(values | {"utterances": tuple(values["utterances"]), "pronunciations": pronunciations}))


WordSource = Literal["exact", "aligned", "spread"]
"""Where word times come from: the engine itself; a recogniser; or the sentence, shared out among its words by how
another voice reads it, or by their length between its silences."""


@dataclass(frozen=True, slots=True)
class SentenceTime:
    """When one utterance is heard: samples of the take, from and to, and its words' (start, end, from, to).

    source: where its words' times come from.
    """

    from_samples: int
    to_samples: int
    words: tuple[tuple[int, int, int, int], ...] = ()
    source: WordSource = "exact"

    def later(self, n_samples: int) -> "SentenceTime":
        """The same, so many samples further on."""
        words = tuple((start, end, at + n_samples, to + n_samples) for start, end, at, to in self.words)
        return SentenceTime(self.from_samples + n_samples, self.to_samples + n_samples, words, self.source)


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """A take's sound, lossless, and when each sentence is heard.

    pieces: FLAC files, 16 bit, one behind the other: one, but for a very long paragraph; sample_rate_hz, n_samples and
    channels describe them all: takes have one channel, music may have two; loudness_lufs: of the whole take; measures:
    of each sentence, of a take that has just been recorded, for whoever checks it.
    """

    pieces: tuple[bytes, ...]
    sample_rate_hz: int
    n_samples: int
    sentences: tuple[SentenceTime, ...]
    loudness_lufs: float
    measures: tuple["Measures", ...] = ()
    channels: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """A take as one codec's packets, mastered, and what a player will hear of them.

    sizes: bytes of each packet, as little-endian uint32; anchors: for each piece, its first sample in the take, at
    the take's rate, and where that is heard in the packets, at the codec's; energies: mean squares of the decoded
    sound's 400 ms blocks (BS.1770), little-endian float32; true_peak_dbtp: of the decoded sound.
    """

    mastering: str
    sizes: bytes
    payload: bytes
    anchors: tuple[tuple[int, int], ...]
    energies: bytes
    true_peak_dbtp: float

    @property
    def n_packets(self) -> int:
        """How many packets."""
        return len(self.sizes) // 4
