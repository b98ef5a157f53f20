"""An episode as everything published of it sees it: what is read, when it is heard, and what it is called."""

from dataclasses import dataclass

from narration.heard import HeardSegment
from script.script import Segment


@dataclass(frozen=True, slots=True)
class ProgrammeChapter:
    """A chapter, in samples of the episode; it ends where the next one starts. first, last: numbers of its segments."""

    number: int
    title: str
    start_samples: int
    end_samples: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Programme:
    """One episode, ready to be published. Every time in it is in samples of the one timeline.

    key: names the episode for good, however often it is narrated again; slug: its folder and file names, unique in
    the show; audio: the file name of its sound; chapters: at least one; segments: each as written and as heard.
    """

    key: str
    slug: str
    title: str
    author: str
    date: str
    language: str
    description: str
    audio: str
    mime: str
    n_bytes: int
    sample_rate_hz: int
    n_samples: int
    chapters: tuple[ProgrammeChapter, ...]
    segments: tuple[tuple[Segment, HeardSegment], ...]

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.n_samples / self.sample_rate_hz
