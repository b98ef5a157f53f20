"""Chromium, and a server of ours for it: what the benchmarks of the page need."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from narration.podcast.server import application
from narration.serve import server

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --autoplay-policy=no-user-gesture-required"
).split()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser at NARRATION_CHROMIUM, else /usr/bin/chromium."""
    with sync_playwright() as driver:
        path = os.environ.get("NARRATION_CHROMIUM", "/usr/bin/chromium")
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the folder on this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        running = server(application(folder))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not running.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        running.should_exit = True
        thread.join()


def memory_mb(process: int) -> float:
    """Proportional set size in MB, so that what a process shares with others counts in part."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
