"""`narrate check`."""

from typing import TYPE_CHECKING

import click

from narration.cli import options, terminal

if TYPE_CHECKING:
    from narration.check.findings import Finding

WRONG = 4


@click.command("check")
@click.argument("episode")
@options.as_json
def command(episode: str, *, as_json: bool) -> int:
    """Find out whether EPISODE holds every word: its takes are measured, its files read back.

    The exit code is 4 when something is wrong; a warning alone is no error.
    """
    from narration.check.checking import look

    looked = look(episode)
    ok = all(finding.severity != "error" for finding in looked.findings)
    if as_json:
        from dataclasses import asdict

        findings = [asdict(finding) for finding in looked.findings]
        terminal.show_json({"ok": ok, "findings": findings, "measured": asdict(looked.measured)})
    else:
        show(looked.findings)
        measured = looked.measured
        click.echo(
            f"{measured.paragraphs} paragraphs, {measured.sentences} sentences, {measured.duration_s:.1f} s: "
            + ("nothing is wrong." if ok else "something is wrong.")
        )
    return 0 if ok else WRONG


def show(findings: "tuple[Finding, ...]") -> None:
    """Print the findings as a table."""
    from rich.console import Console
    from rich.table import Table

    if not findings:
        return
    table = Table("time", "", "kind", "what", box=None)
    for finding in findings:
        colour = "red" if finding.severity == "error" else "yellow"
        table.add_row(clock(finding.start_s), f"[{colour}]{finding.severity}", finding.kind, finding.message)
    Console(highlight=False).print(table, markup=False)


def clock(seconds: float | None) -> str:
    """Seconds as 1:02:03.4; nothing for what has no time."""
    if seconds is None:
        return ""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(int(minutes), 60)
    return f"{hours}:{minutes:02}:{rest:04.1f}" if hours else f"{minutes}:{rest:04.1f}"
