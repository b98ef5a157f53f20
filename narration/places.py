"""Where things are: outputs, and the project an episode belongs to.

A project stands beside its output under the same stem. For a source or an audio file that stands elsewhere, a line in
the user's state folder says where its project is.
"""

import hashlib
import os
import re
import unicodedata
from contextlib import suppress
from pathlib import Path

from narration.errors import UsageError

SUFFIX = ".narration"
HOME_VARIABLE = "NARRATION_HOME"
VOICES_VARIABLE = "NARRATION_VOICES"
"""Where voice files are, when it is not the user's data folder."""
LEXICON = "lexicon.tsv"
_RESERVED = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")  # devices, of which Windows makes no files


def is_address(source: str) -> bool:
    """Whether the source is a web address."""
    return re.match(r"https?://", source, re.IGNORECASE) is not None


def is_untitled(source: str) -> bool:
    """Whether the source has no file name: standard input, or a web address."""
    return source == "-" or is_address(source) or not Path(source).name


def default_output(source: str) -> Path:
    """`article.mp3` beside `article.md`."""
    return Path(source).with_suffix(".mp3")


def titled_output(source: str, title: str) -> Path:
    """The title's slug: for an article in a feed beside that, for a web address or standard input in this folder."""
    return (Path() if is_untitled(source) else Path(source).parent) / f"{slug(title)}.mp3"


def slug(title: str) -> str:
    """The title as a file name: letters, digits and hyphens, at most 80 characters and 200 bytes, never empty."""
    kept = ""
    for each in unicodedata.normalize("NFKC", title).casefold():
        if each.isalnum() or (_is_mark(each) and kept and not kept.endswith("-")):
            kept += each
        elif not kept.endswith("-"):
            kept += "-"
    cut = kept.strip("-")[:80].encode()[:200].decode(errors="ignore").strip("-")
    return f"{cut}-1" if _RESERVED.fullmatch(cut) else cut or "episode"


def _is_mark(character: str) -> bool:
    """Whether it is a vowel sign or accent, without which words of many scripts fall into pieces."""
    return unicodedata.category(character) in ("Mn", "Mc") and not "\ufe00" <= character <= "\ufe0f"


def project_beside(output: Path) -> Path:
    """The project of that output."""
    return output.with_suffix(SUFFIX)


def find_project(episode: str) -> Path:
    """The project an episode belongs to: the project file itself, its output, or its source. Raises UsageError."""
    path = Path(episode)
    if path.suffix == SUFFIX:
        return path
    if not is_address(episode) and path.name and exists(project_beside(path)):
        return project_beside(path)
    note = _note(episode)
    if exists(note):
        project = Path(os.fsdecode(note.read_bytes()))
        if exists(project):
            return project
    if not (is_untitled(episode) or exists(path)):
        raise UsageError(f"There is no file {episode}, and no episode of it; check the path.")
    from narration.formats import format_names  # which loads numpy

    if path.suffix.lower().removeprefix(".") in format_names():
        raise UsageError(f"Nothing tells which project made {episode}; give that (…{SUFFIX}), or the source.")
    raise UsageError(f"There is no episode of {episode} yet. `narrate {episode}` makes one.")


def remember(episode: str, project: Path) -> None:
    """Note which project this source or audio file belongs to, where its name does not say it.

    Where the state folder cannot be written, the episode is found by its project file alone.
    """
    if episode == "-" or (not is_address(episode) and _same(project_beside(Path(episode)), project)):
        return
    note = _note(episode)
    with suppress(OSError):
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_bytes(os.fsencode(project.resolve()))


def exists(path: Path) -> bool:
    """Whether it is there; not what has a name too long to be one, or stands where we may not look."""
    try:
        return path.exists()
    except OSError:
        return False


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def _note(episode: str) -> Path:
    place = episode if is_address(episode) else str(Path(episode).resolve())
    return state_folder() / "episodes" / hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest()[:32]


def own_lexicon() -> Path:
    """The lexicon that holds for all that this person narrates, if there is one."""
    if HOME_VARIABLE in os.environ:
        return Path(os.environ[HOME_VARIABLE], LEXICON)
    from platformdirs import user_config_path

    return user_config_path("narration") / LEXICON


def voices_folder(engine: str) -> Path:
    """The folder of an engine's voice files, whether it is there or not."""
    if os.environ.get(VOICES_VARIABLE):
        return Path(os.environ[VOICES_VARIABLE], engine)
    if HOME_VARIABLE in os.environ:
        return Path(os.environ[HOME_VARIABLE], "voices", engine)
    from platformdirs import user_data_path

    return user_data_path("narration") / "voices" / engine


def state_folder() -> Path:
    """Where we note what is no setting and no sound."""
    if HOME_VARIABLE in os.environ:
        return Path(os.environ[HOME_VARIABLE])
    from platformdirs import user_state_path

    return user_state_path("narration")
