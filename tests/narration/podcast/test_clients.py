"""Podcast clients that we did not write take the feed as it is served, and every episode whole."""

import json
import os
import select
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
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

    def run_in_terminal(self, keys: bytes, is_done: Callable[[], bool], *command: object) -> None:
        """Run a program that wants a terminal, press the keys once it shows something, and end it when that is done."""
        ours, its = os.openpty()
        environment = os.environ | {"HOME": str(self.home), "TERM": "xterm"}
        with subprocess.Popen(
            [*map(str, command)], stdin=its, stdout=its, stderr=its, env=environment, start_new_session=True
        ) as process:
            shown = b""
            deadline = time.monotonic() + 60
            while not is_done() and process.poll() is None and time.monotonic() < deadline:
                if select.select([ours], [], [], 0.1)[0]:  # or it would wait for somebody to read
                    shown += os.read(ours, 65536)
                if b"Download" in shown and keys:
                    keys = keys[os.write(ours, keys) :]
            process.kill()
        os.close(ours)
        os.close(its)
        assert is_done(), shown.decode(errors="replace")


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


needs_newsboat = pytest.mark.skipif(shutil.which("newsboat") is None, reason="newsboat is not installed")


@needs_newsboat
def test_newsboat_queues_the_episode_for_podboat(client: Client) -> None:
    (client.home / "urls").write_text(f"{client.feed}\n")
    (client.home / "config").write_text("podcast-auto-enqueue yes\n")
    place = {f"-{name[0]}": client.home / name for name in ("urls", "Config", "cache")}
    (client.home / "Config").write_text("podcast-auto-enqueue yes\n")
    client.run("newsboat", *(each for pair in place.items() for each in pair), "-x", "reload")
    assert client.feed.replace("feed.xml", "episodes/the-lamp/the-lamp.mp3") in _text_below(client.home)


@needs_newsboat
@pytest.mark.parametrize("kept", [b"", b"kept"], ids=["whole", "from the middle on"])
def test_podboat_downloads_the_episode(kept: bytes, client: Client, sound: bytes) -> None:
    """kept: what the half begins with that was there before; it shows that only the rest is asked for."""
    there = client.home / "the-lamp.mp3"
    partial = there.with_name(f"{there.name}.part")
    if kept:
        partial.write_bytes(kept + sound[len(kept) : len(sound) // 2])
    (client.home / "queue").write_text(
        f'{client.feed.replace("feed.xml", "episodes/the-lamp/the-lamp.mp3")} "{there}"\n'
    )
    (client.home / "config").write_text("")
    client.run_in_terminal(b"d", there.exists, "podboat", "-q", client.home / "queue", "-C", client.home / "config")
    assert there.read_bytes() == kept + sound[len(kept) :]


@pytest.mark.skipif(shutil.which("podget") is None, reason="podget is not installed")
def test_podget_downloads_the_episode_whole(client: Client, sound: bytes) -> None:
    settings = client.home / "podget"
    settings.mkdir()
    (settings / "serverlist").write_text(f"{client.feed} Articles Show\n")
    client.run("podget", "--dir_config", settings, "--library", client.home / "library", "--no-playlist")
    (downloaded,) = client.home.rglob("*.mp3")
    assert downloaded.read_bytes() == sound


def _text_below(folder: Path) -> str:
    return "".join(path.read_text("utf-8", "replace") for path in folder.rglob("queue") if path.is_file())
