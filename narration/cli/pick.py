"""`narrate pick`."""

import click

from narration.cli import options, terminal


@click.command("pick")
@click.argument("episode")
@click.argument("number", type=click.IntRange(min=1), metavar="N")
@click.argument("take", type=click.IntRange(min=1))
@options.no_write
@options.quiet
def command(episode: str, number: int, take: int, *, no_write: bool, quiet: bool) -> int:
    """Choose TAKE for paragraph N of EPISODE; the other takes stay."""
    from narration.revise import Project

    with terminal.progress(quiet=quiet) as on_progress:
        revised = Project.open(episode).pick(number, take, on_progress=on_progress, write=not no_write)
    return terminal.finish(revised, quiet=quiet)
