"""Where music plays in an episode: alone before it, between its chapters and behind it, or under what is read.

Music that stands alone is a part of its own. Music under speech cannot be spliced from the clips of paragraphs; so
those of a run are one part together, as long as they were apart. A run never leaves its chapter, and begins and ends
without music: a change costs the runs of its chapter, and every other packet stays as it was.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from audio.episode import Part, stretch
from narration.episode import Timeline, loudness_lufs
from narration.parts import Heard, Stored

if TYPE_CHECKING:
    from narration.mastering import Mastering
    from narration.plan import Step
    from narration.project import EncodedTake
    from script.script import Script

Role = Literal["intro", "music", "chime", "outro"]
ROLES: tuple[Role, ...] = ("intro", "music", "chime", "outro")
_VERSION = 1  # counts up when the same music would be mixed otherwise
_LONGEST_S = 480.0  # of a run, all channels together: what a worker has in memory at a time


@dataclass(frozen=True, slots=True)
class Cue:
    """Music at a place of the episode. music: its SHA-256; key: of all that decides its packets.

    first, last: segments that it plays under, by index, last not included; where they are equal it stands alone,
    before that segment.
    """

    key: str
    music: str
    first: int
    last: int


def cues(
    line: Timeline,
    script: "Script",
    steps: Sequence["Step"],
    encoded: Mapping[int, "EncodedTake"],
    music: Mapping[str, str],
    mastering: "Mastering",
) -> tuple[Cue, ...]:
    """Where music plays, in playing order. line: the episode without it; music: by role, its SHA-256."""
    ends = [*line.starts_samples[1:], _n_samples(line)]
    found: list[Cue] = []

    def alone(role: Role, before: int) -> None:
        if role in music:
            found.append(Cue(_key(mastering, music[role]), music[role], before, before))

    alone("intro", 0)
    for chapter in script.chapters:
        first, last = chapter.first - 1, chapter.last
        if first:
            alone("chime", first)
        if "music" in music:
            for start, end in _runs(line, first, last, ends):
                said = [_said(step, encoded) for step in steps[start:end]]
                lengths = [ends[index] - line.starts_samples[index] for index in range(start, end)]
                found.append(Cue(_key(mastering, music["music"], said, lengths), music["music"], start, end))
    alone("outro", len(steps))
    return tuple(found)


def _runs(line: Timeline, first: int, last: int, ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """A chapter's segments in runs, of at most _LONGEST_S or of one that is longer."""
    codec = line.episode.codec
    longest = _LONGEST_S / codec.channels * codec.sample_rate_hz
    start = first
    for index in range(first, last):
        if index > start and ends[index] - line.starts_samples[start] > longest:
            yield start, index
            start = index
    if start < last:
        yield start, last


def _said(step: "Step", encoded: Mapping[int, "EncodedTake"]) -> int | None:
    return None if step.take is None else encoded[step.take].crc


def _key(mastering: "Mastering", music: str, *what: object) -> str:
    values = json.dumps([_VERSION, mastering.key, music, *what])
    return hashlib.sha256(values.encode()).hexdigest()


def scored(
    line: Timeline,
    script: "Script",
    steps: Sequence["Step"],
    encoded: Mapping[int, "EncodedTake"],
    played: Sequence[Cue],
    mixes: Mapping[str, Stored],
) -> Timeline:
    """The episode with its music. line: the episode without; mixes: by key of a cue, its packets."""
    codec = line.episode.codec
    bounds = [*line.starts_samples, _n_samples(line)]
    opened = {chapter.first - 1: index for index, chapter in enumerate(script.chapters)}
    parts: list[Part] = []
    starts: list[int] = []
    sounds: list[Heard] = []
    chapters = list(line.episode.chapters)
    position = 0
    for cue in _without_gaps(played, [*opened, len(line.starts_samples)]):
        if cue.first in opened and (index := opened.pop(cue.first)):
            chapters[index] = replace(chapters[index], start_samples=position)
        starts += (position + bounds[index] - bounds[cue.first] for index in range(cue.first, cue.last))
        if cue.key:
            parts.append(mixes[cue.key])
            sounds.append(mixes[cue.key].kept)
            position += mixes[cue.key].n_packets * codec.frame_samples
        else:
            parts += stretch(line.episode, bounds[cue.first], bounds[cue.last]).parts
            sounds += (encoded[step.take] for step in steps[cue.first : cue.last] if step.take is not None)
            position += bounds[cue.last] - bounds[cue.first]
    return Timeline(
        replace(line.episode, parts=tuple(parts), chapters=tuple(chapters)),
        tuple(starts),
        loudness_lufs(sounds),
        max(sound.true_peak_dbtp for sound in sounds),
        hashlib.sha256(" ".join([line.fingerprint, *(cue.key for cue in played)]).encode()).hexdigest(),
    )


def _without_gaps(played: Sequence[Cue], bounds: Sequence[int]) -> Iterator[Cue]:
    """The cues, and between them what is read without music, as cues without a key.

    bounds: where chapters begin, and how many segments there are: no cue goes beyond one.
    """
    reached = 0
    for cue in (*played, Cue("", "", bounds[-1], bounds[-1])):
        for bound in bounds:
            if reached < min(bound, cue.first):
                yield Cue("", "", reached, min(bound, cue.first))
                reached = min(bound, cue.first)
        if cue.key:
            yield cue
            reached = cue.last


def _n_samples(line: Timeline) -> int:
    """The length of all packets, before a decoder's delay is taken off."""
    return line.episode.n_packets * line.episode.codec.frame_samples
