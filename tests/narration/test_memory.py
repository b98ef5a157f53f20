"""Workers are as many as there is memory for."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from narration import memory, production
from narration.audition import WeighJob, weight_bytes
from narration.engines import Delivery
from narration.engines.resident import resident
from narration.errors import EngineError
from narration.places import VOICES_VARIABLE
from narration.threads import THREADS_VARIABLE, threads
from narration.workers import outcome, started_workers
from tests.narration.conftest import Narrate


def test_memory_is_some_bytes_and_no_more_than_a_containers_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = memory.available_bytes()
    assert free is None or free > 10_000_000
    (tmp_path / "memory.max").write_text("5000\n")
    (tmp_path / "memory.current").write_text("2000\n")
    monkeypatch.setattr(memory, "_CGROUP", tmp_path)
    assert memory.available_bytes() == 3000
    (tmp_path / "memory.max").write_text("max\n")
    assert memory.available_bytes() != 3000


def test_too_little_memory_is_told_in_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "available_bytes", lambda: 10**9)
    memory.require_memory(10**9, "The voice x")
    with pytest.raises(EngineError, match=r"The voice x needs about 2.5 GB of memory, and 1.0 GB are free"):
        memory.require_memory(2_500_000_000, "The voice x")


def test_workers_are_fewer_where_their_models_have_no_room(
    narrate: Narrate, article: Path, tiny_voices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VOICES_VARIABLE, str(tiny_voices))
    model = (tiny_voices / "piper/en_US-tiny-low.onnx").stat().st_size
    monkeypatch.setattr(production, "available_bytes", lambda: 7 * model)
    made = narrate(article, "--voice", "piper/en_US-tiny-low", "--jobs", 3, "--json")
    assert made.code == 0, made.err
    assert made.document["recorded"] == 5
    assert any(note.startswith("2 of 3 workers were at work") for note in made.document["notes"])


@dataclass(frozen=True)
class Load:
    """Speak, and count."""

    time_limit_s: float = 60.0


PIPER_VOICES = ("en_US-tiny-low", "en_GB-many-medium", "en_US-third-low")


def loads(_: Load) -> tuple[int, int, int]:
    for voice in PIPER_VOICES:
        resident("piper").speak(["One two."], Delivery(voice))
        resident("kokoro").speak(["One two."], Delivery("af_heart"))
        resident("tone").speak(["One two."], Delivery("low"))
    piper, kokoro = (resident(name)._loaded.cache_info().misses for name in ("piper", "kokoro"))  # type: ignore[attr-defined]
    return os.getpid(), piper, kokoro


@pytest.fixture
def three_voices(tiny_voices: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three voices of Piper, and those of Kokoro."""
    folder = shutil.copytree(tiny_voices, tmp_path / "voices")
    for suffix in (".onnx", ".onnx.json"):
        shutil.copy(folder / f"piper/{PIPER_VOICES[0]}{suffix}", folder / f"piper/{PIPER_VOICES[2]}{suffix}")
    monkeypatch.setenv(VOICES_VARIABLE, str(folder))
    return folder


@pytest.mark.usefixtures("three_voices")
def test_each_worker_loads_each_model_once_however_many_speak_in_turn() -> None:
    with started_workers(2) as workers:
        answers = [outcome(future) for future in [workers.submit(loads, Load()) for _ in range(12)]]
    assert {(piper, kokoro) for _, piper, kokoro in answers} == {(3, 1)}
    assert len({pid for pid, *_ in answers}) <= 2


def test_models_of_one_size_are_counted_each_and_speakers_of_one_once(three_voices: Path) -> None:
    from narration.engines.onnx_model import memory_of

    tiny, many, third = PIPER_VOICES
    one, other = (memory_of(three_voices / f"piper/{name}.onnx") for name in (tiny, many))
    weights = (
        ("piper", (tiny, third)),
        ("piper", (f"{many}#1", f"{many}#2", tiny)),
        ("kokoro", ("af_heart", "af_bella")),
    )
    with started_workers(1) as workers:
        weighed = [outcome(workers.submit(weight_bytes, WeighJob(engine, voices))) for engine, voices in weights]
    assert weighed == [2 * one, one + other, memory_of(three_voices / "kokoro/kokoro-v1.0.onnx")]


def own_threads(_: Load) -> int:
    return threads()


@pytest.mark.parametrize("n_workers", [1, 2, 64])
def test_workers_share_the_cores(n_workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(THREADS_VARIABLE, raising=False)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with started_workers(n_workers) as workers:
        assert outcome(workers.submit(own_threads, Load())) == max(1, cores // n_workers)


def test_number_of_threads_that_a_person_set_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(THREADS_VARIABLE, "7")
    with started_workers(1) as workers:
        assert outcome(workers.submit(own_threads, Load())) == 7
