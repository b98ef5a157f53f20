"""`narrate takes`."""

import click

from narration.cli import options, terminal
from narration.errors import UsageError


@click.command("takes")
@click.argument("episode")
@click.argument("number", type=click.IntRange(min=1), required=False, metavar="[N]")
@click.option("--prune", is_flag=True, help="Delete those that the episode does not have, after asking.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@options.as_json
def command(episode: str, number: int | None, *, prune: bool, yes: bool, as_json: bool) -> None:
    """List the takes of EPISODE, or of its paragraph N; the one the episode has is marked *."""
    from narration.revise import Project

    project = Project.open(episode)
    if prune:
        count = len(project.unused(number))
        if count and (yes or _agreed(f"Delete {_takes(count)} that the episode does not have, for good?")):
            click.echo(f"{_takes(project.prune(number))} deleted.")
        elif not count:
            click.echo("There is no take to delete.")
        return
    listed = project.takes(number)
    if as_json:
        terminal.show_json(listed)
        return
    for take in listed:
        mark = "*" if take.current else " "
        words = take.spoken if len(take.spoken) <= 60 else take.spoken[:59] + "…"
        click.echo(f"{take.paragraph:4d}  {mark} take {take.take}  {take.duration_s:6.1f} s  {take.made_from}  {words}")


def _agreed(question: str) -> bool:
    try:
        return click.confirm(question)
    except click.Abort as abort:
        if isinstance(abort.__context__, EOFError):
            raise UsageError("Nobody is here to be asked; --yes deletes them without asking.") from abort
        raise


def _takes(count: int) -> str:
    return "1 take" if count == 1 else f"{count} takes"
