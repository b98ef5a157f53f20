"""`narrate voices`."""

import click

from narration.cli import options, terminal


@click.command("voices")
@click.option("--engine", help="Only this engine's; by default those of all engines that work here.")
@click.option("--language", help="Only those that speak this language, such as en or pt-br.")
@options.as_json
def command(engine: str | None, language: str | None, *, as_json: bool) -> None:
    """List the voices: name, language, gender."""
    from narration.inventory import voices

    listed = voices(engine, language)
    if as_json:
        terminal.show_json(listed)
        return
    for voice in listed:
        click.echo(f"{voice.name:32}  {', '.join(voice.languages):20}  {voice.gender:7} {voice.description}")
    if not listed:
        click.echo("There is no such voice.", err=True)
