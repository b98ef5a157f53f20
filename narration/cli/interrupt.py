"""Ctrl-C, where it would do harm."""

import _thread
import signal
import time
from types import FrameType

_IMPORT = "<frozen importlib._bootstrap>"
_AGAIN_S = 0.02


def guard() -> None:
    """Let Ctrl-C wait, from now on, for the end of an import, and while this thread blocks SIGINT.

    Python, interrupted while it holds the lock of a module (importlib's _ModuleLock), waits for itself; and a signal
    that one thread blocks is taken by another, from which Python hands it to the main thread all the same.
    Where Ctrl-C is ignored, or heard by somebody else, nothing is changed.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:
    if _importing(frame) or _blocked():
        _thread.start_new_thread(_interrupt_again, ())  # threading has locks, too
    else:
        signal.default_int_handler(number, frame)


def _importing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename == _IMPORT:
            return True
        frame = frame.f_back
    return False


def _blocked() -> bool:
    return hasattr(signal, "pthread_sigmask") and signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def _interrupt_again() -> None:
    time.sleep(_AGAIN_S)
    _thread.interrupt_main()
