"""A 600-word article from command to mp3, against the usual pipe; and how long `narrate --help` takes.

    python benchmarks/article.py [--rounds 5]

Both are run in turn; the fastest of each counts, as it is the least disturbed.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import prose
from measure import machine, run

NARRATE = str(Path(sys.executable).with_name("narrate"))
PIPE = "espeak-ng -f article.txt --stdout | ffmpeg -v error -y -i - -ar 44100 -b:a 64k pipe.mp3"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = prose.article(3600)
        (folder / "article.txt").write_text(text)
        print(machine())
        print(f"{len(text.split())} words\n")
        pipes, makes, helps = [], [], []
        for _ in range(rounds):
            pipes.append(run(PIPE, folder).wall_s)
            makes.append(run([NARRATE, "article.txt", "-q"], folder).wall_s)
            helps.append(run([NARRATE, "--help"], folder).wall_s)
            for made in (*folder.glob("*.narration"), folder / "article.mp3"):
                made.unlink()
        print(f"espeak-ng | ffmpeg   {min(pipes):.2f} s")
        print(f"narrate article.txt  {min(makes):.2f} s: {min(makes) / min(pipes):.2f} times the pipe's time")
        print(f"narrate --help       {min(helps):.3f} s")


if __name__ == "__main__":
    main()
