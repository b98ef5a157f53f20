"""PDFium in a process of its own: the words of a PDF, whatever happens to the process."""

import json
import subprocess
import sys
from typing import Any

from script.errors import ArticleError

_MODULE = "script.readers.pdf_words"
_TIME_LIMIT_S = 60.0
_MORE_S_PER_MB = 10.0
_FAULTS = {
    "password": "is protected with a password; save a copy without one, and give that.",
    "broken": "is damaged or no PDF: it cannot be opened. Check that it opens in a viewer, and save it again.",
    "pages": "has more than 3,000 pages; divide it.",
}


def contents(content: bytes, name: str) -> dict[str, Any]:
    """What `pdf_words` finds in the PDF: metadata, bookmarks, and pages with their words.

    Raises ArticleError, naming the document, when it cannot be opened, or takes more than a minute and 10 s for each
    megabyte, or more than 3 GB of memory.
    """
    limit_s = _TIME_LIMIT_S + _MORE_S_PER_MB * len(content) / 1e6
    # -P: the current folder may hold anything, and is not where this package is.
    command = [sys.executable, "-P", "-m", _MODULE]
    try:
        run = subprocess.run(command, input=content, capture_output=True, timeout=limit_s, check=False)  # noqa: S603 - our own program, no shell
    except subprocess.TimeoutExpired as error:
        raise ArticleError(f"{name} took more than {limit_s:.0f} s to read; divide it.") from error
    except OSError as error:
        raise ArticleError(f"{name} cannot be read: Python cannot be started again ({error}).") from error
    if run.returncode:
        raise ArticleError(_died(run.stderr.decode("utf-8", "replace"), run.returncode, name))
    found: dict[str, Any] = json.loads(run.stdout)
    if "fault" in found:
        raise ArticleError(f"{name} {_FAULTS[found['fault']]}")
    return found


def _died(message: str, status: int, name: str) -> str:
    if "No module named 'pypdfium2" in message:
        return "Reading a PDF needs the package pypdfium2; install it."
    if "MemoryError" in message:
        return f"{name} needs more memory than reading may take; divide it."
    last = " ".join(message.split())[-200:] or f"status {status}"
    return f"{name} cannot be read: the PDF library gave up on it ({last}). Save it again from a viewer."
