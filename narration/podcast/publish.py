"""The whole of `publish`: episodes into a folder that any web server can serve, and a feed of all that is in it.

Each file is written beside its place and then put there, one that is the same is left alone; of an episode
`episode.json` comes last, and of the show the feed. So a folder that was left half written is whole after the next
`publish`, and what listeners see never names what is not there.
"""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from narration import places, snapshot
from narration.errors import UsageError
from narration.formats import format_for, format_names
from narration.make import narrate
from narration.output import make_folder, renew
from narration.podcast import transcript
from narration.podcast.artwork import Picture, cover_of, made_cover
from narration.podcast.captions import cues
from narration.podcast.chapters import CHAPTERS, chapters_json
from narration.podcast.entry import ENTRY, Entry, entries_in, entry_of, remembered
from narration.podcast.feed import feed_xml, guid_in
from narration.podcast.lock import locked
from narration.podcast.names import COVER, FEED, SMALL_COVER
from narration.podcast.page import write_page
from narration.podcast.pictures import write_pictures
from narration.podcast.plain_text import language_code
from narration.podcast.programme import Programme, named, programme_of
from narration.podcast.show import SHOW, Show, read_show, show_toml
from narration.podcast.show_page import write_show_page
from narration.podcast.waveform import WAVEFORM, levels, waveform_svg
from narration.production import Production, mastering, production, tags
from narration.project import ProjectFile
from narration.record import Failure, OnProgress, no_progress
from narration.revise import source_changed
from narration.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: the feed, the folders of the episodes that were asked for, and those that failed.

    feed: None when nothing could be narrated that would be its first episode.
    """

    feed: Path | None
    episodes: tuple[Path, ...]
    notes: tuple[str, ...]
    failed: tuple[Failure, ...] = ()


def publish(
    episodes: Sequence[str],
    folder: Path,
    *,
    base_url: str = "",
    show_file: Path | None = None,
    on_progress: OnProgress = no_progress,
    now: datetime | None = None,
) -> Published:
    """Publish episodes in the folder of a show, which is made if it is not there.

    episodes: each a project, an audio file made from it, or its source, which is narrated if it never was; without
    any, the feed and the show's page follow what is in the folder. base_url: instead of show.toml's. now: the date of
    articles that have none. Raises what narrating and writing an episode raise.
    """
    show_path = show_file or folder / SHOW
    notes: list[str] = []
    known = _show_there(show_path)  # what is wrong with it is said before anything is narrated
    projects, failed = _projects(episodes, on_progress, notes)
    if known is None and not projects:
        if failed:
            return Published(None, (), tuple(notes), failed)
        raise UsageError(f"There is no show in {folder} yet. `narrate publish EPISODE --to {folder}` makes one.")
    make_folder(folder)
    there: list[Path] = []
    with locked(folder):
        show = _show_there(show_path) or known or _first_show(projects[0], show_path, base_url, notes)
        show = _placed(show, base_url, show_path, notes)
        _write_cover(folder, _show_cover(show, show_path), notes)  # before anything long is in memory
        for project in projects:
            with production(project, 0, on_progress) as opened:
                there.append(_publish_episode(opened, folder, show, now or datetime.now(UTC), notes))
        feed = _publish_show(folder, show, notes)
    return Published(feed, tuple(there), tuple(notes), failed)


def _show_there(path: Path) -> Show | None:
    return read_show(path) if path.exists() else None


def _projects(
    episodes: Iterable[str], on_progress: OnProgress, notes: list[str]
) -> tuple[tuple[Path, ...], tuple[Failure, ...]]:
    """The projects, each once; what was never narrated is narrated, and left out where it could not be."""
    projects: dict[Path, Path] = {}
    failed: list[Failure] = []
    for episode in episodes:
        try:
            project = places.find_project(episode)
        except UsageError:
            if Path(episode).suffix.lower().removeprefix(".") in format_names():
                raise  # a sound is no source
            made = narrate(episode, _output(episode), on_progress=on_progress)
            notes += made.notes
            failed += made.failed
            if made.failed:
                continue
            project = places.project_beside(Path(made.output))
        projects.setdefault(project.resolve(), project)
    return tuple(projects.values()), tuple(failed)


def _output(source: str) -> Path | None:
    """What a source is narrated to: beside it, or in the current folder where nobody may write there."""
    if places.is_untitled(source):
        return None
    beside = places.default_output(source)
    return beside if os.access(beside.parent, os.W_OK) else Path(beside.name)


def _first_show(project: Path, path: Path, base_url: str, notes: list[str]) -> Show:
    """The show of a first episode, written down for a person to edit."""
    with ProjectFile(project) as opened:
        script = snapshot.last_made(opened).script
    title = f"Articles by {script.author}" if script.author else "Articles"
    show = Show(
        title=title,
        author=script.author,
        language=language_code(script.language) or "en",
        description=f"{title}, read aloud.",
        base_url=base_url,
    )
    renew(path, show_toml(show))
    notes.append(f"{path} describes the show: edit its title, description and the rest, and publish again.")
    return show


def _publish_episode(opened: Production, folder: Path, show: Show, now: datetime, notes: list[str]) -> Path:
    """All files of one episode, `episode.json` last; its folder."""
    made = named(opened)
    notes += source_changed(made)
    known = remembered(folder)
    place = folder / "episodes" / _slug(made.guid, made.script.title, known)
    make_folder(place)
    _write_cover(place, _episode_cover(made, show), notes)
    programme = programme_of(opened, place)
    encoded = opened.project.encoded(mastering(format_for(place / programme.audio), made).key)
    _write_transcripts(place, programme)
    renew(place / CHAPTERS, chapters_json(programme))
    renew(place / WAVEFORM, waveform_svg(levels(programme, encoded, made.settings.channels)))
    pictures, doubts = write_pictures(made.script.segments, made.source, place, opened.submit)
    notes += doubts
    write_page(programme, folder, pictures)
    renew(place / ENTRY, entry_of(programme, known, show.season, now).to_json())
    _tidy(place, programme.audio)
    notes += opened.notes
    return place


def _write_transcripts(place: Path, programme: Programme) -> None:
    captions = cues(programme)
    renew(place / "transcript.vtt", transcript.vtt(captions))
    renew(place / "transcript.srt", transcript.srt(captions))
    renew(place / "transcript.json", transcript.transcript_json(captions))
    renew(place / "transcript.html", transcript.transcript_html(programme))


def _slug(guid: str, title: str, known: Iterable[Entry]) -> str:
    """The name of an episode's folder: the one it has, else a free one after its title."""
    slugs = {entry.slug: entry.guid for entry in known}
    mine = next((slug for slug, owner in slugs.items() if owner == guid), None)
    if mine:
        return mine
    name, count = places.slug(title), 1
    while (slug := name if count == 1 else f"{name}-{count}") in slugs:
        count += 1
    return slug


