"""`narrate check`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from narration.cli import options, terminal
from narration.errors import UsageError

if TYPE_CHECKING:
    from narration.check.report import Report

WRONG = 4
_PAGES = (".html", ".htm")


@click.command("check")
@click.argument("episode")
@click.option(
    "--again", is_flag=True, help="Have the engine speak each paragraph again, and compare; as slow as it is."
)
@click.option("--listen", is_flag=True, help="Have a recogniser hear each sentence; English only (extra `check`).")
@click.option(
    "--fix",
    type=click.IntRange(min=1, max=20),
    metavar="N",
    help="Record paragraphs that are not right again, up to N times, and keep the best take.",
)
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a page with waveform, loudness and chapters on which each finding can be played.",
)
@options.as_json
@options.quiet
def command(
    episode: str, *, again: bool, listen: bool, fix: int | None, html: Path | None, as_json: bool, quiet: bool
) -> int:
    """Find out whether EPISODE holds every word: its takes are measured, its files read back.

    The exit code is 4 when something is wrong; a warning alone is no error.
    """
    from narration.check.fixing import fixed
    from narration.check.report import Closer, checked

    if html and html.suffix.lower() not in _PAGES:
        raise UsageError(f"{html} is no name for a page; --html takes one that ends in .html.")
    if html and html.resolve() == Path(episode).resolve():
        raise UsageError(f"{html} is the article itself. Name another file with --html.")
    closer = Closer(again, listen)
    with terminal.progress("Listening", quiet=quiet) as on_progress:
        report = checked(episode, closer, on_progress)
    if fix and not report.ok:
        with terminal.progress(quiet=quiet) as on_progress:
            report = fixed(episode, report, fix, closer, on_progress)
    if html:
        from narration.check.page import write_page

        write_page(html, report)
    if as_json:
        terminal.show_json(report.document())
    else:
        _show(report)
    return 0 if report.ok else WRONG


def _show(report: "Report") -> None:
    """Print the findings as a table, and what was looked at."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from narration.podcast.plain_text import clock

    if report.findings:
        table = Table("time", "", "kind", "what", box=None)
        for finding in report.findings:
            severity = Text(finding.severity, "red" if finding.severity == "error" else "yellow")
            at = "" if finding.start_s is None else clock(round(finding.start_s * 1000))
            table.add_row(at, severity, finding.kind, Text(finding.message))
        Console(highlight=False).print(table)
    for note in report.notes:
        click.echo(note)
    measured = report.look.measured
    counted = f"{measured.paragraphs} paragraphs, {measured.sentences} sentences, {measured.duration_s:.1f} s"
    click.echo(f"{counted}: " + ("nothing is wrong." if report.ok else "something is wrong."))
