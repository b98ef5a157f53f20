"""A sample of a voice."""

from pathlib import Path

import av
import pytest

from narration.preview import sample
from tests.narration.conftest import Narrate


def test_sample_is_written_in_any_format(narrate: Narrate, folder: Path) -> None:
    for name in ("sample.mp3", "sample.wav"):
        done = narrate("voices", "preview", "tone/low", "-o", folder / name)
        assert (done.code, done.out) == (0, f"{folder / name}\n"), done.err
        with av.open(str(folder / name)) as container:
            assert container.duration is not None
            assert 4 < container.duration / 1e6 < 12
    assert sorted(path.name for path in folder.iterdir()) == ["sample.mp3", "sample.wav"]


def test_sample_may_be_of_other_words(narrate: Narrate, folder: Path) -> None:
    assert narrate("voices", "preview", "tone/low", "--text", "One.", "-o", folder / "a.wav").code == 0
    with av.open(str(folder / "a.wav")) as container:
        assert container.duration is not None
        assert container.duration / 1e6 < 2


def test_sample_is_played_by_the_persons_player(
    narrate: Narrate, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    player = folder / "mpv"
    player.write_text(f'#!/bin/sh\nfor last; do :; done\ncp "$last" {folder}/played\n')
    player.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    done = narrate("voices", "preview", "tone/low")
    assert done.code == 0, done.err
    assert (folder / "played").stat().st_size > 1000


def test_sample_is_in_the_voices_language() -> None:
    assert sample("de-AT").startswith("So klinge ich")
    assert sample("pt-br") == sample("pt")
    assert sample("tlh") == sample("en")


def test_unknown_voice_is_a_usage_error(narrate: Narrate, folder: Path) -> None:
    refused = narrate("voices", "preview", "tone/middle", "-o", folder / "a.mp3")
    assert refused.code == 2
    assert "has no voice “middle”" in refused.err
    assert not (folder / "a.mp3").exists()
