"""`narrate play`."""

import click


@click.command("play")
@click.argument("episode")
@click.argument("number", type=click.IntRange(min=1), required=False, metavar="[N]")
def command(episode: str, number: int | None) -> None:
    """Listen to EPISODE, from paragraph N."""
    from narration.play import play

    play(episode, number)
