"""An interrupt at any moment: at once, or when it does no harm."""

import _thread
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from narration.cli.interrupt import _interrupt


@pytest.fixture
def guarded() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, _interrupt)
    yield
    signal.signal(signal.SIGINT, before)


INTERRUPTED_AT_EACH_LINE = """
import signal, sys
from narration.cli import interrupt

interrupt._AGAIN_S = 0.001
interrupt.guard()

def trace(frame, event, argument):
    global lines
    if event == "line" and "importlib" in frame.f_code.co_filename:
        lines += 1
        if lines == interrupted:
            signal.raise_signal(signal.SIGINT)
    return trace

interrupts = 0
for interrupted in range(1, 2000):
    lines = 0
    sys.modules.pop("module", None)
    try:
        sys.settrace(trace)
        import module
        sys.settrace(None)
        if lines < interrupted:
            break
        while True:
            pass
    except KeyboardInterrupt:
        sys.settrace(None)
        assert module.whole
        interrupts += 1
print(interrupts, lines)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are others there")
def test_interrupt_comes_when_the_import_has_ended(tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text("whole = [number for number in range(3)]\n")
    (tmp_path / "program.py").write_text(INTERRUPTED_AT_EACH_LINE)
    ran = subprocess.run(
        [sys.executable, "program.py"], capture_output=True, text=True, timeout=60, check=False, cwd=tmp_path
    )
    interrupts, lines = map(int, ran.stdout.split())
    assert ran.returncode == 0
    assert interrupts == lines > 20


def test_interrupts_that_are_ignored_stay_ignored() -> None:
    ignoring = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); from narration.cli import interrupt; "
    asking = "interrupt.guard(); print(signal.getsignal(signal.SIGINT) is signal.SIG_IGN)"
    assert subprocess.check_output([sys.executable, "-c", ignoring + asking], text=True) == "True\n"


def test_interrupt_outside_of_imports_is_one_at_once(guarded: None) -> None:
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are others there")
def test_interrupt_that_another_thread_takes_waits_while_the_main_thread_blocks_it(guarded: None) -> None:
    passed = []

    def interrupted_while_blocked() -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        _thread.interrupt_main()
        time.sleep(0.1)
        passed.append("so far")
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        time.sleep(10)
        passed.append("too far")

    with pytest.raises(KeyboardInterrupt):
        interrupted_while_blocked()
    assert passed == ["so far"]
