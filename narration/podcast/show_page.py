"""The page of the show: what it is about, how to subscribe, and its episodes, newest first."""

from collections.abc import Sequence
from pathlib import Path

from narration.output import renew
from narration.podcast.entry import Entry
from narration.podcast.feed import address
from narration.podcast.names import FEED, PAGE, SMALL_COVER
from narration.podcast.page_assets import template, write_assets
from narration.podcast.plain_text import clock, plain
from narration.podcast.show import Show
from narration.podcast.templating import shown_date


def write_show_page(folder: Path, show: Show, entries: Sequence[Entry]) -> None:
    """Write the page into the show's folder, and its style."""
    write_assets(folder)
    renew(folder / PAGE, show_page(show, entries))


def show_page(show: Show, entries: Sequence[Entry]) -> str:
    """The HTML of the show's page."""
    return template("show.html").render(
        title=plain(show.title),
        author=plain(show.author),
        description=plain(show.description),
        language=plain(show.language) or "en",
        link=show.link,
        copyright=plain(show.copyright),
        root="",
        feed=FEED,
        feed_address=address(show, FEED) if show.base_url else "",
        cover=SMALL_COVER,
        episodes=[_listed(entry) for entry in entries],
    )


def _listed(entry: Entry) -> dict[str, object]:
    return {
        "address": f"episodes/{entry.slug}/{PAGE}",
        "audio": f"episodes/{entry.slug}/{entry.audio}",
        "cover": f"episodes/{entry.slug}/{SMALL_COVER}",
        "title": entry.title,
        "author": entry.author,
        "description": entry.description,
        "language": entry.language,
        "date": (day := entry.published_at.date().isoformat()),
        "shown_date": shown_date(day, "en"),
        "length": clock(entry.duration_ms),
        "chapters": len(entry.chapters),
    }
