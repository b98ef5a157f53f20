"""What is written beside what is said, for a person to look over."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.text import Text

    from script.script import Script, ScriptChapter, Segment, Span, Utterance


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a written or a spoken text; changed: it is said otherwise than written."""

    text: str
    changed: bool


def written_runs(segment: "Segment") -> tuple[Run, ...]:
    """The written text, with what is said otherwise or not at all marked as changed."""
    kept = [
        (span.from_start, span.from_end)
        for utterance in segment.utterances
        for span in utterance.spans
        if _is_kept(segment, utterance, span)
    ]
    return tuple(_runs(segment.text, kept))


def spoken_runs(segment: "Segment") -> tuple[Run, ...]:
    """The spoken text, with what is written otherwise marked as changed; behind a word its sounds, if it has them."""
    kept: list[tuple[int, int]] = []
    pieces: list[str] = []
    length = 0
    for utterance in segment.utterances:
        for span in utterance.spans:
            said = utterance.spoken[span.start : span.end] + (f" /{span.ipa}/" if span.ipa else "")
            kept += [(length, length + len(said))] if _is_kept(segment, utterance, span) else []
            pieces.append(said)
            length += len(said)
        pieces.append(" ")  # between sentences
        length += 1
    return tuple(_runs("".join(pieces).rstrip(" "), kept))


def _is_kept(segment: "Segment", utterance: "Utterance", span: "Span") -> bool:
    """Whether the characters of a span are said as they are written."""
    written, said = segment.text[span.from_start : span.from_end], utterance.spoken[span.start : span.end]
    return said == written and not span.ipa


def _runs(text: str, kept: list[tuple[int, int]]) -> Iterator[Run]:
    """The text cut at the edges of what is kept; blanks alone are no change."""
    last = 0
    for start, end in [*kept, (len(text), len(text))]:
        if last < start:
            yield Run(text[last:start], changed=bool(text[last:start].strip()))
        if start < end:
            yield Run(text[start:end], changed=False)
        last = max(last, end)


def is_changed(segment: "Segment") -> bool:
    """Whether a segment is said otherwise than it is written."""
    sounded = any(span.ipa for utterance in segment.utterances for span in utterance.spans)
    return segment.kind != "break" and (sounded or "".join(segment.spoken.split()) != "".join(segment.text.split()))


def show_plain(composed: "Script", *, changes: bool) -> None:
    """Print the script as lines of text: number, kind and written text, below it what is said, changes in «»."""
    for chapter, segments in _chapters(composed, changes=changes):
        click.echo(f"── {chapter.number}. {chapter.title} ──")
        for segment in segments:
            changed = is_changed(segment)
            written = _marked(written_runs(segment)) if changed else segment.text
            click.echo(f"{segment.number:4d}  {segment.kind:9}  {written}".rstrip())
            if changed:
                click.echo(f"      {'spoken':9}  {_marked(spoken_runs(segment))}")


def _marked(runs: tuple[Run, ...]) -> str:
    return "".join(_in_marks(run.text) if run.changed else run.text for run in runs)


def _in_marks(text: str) -> str:
    inner = text.strip()
    return text.replace(inner, f"«{inner}»", 1)


def show_rich(composed: "Script", *, changes: bool) -> None:
    """Print the script on a terminal: what is written on the left, what is said on the right, changes in colour."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    for chapter, segments in _chapters(composed, changes=changes):
        table = Table(
            title=Text(f"{chapter.number}. {chapter.title}", "bold"), title_justify="left", box=None, expand=True
        )
        table.add_column("", justify="right", style="dim", no_wrap=True)
        table.add_column("", style="dim", no_wrap=True)
        table.add_column("written", ratio=1)
        table.add_column("spoken", ratio=1)
        for segment in segments:
            spoken = _coloured(spoken_runs(segment), "green") if is_changed(segment) else Text("=", "dim")
            written = _coloured(written_runs(segment), "red") if is_changed(segment) else Text(segment.text)
            table.add_row(str(segment.number), segment.kind, written, spoken if segment.utterances else Text())
        console.print(table)


def _coloured(runs: tuple[Run, ...], colour: str) -> "Text":
    from rich.text import Text

    return Text.assemble(*((run.text, colour if run.changed else "") for run in runs))


def _chapters(composed: "Script", *, changes: bool) -> Iterator[tuple["ScriptChapter", list["Segment"]]]:
    """The chapters with their segments; of changes, only what is said otherwise than written."""
    for chapter in composed.chapters:
        segments = [
            segment
            for segment in composed.segments[chapter.first - 1 : chapter.last]
            if not changes or is_changed(segment)
        ]
        if segments:
            yield chapter, segments
