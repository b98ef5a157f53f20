"""Voices are installed from a mirror, and speak."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from narration import catalogue
from narration.catalogue import installable
from narration.places import voices_folder
from tests.narration.conftest import Narrate
from tests.narration.engines.tiny_voices import piper_voice
from tests.narration.mirror import Mirror, mirror

VOICE = "en_US-tiny-low"
CARD = "# Model card\n\n* Language: English\n* License: public domain, see https://example.org\n"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Mirror]:
    """A mirror with one voice of Piper."""
    folder = tmp_path / "mirror"
    files = folder / "piper/en/en_US/tiny/low"
    piper_voice(files, VOICE)
    (files / "MODEL_CARD").write_text(CARD)
    write_list(folder)
    with mirror(folder) as started:
        yield started


def write_list(folder: Path, **others: Any) -> None:
    entries = {
        str(file.relative_to(folder / "piper")): {
            "size_bytes": file.stat().st_size,
            "md5_digest": hashlib.md5(file.read_bytes()).hexdigest(),
        }
        for file in sorted((folder / "piper/en").rglob("*"))
        if file.is_file()
    }
    voice = {"key": VOICE, "language": {"code": "en_US"}, "quality": "low", "num_speakers": 1, "files": entries}
    (folder / "piper/voices.json").write_text(json.dumps({VOICE: voice | others}))


@pytest.fixture(autouse=True)
def _mirrored(server: Mirror, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(catalogue.MIRROR_VARIABLE, server.address)


def listed(narrate: Narrate) -> dict[str, bool]:
    voices = json.loads(narrate("voices", "--engine", "piper", "--json").out)
    return {voice["name"]: voice["installed"] for voice in voices}


def test_voice_is_installed_listed_and_speaks(narrate: Narrate, article: Path) -> None:
    assert listed(narrate) == {}
    installed = narrate("voices", "install", f"piper/{VOICE}")
    assert (installed.code, installed.out) == (0, f"piper/{VOICE}\n"), installed.err
    assert "licence: public domain, see https://example.org" in installed.err
    assert listed(narrate) == {f"piper/{VOICE}": True}
    assert narrate(article, "--voice", f"piper/{VOICE}", "--json").document["recorded"] == 5


def test_voices_that_are_not_installed_are_listed_once_their_list_is_known(narrate: Narrate) -> None:
    known = narrate("voices", "install", "piper")
    assert (known.code, known.out) == (0, "")
    assert "lists 1 voices now" in known.err
    assert listed(narrate) == {f"piper/{VOICE}": False}
    assert narrate("voices", "--engine", "piper", "--installed").out == ""


def test_folder_may_be_the_mirror(narrate: Narrate, server: Mirror) -> None:
    assert narrate("voices", "install", f"piper/{VOICE}", "--from", server.folder / "piper").code == 0
    assert server.asked == []


def test_unknown_voice_names_the_nearest(narrate: Narrate) -> None:
    refused = narrate("voices", "install", "piper/en_US-tiny")
    assert refused.code == 2
    assert f"no voice piper/en_US-tiny to install. The nearest are: {VOICE}" in refused.err


@pytest.mark.parametrize("name", ["pyttsx3/en-us", "nosuch", "tone/low"])
def test_engine_without_voices_to_install_is_told(name: str, narrate: Narrate) -> None:
    refused = narrate("voices", "install", name)
    assert refused.code == 2
    assert "cannot be installed" in refused.err


@pytest.mark.parametrize("how", ["dead", "other"])
def test_failed_install_is_an_engine_error_and_leaves_no_voice(how: str, narrate: Narrate, server: Mirror) -> None:
    server.how = how
    failed = narrate("voices", "install", f"piper/{VOICE}")
    assert failed.code == 4
    assert "--from" in failed.err
    assert not list(voices_folder("piper").glob("*.onnx"))


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"x": {}}', b'{"../x": {"files": {}, "language": {"code": "en"}}}'])
def test_list_that_is_none_is_told(content: bytes, narrate: Narrate, server: Mirror) -> None:
    (server.folder / "piper/voices.json").write_bytes(content)
    failed = narrate("voices", "install", f"piper/{VOICE}")
    assert failed.code == 4
    assert "is no list of Piper's voices" in failed.err


def test_file_of_a_list_never_leaves_the_folder(narrate: Narrate, server: Mirror, tmp_path: Path) -> None:
    write_list(server.folder, files={"../../../evil.onnx": {"size_bytes": 1, "md5_digest": ""}})
    assert narrate("voices", "install", f"piper/{VOICE}").code == 4
    assert not list(tmp_path.rglob("evil*"))


def test_kokoros_voices_are_known_by_name() -> None:
    voices = {voice.name: voice for voice in installable("kokoro")}
    assert len(voices) == 54
    assert (voices["bm_george"].languages, voices["bm_george"].gender) == (("en-gb",), "male")
    assert voices["af_heart"].n_bytes == 353_746_785


def test_kokoro_comes_with_its_licence(
    narrate: Narrate, server: Mirror, monkeypatch: pytest.MonkeyPatch, tiny_voices: Path
) -> None:
    """Its files are those of the tiny voice, and its checksums theirs."""
    (server.folder / "kokoro").mkdir()
    remote = []
    for file in sorted((tiny_voices / "kokoro").iterdir()):
        content = file.read_bytes()
        (server.folder / "kokoro" / file.name).write_bytes(content)
        remote.append(catalogue.RemoteFile(file.name, len(content), "sha256", hashlib.sha256(content).hexdigest()))
    real = catalogue.installable("kokoro")
    tiny = tuple(replace(voice, files=tuple(remote)) for voice in real)
    monkeypatch.setattr(catalogue, "_kokoro", lambda: tiny)
    installed = narrate("voices", "install", "kokoro")
    assert (installed.code, installed.out) == (0, "kokoro/af_heart\n"), installed.err
    assert "licence: Apache 2.0" in installed.err
    voices = json.loads(narrate("voices", "--engine", "kokoro", "--language", "fr", "--json").out)
    assert [(voice["name"], voice["installed"], voice["gender"]) for voice in voices] == [
        ("kokoro/ff_siwis", True, "female")
    ]
