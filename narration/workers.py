"""Worker processes that can be killed.

An engine may hang, abort or leak; it speaks only in here. Pebble was chosen by trying: a hang ends on time, a SIGABRT
costs 0.1 s, and the next job runs in a fresh process.
"""

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker
from typing import Any, Protocol, TypeVar

from narration.errors import EngineError

T = TypeVar("T")

_PRELOADED = ("narration.preload",)
_POLL_S = 0.02  # how often Pebble looks for the end of what it waits for; its own 0.1 s is felt at every end


class WorkerError(EngineError):
    """A worker ended before its job did: it hung past its time limit, or its process died."""


class Job(Protocol):
    """What a worker is given beside the function: a picklable value that knows how long it may take."""

    @property
    def time_limit_s(self) -> float:
        """Seconds until the worker is killed."""


class Workers(Executor):
    """An executor over processes; a job that hangs or crashes becomes a WorkerError in its future."""

    def __init__(self, n_workers: int) -> None:
        from pebble import CONSTS, ProcessPool

        CONSTS.sleep_unit = _POLL_S

        method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        context = multiprocessing.get_context(method)
        if method == "forkserver":
            context.set_forkserver_preload(list(_PRELOADED))
            resource_tracker.ensure_running()  # before: starting it lets interrupts through again
            with _interrupts_held():
                forkserver.ensure_running()  # starts without waiting for it
        self.n_workers = n_workers
        self._pool = ProcessPool(max_workers=n_workers, context=context, initializer=_enter)

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:  # noqa: ANN401 - Executor's own
        """The future of fn(*args); the first argument that is a Job sets the time limit."""
        limit_s = next((arg.time_limit_s for arg in args if hasattr(arg, "time_limit_s")), None)
        future: Future[T] = self._pool.schedule(fn, args=args, kwargs=kwargs, timeout=limit_s)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        """End the processes, at once when futures are cancelled."""
        if cancel_futures:
            self._pool.stop()
            # Pebble takes its locks away first and ends the processes then: one that is just starting misses them, and
            # says so at length on standard error.
            for worker in self._pool._pool_manager.worker_manager.workers.copy().values():  # noqa: SLF001
                worker.terminate()
        else:
            self._pool.close()
        if wait:
            self._pool.join()

    def __exit__(self, *_: object) -> None:
        """Whatever is still under way is not wanted any more."""
        self.shutdown(cancel_futures=True)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C is for this process: one started in here never hears of it, and what comes meanwhile comes afterwards."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def started_workers(n_workers: int = 0) -> Workers:
    """So many workers; 0: one per core that this process may use. Left by `with`, they are ended at once."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return Workers(n_workers or cores)


def outcome(future: Future[T]) -> T:
    """The future's result; a hang or a crash is raised as a WorkerError that says so."""
    from pebble import ProcessExpired

    try:
        return future.result()
    except TimeoutError as error:
        raise WorkerError("the engine did not answer within its time limit") from error
    except ProcessExpired as error:
        raise WorkerError(f"the engine's process died ({_cause(error.exitcode)})") from error


def _cause(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        return signal.Signals(-exitcode).name
    return f"exit code {exitcode}"


def _enter() -> None:
    """A worker leaves Ctrl-C and standard output to the main process, and goes when that is gone."""
    os.dup2(2, 1)  # what an engine prints is no result
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_go_with, args=(parent.sentinel,), daemon=True).start()


def _go_with(sentinel: Any) -> None:  # noqa: ANN401 - a handle on Windows, a file descriptor elsewhere
    multiprocessing.connection.wait([sentinel])
    os._exit(1)
