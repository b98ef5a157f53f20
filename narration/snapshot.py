"""What the last `make` was asked for and what it read, as the project keeps it.

`redo`, `export` and the rest work on this, so that paragraph 4 is the one that was heard as paragraph 4, whatever
has become of the source since.
"""

from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass, fields
from typing import TYPE_CHECKING, Any

from narration.settings import Settings
from narration.take import Sound, sound_from
from script.article import Override
from script.script import Script, ScriptChapter, Segment, Span, Utterance

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was read, and how each segment sounds.

    source: a path, URL or "-"; digest: SHA-256 of its bytes; asked: hash of all that decides the script; inputs: the
    other files that do, whether they are there or not; output: the path asked for;
    sounds: one for each segment, None for a break; guid: names the episode where it is published, "" before that.
    """

    source: str
    digest: str
    asked: str
    inputs: tuple[str, ...]
    output: str
    settings: Settings
    script: Script
    sounds: tuple[Sound | None, ...]
    guid: str = ""


def packed(snapshot: Snapshot) -> dict[str, Any]:
    """The snapshot as plain values for JSON."""
    script = snapshot.script
    return _fields(snapshot) | {
        "settings": asdict(snapshot.settings),
        "script": _fields(script)
        | {
            "chapters": [_fields(chapter) for chapter in script.chapters],
            "segments": [_packed_segment(segment) for segment in script.segments],
        },
        "sounds": [_fields(sound) if sound else None for sound in snapshot.sounds],
    }


def _fields(value: "DataclassInstance") -> dict[str, Any]:
    """The value's fields by name, one level deep: `asdict` copies all below, a second for ten hours."""
    return {f.name: getattr(value, f.name) for f in fields(value)}


def unpacked(values: Mapping[str, Any]) -> Snapshot:
    """The snapshot that was packed."""
    script = values["script"]
    return Snapshot(
        values["source"],
        values["digest"],
        values["asked"],
        tuple(values["inputs"]),
        values["output"],
        Settings(**values["settings"] | {"lexicon": tuple(values["settings"].get("lexicon", ()))}),
        Script(
            **{name: _tuples(value) for name, value in script.items()}
            | {
                "chapters": tuple(ScriptChapter(**chapter) for chapter in script["chapters"]),
                "segments": tuple(_segment(segment) for segment in script["segments"]),
            }
        ),
        tuple(sound_from(sound) if sound else None for sound in values["sounds"]),
        values.get("guid", ""),
    )


def _tuples(value: Any) -> Any:  # noqa: ANN401 - JSON's own values
    """JSON knows lists only; a script has none."""
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _packed_segment(segment: Segment) -> dict[str, Any]:
    return _fields(segment) | {
        "utterances": [
            [utterance.spoken, [_span(span) for span in utterance.spans]] for utterance in segment.utterances
        ],
        "overrides": [astuple(override) for override in segment.overrides],
    }


def _span(span: Span) -> list[int | str]:
    where: list[int | str] = [span.start, span.end, span.from_start, span.from_end]
    return [*where, span.ipa] if span.ipa else where


def _segment(values: Mapping[str, Any]) -> Segment:
    utterances = tuple(
        Utterance(spoken, tuple(Span(*span) for span in spans)) for spoken, spans in values["utterances"]
    )
    overrides = tuple(Override(*override) for override in values["overrides"])
    lexicon = tuple(values.get("lexicon", ()))
    return Segment(**{**values, "utterances": utterances, "overrides": overrides, "lexicon": lexicon})
