"""What a person sees: notes and progress on standard error, results on standard output."""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from narration.check.findings import Finding
    from narration.record import Failure, OnProgress
    from narration.revise import Revised

NOT_RECORDED = 4


def show_notes(notes: Iterable[str], *, quiet: bool = False) -> None:
    """Print notes on standard error, unless they are not wanted."""
    for note in () if quiet else notes:
        click.echo(f"note: {note}", err=True)


def show_json(value: object) -> None:
    """Print a value as one JSON document on standard output."""
    text = json.dumps(_plain(value), ensure_ascii=False, indent=2)
    click.echo(text.encode("utf-8", "backslashreplace"))  # a file name that is no UTF-8 comes out as JSON's own \\udc..


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON's own values
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


@contextmanager
def progress(what: str = "Recording", *, quiet: bool = False) -> Iterator["OnProgress"]:
    """A bar with the time left, on standard error, when that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def finish(revised: "Revised", *, quiet: bool) -> int:
    """Say what came of a change to an episode; the exit code."""
    show_notes(revised.notes, quiet=quiet)
    show_failures(revised.failed)
    for written in revised.written:
        click.echo(os.fsencode(written.path))
    wrong = show_findings(revised.findings, str(revised.written[0].path) if revised.written else "")
    return NOT_RECORDED if revised.failed or wrong else 0


def show_findings(findings: "Iterable[Finding]", output: str) -> bool:
    """Print what is wrong with what was recorded, on standard error; whether any of it is an error.

    output: the file it was written into, "" where none was.
    """
    severities = set()
    for finding in findings:
        click.echo(f"{finding.severity}: {finding.message}", err=True)
        severities.add(finding.severity)
    if "error" in severities:
        heard = f"{output} is written, so that you can listen to it, but it" if output else "What was recorded"
        click.echo(
            f"narrate: {heard} may lack words. `narrate check {output or 'EPISODE'} --fix 3` records what is wrong "
            "again.",
            err=True,
        )
    return "error" in severities


def show_failures(failed: "Iterable[Failure]") -> None:
    """Print what could not be recorded, and that nothing was written."""
    for failure in failed:
        click.echo(f"narrate: {failure}", err=True)
    if failed:
        click.echo(
            "narrate: No file was written, because the episode would have a hole. What was recorded is kept. "
            "Change the text or the voice, or give other words with `narrate redo … --say`, and run it again.",
            err=True,
        )
