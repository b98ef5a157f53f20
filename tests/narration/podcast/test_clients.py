"""Podcast clients that we did not write take the feed as it is served, and every episode whole."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.narration.podcast.serving import serving

GPO = Path("/usr/bin/gpo")
ARCHIVER = Path(sys.executable).with_name("podcast-archiver")


@dataclass(frozen=True)
class Client:
    """Runs programs in a home of its own, for a feed."""

    home: Path
    feed: str

    def run(self, *command: object) -> str:
        environment = os.environ | {"HOME": str(self.home), "GPODDER_HOME": str(self.home / "gpodder")}
        done = subprocess.run(
            [*map(str, command)], capture_output=True, text=True, env=environment, timeout=120, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture
def client(published: Path, tmp_path: Path) -> Iterator[Client]:
    with serving(published / "site") as port:
        yield Client(tmp_path, f"http://127.0.0.1:{port}/feed.xml")


@pytest.fixture
def sound(published: Path) -> bytes:
    return (published / "site/episodes/the-lamp/the-lamp.mp3").read_bytes()


needs_gpodder = pytest.mark.skipif(not GPO.exists(), reason="gpodder is not installed")


@needs_gpodder
def test_gpodder_downloads_the_episode_whole_and_reads_its_chapters(client: Client, sound: bytes) -> None:
    client.run(GPO, "subscribe", client.feed)
    client.run(GPO, "update")
    assert "1 episodes downloaded" in client.run(GPO, "download")
    (downloaded,) = client.home.rglob("*.mp3")
    assert downloaded.read_bytes() == sound
    with sqlite3.connect(client.home / "gpodder/Database") as database:
        title, chapters, size = database.execute("SELECT title, chapters, file_size FROM episode").fetchone()
    database.close()
    assert (title, size) == ("The Lamp", len(sound))
    assert [chapter["title"] for chapter in json.loads(chapters)] == ["Dusk", "Dawn"]


@needs_gpodder
def test_gpodder_goes_on_with_half_an_episode(client: Client, sound: bytes) -> None:
    client.run(GPO, "subscribe", client.feed)
    client.run(GPO, "update")
    client.run(GPO, "download")
    (downloaded,) = client.home.rglob("*.mp3")
    half = b"kept" + sound[4 : len(sound) // 2]
    downloaded.with_name(f"{downloaded.name}.partial").write_bytes(half)
    downloaded.unlink()
    with sqlite3.connect(client.home / "gpodder/Database") as database:
        database.execute("UPDATE episode SET state = 0, is_new = 1")
    database.close()
    client.run(GPO, "download")
    assert downloaded.read_bytes() == b"kept" + sound[4:]


@pytest.mark.skipif(not ARCHIVER.exists(), reason="podcast-archiver is not installed")
def test_podcast_archiver_downloads_the_episode_whole(client: Client, sound: bytes) -> None:
    (client.home / "archive").mkdir()
    client.run(ARCHIVER, "--feed", client.feed, "--dir", client.home / "archive")
    (downloaded,) = client.home.rglob("*.mp3")
    assert downloaded.name == "2024-06-01 - The Lamp.mp3"
    assert downloaded.read_bytes() == sound


@pytest.mark.skipif(shutil.which("newsboat") is None, reason="newsboat is not installed")
def test_newsboat_queues_the_episode_for_podboat(client: Client) -> None:
    (client.home / "urls").write_text(f"{client.feed}\n")
    (client.home / "config").write_text("podcast-auto-enqueue yes\n")
    place = {f"-{name[0]}": client.home / name for name in ("urls", "Config", "cache")}
    (client.home / "Config").write_text("podcast-auto-enqueue yes\n")
    client.run("newsboat", *(each for pair in place.items() for each in pair), "-x", "reload")
    assert client.feed.replace("feed.xml", "episodes/the-lamp/the-lamp.mp3") in _text_below(client.home)


def _text_below(folder: Path) -> str:
    return "".join(path.read_text("utf-8", "replace") for path in folder.rglob("queue") if path.is_file())
