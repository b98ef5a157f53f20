"""The episode as its file formats see it: spliced parts on one sample-exact timeline."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO, Protocol

from audio.packets import Codec, Packets


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named place on the timeline; it ends where the next one starts."""

    title: str
    start_samples: int


@dataclass(frozen=True, slots=True)
class Cover:
    """A picture as it came: JPEG or PNG bytes, size in pixels."""

    image: bytes
    mime: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Tags:
    """What a player shows. Empty strings are left out of the file. date: ISO 8601; language: BCP 47."""

    title: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    description: str = ""
    cover: Cover | None = None


class Part(Protocol):
    """Some packets in the episode, read when they are needed."""

    @property
    def n_packets(self) -> int:
        """How many packets."""

    @property
    def n_bytes(self) -> int:
        """Their bytes altogether."""

    def packets(self) -> Packets:
        """The packets themselves, read from where they are kept."""


@dataclass(frozen=True, slots=True)
class Episode:
    """Parts in playing order, and where the chapters start.

    The sample at timeline position t is the decoded sample t once the codec's delay has been taken off.
    """

    codec: Codec
    parts: Sequence[Part]
    chapters: tuple[Chapter, ...]
    tags: Tags

    @property
    def n_packets(self) -> int:
        """Packets of all parts."""
        return sum(part.n_packets for part in self.parts)

    @property
    def n_samples(self) -> int:
        """Decoded length: the last delay_samples of the last part, which are silence, stay in the decoder."""
        return self.n_packets * self.codec.frame_samples - self.codec.delay_samples


def stretch(episode: Episode, start_samples: int, end_samples: int) -> Episode:
    """The parts from the one that holds start_samples to the last that begins before end_samples, without chapters."""
    position = 0
    parts: list[Part] = []
    for part in episode.parts:
        end = position + part.n_packets * episode.codec.frame_samples
        if end > start_samples and position < end_samples:
            parts.append(part)
        position = end
    return replace(episode, parts=tuple(parts), chapters=())


class Format(Protocol):
    """Writes an episode as one kind of file."""

    @property
    def suffix(self) -> str:
        """The file name's ending, with its dot."""

    @property
    def codec(self) -> Codec:
        """What its packets are, of one channel."""

    @property
    def stereo_codec(self) -> Codec:
        """The same of two channels."""

    def write(self, episode: Episode, out: BinaryIO) -> None:
        """Write the whole file to a new, seekable, writable binary file, in flat memory: one part at a time.

        The same episode always gives the same bytes.
        """
