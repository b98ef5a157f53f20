"""Whether every book and document of a folder is read, or refused in a sentence: `python benchmarks/books.py FOLDER`.

FOLDER holds files in `epub/`, `docx/` and `pdf/`, at any depth. Seconds are wall clock, the reader and the script
together. What fails with anything but a refusal is told, and the exit code is 1.
"""

import sys
import time
from pathlib import Path

import script


def outcome(path: Path) -> tuple[str, str, float]:
    """Read, refused or failed; what was said of it; and the seconds it took."""
    started = time.monotonic()
    try:
        composed = script.compose(script.read(path))
        said = "read", f"{len(composed.segments)} segments"
    except script.ArticleError as error:
        said = "refused", str(error)
    except Exception as error:  # noqa: BLE001 - what else goes wrong is what is looked for
        said = "failed", repr(error)
    return *said, time.monotonic() - started


def main(folder: str) -> int:
    failed = 0
    for kind in ("epub", "docx", "pdf"):
        found = {path: outcome(path) for path in sorted(Path(folder, kind).rglob(f"*.{kind}"))}
        counts = {how: sum(each[0] == how for each in found.values()) for how in ("read", "refused", "failed")}
        slowest = max((each[2] for each in found.values()), default=0.0)
        print(
            f"{kind:<6}{len(found):>5} files  " + "  ".join(f"{how} {count}" for how, count in counts.items()), end=""
        )
        print(f"  slowest {slowest:.1f} s")
        for path, (how, what, _) in found.items():
            if how != "read":
                print(f"  {path.name}: {what}")
        failed += counts["failed"]
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
