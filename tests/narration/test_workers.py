"""Workers end when they hang, crash, or are left alone."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, wait
from dataclasses import dataclass
from multiprocessing import forkserver
from pathlib import Path

import pytest

from narration.workers import WorkerError, Workers, _Worker, outcome, started_workers


@dataclass(frozen=True)
class Job:
    """So many seconds of work."""

    seconds: float = 0.0
    time_limit_s: float = 30.0


def work(job: Job) -> int:
    time.sleep(job.seconds)
    return os.getpid()


def crash(_: Job) -> int:
    os.abort()


def leave(_: Job) -> int:
    os._exit(7)


def fail(_: Job) -> int:
    raise ValueError("a bug")


def heard_interrupts(_: Job) -> bool:
    return signal.getsignal(signal.SIGINT) is not signal.SIG_IGN


@pytest.fixture
def workers() -> Iterator[Workers]:
    with started_workers(1) as started:
        yield started


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + 10
    while not gone(pid):
        assert time.monotonic() < deadline, f"process {pid} stays"
        time.sleep(0.02)


def test_answer_comes_from_another_process(workers: Workers) -> None:
    assert outcome(workers.submit(work, Job())) != os.getpid()


def test_hanging_job_ends_on_time_and_the_next_one_has_a_new_process(workers: Workers) -> None:
    pid = outcome(workers.submit(work, Job()))
    started = time.monotonic()
    with pytest.raises(WorkerError, match="did not answer within its time limit"):
        outcome(workers.submit(work, Job(60, time_limit_s=0.3)))
    assert time.monotonic() - started < 10
    assert outcome(workers.submit(work, Job())) != pid
    assert gone(pid)


@pytest.mark.parametrize(("job", "cause"), [(crash, "SIGABRT"), (leave, "exit code 7")])
def test_crash_is_told_with_its_cause_and_the_next_job_runs(job: object, cause: str, workers: Workers) -> None:
    with pytest.raises(WorkerError, match=cause):
        outcome(workers.submit(job, Job()))  # type: ignore[arg-type]
    assert outcome(workers.submit(work, Job()))


def test_worker_that_dies_between_two_jobs_is_replaced(workers: Workers) -> None:
    pid = outcome(workers.submit(work, Job()))
    os.kill(pid, signal.SIGKILL)
    wait_until_gone(pid)
    time.sleep(0.2)  # until it is noticed
    assert outcome(workers.submit(work, Job())) != pid


def test_crash_costs_its_own_job_alone() -> None:
    with started_workers(2) as workers:
        futures: list[Future[int]] = [workers.submit(crash if n == 3 else work, Job(0.01)) for n in range(10)]
        wait(futures)
        failed = [n for n, future in enumerate(futures) if future.exception()]
    assert failed == [3]


def test_error_in_a_job_is_raised_as_it_was(workers: Workers) -> None:
    with pytest.raises(ValueError, match="a bug"):
        outcome(workers.submit(fail, Job()))


def test_time_limit_does_not_count_the_wait_for_a_free_worker(workers: Workers) -> None:
    futures = [workers.submit(work, Job(0.25, time_limit_s=0.7)) for _ in range(5)]
    assert len({outcome(future) for future in futures}) == 1


def test_workers_leave_ctrl_c_to_the_main_process(workers: Workers) -> None:
    assert not outcome(workers.submit(heard_interrupts, Job()))


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="signal masks are read from /proc")
@pytest.mark.skipif(sys.platform == "win32", reason="signals are others there")
@pytest.mark.parametrize("nth", [1, 2])
def test_no_worker_is_left_by_an_interrupt_while_they_start(nth: int, monkeypatch: pytest.MonkeyPatch) -> None:
    started = []
    start = _Worker.start

    def start_and_interrupt(worker: _Worker) -> None:
        start(worker)
        started.append(worker.pid)
        if len(started) == nth:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(_Worker, "start", start_and_interrupt)
    with pytest.raises(KeyboardInterrupt), started_workers(2) as workers:
        workers.submit(work, Job())
    assert len(started) == 2
    assert not multiprocessing.active_children()


def test_server_that_workers_are_forked_from_never_hears_ctrl_c(workers: Workers) -> None:
    outcome(workers.submit(work, Job()))
    status = Path(f"/proc/{forkserver._forkserver._forkserver_pid}/status").read_text()  # type: ignore[attr-defined]
    blocked = int(status.partition("SigBlk:")[2].split()[0], 16)
    assert blocked & 1 << (signal.SIGINT - 1)
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_nothing_is_started_without_a_job(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("narration.workers.prepare", lambda: pytest.fail("the server was started"))
    with started_workers(2) as started:
        started.limit(1)


def test_leaving_ends_what_is_under_way_at_once() -> None:
    with started_workers(1) as workers:
        pid = outcome(workers.submit(work, Job()))
        workers.submit(work, Job(60))
        started = time.monotonic()
    assert time.monotonic() - started < 5
    wait_until_gone(pid)


def test_leaving_while_workers_start_is_quiet(capfd: pytest.CaptureFixture[str]) -> None:
    for delay_ms in range(0, 50, 5):
        with started_workers(2) as workers:
            workers.submit(work, Job())
            time.sleep(delay_ms / 1000)
    assert capfd.readouterr().err == ""


def test_zero_workers_are_one_for_each_core() -> None:
    with started_workers(0) as workers:
        assert workers.n_workers >= 1


UNGUARDED = """
import narration
made = narration.narrate("article.txt", "article.mp3", voice="tone/low")
print(made.recorded, narration.Project.open("article.mp3").redo([1]).paragraphs)
"""


@pytest.mark.parametrize("way", ["file", "-c", "-"])
def test_program_without_a_main_guard_narrates_once(way: str, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text("One.\n\nTwo.\n")
    (tmp_path / "program.py").write_text(UNGUARDED)
    arguments = {"file": ["program.py"], "-c": ["-c", UNGUARDED], "-": ["-"]}[way]
    done = subprocess.run(
        [sys.executable, *arguments], cwd=tmp_path, input=UNGUARDED, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("2 (1,)\n", "")


PARENT = """
import time
from tests.narration.test_workers import Job, outcome, started_workers, work
if __name__ == "__main__":
    with started_workers(2) as workers:
        print(outcome(workers.submit(work, Job())), flush=True)
        workers.submit(work, Job(60))
        time.sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
@pytest.mark.parametrize("signal_", [signal.SIGKILL, signal.SIGTERM])
def test_workers_go_when_the_main_process_is_killed(signal_: signal.Signals, tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen([sys.executable, script], stdout=-1, stderr=-3, text=True, env=environment)
    assert process.stdout
    worker = int(process.stdout.readline())
    process.send_signal(signal_)
    process.wait(10)
    process.stdout.close()
    wait_until_gone(worker)
