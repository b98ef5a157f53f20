"""How long `narrate script` takes for a 600-word article, and how fast scripts are composed after the reader.

    python benchmarks/composing.py [--rounds 9]

The fastest of the rounds counts, as it is the least disturbed; processor time is told beside it. A run before them, not
counted, lets Python keep what it compiles, as it does for everybody who has installed the package. Sentences are those
of the composed script, of one core's processor time.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

import prose
from measure import machine

import script

NARRATE = str(Path(sys.executable).with_name("narrate"))


def sentences_per_second(article: script.Article) -> float:
    script.compose(article)  # fills what is kept
    started = time.process_time()
    composed = script.compose(article)
    return sum(len(each.utterances) for each in composed.segments) / (time.process_time() - started)


def started_s(folder: Path) -> tuple[float, float]:
    """Seconds of wall clock and of processor that the command takes."""
    import resource
    import subprocess

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.monotonic()
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([NARRATE, "script", "article.md"], cwd=folder, env=kept, check=True, stdout=subprocess.DEVNULL)
    wall_s = time.monotonic() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall_s, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    paragraphs = prose.paragraphs(3600)
    text = "---\ntitle: The harbour\n---\n\n" + "\n\n".join(
        f"## Part {n}\n\n{each}" for n, each in enumerate(paragraphs, 1)
    )
    print(machine())
    with tempfile.TemporaryDirectory() as name:
        Path(name, "article.md").write_text(text)
        taken = [started_s(Path(name)) for _ in range(rounds + 1)][1:]
    walls, cpus = zip(*taken, strict=True)
    print(f"narrate script, {len(text.split())} words   {min(walls):.2f} s, {min(cpus):.2f} s of processor time")
    article = script.read(prose.article(400_000), format="plain")
    best = max(sentences_per_second(article) for _ in range(3))
    print(f"sentences a second after the reader  {best:.0f}")


if __name__ == "__main__":
    main()
