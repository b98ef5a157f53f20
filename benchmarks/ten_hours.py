"""Ten hours of speech: how fast against the usual pipe, in how much memory, and what one paragraph costs.

    python benchmarks/ten_hours.py [--hours 10]

The pipe is espeak-ng and ffmpeg, of whatever version is on the path. CPU seconds are those of all processes.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

import av
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
        middle = document["paragraphs"] // 2
        redo(folder, folder / "long.mp3", middle)
        for suffix in ("m4b", "opus"):
            other = folder / "other" / f"long.{suffix}"
            other.parent.mkdir(exist_ok=True)
            show(f"narrate export -o long.{suffix}", run([NARRATE, "export", "long.txt", "-o", str(other)], folder))
            for made_before in folder.glob("*.mp3"):
                made_before.unlink()
            redo(folder, other, middle)
            other.unlink()


def redo(folder: Path, path: Path, number: int) -> None:
    """Record a paragraph, which is a chapter, again; what that took, and which packets it changed."""
    before = packets(path)
    start_s, end_s = chapter(path, number)
    done = run([NARRATE, "redo", "long.txt", str(number)], folder)
    show(f"narrate redo long.txt {number} ({path.suffix[1:]})", done)
    after = packets(path)
    first = same(before, after)
    last = len(before) - same(before[first:][::-1], after[first:][::-1])
    with av.open(str(path)) as container:
        per_s = len(before) / (container.duration / 1e6)
    print(
        f"    of {len(before)} packets those from {first} to {last - 1} are other ones;"
        f" the paragraph has those from {start_s * per_s:.1f} to {end_s * per_s:.1f}"
    )


def packets(path: Path) -> list[int]:
    """A hash of each packet."""
    with av.open(str(path)) as container:
        return [hash(bytes(packet)) for packet in container.demux(audio=0) if packet.size]


def same(one: list[int], other: list[int]) -> int:
    """How many are the same from the start."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def chapter(path: Path, number: int) -> tuple[float, float]:
    """Where a chapter starts and ends, in seconds, by the file's own word."""
    with av.open(str(path)) as container:
        found = container.chapters()[number - 1]
        return float(found["start"] * found["time_base"]), float(found["end"] * found["time_base"])


def show(name: str, result: Run) -> None:
    print(
        f"{name:40} {result.wall_s:8.2f} s wall {result.cpu_s:8.2f} s CPU"
        f" {result.main_mb:6.0f} MB main {result.worker_mb:6.0f} MB largest worker",
        flush=True,
    )


if __name__ == "__main__":
    main()
