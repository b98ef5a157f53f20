"""What the last `make` was asked for and what it read, as the project keeps it.

`redo`, `export` and the rest work on this, so that paragraph 4 is the one that was heard as paragraph 4, whatever
has become of the source since.
"""

from base64 import b64decode, b64encode
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import asdict, astuple, dataclass, fields
from functools import cache
from typing import TYPE_CHECKING, Any

from narration.errors import UsageError
from narration.settings import Settings
from narration.take import Sound, sound_from
from script.article import Override, Picture
from script.script import Script, ScriptChapter, Segment, Span, Utterance

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from narration.project import ProjectFile


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was read, and how each segment sounds.

    source: a path, URL or "-"; digest: SHA-256 of its bytes; asked: hash of all that decides the script; inputs: the
    other files that do, whether they are there or not; output: the path asked for;
    sounds: one for each segment, None for a break; guid: names the episode where it is published, "" before that.
    entry: which article of a feed, None when nobody said; cover: the article's own picture, JPEG or PNG, b"" for none;
    music: the SHA-256 of what plays, by where; source_format: the format that was named, None when nobody did.
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
    entry: int | None = None
    cover: bytes = b""
    music: tuple[tuple[str, str], ...] = ()
    source_format: str | None = None


def kept(project: "ProjectFile") -> Snapshot | None:
    """What the last `make` of the project read, None before the first. Raises ProjectError when it is damaged."""
    with project.decoding():
        made = project.made()
        return unpacked(made) if made else None


def last_made(project: "ProjectFile") -> Snapshot:
    """What the last `make` of the project read. Raises UsageError when there was none."""
    made = kept(project)
    if made is None:
        raise UsageError(f"Nothing was made with {project.path} yet. `narrate SOURCE` makes an episode.")
    return made


def packed(snapshot: Snapshot) -> Iterator[Any]:
    """The snapshot as plain values for JSON: all but the segments, then each segment with its sound."""
    script = snapshot.script
    yield _fields(snapshot, but=("sounds",)) | {
        "cover": b64encode(snapshot.cover).decode(),
        "settings": asdict(snapshot.settings),
        "script": _fields(script, but=("segments",)) | {"chapters": [_fields(chapter) for chapter in script.chapters]},
    }
    for segment, sound in zip(script.segments, snapshot.sounds, strict=True):
        yield [_packed_segment(segment), _packed_sound(sound, segment) if sound else None]


def _fields(value: "DataclassInstance", but: Container[str] = ()) -> dict[str, Any]:
    """The value's fields by name, one level deep: `asdict` copies all below, a second for ten hours."""
    return {name: getattr(value, name) for name in _names(type(value)) if name not in but}


@cache
def _names(kind: "type[DataclassInstance]") -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))


def unpacked(values: Iterable[Any]) -> Snapshot:
    """The snapshot that was packed."""
    following = iter(values)
    head = next(following)
    rows = [_row(*row) for row in following]
    script = {name: _tuples(value) for name, value in head.pop("script").items()}
    settings = Settings(**_tupled(head.pop("settings"), "lexicon"))
    cover = b64decode(head.pop("cover", ""))
    music = _tuples(head.pop("music", []))
    return Snapshot(
        **_tupled(head, "inputs"),
        settings=settings,
        script=Script(
            **script
            | {
                "chapters": tuple(ScriptChapter(**chapter) for chapter in script["chapters"]),
                "segments": tuple(segment for segment, _ in rows),
            }
        ),
        sounds=tuple(sound for _, sound in rows),
        cover=cover,
        music=music,
    )


def _tupled(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    """JSON knows lists only."""
    return {**values, name: tuple(values.get(name, ()))}


def _tuples(value: Any) -> Any:  # noqa: ANN401 - JSON's own values
    """JSON knows lists only; a script has none."""
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _packed_segment(segment: Segment) -> dict[str, Any]:
    return _fields(segment) | {
        "utterances": [
            [utterance.spoken, [_span(span) for span in utterance.spans]] for utterance in segment.utterances
        ],
        "overrides": [astuple(override) for override in segment.overrides],
        "pictures": [astuple(picture) for picture in segment.pictures],
    }


def _packed_sound(sound: Sound, segment: Segment) -> dict[str, Any]:
    """The sound's fields; its words only where they are others than the segment's, so that they are kept once."""
    same = sound.utterances == tuple(utterance.spoken for utterance in segment.utterances)
    return _fields(sound, but=("utterances",) if same else ())


def _span(span: Span) -> list[int | str]:
    where: list[int | str] = [span.start, span.end, span.from_start, span.from_end]
    return [*where, span.ipa] if span.ipa else where


def _row(segment: Mapping[str, Any], sound: Mapping[str, Any] | None) -> tuple[Segment, Sound | None]:
    utterances = tuple(
        Utterance(spoken, tuple(Span(*span) for span in spans)) for spoken, spans in segment["utterances"]
    )
    overrides = tuple(Override(*override) for override in segment["overrides"])
    pictures = tuple(Picture(*picture) for picture in segment.get("pictures", ()))
    spoken = tuple(utterance.spoken for utterance in utterances)
    return (
        Segment(
            **_tupled(segment, "lexicon") | {"utterances": utterances, "overrides": overrides, "pictures": pictures}
        ),
        sound_from({"utterances": spoken, **sound}) if sound else None,
    )
