"""How faithfully text is said: `python benchmarks/fidelity.py FOLDER [LANGUAGE ...]`.

FOLDER holds `normalisation/LANGUAGE.jsonl`, rows of `input`, `refs` (accepted spoken forms) and `class`. `exact` is
without case and punctuation; `relaxed` also without and, the, of, a, spaces and apostrophes, "oh" as zero.
"""

import json
import re
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import script

PROSE = (
    "In 1990 it cost $3.50; by 2024 it was £1,234.05, or €2.5 million for 10–12 of them.",
    "The ship, which had left the harbour before dawn, was seen by nobody until the evening.",
    "Dr. Smith of 12 Elm St. met Mr. Jones on 5 May 2020 at 10:45 a.m., e.g. at No. 10.",
    "She looked at the sea for a long time and said that it had never been so quiet.",
    "World War II ended in 1945, and the 22nd survey found that 12.5% of the 1,500 km were lost.",
)


def comparable(text):
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return " ".join(re.sub(r"[^\w' ]+", " ", folded).split())


def relaxed(text):
    fewer = re.sub(r"\b(and|the|of|a)\b|'", "", comparable(text))
    return re.sub(r"\s+", "", re.sub(r"\b(zero|oh|o)\b", "zero", fewer))


def figures(rows, language):
    """Counts for each class and for all: rows, exact, relaxed, digits left unspoken."""
    counts = defaultdict(Counter)
    for row in rows:
        said, references = script.spoken(row["input"], language), row["refs"]
        left = any(map(str.isdigit, said)) and not any(re.search(r"\d", each) for each in references)
        found = {
            "rows": 1,
            "exact": comparable(said) in map(comparable, references),
            "relaxed": relaxed(said) in map(relaxed, references),
            "digits left": left,
        }
        for name in (row["class"], "all"):
            counts[name].update({key: int(value) for key, value in found.items()})
    return counts


def sentences_per_second(texts, language, seconds=2.0):
    """Of one core's time, after a first run that fills what is kept."""
    for text in texts:
        script.spoken(text, language)
    count, start = 0, time.process_time()
    while time.process_time() - start < seconds:
        for text in texts:
            script.spoken(text, language)
        count += len(texts)
    return count / (time.process_time() - start)


def main(folder, *languages):
    chosen = languages or sorted(path.stem for path in (Path(folder) / "normalisation").glob("*.jsonl"))
    for language in chosen:
        lines = (Path(folder) / "normalisation" / f"{language}.jsonl").read_text("utf-8").splitlines()
        counts = figures(map(json.loads, lines), language)
        print(f"{language:<22}{'rows':>6}{'exact':>8}{'relaxed':>9}{'digits left':>13}")
        for name, count in sorted(counts.items(), key=lambda each: (each[0] == "all", each[0])):
            shares = (count[key] / count["rows"] for key in ("exact", "relaxed"))
            print(f"  {name:<20}{count['rows']:>6}{next(shares):>8.3f}{next(shares):>9.3f}{count['digits left']:>13}")
    print(f"sentences a second, English prose: {sentences_per_second(PROSE, 'en'):.0f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
