"""`narrate export`."""

from pathlib import Path

import click

from narration.cli import options, terminal


@click.command("export")
@click.argument("episode")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write; its suffix picks the format: .mp3 .m4b .m4a .opus .flac .wav, "
    "or .epub for a book that reads itself.",
)  # fmt: skip
@options.quiet
def command(episode: str, output: Path, *, quiet: bool) -> int:
    """Write EPISODE in another format, from the same takes."""
    from narration.revise import Project

    with terminal.progress(quiet=quiet) as on_progress:
        revised = Project.open(episode).export(output, on_progress=on_progress)
    return terminal.finish(revised, quiet=quiet)
