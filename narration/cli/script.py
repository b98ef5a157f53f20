"""`narrate script`."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import quote
from zipfile import is_zipfile

import click

from narration.cli import listing, options, terminal

if TYPE_CHECKING:
    from script.script import Script, Segment


@click.command("script")
@click.argument("source")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write an editable script that make accepts.",
)
@click.option("--changes", is_flag=True, help="Only what is said otherwise than it is written.")
@options.narration_settings
@options.from_format
@options.as_json
@options.quiet
def command(
    source: str,
    output: Path | None,
    source_format: str | None,
    *,
    changes: bool,
    as_json: bool,
    quiet: bool,
    **settings: Any,  # noqa: ANN401 - the options of options.narration_settings
) -> None:
    """Show what will be read of SOURCE: every segment, numbered, as written and as spoken, the changes marked."""
    from narration.errors import UsageError
    from narration.reading import read_script

    if output and output.resolve() == Path(source).resolve():
        raise UsageError(f"{output} is the source itself. Name another file with -o.")
    composed = read_script(source, source_format, options.given(settings))
    terminal.show_notes(composed.notes, quiet=quiet or as_json)
    if output:
        from narration.output import replace_file
        from script import written

        text = written(composed, lambda place: _seen_from(output.parent, source, place)).encode()
        replace_file(output, lambda out: _write(out, text))
        click.echo(output)
    elif as_json:
        terminal.show_json(_document(composed))
    elif sys.stdout.isatty():
        listing.show_rich(composed, changes=changes)
    else:
        listing.show_plain(composed, changes=changes)


def _write(out: BinaryIO, text: bytes) -> None:
    out.write(text)


def _seen_from(folder: Path, source: str, place: str) -> str:
    """Where a picture of the source is for a script in the folder; "" where the source itself is on the web."""
    from narration.places import is_address, is_untitled

    if is_address(place) or source == "-":
        return place
    if is_untitled(source):
        return ""
    article = Path(os.path.relpath(source, folder))
    if is_zipfile(source):
        return quote(f"{article.as_posix()}/{place}")
    beside = article.parent.as_posix()
    return place if beside == "." else f"{quote(beside)}/{place}"


def _document(composed: "Script") -> dict[str, Any]:
    return {
        "title": composed.title,
        "author": composed.author,
        "date": composed.date,
        "language": composed.language,
        "chapters": [
            {"number": chapter.number, "title": chapter.title, "segments": [chapter.first, chapter.last]}
            for chapter in composed.chapters
        ],
        "segments": [_segment(segment) for segment in composed.segments],
        "notes": list(composed.notes),
    }


def _segment(segment: "Segment") -> dict[str, Any]:
    names = ("number", "kind", "level", "chapter", "text", "spoken", "voice", "speaker", "pause_after_s")
    return {name: getattr(segment, name) for name in names} | {"pronunciations": _pronunciations(segment)}


def _pronunciations(segment: "Segment") -> list[dict[str, Any]]:
    """Which characters of `spoken` stand for sounds, which a voice that can is given in their place."""
    found = []
    length = 0
    for utterance in segment.utterances:
        found += [
            {"start": length + span.start, "end": length + span.end, "ipa": span.ipa}
            for span in utterance.spans
            if span.ipa
        ]
        length += len(utterance.spoken) + 1  # a space between sentences
    return found
