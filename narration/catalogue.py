"""Voices that can be installed: where their files are, what they weigh and must hash to, under which licence.

Piper's come from the list of its project's collection, which is fetched when a voice is installed and kept; Kokoro's
are known by name.
"""

import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Any

from narration.download import RemoteFile, document
from narration.engines import suggestion
from narration.errors import EngineError, UsageError
from narration.places import voices_folder

MIRROR_VARIABLE = "NARRATION_MIRROR"
"""A web address or a folder in which piper/ and kokoro/ are, in place of the projects' own."""
BASES = {
    "piper": "https://huggingface.co/rhasspy/piper-voices/resolve/main",
    "kokoro": "https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.0",
}
_LIST = "voices.json"
_LONGEST_LIST_BYTES = 20_000_000
_MODEL_CARD = "MODEL_CARD"
_SUFFIXES = (".onnx", ".onnx.json")


@dataclass(frozen=True, slots=True)
class Installable:
    """A voice that can be installed. files: in the order they are fetched; licence: "" where a model card says it."""

    name: str
    engine: str
    languages: tuple[str, ...]
    description: str
    gender: str
    files: tuple[RemoteFile, ...]
    licence: str

    @property
    def n_bytes(self) -> int:
        """Bytes of all its files."""
        return sum(file.n_bytes for file in self.files)

    def file_name(self, file: RemoteFile) -> str:
        """What a file of it is called in the folder of voices."""
        name = PurePosixPath(file.path).name
        return f"{self.name}.{_MODEL_CARD}.txt" if name == _MODEL_CARD else name


def base_address(engine: str, given: str = "") -> str:
    """Where the engine's files come from: what was given, else the mirror that is set, else the project's own place."""
    if given:
        return given
    mirror = os.environ.get(MIRROR_VARIABLE, "")
    return f"{mirror.rstrip('/')}/{engine}" if mirror else BASES[engine]


def installable(engine: str) -> tuple[Installable, ...]:
    """The engine's voices that can be installed, as far as they are known here; nothing is fetched."""
    if engine == "kokoro":
        return _kokoro()
    if engine != "piper":
        return ()
    try:
        return _piper((voices_folder("piper") / _LIST).read_bytes(), str(voices_folder("piper") / _LIST))
    except (OSError, EngineError):  # it is fetched again when a voice is installed
        return ()


def fetched_list(base: str) -> tuple[Installable, ...]:
    """Piper's voices by the list at that base, which is kept for `installable`. Raises EngineError."""
    content = document(base, _LIST, _LONGEST_LIST_BYTES)
    voices = _piper(content, f"{base}/{_LIST}")
    folder = voices_folder("piper")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside = folder / f"{_LIST}.part"
        beside.write_bytes(content)
        beside.replace(folder / _LIST)
    except OSError as error:
        raise EngineError(
            f"{folder} cannot be written: {error.strerror or error}. Make room, or set NARRATION_VOICES."
        ) from error
    return voices


def find(engine: str, name: str, voices: tuple[Installable, ...]) -> Installable:
    """The voice of that name. Raises UsageError that names the nearest."""
    for voice in voices:
        if voice.name == name:
            return voice
    raise UsageError(
        f"There is no voice {engine}/{name} to install. {suggestion(name, [voice.name for voice in voices])}"
    )


def _piper(content: bytes, place: str) -> tuple[Installable, ...]:
    """The voices of a list such as Piper's voices.json. Raises EngineError for one that is none."""
    try:
        values = json.loads(content)
        return tuple(_piper_voice(name, value) for name, value in sorted(values.items()))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise EngineError(
            f"{place} is no list of Piper's voices ({error!r}). Name another mirror with --from."
        ) from error


def _piper_voice(name: str, value: Mapping[str, Any]) -> Installable:
    """A voice of the list; a file's name is never a way out of the folder."""
    remote = {
        PurePosixPath(path).name: RemoteFile(str(path), int(file["size_bytes"]), "md5", str(file["md5_digest"]))
        for path, file in value["files"].items()
    }
    wanted = [remote[_MODEL_CARD]] if _MODEL_CARD in remote else []
    wanted += [remote[f"{name}{suffix}"] for suffix in reversed(_SUFFIXES)]
    speakers = int(value.get("num_speakers", 1))
    described = f"{value.get('quality', '')} quality" + (f", {speakers} speakers" if speakers > 1 else "")
    code = str(value["language"]["code"]).replace("_", "-").lower()
    if PurePosixPath(name).name != name:
        raise ValueError(f"the name {name!r}")
    return Installable(name, "piper", (code,), described, "", tuple(wanted), "")


@cache
def _kokoro() -> tuple[Installable, ...]:
    from narration.engines.kokoro_names import listed_voice

    table = tomllib.loads((files("narration") / "kokoro_voices.toml").read_text("utf-8"))
    remote = tuple(RemoteFile(**file) for file in table["files"])
    listed = [listed_voice(name) for name in table["names"]]
    return tuple(
        Installable(voice.name, "kokoro", voice.languages, voice.description, voice.gender, remote, table["licence"])
        for voice in listed
    )
