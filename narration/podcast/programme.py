"""An episode as everything published of it sees it: what is read, when it is heard, and what it is called."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from narration import places, snapshot
from narration.episode import Timeline
from narration.errors import UsageError
from narration.heard import HeardSegment
from narration.production import Production
from narration.snapshot import Snapshot
from script.script import Segment

_MIME = {".mp3": "audio/mpeg", ".m4a": "audio/x-m4a"}
"""What podcast players take, by suffix, as Apple names them ("Podcaster's guide to RSS")."""


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
    the show; audio: the file name of its sound; chapters: at least one; segments: each as written and as heard;
    source: the article's web address, "" when it has none.
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
    source: str = ""

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.n_samples / self.sample_rate_hz


def audio_suffix(output: str) -> str:
    """The suffix of the sound that is published of an episode made as `output`: .m4a for MP4 files, else .mp3."""
    return ".m4a" if Path(output).suffix.lower() in (".m4a", ".m4b") else ".mp3"


def named(opened: Production) -> Snapshot:
    """What the project last made, with the name it is published by for good: given now, if it has none yet.

    It is kept in the project, so that it stays wherever that is moved and however it is narrated again; and it comes
    from where the project stands, so that one that is made anew there has the same.
    """
    now = opened.snapshot()
    if not now.guid:
        now = replace(now, guid=str(uuid5(NAMESPACE_URL, opened.project.path.resolve().as_uri())))
        opened.project.save_made(snapshot.packed(now))
    return now


def programme_of(opened: Production, folder: Path) -> Programme:
    """The project's episode in its folder of the show, whose name is its slug; the sound is written there.

    Raises what writing an episode raises.
    """
    now = named(opened)
    audio = folder / f"{folder.name}{audio_suffix(now.output)}"
    line = opened.write_copy(audio, now).timeline
    return programme(now, line, tuple(opened.heard(audio, now, line)), audio.name, audio.stat().st_size)


def programme(now: Snapshot, line: Timeline, heard: Sequence[HeardSegment], audio: str, n_bytes: int = 0) -> Programme:
    """The episode of a timeline under the names it is published by.

    heard: one for each segment; audio: the name of the file its sound stands in, slug and suffix; n_bytes: its length.
    Raises UsageError for a sound that players of podcasts do not take.
    """
    slug, suffix = Path(audio).stem, Path(audio).suffix
    if suffix not in _MIME:
        raise UsageError(f"A podcast is published as {' or '.join(_MIME)}, not as {suffix}.")
    script = now.script
    return Programme(
        key=now.guid,
        slug=slug,
        title=script.title,
        author=script.author,
        date=script.date,
        language=script.language,
        description=script.description,
        audio=audio,
        mime=_MIME[suffix],
        n_bytes=n_bytes,
        sample_rate_hz=line.episode.codec.sample_rate_hz,
        n_samples=line.episode.n_samples,
        chapters=_chapters(now, line),
        segments=tuple(zip(script.segments, heard, strict=True)),
        source=now.source if places.is_address(now.source) else "",
    )


def _chapters(now: Snapshot, line: Timeline) -> tuple[ProgrammeChapter, ...]:
    starts = [chapter.start_samples for chapter in line.episode.chapters]
    times = pairwise([*starts, line.episode.n_samples])
    return tuple(
        ProgrammeChapter(chapter.number, chapter.title, start, end, chapter.first, chapter.last)
        for chapter, (start, end) in zip(now.script.chapters, times, strict=True)
    )
