"""The page of an episode, which reads along: one HTML file, the words of its chapters, and what all pages share.

Nothing in it is fetched from elsewhere, and no script or style stands in the HTML, so it runs from a folder, from any
host, and under the strictest Content-Security-Policy that names 'self' alone.
"""

import hashlib
from collections.abc import Container
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from narration.output import make_folder, renew
from narration.podcast.feed import SMALL_COVER
from narration.podcast.outline import Outline, outline, showable
from narration.podcast.programme import Programme
from narration.podcast.spoken_text import chapter_script, milliseconds
from narration.podcast.templating import direction, machine_date, templates
from narration.podcast.waveform import WAVEFORM

if TYPE_CHECKING:
    from jinja2 import Template

_ROOT = "../../"  # from episodes/SLUG/ to where assets/, index.html and feed.xml are
_HERE = Path(__file__).parent
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


def write_page(programme: Programme, folder: Path) -> None:
    """Write the page of an episode into the published folder: what of it differs from what is there.

    folder: the show's, with assets/ and episodes/SLUG/ in it; the sound is expected beside the page. Words of chapters
    that are no more are removed. Raises AudioError when a file cannot be written.
    """
    episode = folder / "episodes" / programme.slug
    scripts = {chapter.number: chapter_script(programme, chapter) for chapter in programme.chapters}
    versions = {number: _version(script.encode()) for number, script in scripts.items()}
    for needed in (folder / "assets", episode / "words"):
        make_folder(needed)
    for name, content in _assets().items():
        renew(folder / "assets" / name, content)
    for number, script in scripts.items():
        renew(episode / "words" / f"{number}.js", script)
    pictures = {name for name in (SMALL_COVER, WAVEFORM) if (episode / name).is_file()}
    renew(episode / "index.html", page(programme, outline(programme), versions, pictures))
    for stale in {*(episode / "words").glob("*.js")} - {episode / "words" / f"{number}.js" for number in scripts}:
        stale.unlink()


def page(programme: Programme, text: Outline, versions: dict[int, str], pictures: Container[str] = ()) -> str:
    """The HTML of an episode's page. versions: of the words of each chapter; pictures: names of files beside it."""
    rate_hz = programme.sample_rate_hz
    return template("episode.html").render(
        key=programme.key,
        title=showable(programme.title),
        author=showable(programme.author),
        date=showable(programme.date),
        machine_date=machine_date(programme.date),
        description=showable(programme.description),
        language=programme.language,
        direction=direction(programme.language),
        audio=programme.audio,
        audio_version=_version(repr((programme.n_bytes, sorted(versions.items()))).encode()),
        cover=SMALL_COVER if SMALL_COVER in pictures else "",
        waveform=WAVEFORM if WAVEFORM in pictures else "",
        duration_ms=milliseconds(programme.n_samples, rate_hz),
        length=_length(programme.duration_s),
        size=f"{programme.n_bytes / 1e6:.1f} MB",
        title_line=text.title,
        chapters=text.chapters,
        versions=versions,
        root=_ROOT,
        scripts=_SCRIPTS,
        speeds=_SPEEDS,
        sleep_minutes=_SLEEP_MINUTES,
        shortcuts=_SHORTCUTS,
    )


@cache
def template(name: str) -> "Template":
    """A template of a page; what is put into it is escaped."""
    return templates().get_template(name, globals={"asset": _asset})


@cache
def _assets() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((_HERE / "assets").iterdir()) if path.is_file()}


def _asset(name: str, root: str = _ROOT) -> str:
    return f"{root}assets/{name}?v={_version(_assets()[name])}"


def _version(content: bytes) -> str:
    """What an address ends with, so that no browser takes an older file for it."""
    return hashlib.sha256(content).hexdigest()[:8]


def _length(seconds: float) -> str:
    """A length in words, to the minute above one: 45 seconds, 12 minutes, 10 hours 2 minutes."""
    if seconds < 59.5:
        return _counted(round(seconds), "second")
    hours, minutes = divmod(round(seconds / 60), 60)
    return " ".join(_counted(n, unit) for n, unit in ((hours, "hour"), (minutes, "minute")) if n)


def _counted(n: int, unit: str) -> str:
    return f"{n} {unit}" if n == 1 else f"{n} {unit}s"
