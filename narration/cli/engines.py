"""`narrate engines`."""

from dataclasses import asdict

import click

from narration.cli import options, terminal


@click.command("engines")
@options.as_json
def command(*, as_json: bool) -> None:
    """List the engines: which work here, and what the others need."""
    from narration.inventory import engines

    listed = engines()
    if as_json:
        terminal.show_json([asdict(engine) | {"works": engine.works} for engine in listed])
        return
    for engine in listed:
        state = f"{engine.n_voices} voices  {engine.version}" if engine.works else engine.problem
        click.echo(f"{engine.name:10}  {'works' if engine.works else 'does not work'}  {state}")
