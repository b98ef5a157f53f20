"""Options that several commands take."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from narration.settings import CHAPTERS, KINDS, PAUSES, PROFILES
from script.settings import POLICIES

F = TypeVar("F", bound=Callable[..., Any])

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document on standard output.")
quiet = click.option("--quiet", "-q", is_flag=True, help="No notes and no progress bar.")
no_write = click.option("--no-write", is_flag=True, help="Leave the audio files as they are until the next make.")
from_format = click.option(
    "--from",
    "source_format",
    metavar="FORMAT",
    help="The source's format, such as markdown or docx; else it is recognised.",
)
entry = click.option(
    "--entry", type=click.IntRange(min=1), metavar="N", help="Which article of a feed; by default 1, the first."
)
output = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write; its suffix picks the format.",
)


def narration_settings(command: F) -> F:
    """The options that decide how an article is narrated."""
    for option in reversed(_SETTINGS):
        command = option(command)
    return command


def given(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the options of `narration_settings` that were given on the command line."""
    return {name: value for name, value in settings.items() if value not in (None, {})}


def _table(what: str) -> Callable[[click.Context, click.Parameter, tuple[str, ...]], dict[str, str]]:
    """Reads KEY=VALUE, given any number of times; what: an example, for who writes it otherwise."""

    def read(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
        pairs = [value.partition("=") for value in values]
        for (_, equals, _), value in zip(pairs, values, strict=True):
            if not equals:
                raise click.BadParameter(f"“{value}” is not {what}.")
        return {key.strip(): value.strip() for key, _, value in pairs}

    return read


_POLICIES = {
    "code": "Code: its number of lines, all of its lines, or nothing",
    "tables": "Tables: row by row up to 5 columns and 10 rows, caption and size, or nothing",
    "footnotes": "Footnotes: not said, after their paragraph, or before the next heading",
    "figures": "Pictures: caption or alternative text, or nothing",
    "math": "Formulas: in words, announced as a formula, or nothing",
    "citations": "Citations such as (Smith et al., 2020) and [12]",
    "urls": "Web addresses: the name of the host, or nothing",
    "emoji": "Emoji: by name, each once in a run, or nothing",
}
_SOUNDTRACK = {
    "intro": "Music before the episode, in any format",
    "music": "Music under the speech, turned down while somebody speaks",
    "chime": "Music between chapters",
    "outro": "Music behind the episode",
}
_SETTINGS = (
    click.option("--voice", help="The voice, as VOICE or ENGINE/VOICE; by default one for the article's language."),
    click.option(
        "--cast",
        multiple=True,
        callback=_table("NAME=VOICE, such as anna=en-gb"),
        metavar="NAME=VOICE",
        help="A name for a voice, wherever one is named and for who speaks in a dialogue; narrator is the usual one.",
    ),
    click.option(
        "--voice-for",
        multiple=True,
        callback=_table("KIND=VOICE, such as quote=en-gb"),
        metavar="KIND=VOICE",
        help=f"Another voice for: {', '.join(KINDS)}.",
    ),
    click.option(
        "--dialogue/--no-dialogue",
        default=None,
        help="Let “ANNA: …” be said by Anna, in a voice of her own, without her name.",
    ),
    click.option("--engine", help="The engine; by default pyttsx3."),
    click.option("--speed", type=float, help="Pace, from 0.25 to 4; 1.0, the default, is the voice's own."),
    click.option("--volume", type=float, help="The voice's volume, from 0 to 1; matters with the profile raw."),
    click.option("--chapters", type=click.Choice(CHAPTERS), help="Where chapters begin; by default auto."),
    click.option(
        "--pause",
        multiple=True,
        callback=_table("KIND=SECONDS, such as heading=1.5"),
        metavar="KIND=SECONDS",
        help=f"Silence in seconds, after or before: {', '.join(PAUSES)}.",
    ),
    click.option(
        "--profile",
        type=click.Choice(tuple(PROFILES)),
        help="Loudness and peak; by default podcast (-19 LUFS in mono, -16 in stereo).",
    ),
    click.option("--loudness", type=float, metavar="LUFS", help="Loudness in LUFS, instead of the profile's."),
    *(
        click.option(f"--{name}", type=click.Choice(POLICIES[name]), help=f"{what}; by default {POLICIES[name][0]}.")
        for name, what in _POLICIES.items()
    ),
    click.option(
        "--lexicon",
        multiple=True,
        metavar="FILE",
        help="How words are said: a table of word and sound, or PLS; may be given several times, the last one wins.",
    ),
    click.option("--title", help="The title, instead of the article's."),
    click.option("--author", help="The author, instead of the article's."),
    click.option("--language", help="The language as a BCP 47 tag, such as en-GB, instead of the article's."),
    click.option("--cover", help="A JPEG or PNG file for the cover, or none; by default the article's own picture."),
    *(click.option(f"--{role}", metavar="FILE", help=f"{what}; or none.") for role, what in _SOUNDTRACK.items()),
    click.option(
        "--stereo/--no-stereo",
        default=None,
        help="Two channels, for music that has them; the voice is in the middle. By default one.",
    ),
    entry,
    click.option("--jobs", type=int, help="Worker processes; by default one per core."),
    click.option(
        "--allow-private",
        is_flag=True,
        default=None,
        help="Let a web address lead into this machine or a local network.",
    ),
)
