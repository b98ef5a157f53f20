"""`narrate lexicon`."""

import os
from pathlib import Path

import click

from narration.cli import options, terminal


@click.group("lexicon")
def command() -> None:
    """Work on lexicons, which say how words are said."""


@command.command("suggest")
@click.argument("source")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The table to write, ready to fill in; by default it is printed.",
)
@click.option("--lexicon", multiple=True, metavar="FILE", help="Words that are said in these are left out.")
@click.option("--language", help="The language as a BCP 47 tag, such as en-GB, instead of the article's.")
@options.from_format
@options.entry
@options.as_json
def suggest(
    source: str,
    output: Path | None,
    lexicon: tuple[str, ...],
    language: str | None,
    source_format: str | None,
    entry: int | None,
    *,
    as_json: bool,
) -> None:
    """List the names and unusual words of SOURCE that a voice is likely to get wrong, the most frequent first."""
    from narration.errors import UsageError
    from narration.reading import read_script
    from script.suggestions import suggestions, table

    if output and output.exists():
        raise UsageError(f"{output} is there already, and what is filled in would be lost. Name another file with -o.")
    given = {"lexicon": lexicon, "entry": entry} | ({"language": language} if language else {})
    found = suggestions(read_script(source, source_format, given))
    if as_json:
        terminal.show_json(found)
    if output:
        output.write_text(table(found), "utf-8")
    if output and not as_json:
        click.echo(os.fsencode(output))
    elif not as_json:
        click.echo(table(found), nl=False)
