"""Ten hours of speech: how fast against the usual pipe, in how much memory, and what one paragraph costs.

    python benchmarks/ten_hours.py [--hours 10]

The pipe is espeak-ng and ffmpeg, of whatever version is on the path. CPU seconds are those of all processes.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

import prose
from measure import Run, machine, run

CHARACTERS_PER_HOUR = 60_000
NARRATE = str(Path(sys.executable).with_name("narrate"))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--hours", type=float, default=10.0)
    hours = parser.parse_args().hours
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = folder / "long.txt"
        text.write_text(prose.article(int(hours * CHARACTERS_PER_HOUR)))
        hour = folder / "hour.txt"
        hour.write_text(prose.article(CHARACTERS_PER_HOUR))
        print(machine())
        print(f"{text.stat().st_size} characters\n")

        pipe = "espeak-ng -f long.txt --stdout | ffmpeg -v error -y -i - -ar 44100 -b:a 64k pipe.mp3"
        piped = run(pipe, folder)
        made = run([NARRATE, "long.txt", "--json"], folder)
        document = json.loads(made.output)
        one = run([NARRATE, "hour.txt", "--json"], folder)
        show("espeak-ng | ffmpeg", piped)
        show("narrate long.txt", made)
        show("narrate hour.txt (1 hour)", one)
        print(f"sound: {document['duration_s'] / 3600:.2f} h, {document['paragraphs']} paragraphs")
        print(f"\nnarrate is {piped.wall_s / made.wall_s:.2f} times as fast as the pipe")
        print(f"main process, 10 h against 1 h: {made.main_mb:.0f} MB, {one.main_mb:.0f} MB")
        print(f"loudness {document['loudness_lufs']} LUFS, true peak {document['true_peak_dbtp']} dBTP\n")

        show("narrate long.txt, nothing changed", run([NARRATE, "long.txt"], folder))
        middle = str(document["paragraphs"] // 2)
        show(f"narrate redo long.txt {middle} (mp3)", run([NARRATE, "redo", "long.txt", middle], folder))
        for suffix in ("m4b", "opus"):
            other = folder / "other" / f"long.{suffix}"
            other.parent.mkdir(exist_ok=True)
            show(f"narrate export -o long.{suffix}", run([NARRATE, "export", "long.txt", "-o", str(other)], folder))
            for made_before in folder.glob("*.mp3"):
                made_before.unlink()
            show(f"narrate redo long.txt {middle} ({suffix})", run([NARRATE, "redo", "long.txt", middle], folder))
            other.unlink()


def show(name: str, result: Run) -> None:
    print(
        f"{name:40} {result.wall_s:8.2f} s wall {result.cpu_s:8.2f} s CPU"
        f" {result.main_mb:6.0f} MB main {result.worker_mb:6.0f} MB largest worker",
        flush=True,
    )


if __name__ == "__main__":
    main()
