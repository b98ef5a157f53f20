"""What stands around a neural voice: two workers against one, and what the pipeline costs beside the engine.

    python benchmarks/voices.py [--characters 6000]

The voice is the tests' tiny one, with matrix products added until it speaks at ten times real time on one core. Every
worker has one thread, so that a second worker is a second core. CPU seconds are those of all processes.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ["OMP_NUM_THREADS"] = "1"

import prose
from measure import Run, machine, run

from narration.engines import Delivery
from narration.engines.piper import PiperEngine
from narration.reading import read_script
from tests.narration.engines.tiny_voices import piper_voice

NARRATE = str(Path(sys.executable).with_name("narrate"))
VOICE = "en_US-tiny-low"
TIMES_REAL_TIME = 10.0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--characters", type=int, default=6000)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["NARRATION_VOICES"] = name
        (folder / "article.txt").write_text(prose.article(parser.parse_args().characters))
        utterances = [
            utterance.spoken
            for segment in read_script(str(folder / "article.txt")).segments
            for utterance in segment.utterances
        ]
        print(machine())
        piper_voice(folder / "piper", VOICE, slowness=fitting_slowness(folder, utterances[:5]))
        seconds, engine_s = spoken(utterances)
        print(f"{seconds:.0f} s of sound; the engine alone speaks at {seconds / engine_s:.1f} times real time\n")
        one, two = (narrated(folder, jobs) for jobs in (1, 2))
        show("one worker", one)
        show("two workers", two)
        print(f"\ntwo workers give {one.wall_s / two.wall_s:.2f} times the throughput of one")
        speaking = {jobs: took.cpu_s - engine_s for jobs, took in ((1, one), (2, two))}
        print(f"beside the engine: {speaking[1]:.1f} s of {one.cpu_s:.1f} s, start, encoding and writing included")
        starting = narrated(folder, 1, again=True)
        print(f"of it a start with nothing to record takes {starting.cpu_s:.1f} s")
        print(f"the pipeline's share of the run: {100 * (speaking[1] - starting.cpu_s) / one.cpu_s:.1f} %")


def fitting_slowness(folder: Path, utterances: list[str]) -> int:
    """Matrix products that make the voice speak at ten times real time."""
    took = []
    for slowness in (0, 40):
        piper_voice(folder / "piper", VOICE, slowness=slowness)
        seconds, engine_s = spoken(utterances)
        took.append(engine_s / seconds)
    return max(1, round(40 * (1 / TIMES_REAL_TIME - took[0]) / (took[1] - took[0])))


def spoken(utterances: list[str]) -> tuple[float, float]:
    """Seconds of sound, and of CPU that the engine takes for it once it is loaded."""
    engine = PiperEngine()
    engine.speak(["Words."], Delivery(VOICE))
    before = time.process_time()
    speeches = engine.speak(utterances, Delivery(VOICE))
    return sum(speech.clip.duration_s for speech in speeches), time.process_time() - before


def narrated(folder: Path, jobs: int, *, again: bool = False) -> Run:
    place = folder / f"{jobs}.mp3"
    command = [NARRATE, "article.txt", "--voice", f"piper/{VOICE}", "--jobs", str(jobs), "-o", str(place), "--json"]
    took = run(command, folder)
    document = json.loads(took.output)
    assert bool(document["recorded"]) != again, document
    return took


def show(name: str, result: Run) -> None:
    print(
        f"{name:12} {result.wall_s:6.1f} s wall, {result.cpu_s:6.1f} s CPU, "
        f"{result.main_mb:4.0f} MB main process, {result.worker_mb:4.0f} MB largest worker"
    )


if __name__ == "__main__":
    main()
