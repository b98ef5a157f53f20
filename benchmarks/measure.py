"""Runs a command and says what it took: wall time, CPU time, and the peak memory of each of its processes."""

import os
import platform
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    """What a command took.

    wall_s; cpu_s: of all its processes, as last seen before each ended; busiest_s: of the one below the first that took
    most; main_mb, worker_mb: peak resident memory of the
    first process, and of the largest below it.
    """

    wall_s: float
    cpu_s: float
    main_mb: float
    worker_mb: float
    output: str
    busiest_s: float


def run(command: list[str] | str, folder: Path) -> Run:
    started = time.perf_counter()
    process = subprocess.Popen(
        command, shell=isinstance(command, str), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    peaks: dict[int, float] = {}
    cpu: dict[int, float] = {}
    watcher = threading.Thread(target=_watch, args=(process, peaks, cpu), daemon=True)
    watcher.start()
    output, errors = process.communicate()
    wall_s = time.perf_counter() - started
    watcher.join()
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}:\n{errors}")
    busiest = max((spent for pid, spent in cpu.items() if pid != process.pid), default=0.0)
    workers = [peak for pid, peak in peaks.items() if pid != process.pid]
    return Run(wall_s, sum(cpu.values()), peaks.get(process.pid, 0.0), max(workers, default=0.0), output, busiest)


def _watch(process: "subprocess.Popen[str]", peaks: dict[int, float], cpu: dict[int, float]) -> None:
    ticks = os.sysconf("SC_CLK_TCK")
    while process.poll() is None:
        for pid in _family(process.pid):
            try:
                status = Path(f"/proc/{pid}/status").read_text()
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            cpu[pid] = (int(fields[11]) + int(fields[12])) / ticks
            for line in status.splitlines():
                if line.startswith("VmHWM"):
                    peaks[pid] = int(line.split()[1]) / 1024
        time.sleep(0.05)


def _family(pid: int) -> list[int]:
    found = [pid]
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
    except OSError:
        return found
    for task in tasks:
        try:
            children += (task / "children").read_text().split()
        except OSError:
            continue
    for child in set(children):
        found += _family(int(child))
    return found


def machine() -> str:
    """This machine in one line."""
    model = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return f"{model}, {len(os.sched_getaffinity(0))} cores, {platform.system()}, Python {platform.python_version()}"
