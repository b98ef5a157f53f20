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
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ["OMP_NUM_THREADS"] = "1"

import prose
from measure import Run, machine, run

from audio.formats.mp3 import MP3
from narration.engines import Delivery
from narration.engines.onnx_model import SeededSession
from narration.engines.piper import PiperEngine
from narration.mastering import Mastering
from narration.reading import read_script
from narration.studio import CalibrateJob, RecordJob, calibrate, record
from narration.take import Sound
from script.script import Script
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
        (folder / "article.txt").write_text(short_paragraphs(parser.parse_args().characters))
        script = read_script(str(folder / "article.txt"))
        utterances = [utterance.spoken for segment in script.segments for utterance in segment.utterances]
        print(machine())
        piper_voice(folder / "piper", VOICE, slowness=fitting_slowness(folder, utterances[:3]))
        sample_s, sample_cpu_s = spoken(utterances[:8])
        print(f"the engine alone speaks at {sample_s / sample_cpu_s:.1f} times real time\n")
        one, two = (narrated(folder, jobs) for jobs in (1, 2))
        nothing = narrated(folder, 1, again=True)
        show("one worker", one)
        show("two workers", two)
        show("one worker, nothing to record", nothing)
        print(f"\ntwo workers give {one.wall_s / two.wall_s:.2f} times the throughput of one by wall time,")
        print(f"{one.busiest_s / two.busiest_s:.2f} times by the CPU time of the busiest worker")
        seconds, engine_s, all_s = recorded(script)
        around_s = all_s - engine_s
        share = around_s / seconds / (1 / TIMES_REAL_TIME + around_s / seconds)
        print(f"{seconds:.0f} s of sound recorded in this process, {1000 * engine_s / seconds:.1f} ms CPU for each of")
        print(f"them in the model, {1000 * around_s / seconds:.1f} ms around it, which is")
        print(f"{100 * share:.1f} % of a run whose engine speaks at {TIMES_REAL_TIME:.0f} times real time")


def short_paragraphs(n_characters: int) -> str:
    """Three sentences in each paragraph, so that two workers can share them evenly."""
    sentences = prose.article(n_characters).replace("\n\n", " ").strip().removesuffix(".").split(". ")
    groups = [sentences[at : at + 3] for at in range(0, len(sentences), 3)]
    return "".join(f"{'. '.join(group)}.\n\n" for group in groups)


def fitting_slowness(folder: Path, utterances: list[str]) -> int:
    """Matrix products that make the voice speak at ten times real time."""
    took = []
    for slowness in (0, 20):
        piper_voice(folder / "piper", VOICE, slowness=slowness)
        seconds, engine_s = spoken(utterances)
        took.append(engine_s / seconds)
    return max(1, round(20 * (1 / TIMES_REAL_TIME - took[0]) / (took[1] - took[0])))


def spoken(utterances: list[str]) -> tuple[float, float]:
    """Seconds of sound, and of CPU that the engine takes for it once it is loaded."""
    engine = PiperEngine()
    engine.speak(["Words."], Delivery(VOICE))
    before = time.process_time()
    speeches = engine.speak(utterances, Delivery(VOICE))
    return sum(speech.clip.duration_s for speech in speeches), time.process_time() - before


def recorded(script: Script) -> tuple[float, float, float]:
    """Every paragraph recorded as a worker does it: seconds of sound, CPU seconds in the model, and in all."""
    in_model = 0.0
    run_model = SeededSession.run

    def timed(*arguments: Any, **options: Any) -> Any:
        nonlocal in_model
        before = time.process_time()
        result = run_model(*arguments, **options)
        in_model += time.process_time() - before
        return result

    SeededSession.run = timed  # type: ignore[method-assign]
    engine = PiperEngine()
    sound = Sound(("Words.",), "piper", engine.version, VOICE, engine.fingerprint(VOICE), 1.0, 1.0, 0.35)
    mastering = Mastering(MP3.codec, -19.0, -1.0)
    calibration = calibrate(CalibrateJob(sound, mastering, 60))
    seconds, in_model, before = 0.0, 0.0, time.process_time()
    for segment in script.segments:
        if segment.utterances:
            said = sound.saying(tuple(utterance.spoken for utterance in segment.utterances))
            recording, _ = record(RecordJob(said, mastering, calibration, 600, "en"))
            seconds += recording.n_samples / recording.sample_rate_hz
    return seconds, in_model, time.process_time() - before


def narrated(folder: Path, jobs: int, *, again: bool = False) -> Run:
    place = folder / f"{jobs}.mp3"
    command = [NARRATE, "article.txt", "--voice", f"piper/{VOICE}", "--jobs", str(jobs), "-o", str(place), "--json"]
    took = run(command, folder)
    document = json.loads(took.output)
    assert bool(document["recorded"]) != again, document
    return took


def show(name: str, result: Run) -> None:
    print(
        f"{name:30} {result.wall_s:6.1f} s wall, {result.cpu_s:6.1f} s CPU, {result.busiest_s:6.1f} s busiest worker, "
        f"{result.main_mb:4.0f} MB main process, {result.worker_mb:4.0f} MB largest worker"
    )


if __name__ == "__main__":
    main()
