"""The page of an episode, which reads along: one HTML file, the words of its chapters, and what all pages share.

Nothing in it is fetched from elsewhere, and no script or style stands in the HTML, so it runs from a folder, from any
host, and under the strictest Content-Security-Policy that names 'self' alone.
"""

from collections.abc import Container, Mapping
from pathlib import Path

from audio.formats.tag_text import time_ms
from narration.output import make_folder, renew
from narration.podcast.names import FEED, PAGE, SMALL_COVER
from narration.podcast.outline import Outline, ShownPicture, outline
from narration.podcast.page_assets import template, version_of, write_assets
from narration.podcast.plain_text import showable
from narration.podcast.programme import Programme
from narration.podcast.spoken_text import chapter_script
from narration.podcast.templating import direction, machine_date, shown_date
from narration.podcast.waveform import WAVEFORM

_ROOT = "../../"  # from episodes/SLUG/ to where assets/, index.html and feed.xml are
_SCRIPTS = (  # in the order in which they need each other
    "timeline.js",
    "words.js",
    "highlighter.js",
    "follower.js",
    "pointing.js",
    "memory.js",
    "address.js",
    "sleep.js",
    "session.js",
    "keys.js",
    "controls.js",
    "player.js",
)
_SPEEDS = (0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3)
_SLEEP_MINUTES = (5, 10, 15, 30, 45, 60)
_SHORTCUTS = (
    (("Space",), "play or pause"),
    (("←", "→"), "back 15 seconds, forward 30 seconds"),
    (("j", "k"), "next paragraph, paragraph before"),
    (("n", "p"), "next chapter, chapter before"),
    (("<", ">"), "slower, faster"),
    (("f",), "follow along"),
    (("?",), "this help"),
)


def write_page(programme: Programme, folder: Path, pictures: Mapping[str, ShownPicture] | None = None) -> None:
    """Write the page of an episode into the published folder: what of it differs from what is there.

    folder: the show's, with assets/ and episodes/SLUG/ in it; the sound is expected beside the page. pictures: those of
    the article that are there too, by their place in it. Words of chapters that are no more are removed. Raises
    AudioError when a file cannot be written.
    """
    episode = folder / "episodes" / programme.slug
    scripts = {chapter.number: chapter_script(programme, chapter) for chapter in programme.chapters}
    versions = {number: version_of(script.encode()) for number, script in scripts.items()}
    write_assets(folder)
    make_folder(episode / "words")
    for number, script in scripts.items():
        renew(episode / "words" / f"{number}.js", script)
    drawn = {name for name in (SMALL_COVER, WAVEFORM) if (episode / name).is_file()}
    renew(episode / PAGE, page(programme, outline(programme, pictures), versions, drawn))
    for stale in {*(episode / "words").glob("*.js")} - {episode / "words" / f"{number}.js" for number in scripts}:
        stale.unlink()


def page(programme: Programme, text: Outline, versions: dict[int, str], drawn: Container[str] = ()) -> str:
    """The HTML of an episode's page. versions: of the words of each chapter; drawn: cover and waveform, if they are."""
    rate_hz = programme.sample_rate_hz
    return template("episode.html").render(
        key=programme.key,
        title=showable(programme.title),
        author=showable(programme.author),
        date=shown_date(showable(programme.date), programme.language),
        machine_date=machine_date(programme.date),
        description=showable(programme.description),
        language=programme.language,
        direction=direction(programme.language),
        audio=programme.audio,
        audio_version=version_of(repr((programme.n_bytes, sorted(versions.items()))).encode()),
        cover=SMALL_COVER if SMALL_COVER in drawn else "",
        waveform=WAVEFORM if WAVEFORM in drawn else "",
        duration_ms=time_ms(programme.n_samples, rate_hz),
        length=_length(programme.duration_s),
        size=f"{programme.n_bytes / 1e6:.1f} MB",
        text=text,
        versions=versions,
        root=_ROOT,
        feed=FEED,
        scripts=_SCRIPTS,
        speeds=_SPEEDS,
        sleep_minutes=_SLEEP_MINUTES,
        shortcuts=_SHORTCUTS,
    )


def _length(seconds: float) -> str:
    """A length in words, to the minute above one: 45 seconds, 12 minutes, 10 hours 2 minutes."""
    if seconds < 59.5:
        return _counted(round(seconds), "second")
    hours, minutes = divmod(round(seconds / 60), 60)
    return " ".join(_counted(n, unit) for n, unit in ((hours, "hour"), (minutes, "minute")) if n)


def _counted(n: int, unit: str) -> str:
    return f"{n} {unit}" if n == 1 else f"{n} {unit}s"
