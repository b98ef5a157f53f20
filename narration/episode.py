"""Takes and pauses put on one sample-exact timeline."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache

import numpy as np

from audio.episode import Chapter, Episode, Part, Tags
from audio.packets import Codec, Packets
from narration.parts import Heard, Stored
from narration.plan import Step
from narration.project import EncodedTake
from script.script import Script, Segment

_TAIL_S = 0.1  # of silence at the end of every clip (audio.master)
_LEAD_FRAMES = 2  # of silence at its start


@dataclass(frozen=True, slots=True)
class Timeline:
    """An episode, where each of its segments starts, and what a player will hear of it.

    starts_samples: of each segment's clip, by number from 1 at index 0, at the codec's rate; fingerprint: of all that
    decides the file's bytes, its format apart.
    """

    episode: Episode
    starts_samples: tuple[int, ...]
    loudness_lufs: float
    true_peak_dbtp: float
    fingerprint: str

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.episode.n_samples / self.episode.codec.sample_rate_hz


@dataclass(frozen=True, slots=True)
class _Silence:
    silence: Packets

    @property
    def n_packets(self) -> int:
        return len(self.silence.sizes)

    @property
    def n_bytes(self) -> int:
        return len(self.silence.payload)

    def packets(self) -> Packets:
        return self.silence


def timeline(
    script: Script,
    steps: Iterable[Step],
    encoded: Mapping[int, EncodedTake],
    codec: Codec,
    read: Callable[[int], Packets],
    tags: Tags,
) -> Timeline:
    """The episode of these takes.

    A pause is whole frames of encoded silence beside what every clip already has at its ends, so that changing a
    pause, or the paragraph before it, encodes nothing else again. read: the packets of an encoded take's id.
    """

    @cache
    def silence(n_frames: int) -> _Silence:
        return _Silence(codec.encode(np.zeros(n_frames * codec.frame_samples, np.float32)))

    parts: list[Part] = []
    starts: list[int] = []
    hashes: list[int | str] = []
    heard: list[EncodedTake] = []
    position = 0
    for segment, step in zip(script.segments, steps, strict=True):
        starts.append(position)
        if step.take is not None:
            take = encoded[step.take]
            heard.append(take)
            hashes.append(take.crc)
            parts.append(Stored(take, read))
            position += take.n_packets * codec.frame_samples
        n_frames = _pause_frames(segment, codec)
        hashes.append(-n_frames)
        if n_frames:
            parts.append(silence(n_frames))
            position += n_frames * codec.frame_samples
    chapters = tuple(Chapter(chapter.title, starts[chapter.first - 1]) for chapter in script.chapters)
    return Timeline(
        Episode(codec, tuple(parts), chapters, tags),
        tuple(starts),
        loudness_lufs(heard),
        max((take.true_peak_dbtp for take in heard), default=-np.inf),
        _fingerprint(codec, hashes, chapters, tags),
    )


def _pause_frames(segment: Segment, codec: Codec) -> int:
    """Frames of silence behind a segment: what is asked for, less what the clips around it bring."""
    pause = segment.pause_after_s * codec.sample_rate_hz
    if segment.utterances:
        pause -= _TAIL_S * codec.sample_rate_hz + _LEAD_FRAMES * codec.frame_samples
    return max(0, round(pause / codec.frame_samples))


def loudness_lufs(heard: Iterable[Heard]) -> float:
    """The integrated loudness of all of these together, in LUFS."""
    from audio.loudness import integrated_lufs

    blocks = [np.frombuffer(take.energies, "<f4") for take in heard]
    return integrated_lufs(np.concatenate([*blocks, np.empty(0, np.float32)]))


def _fingerprint(codec: Codec, hashes: list[int | str], chapters: tuple[Chapter, ...], tags: Tags) -> str:
    cover = hashlib.sha256(tags.cover.image).hexdigest() if tags.cover else ""
    words = asdict(tags) | {"cover": cover}
    values = json.dumps([codec.key, hashes, [asdict(chapter) for chapter in chapters], words], sort_keys=True)
    return hashlib.sha256(values.encode()).hexdigest()