def _episode_cover(made: Snapshot, show: Show) -> Picture:
    script, cover = made.script, tags(made).cover
    if cover:
        return cover_of(cover.image, made.settings.cover or f"of {script.title}")
    return made_cover(script.title, script.author, show.title)


def _write_cover(place: Path, picture: Picture, notes: list[str]) -> None:
    notes += picture.notes
    renew(place / COVER, picture.jpeg)
    renew(place / SMALL_COVER, picture.small)


def _tidy(place: Path, audio: str) -> None:
    """Take away the sound of an earlier suffix, and what a run that was killed left half written."""
    old = [place / f"{place.name}{suffix}" for suffix in (".mp3", ".m4a")]
    for path in [*(path for path in old if path.name != audio), *place.glob(".*.partial")]:
        with suppress(OSError):  # it is in nobody's way
            path.unlink(missing_ok=True)


def _placed(show: Show, base_url: str, path: Path, notes: list[str]) -> Show:
    """The show at the address that was asked for."""
    if base_url and show.base_url != base_url:
        what = "another" if show.base_url else "no"
        notes.append(f"{path} has {what} base_url; write {base_url} there to keep it.")
        show = replace(show, base_url=base_url)
    missing = show.missing_for_apple()
    if missing:
        notes.append(f"Apple Podcasts also asks for {', '.join(missing)}; set it in {path}.")
    return show


def _publish_show(folder: Path, show: Show, notes: list[str]) -> Path:
    entries, broken = entries_in(folder)
    notes += broken
    feed = folder / FEED
    guid = show.guid or guid_in(feed)
    text = feed_xml(show, entries, guid)
    write_show_page(folder, show, entries)
    renew(feed, text)
    return feed


def _show_cover(show: Show, show_path: Path) -> Picture:
    if not show.image:
        return made_cover(show.title, show.author)
    path = show_path.parent / show.image
    try:
        return cover_of(path.read_bytes(), str(path))
    except OSError as error:
        raise UsageError(f"The image {path} that {show_path} names cannot be read: {error.strerror}.") from error
