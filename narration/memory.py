"""How much memory there is for models."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from narration.errors import EngineError

_CGROUP = Path("/sys/fs/cgroup")


def available_bytes() -> int | None:
    """Bytes that can be had without swapping, within this process's own limits too; None where nobody tells."""
    known = [bytes_ for bytes_ in (_of_system(), _of_cgroup()) if bytes_ is not None]
    return min(known, default=None)


def require_memory(n_bytes: int, who: str) -> None:
    """Raise EngineError when less than that is available."""
    free = available_bytes()
    if free is not None and n_bytes > free:
        raise EngineError(
            f"{who} needs about {n_bytes / 1e9:.1f} GB of memory, and {free / 1e9:.1f} GB are free; "
            "close other programs, or choose a smaller voice."
        )


def _of_system() -> int | None:
    with suppress(OSError, ValueError, IndexError):
        if sys.platform == "win32":
            return _of_windows()
        meminfo = Path("/proc/meminfo")
        if meminfo.exists():
            line = next(line for line in meminfo.read_text().splitlines() if line.startswith("MemAvailable:"))
            return int(line.split()[1]) * 1024
        # macOS says what is built in, and half of it is a fair guess at what can be had
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
    return None


def _of_windows() -> int:
    import ctypes

    class Status(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *(
                (name, ctypes.c_ulonglong)
                for name in ("total", "available", "page", "free_page", "virtual", "free", "x")
            ),
        )

    status = Status(length=ctypes.sizeof(Status))
    ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))  # type: ignore[attr-defined]
    return int(status.available)


def _of_cgroup() -> int | None:
    """What a container's limit leaves (cgroup v2); None without a limit."""
    with suppress(OSError, ValueError):
        limit = (_CGROUP / "memory.max").read_text().strip()
        if limit != "max":
            return max(0, int(limit) - int((_CGROUP / "memory.current").read_text()))
    return None
