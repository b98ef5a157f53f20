"""`narrate redo`."""

import re
from pathlib import Path

import click

from narration.cli import options, terminal


def _numbers(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[int, ...]:
    """Paragraph numbers out of 4, 4-7 and 4,6; in order, each once."""
    numbers: list[int] = []
    for value in values:
        for part in value.split(","):
            match = re.fullmatch(r"(\d+)(?:[-–](\d+))?", part.strip())
            if not match:
                raise click.BadParameter(f"“{part}” is no paragraph number; write 4, or 4-7.")
            first, last = int(match[1]), int(match[2] or match[1])
            if last < first or last - first > 100_000:
                raise click.BadParameter(f"“{part}” is no range of paragraphs; write 4-7.")
            numbers += [number for number in range(first, last + 1) if number not in numbers]
    return tuple(numbers)


def _words(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str:
    """The words given; none at all are an empty variable sooner than a wish."""
    if value is not None and not value.strip():
        raise click.BadParameter("there are no words in it; leave --say out for what is written.")
    return value or ""


@click.command("redo")
@click.argument("episode")
@click.argument("numbers", nargs=-1, required=True, callback=_numbers, metavar="N...")
@click.option("--say", callback=_words, help="Say this text instead of what is written.")
@click.option("--voice", default="", help="The voice for these paragraphs, as VOICE or ENGINE/VOICE.")
@click.option("--speed", type=click.FloatRange(0.25, 4), help="The pace for these paragraphs; 1.0 is the voice's own.")
@click.option(
    "--from",
    "recording",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Take in a recording of your own, in any audio format.",
)
@options.no_write
@options.quiet
def command(  # noqa: PLR0913 - one parameter per option
    episode: str,
    numbers: tuple[int, ...],
    say: str,
    voice: str,
    speed: float | None,
    recording: Path | None,
    *,
    no_write: bool,
    quiet: bool,
) -> int:
    """Record paragraphs N of EPISODE again: numbers, or ranges such as 4-7. Nothing else in the episode changes."""
    from narration.workers import prepare

    prepare()  # it loads what it needs while we do
    from narration.revise import Project, Request

    with terminal.progress(quiet=quiet) as on_progress:
        request = Request(say, voice, speed, recording)
        revised = Project.open(episode).redo(numbers, request, on_progress=on_progress, write=not no_write)
    return terminal.finish(revised, quiet=quiet)
