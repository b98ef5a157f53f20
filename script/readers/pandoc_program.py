"""The pandoc program out of pypandoc_binary: a document becomes pandoc's syntax tree."""

import json
import math
import re
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from script.errors import ArticleError
from script.patterns import regex

_HEAP_MB = 384
_TIME_LIMIT_S = 12.0
_BUSY = 10.0  # times as long may processor time take to pass on a busy machine
_OUT_OF_TIME = -24  # ended by SIGXCPU, as Linux numbers it
_HEAP_EXHAUSTED = 251  # the status GHC's runtime ends with
_YAML_PLACE = regex(r"YAML parse exception at line (\d+), column \d+[,:]?\s*(.*)", re.DOTALL)


def syntax_tree(content: bytes, pandoc_format: str, name: str) -> dict[str, Any]:
    """Pandoc's JSON syntax tree of the content; pandoc's User's Guide, "Filters", describes it.

    Pandoc runs in its sandbox, reads no file and opens no address. Raises ArticleError, naming the document,
    when it finds a fault, or takes more than 12 s and 5 s for each megabyte, or 384 MB and 64 MB for each. Seconds are
    the processor's where the system can count them, so that a busy machine refuses no document.
    """
    size_mb = len(content) / 1e6
    limit_s = _TIME_LIMIT_S + 5 * size_mb
    heap = f"-M{_HEAP_MB + round(64 * size_mb)}m"
    command = [
        str(program()),
        "--sandbox",
        "--quiet",
        "-f",
        pandoc_format,
        "-t",
        "json",
        "+RTS",
        heap,
        "-RTS",
    ]
    try:
        status, output, errors = _run(command, content, limit_s)
    except subprocess.TimeoutExpired as error:
        raise ArticleError(f"{name} took pandoc more than {limit_s:.0f} s; simplify or divide it.") from error
    except OSError as error:
        raise ArticleError(f"pandoc cannot be started ({error}); install the package pypandoc_binary again.") from error
    if status:
        raise ArticleError(_fault(status, errors.decode("utf-8", "replace"), name))
    try:
        tree: dict[str, Any] = json.loads(output)
    except RecursionError as error:
        raise ArticleError(too_deep(name)) from error
    return tree


def _run(command: list[str], content: bytes, limit_s: float) -> tuple[int, bytes, bytes]:
    """Exit status, output and errors. Raises TimeoutExpired, OSError."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603 - our own program, no shell
        try:
            output, errors = process.communicate(content, timeout=_limited(process.pid, limit_s))
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    if process.returncode == _OUT_OF_TIME:
        raise subprocess.TimeoutExpired(command, limit_s)
    return process.returncode, output, errors


def _limited(process: int, limit_s: float) -> float:
    """Give the process so many seconds of processor time, where the system can; how long to wait for it then."""
    if sys.platform != "linux":
        return limit_s
    import resource

    whole_s = math.ceil(limit_s)
    resource.prlimit(process, resource.RLIMIT_CPU, (whole_s, whole_s + 1))
    return _BUSY * limit_s


def too_deep(name: str) -> str:
    """The sentence for a document nested beyond what can be walked."""
    return f"{name} has lists or quotations nested too deeply to be read; flatten them."


def _fault(status: int, message: str, name: str) -> str:
    if status == _HEAP_EXHAUSTED:
        return f"{name} needs more memory than pandoc may have; divide it."
    place = _YAML_PLACE.search(message)
    if place:
        # Counted from the line under the opening "---", which stands in the first line.
        line, what = int(place[1]) + 1, " ".join(place[2].split()) or "not YAML"
        return f"{name}, line {line}: the front matter is not valid YAML ({what}). Put quotes around the value."
    what = " ".join(message.split()) or f"pandoc ended with status {status}"
    return f"{name} cannot be read: {what[:300].rstrip('.')}. Check that it opens in the program it comes from."


@cache
def program() -> Path:
    """Where the program is; importing pypandoc to ask it would take 60 ms."""
    found = find_spec("pypandoc")
    for folder in (found and found.submodule_search_locations) or ():
        program = Path(folder, "files", "pandoc.exe" if sys.platform == "win32" else "pandoc")
        if program.is_file():
            return program
    raise ArticleError("pandoc is missing; install the package pypandoc_binary.")
