"""A voice is installed: its files are fetched into the folder of voices."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from narration import catalogue
from narration.catalogue import Installable
from narration.download import OnProgress, download
from narration.errors import UsageError
from narration.places import voices_folder

_LICENCE = re.compile(r"^\W*licen[cs]e\W*(.+)$", re.IGNORECASE | re.MULTILINE)
_ENGINES = {"piper": "piper", "kokoro": "kokoro_onnx"}
"""Engines whose voices can be installed, and the package that each needs."""

Tell = Callable[[str], None]
"""Told, in one sentence each, what a person should know before it happens."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A voice that is here now. name: engine/voice; licence: as its makers put it."""

    name: str
    files: tuple[Path, ...]
    licence: str


def install(name: str, base: str, tell: Tell, on_progress: OnProgress) -> Installed | None:
    """Fetch a voice, `piper/NAME` or `kokoro/NAME`; what is here already is not fetched again.

    `kokoro` alone is its best voice; `piper` alone fetches the list of what there is, and None comes back.
    base: where from, "" for the set mirror or the project's own place. Raises UsageError, EngineError.
    """
    engine, _, wanted = name.partition("/")
    if engine not in _ENGINES:
        raise UsageError(f"“{name}” cannot be installed; it is one of piper/VOICE and kokoro/VOICE.")
    address = catalogue.base_address(engine, base)
    listed = catalogue.fetched_list(address) if engine == "piper" else catalogue.installable(engine)
    if not wanted and engine == "piper":
        tell(f"`narrate voices --engine piper` lists {len(listed)} voices now; name one to install it.")
        return None
    voice = catalogue.find(engine, wanted or listed[0].name, listed)
    if find_spec(_ENGINES[engine]) is None:
        tell(f"The engine itself is not installed yet: pip install 'narration[{engine}]'.")
    tell(f"{engine}/{voice.name}: {voice.n_bytes / 1e6:.0f} MB from {address}")
    return _fetched(voice, address, tell, on_progress)


def _fetched(voice: Installable, address: str, tell: Tell, on_progress: OnProgress) -> Installed:
    folder = voices_folder(voice.engine)
    licence = voice.licence
    places: list[Path] = []
    before = 0
    if licence:
        tell(f"licence: {licence}")
    for file in voice.files:
        place = folder / voice.file_name(file)
        download(address, file, place, _counted_from(before, voice.n_bytes, on_progress))
        before += file.n_bytes
        places.append(place)
        if not licence and place.suffix == ".txt":  # the model card, fetched before what it is about
            licence = _licence(place)
            tell(f"licence: {licence} (more in {place})")
    return Installed(f"{voice.engine}/{voice.name}", tuple(places), licence)


def _counted_from(before: int, total: int, on_progress: OnProgress) -> OnProgress:
    """Progress over one file as progress over all: so many bytes were there before it."""
    return lambda done, _: on_progress(before + done, total)


def _licence(card: Path) -> str:
    """What a model card says of the licence."""
    found = _LICENCE.findall(card.read_text("utf-8", "replace"))
    return "; ".join(line.strip() for line in found) or "not named in the model card"
