"""The page of a long episode: how soon it shows, how long it ever stands still, how much memory it takes.

    python benchmarks/long_page.py [--hours 10] [--chapters 50]

Prose of that length, its words spread evenly over each paragraph; the sound is one clip over and over. Served from
loopback by the project's own server, in Chromium. Blocking: the longest task of the page's main thread, by the
browser's own trace, in time that passed and in CPU time (other work on the machine lengthens the first, not the
second).
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import numpy as np
import prose
from browser import chromium, memory_mb, served
from measure import machine
from playwright.sync_api import Browser, Page

from audio.codecs.mp3 import Mp3Codec
from audio.episode import Episode, Tags
from audio.formats.mp3 import Mp3Format
from audio.packets import Packets
from narration.heard import HeardSegment, HeardSentence, HeardWord
from narration.podcast.page import write_page
from narration.podcast.programme import Programme, ProgrammeChapter
from script.script import Segment, Utterance

CODEC = Mp3Codec()
CHARACTERS_PER_HOUR = 60_000


class Clip:
    """One encoded clip, that a long file has many times."""

    def __init__(self, seconds: float) -> None:
        n_frames = round(seconds * CODEC.sample_rate_hz / CODEC.frame_samples)
        self._packets = CODEC.encode(
            np.random.default_rng(1).normal(0, 0.05, n_frames * CODEC.frame_samples).astype("f4")
        )
        self.n_packets, self.n_bytes = n_frames, len(self._packets.payload)

    def packets(self) -> Packets:
        """The packets themselves."""
        return self._packets


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--hours", type=float, default=10.0)
    parser.add_argument("--chapters", type=int, default=50)
    options = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        programme = written(folder, options.hours, options.chapters)
        started = time.process_time()
        write_page(programme, folder)
        page = folder / "episodes" / programme.slug / "index.html"
        words = sum(path.stat().st_size for path in (page.parent / "words").iterdir())
        print(
            f"{programme.duration_s / 3600:.2f} h, {len(programme.segments)} paragraphs; page "
            f"{page.stat().st_size / 1e6:.2f} MB, words {words / 1e6:.2f} MB, "
            f"written in {time.process_time() - started:.2f} s of CPU"
        )
        with served(folder) as root, chromium() as browser:
            measure(browser, f"{root}episodes/{programme.slug}/index.html", programme.duration_s)


def measure(browser: Browser, address: str, duration_s: float) -> None:
    for number in range(3):
        page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        process = show(f"opened ({number + 1})", browser, page, lambda page=page: page.goto(address))
        paint = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
        print(f"{'':28} first paint after {page.evaluate(paint):.0f} ms")
        if number < 2:
            page.close()
    middle = f"player.hear({0.7 * duration_s * 1000})"
    acts = {
        "played from the middle, 5 s": lambda: (page.evaluate(middle), page.wait_for_timeout(5000)),
        "twenty paragraphs on": lambda: [page.keyboard.press("j") for _ in range(20)],
        "scrolled, 100 screens": lambda: [scroll(page) for _ in range(100)],
        "from one end to the other": lambda: (page.keyboard.press("End"), page.keyboard.press("Home")),
        "larger text, three times": lambda: enlarged(page),
    }
    for what, act in acts.items():
        show(what, browser, page, act, process)
    heap = page.evaluate("performance.memory.usedJSHeapSize / 1e6")
    print(f"memory at the end: {memory_mb(process):.0f} MB, of it JavaScript's heap {heap:.1f} MB")


def scroll(page: Page) -> None:
    page.mouse.move(640, 300)
    page.mouse.wheel(0, 700)


def enlarged(page: Page) -> None:
    page.get_by_role("button", name="Settings").click()
    for _ in range(3):
        page.get_by_role("button", name="Larger text").click()


def show(what: str, browser: Browser, page: Page, act: Callable[[], object], process: int = 0) -> int:
    """Print the longest task on the page's main thread while something is done.

    process: the page's, 0 for that of the page that is opened. Returns it.
    """
    browser.start_tracing(
        page=page, categories=["devtools.timeline", "toplevel", "disabled-by-default-devtools.timeline"]
    )
    act()
    page.wait_for_timeout(1000)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    process = process or next(each["pid"] for each in events if is_script_of(page, each))
    main = [each for each in events if each["pid"] == each["tid"] == process]  # its main thread has its number
    tasks = [each for each in main if each["name"].endswith("RunTask")]
    wall = max(each.get("dur", 0) for each in tasks) / 1000
    cpu = max(each.get("tdur", 0) for each in tasks) / 1000
    print(f"{what:28} longest task {wall:6.1f} ms, {cpu:6.1f} ms of CPU; {memory_mb(process):.0f} MB")
    return process


def is_script_of(page: Page, event: dict[str, Any]) -> bool:
    """Whether an event is that a script of the page was run: the browser has pages of its own, in other processes."""
    address = event["args"].get("data", {}).get("url", "")
    return event["name"] == "EvaluateScript" and urljoin(address, "/") == urljoin(page.url, "/")


def written(folder: Path, hours: float, n_chapters: int) -> Programme:
    """A programme of that length, its sound in the folder."""
    texts = prose.paragraphs(int(hours * CHARACTERS_PER_HOUR))
    clip = Clip(hours * 3600 / len(texts))
    length = clip.n_packets * CODEC.frame_samples
    path = folder / "episodes" / "long" / "long.mp3"
    path.parent.mkdir(parents=True)
    with path.open("w+b") as out:
        Mp3Format().write(Episode(CODEC, [clip] * len(texts), (), Tags()), out)
    n_samples = length * len(texts) - CODEC.delay_samples
    firsts = [1 + len(texts) * chapter // n_chapters for chapter in range(n_chapters)] + [len(texts) + 1]
    chapters = tuple(
        ProgrammeChapter(
            number, f"Chapter {number}", (first - 1) * length, min((after - 1) * length, n_samples), first, after - 1
        )
        for number, (first, after) in enumerate(pairwise(firsts), 1)
    )
    segments = tuple(segment(number, text, (number - 1) * length, length) for number, text in enumerate(texts, 1))
    return Programme(
        "key",
        "long",
        "A long episode",
        "",
        "",
        "en",
        "",
        path.name,
        "audio/mpeg",
        path.stat().st_size,
        CODEC.sample_rate_hz,
        n_samples,
        chapters,
        segments,
    )


def segment(number: int, text: str, start: int, length: int) -> tuple[Segment, HeardSegment]:
    """A paragraph whose characters are heard one as long as the other."""

    def at(character: int) -> int:
        return start + length * character // len(text)

    sentences, utterances, position = [], [], 0
    for sentence in text.replace(". ", ".\n").split("\n"):
        words, inside = [], 0
        for word in sentence.split(" "):
            span = (position + inside, position + inside + len(word))
            words.append(HeardWord(inside, inside + len(word), at(span[0]), at(span[1]), span))
            inside += len(word) + 1
        end = position + len(sentence)
        sentences.append(HeardSentence(sentence, at(position), at(end), tuple(words), "exact"))
        utterances.append(Utterance(sentence))
        position = end + 1
    heard = HeardSegment(number, number, "tone/high", start, start + length, tuple(sentences))
    return Segment(number, "paragraph", 0, 1, text, tuple(utterances), "", None, 0.5), heard


if __name__ == "__main__":
    main()
