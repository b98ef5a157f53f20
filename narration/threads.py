"""How many threads an engine may use: what the worker was given, so that workers × threads = cores."""

import os

THREADS_VARIABLE = "OMP_NUM_THREADS"
"""OpenMP's own name: programs and libraries that know it obey it too."""


def threads() -> int:
    """Threads for one worker; in a process that was given no number, one."""
    value = os.environ.get(THREADS_VARIABLE, "")
    return max(1, int(value)) if value.isdecimal() else 1
