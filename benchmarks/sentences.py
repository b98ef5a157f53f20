"""Where sentences end: `python benchmarks/sentences.py FOLDER`.

FOLDER holds `sentences/LANGUAGE.jsonl`, rows of `input`, `refs` (its sentences) and `kind`; the kinds golden and more
are counted. An end is right when as many characters that are no white space stand before it.
"""

import json
import sys
import time
from collections import Counter
from pathlib import Path

import script

PROSE = (
    "The cat sat on the mat, and it was good. Mr. Smith went to Washington in the U.S. on Jan. 5, 2020. He was late. "
    "It was the best of times, said Mrs. O'Hara. “Well,” she added, “that is what he said!” Nobody knew why. "
)


def ends(sentences):
    """Where the sentences end, but for the last."""
    reached, found = 0, set()
    for sentence in sentences:
        reached += len("".join(sentence.split()))
        found.add(reached)
    return found - {reached}


def figures(rows, language):
    """Rows, rows that are right throughout, and the F1 of all ends."""
    counts = Counter()
    for row in rows:
        ours, theirs = ends(script.sentences(row["input"], language)), ends(row["refs"])
        counts.update(rows=1, exact=int(ours == theirs), both=len(ours & theirs), either=len(ours) + len(theirs))
    return counts["rows"], counts["exact"], 2 * counts["both"] / counts["either"] if counts["either"] else 1.0


def sentences_per_second(text):
    script.sentences(text)
    start = time.process_time()
    return len(script.sentences(text * 2000)) / (time.process_time() - start)


def main(folder):
    print("| Language | Rows | All ends right | F1 |\n|---|---:|---:|---:|")
    for path in sorted((Path(folder) / "sentences").glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        count, exact, f1 = figures([row for row in rows if row["kind"] != "clean"], path.stem)
        print(f"| {path.stem} | {count} | {exact} | {f1:.3f} |")
    print(f"\n{sentences_per_second(PROSE):,.0f} sentences a second")


if __name__ == "__main__":
    main(sys.argv[1])
