"""Notes every file that is opened and every address that is asked for, in this process and in those it starts."""

import json
import os
import sys

_LOG = os.environ.get("NOTED_IN", "")
_WATCHED = {"open", "subprocess.Popen", "os.posix_spawn"}
# Not "bind": urllib3 asks the system for a socket of its own to see whether there is IPv6.
_WATCHED |= {f"socket.{each}" for each in ("connect", "sendto", "sendmsg", "getaddrinfo", "gethostbyname")}


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event in _WATCHED and not _busy and not isinstance(arguments[0], int):  # a number is a file that is open
        _busy.append(True)
        try:
            line = json.dumps([event, os.fsdecode(arguments[0]) if isinstance(arguments[0], (str, bytes)) else ""])
            os.write(_file, f"{line}\n".encode("utf-8", "replace"))
        finally:
            _busy.clear()


if _LOG:
    _busy: list[bool] = []
    _file = os.open(_LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    sys.addaudithook(_note)
