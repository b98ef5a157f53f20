"""Reads a document as `narrate script` does, and prints what came of it, in what time and memory."""

import json
import resource
import sys
from pathlib import Path

import script


def taken(who: int) -> tuple[float, float]:
    """Seconds of processor time, and the most memory in MB.

    What getrusage says of this process's own memory is also that of the one which started it, before it became this.
    """
    usage = resource.getrusage(who)
    peak_kb = usage.ru_maxrss if who == resource.RUSAGE_CHILDREN else peak()
    return usage.ru_utime + usage.ru_stime, peak_kb / 1000


def peak() -> int:
    """The most memory of this process, in kB."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))


try:
    composed = script.compose(script.read(Path(sys.argv[1])))
    outcome = {"said": " ".join(segment.spoken for segment in composed.segments)[:1000]}
except script.ArticleError as error:
    outcome = {"refused": str(error)}
own, others = taken(resource.RUSAGE_SELF), taken(resource.RUSAGE_CHILDREN)
sys.stdout.write(json.dumps(outcome | {"seconds": own[0] + others[0], "peak_mb": own[1] + others[1]}))
