"""A file is whole, old or new, whatever happens."""

import os
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import BinaryIO

import pytest

from audio.errors import AudioError
from narration.errors import UsageError
from narration.output import renew_file, replace_file


def test_file_is_what_was_written(tmp_path: Path) -> None:
    status = replace_file(tmp_path / "file", lambda out: _write(out, b"new"))
    assert (tmp_path / "file").read_bytes() == b"new"
    assert status.st_size == 3


def test_project_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "of any name"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE take (id)")
    before = path.read_bytes()
    with pytest.raises(UsageError, match="is a project, and all its takes would be lost"):
        replace_file(path, lambda out: _write(out, b"new"))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no named pipes")
def test_pipe_of_that_name_is_replaced_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "file")
    replace_file(tmp_path / "file", lambda out: _write(out, b"new"))
    assert (tmp_path / "file").read_bytes() == b"new"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux which files are open")
def test_old_file_is_let_go(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    replace_file(tmp_path / "file", lambda out: _write(out, b"new"))
    deadline = time.monotonic() + 10
    while any(name.endswith("file (deleted)") for name in _open_files()):
        assert time.monotonic() < deadline


def _open_files() -> Iterator[str]:
    for each in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # that of the folder itself is closed by now
            yield str(each.readlink())


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), ValueError("a bug"), KeyboardInterrupt()])
def test_old_file_stays_whole_when_writing_fails(error: BaseException, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")

    def fail(out: BinaryIO) -> None:
        out.write(b"half of the n")
        raise error

    with pytest.raises((AudioError, ValueError, KeyboardInterrupt)):
        replace_file(tmp_path / "file", fail)
    assert (tmp_path / "file").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_full_disk_is_an_audio_error_with_a_remedy(tmp_path: Path) -> None:
    def fail(_: BinaryIO) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(AudioError, match=r"No space left on device\. What was recorded is kept"):
        replace_file(tmp_path / "file", fail)


def test_what_the_disk_refuses_meanwhile_is_an_audio_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"old")
    refused = threading.Event()

    def refuse_once(_: int) -> None:
        if not refused.is_set():
            refused.set()
            raise OSError(5, "Input/output error")

    def write_slowly(out: BinaryIO) -> None:
        out.write(bytes(1 << 25))
        out.flush()
        assert refused.wait(10)

    monkeypatch.setattr("os.fsync", refuse_once)
    with pytest.raises(AudioError, match="Input/output error"):
        replace_file(tmp_path / "file", write_slowly)
    assert (tmp_path / "file").read_bytes() == b"old"


def test_folder_in_the_way_is_an_audio_error(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(AudioError):
        replace_file(tmp_path / "folder", lambda out: _write(out, b"new"))
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_what_a_killed_run_left_is_written_over(tmp_path: Path) -> None:
    (tmp_path / ".file.partial").write_bytes(b"left behind, and longer")
    replace_file(tmp_path / "file", lambda out: _write(out, b"new"))
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def _write(out: BinaryIO, data: bytes) -> None:
    out.write(data)


def test_link_stays_a_link_and_its_file_is_the_one_replaced(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    replace_file(tmp_path / "link", lambda out: _write(out, b"new"))
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"new"


def test_file_that_would_be_the_same_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "file"
    assert renew_file(path, lambda out: _write(out, b"new"))
    before = path.stat()
    assert not renew_file(path, lambda out: _write(out, b"new"))
    assert path.stat() == before
    assert renew_file(path, lambda out: _write(out, b"other"))
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
