"""`narrate voices`."""

from pathlib import Path

import click

from narration.cli import options, terminal


@click.group("voices", invoke_without_command=True)
@click.option("--engine", help="Only this engine's; by default those of all engines that work here.")
@click.option("--language", help="Only those that speak this language, such as en or pt-br.")
@click.option("--installed", is_flag=True, help="Only those that can speak here now.")
@options.as_json
@click.pass_context
def command(
    context: click.Context, engine: str | None, language: str | None, *, installed: bool, as_json: bool
) -> None:
    """List the voices: name, language, gender, and whether they are installed."""
    if context.invoked_subcommand:
        return
    from narration.inventory import voices

    listed = [voice for voice in voices(engine, language) if voice.installed or not installed]
    if as_json:
        terminal.show_json(listed)
        return
    for voice in listed:
        state = "installed" if voice.installed else ""
        languages = ", ".join(voice.languages)
        click.echo(f"{voice.name:34}  {languages:14}  {voice.gender:7} {state:10} {voice.description}".rstrip())
    if not listed:
        click.echo("There is no such voice.", err=True)


@command.command("install")
@click.argument("names", nargs=-1, required=True, metavar="ENGINE/VOICE...")
@click.option(
    "--from",
    "base",
    default="",
    metavar="ADDRESS",
    help="A mirror's address, or a folder, instead of the project's own place.",
)
@options.quiet
def install(names: tuple[str, ...], base: str, *, quiet: bool) -> None:
    """Fetch neural voices into your folder of voices, such as piper/en_US-lessac-medium or kokoro/af_heart."""
    from narration.installation import install as install_voice

    def tell(sentence: str) -> None:
        if not quiet:
            click.echo(sentence, err=True)

    for name in names:
        with terminal.progress("Fetching", quiet=quiet) as on_progress:
            installed = install_voice(name, base, tell, on_progress)
        if installed:
            click.echo(installed.name)


@command.command("preview")
@click.argument("voice")
@options.output
@click.option("--text", default="", help="What is said; by default a sample in the voice's language.")
@click.option("--language", default="", help="The language as a BCP 47 tag, instead of the voice's.")
@click.option("--speed", type=click.FloatRange(0.25, 4), default=1.0, help="Pace; 1.0 is the voice's own.")
def preview(voice: str, output: Path | None, text: str, language: str, speed: float) -> None:
    """Speak a sample in VOICE, or write it with -o."""
    from narration.play import play_file
    from narration.preview import preview as write_preview

    if output:
        write_preview(voice, output, text, language, speed)
        click.echo(output)
        return
    play_file(lambda path: write_preview(voice, path, text, language, speed))
