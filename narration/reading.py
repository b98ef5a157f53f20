"""A source becomes a script, with all settings laid over each other: flag, front matter, narration.toml, default.

When neither the source nor anything else that decides the script has changed since the last `make`, the script is the
one that the project keeps: nothing is read twice for nothing.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import script
from narration import lexicons
from narration.consent import note_commands, refuse_commands
from narration.places import is_address, is_untitled, own_lexicon
from narration.settings import FILE_NAME, Settings, placed, settings_file
from narration.snapshot import Snapshot
from script.errors import ArticleError
from script.reader import Fetched
from script.script import Script
from script.settings import Pauses, Policies, ScriptSettings

if TYPE_CHECKING:
    from script.article import Article


def read(
    source: str,
    source_format: str | None,
    flags: Mapping[str, Any],
    before: Snapshot | None = None,
    *,
    with_cover: bool = False,
) -> Snapshot:
    """What the source says to read; sounds and output are not known yet. Raises ArticleError, UsageError.

    before: the last `make`, whose script is taken when nothing that decides it has changed. with_cover: the article's
    own picture too, which may have to be fetched.
    """
    flags = placed(flags, Path.cwd())
    note_commands(flags)
    given = _given(source, flags)
    digest = hashlib.sha256(given if isinstance(given, bytes) else given.content).hexdigest()
    place = source if is_untitled(source) else str(Path(source).resolve())
    same = before is not None and before.source == place and not is_address(source)
    if before and same and before.asked == _asked(digest, source_format, flags, before.inputs):
        return before
    article = _article(source, given, source_format, flags)
    cover = b""
    if with_cover:
        from narration.cover import own_picture

        cover, doubts = own_picture(article, source, allow_private=bool(flags.get("allow_private")))
        article = replace(article, notes=(*article.notes, *doubts))
    settings, inputs, composed = _composed(source, article, flags)
    asked = _asked(digest, source_format, flags, inputs)
    made = Snapshot(place, digest, asked, inputs, "", settings, composed, (), entry=flags.get("entry"), cover=cover)
    return replace(made, source_format=source_format)


def read_script(source: str, source_format: str | None = None, settings: Mapping[str, Any] | None = None) -> Script:
    """The script of a source, as `make` with these settings would read it."""
    flags = placed(settings or {}, Path.cwd())
    note_commands(flags)
    article = _article(source, _given(source, flags), source_format, flags)
    return _composed(source, article, flags)[2]


def _article(source: str, given: bytes | Fetched, source_format: str | None, flags: Mapping[str, Any]) -> "Article":
    elsewhere = "://" in source and not Path(source).exists()  # an address that is not fetched: the reader says so
    place = source if elsewhere or not source else Path(source)  # a path else, whatever characters its name has
    return script.read(place if _is_file(source) else given, format=source_format, entry=flags.get("entry"))


def _is_file(source: str) -> bool:
    return source != "-" and not is_address(source)


def _composed(source: str, article: "Article", flags: Mapping[str, Any]) -> tuple[Settings, tuple[str, ...], Script]:
    """The settings laid over each other, the files beside the source that were looked for, and the script."""
    folder = Path(source).parent if _is_file(source) else Path()
    beside = settings_file(folder)
    note_commands(beside)
    settings = Settings().with_(placed(beside, folder), str(folder / FILE_NAME))
    # Front matter from the web must not name files of this machine.
    front_matter = {} if is_address(source) else article.settings
    refuse_commands(front_matter, f"The front matter of {source}")
    settings = settings.with_(placed(front_matter, folder), f"The front matter of {source}")
    settings = settings.with_(flags, "settings")
    composed = script.compose(
        article,
        ScriptSettings(
            title=str(flags.get("title") or article.title or settings.title),
            author=str(flags.get("author") or article.author or settings.author),
            language=str(flags.get("language") or article.language or settings.language),
            chapters=settings.chapters,
            pauses=_pauses(settings),
            policies=Policies().with_(settings.policies),
            lexicon=lexicons.entries(settings.lexicon),
            dialogue=settings.dialogue,
            cast=tuple(settings.cast),
        ),
    )
    refuse_commands({str(segment.number): segment.voice for segment in composed.segments}, source)
    if not any(segment.utterances for segment in composed.segments):
        raise ArticleError(f"There is nothing to read aloud in {source}. " + " ".join(composed.notes))
    picture = (folder / article.picture,) if article.cover and article.picture else ()
    inputs = (folder / FILE_NAME, own_lexicon(), *map(Path, settings.lexicon), *picture)
    return settings, tuple(str(path.resolve()) for path in inputs), composed


def _pauses(settings: Settings) -> Pauses:
    pauses = Pauses()
    for kind, seconds in settings.pauses.items():
        if kind != "sentence":  # that one is inside a take
            pauses = pauses.with_(kind, seconds)
    return pauses


def _given(source: str, flags: Mapping[str, Any]) -> bytes | Fetched:
    """The bytes of a source, or what its address led to."""
    if not is_address(source):
        return _content(source)
    from script.fetching import fetch

    return fetch(source, allow_private=bool(flags.get("allow_private")))


def _content(source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read()
    path = Path(source)
    try:
        if path.is_fifo():  # what is read of it once is gone, and whoever opens it again may wait for ever
            raise ArticleError(f"{source} is a pipe, which can be read only once; give its text as `… | narrate -`.")
        return path.read_bytes()
    except (OSError, ValueError):
        return b""  # the reader says what is wrong with it


def _asked(digest: str, source_format: str | None, flags: Mapping[str, Any], inputs: Iterable[str]) -> str:
    """A hash of all that decides the script: the source, what was asked for, the other files read, and our own code."""
    others = [(path, hashlib.sha256(_content(path)).hexdigest()) for path in inputs]
    values = [digest, source_format, flags, others, version("narration"), _code()]
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()


def _code() -> list[tuple[str, int, int]]:
    """What the code that makes scripts looks like from outside, for whoever works on it without a new version."""
    folder = Path(str(script.__file__)).parent
    found = sorted(path for path in folder.rglob("*") if path.suffix in (".py", ".toml"))
    return [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in found]
