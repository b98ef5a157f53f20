"""Ctrl-C, where Python itself is not ready for it."""

import _thread
import signal
import time
from types import FrameType

_IMPORT = "<frozen importlib._bootstrap>"
_AGAIN_S = 0.02


def guard_imports() -> None:
    """Let Ctrl-C wait for the end of an import, from now on.

    Python is not: interrupted while it holds the lock of a module (importlib's _ModuleLock), it waits for itself.
    Where Ctrl-C is ignored, or heard by somebody else, nothing is changed.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:
    if _importing(frame):
        _thread.start_new_thread(_interrupt_again, ())  # threading has locks, too
    else:
        signal.default_int_handler(number, frame)


def _importing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename == _IMPORT:
            return True
        frame = frame.f_back
    return False


def _interrupt_again() -> None:
    time.sleep(_AGAIN_S)
    _thread.interrupt_main()
