"""`narrate publish`."""

import os
from pathlib import Path

import click

from narration.cli import options, terminal


@click.command("publish")
@click.argument("episodes", nargs=-1, metavar="[EPISODE]...")
@click.option(
    "--to",
    "folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder of the show; made if it is not there, else updated.",
)
@click.option("--base-url", default="", metavar="URL", help="Where the folder will stand in the web: https://…")
@click.option(
    "--show",
    "show_file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="The file that describes the show; by default show.toml in the folder.",
)
@options.quiet
def command(episodes: tuple[str, ...], folder: Path, base_url: str, show_file: Path | None, *, quiet: bool) -> int:
    """Publish each EPISODE in a folder that any web server can serve: podcast feed, pages, transcripts.

    An EPISODE that was never narrated is narrated first. Without one, the feed follows what is in the folder.
    """
    from narration.podcast.publish import publish

    with terminal.progress(quiet=quiet) as on_progress:
        published = publish(episodes, folder, base_url=base_url, show_file=show_file, on_progress=on_progress)
    terminal.show_notes(published.notes, quiet=quiet)
    terminal.show_failures(published.failed)
    if published.feed:
        click.echo(os.fsencode(published.feed))
    return terminal.NOT_RECORDED if published.failed else 0
