"""Worker processes that can be killed.

An engine may hang, abort or leak; it speaks only in here. Pebble was chosen by trying: a hang ends on time, a SIGABRT
costs 0.1 s, and the next job runs in a fresh process.
"""

import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker
from typing import Any, Protocol, TypeVar

from narration.errors import EngineError
from narration.threads import THREADS_VARIABLE

T = TypeVar("T")

_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
_SHARED: Any = multiprocessing.get_context(_METHOD)
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
    """An executor over processes; a job that hangs or crashes becomes a WorkerError in its future.

    The processes are started for the first job: of what is done with an episode much needs none.
    """

    def __init__(self, n_workers: int) -> None:
        self.n_workers = n_workers
        self._pool: Any = None

    def _start(self) -> None:
        from pebble import CONSTS, ProcessPool

        CONSTS.sleep_unit = _POLL_S
        self._pool = ProcessPool(
            max_workers=self.n_workers, context=_context(), initializer=_enter, initargs=(self._environment(),)
        )
        with _interrupts_held():  # Pebble interrupted here would not know of a process that it has just started
            if not self._pool.active:  # asking starts it
                raise WorkerError("the engines' processes could not be started")

    def _environment(self) -> dict[str, str]:
        """This process's own, which the server of workers may not have; and how many threads each worker has."""
        threads = max(1, _cores() // self.n_workers)
        return {THREADS_VARIABLE: str(threads), **os.environ}

    def limit(self, n_workers: int) -> None:
        """Go on with so many workers at most, none of which has loaded anything yet; what is under way is lost."""
        if n_workers < self.n_workers:
            self.shutdown(cancel_futures=True)
            self.n_workers = n_workers
            self._pool = None

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:  # noqa: ANN401 - Executor's own
        """The future of fn(*args); the first argument that is a Job sets the time limit."""
        if self._pool is None or not self._pool.active:  # Pebble gives its pool up when a worker dies between two jobs
            self.shutdown(cancel_futures=True)
            self._start()
        limit_s = next((arg.time_limit_s for arg in args if hasattr(arg, "time_limit_s")), None)
        future: Future[T] = self._pool.schedule(fn, args=args, kwargs=kwargs, timeout=limit_s)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        """End the processes, at once when futures are cancelled."""
        if self._pool is None:
            return
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


def _context() -> Any:  # noqa: ANN401 - one of two classes
    """How workers are started: forked from a server that has imported what they need; anew where nothing is forked."""
    context = type(_SHARED)()
    context.Process = _Worker
    prepare()
    return context


def prepare() -> None:
    """Start the server that workers are forked from, without waiting for it, so that it is ready when it is wanted."""
    if _METHOD == "forkserver":
        forkserver.set_forkserver_preload(list(_PRELOADED))
        resource_tracker.ensure_running()  # before: starting it lets interrupts through again
        with _interrupts_held():
            forkserver.ensure_running()


class _Worker(_SHARED.Process):  # type: ignore[misc]
    """A process that knows nothing of the program that calls us."""

    def start(self) -> None:
        with _main_hidden():
            super().start()


@contextmanager
def _main_hidden() -> Iterator[None]:
    """A worker would import the calling program, and one without a `__main__` guard would narrate again in each."""
    main = sys.modules["__main__"]
    hidden: dict[str, Any] = {
        name: main.__dict__.pop(name) for name in ("__spec__", "__file__") if name in main.__dict__
    }
    main.__spec__ = None
    try:
        yield
    finally:
        main.__dict__.update(hidden)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C waits till afterwards; a process or a thread that is started in here never hears of it."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows, where nothing can be held
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def started_workers(n_workers: int = 0) -> Workers:
    """So many workers; 0: one per core that this process may use. Left by `with`, they are ended at once."""
    return Workers(n_workers or _cores())


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def outcome(future: Future[T]) -> T:
    """The future's result; a hang or a crash is raised as a WorkerError that says so."""
    from concurrent.futures.process import BrokenProcessPool

    from pebble import ProcessExpired

    try:
        return future.result()
    except TimeoutError as error:
        raise WorkerError("the engine did not answer within its time limit") from error
    except ProcessExpired as error:
        raise WorkerError(f"the engine's process died ({_cause(error.exitcode)})") from error
    except BrokenProcessPool as error:
        raise WorkerError("the engine's processes died between two jobs") from error


def _cause(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        return signal.Signals(-exitcode).name
    return f"exit code {exitcode}"


def _enter(environment: Mapping[str, str]) -> None:
    """A worker leaves Ctrl-C and standard output to the main process, and goes when that is gone."""
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(2, 1)  # what an engine prints is no result
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_go_with, args=(parent.sentinel,), daemon=True).start()


def _go_with(sentinel: Any) -> None:  # noqa: ANN401 - a handle on Windows, a file descriptor elsewhere
    multiprocessing.connection.wait([sentinel])
    os._exit(1)
