"""An episode as the folder of its show remembers it: all that the feed says of it, in `episode.json`."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Self

from audio.formats.tag_text import time_ms
from narration.podcast.plain_text import plain, shortened
from narration.podcast.programme import Programme

ENTRY = "episode.json"
_DESCRIPTION_CHARACTERS = 400
_FAULTS = (OSError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
_FORMATS = ("%B %d, %Y", "%d %B %Y", "%b %d, %Y", "%d %b %Y", "%B %Y")


@dataclass(frozen=True, slots=True)
class Entry:
    """One episode of the feed.

    guid: names it for good; slug: its folder; published: RFC 3339, in UTC; season: 0 for none; number: counts up
    through the show; chapters: of each its start in milliseconds and its title; source: the article's web address.
    """

    guid: str
    slug: str
    title: str
    author: str
    description: str
    language: str
    source: str
    published: str
    season: int
    number: int
    audio: str
    mime: str
    n_bytes: int
    duration_ms: int
    chapters: tuple[tuple[int, str], ...]

    def __post_init__(self) -> None:
        for field in fields(self):
            if field.type in (str, int) and type(getattr(self, field.name)) is not field.type:
                raise TypeError(f"{field.name} is {getattr(self, field.name)!r}.")
        if self.published_at.tzinfo is None or Path(self.audio).name != self.audio:
            raise ValueError(f"{self.published} is no date with its zone, or {self.audio} no name of a file.")

    @property
    def published_at(self) -> datetime:
        """When it was published."""
        return datetime.fromisoformat(self.published)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The entry that was written. Raises ValueError, TypeError and the like for anything else."""
        read: dict[str, Any] = json.loads(text)
        values: dict[str, Any] = {
            name: plain(value) if isinstance(value, str) else value for name, value in read.items()
        }
        return cls(**values | {"chapters": tuple((int(at), plain(str(title))) for at, title in values["chapters"])})

    def to_json(self) -> str:
        """The entry as a file."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


def entry_of(programme: Programme, known: Iterable[Entry], season: int, now: datetime) -> Entry:
    """The entry of a programme among those of its show: number, season and date stay as they were.

    now: the date of an episode whose article has none that can be read.
    """
    known = tuple(known)
    before = next((entry for entry in known if entry.guid == programme.key), None)
    rate_hz = programme.sample_rate_hz
    written = date_of(programme.date)
    fresh = Entry(
        guid=programme.key,
        slug=programme.slug,
        title=plain(programme.title) or "Untitled",
        author=plain(programme.author),
        description=plain(programme.description) or _opening(programme),
        language=plain(programme.language),
        source=programme.source,
        published=(written or now).astimezone(UTC).isoformat(timespec="seconds"),
        season=season,
        number=max((entry.number for entry in known), default=0) + 1,
        audio=programme.audio,
        mime=programme.mime,
        n_bytes=programme.n_bytes,
        duration_ms=time_ms(programme.n_samples, rate_hz),
        chapters=tuple((time_ms(each.start_samples, rate_hz), plain(each.title)) for each in programme.chapters),
    )
    if before is None:
        return fresh
    published = fresh.published if written else before.published
    return replace(fresh, number=before.number, season=before.season, published=published)


def remembered(folder: Path) -> tuple[Entry, ...]:
    """The episodes that a show's folder knows of, whether all their files are there or not."""
    return tuple(entry for entry in map(_entry_in, _places(folder)) if entry)


def entries_in(folder: Path) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """The episodes of a show's folder, newest first, and a note on each that is not whole.

    Their lengths are those of the files, so that the feed is right about a sound changed by hand.
    """
    entries, notes = [], []
    for place in _places(folder):
        entry = _entry_in(place)
        if entry and (place / entry.audio).is_file():
            entries.append(replace(entry, n_bytes=(place / entry.audio).stat().st_size))
        else:
            notes.append(f"{place} is not a whole episode, and the feed leaves it out. Publish it again, or remove it.")
    return tuple(sorted(entries, key=lambda entry: (entry.published_at, entry.number), reverse=True)), tuple(notes)


def _places(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("episodes/*") if path.is_dir())


def _entry_in(place: Path) -> Entry | None:
    try:
        return replace(Entry.from_json((place / ENTRY).read_text("utf-8")), slug=place.name)
    except _FAULTS:  # half written, or changed by hand
        return None


def date_of(text: str) -> datetime | None:
    """A date as articles have it: ISO 8601, also only its year, RFC 5322, or in English words; midnight UTC if bare."""
    text = plain(text)
    if partial := re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?", text, re.ASCII):
        text = f"{partial[1]}-{int(partial[2] or 1):02d}-01"
    readers: tuple[Callable[[str], datetime], ...] = (
        datetime.fromisoformat,
        parsedate_to_datetime,
        *map(_by, _FORMATS),
    )
    for read in readers:
        try:
            date = read(text)
            return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, TypeError, OverflowError):
            continue
    return None


def _by(pattern: str) -> Callable[[str], datetime]:
    return lambda text: datetime.strptime(text, pattern).replace(tzinfo=UTC)


def _opening(programme: Programme) -> str:
    """The first words of the article, where nobody describes it."""
    texts = (segment.text for segment, _ in programme.segments if segment.kind == "paragraph")
    return shortened(next(texts, programme.title), _DESCRIPTION_CHARACTERS)
