"""`narrate make`."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from narration.cli import options, terminal

if TYPE_CHECKING:
    from narration.make import Made


@click.command("make")
@click.argument("source")
@options.output
@options.narration_settings
@options.from_format
@click.option(
    "--project",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The project file; by default beside the output.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be recorded, and why; record nothing.")
@options.as_json
@options.quiet
def command(
    source: str,
    output: Path | None,
    source_format: str | None,
    project: Path | None,
    *,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
    **settings: Any,  # noqa: ANN401 - the options of options.narration_settings
) -> int:
    """Narrate SOURCE, a path or - for standard input, into an episode.

    Run again after an edit, it records only what changed.
    """
    from narration.workers import prepare

    prepare()  # it loads what it needs while we do
    from narration.make import narrate

    with terminal.progress(quiet=quiet) as on_progress:
        made = narrate(
            source,
            output,
            project=project,
            source_format=source_format,
            dry_run=dry_run,
            on_progress=on_progress,
            **options.given(settings),
        )
    terminal.show_notes(made.notes, quiet=quiet)
    terminal.show_failures(made.failed)
    _show(made, as_json=as_json)
    return terminal.NOT_RECORDED if made.failed or terminal.show_findings(made.findings, made.output) else 0


def _show(made: "Made", *, as_json: bool) -> None:
    if as_json:
        from dataclasses import asdict

        values = asdict(made)
        terminal.show_json({name: value for name, value in values.items() if name != "plan" or value is not None})
    elif made.plan is not None:
        for step in made.plan:
            click.echo(f"{step.number:4d}  {step.action:6}  {step.words:5d} words  {step.seconds:7.1f} s  {step.why}")
        click.echo(f"{made.output}: {made.recorded} to record, {made.reused} to reuse, about {made.duration_s:.0f} s")
    elif not made.failed:
        click.echo(os.fsencode(made.output))
