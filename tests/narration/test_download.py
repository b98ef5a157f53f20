"""Files are fetched whole, or not at all."""

import errno
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from narration import download as downloading
from narration.download import RemoteFile, download
from narration.errors import EngineError
from tests.narration.mirror import Mirror, mirror

CONTENT = bytes(range(256)) * 2000
WANTED = RemoteFile("deep/file.onnx", len(CONTENT), "sha256", hashlib.sha256(CONTENT).hexdigest())


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Mirror]:
    (tmp_path / "served/deep").mkdir(parents=True)
    (tmp_path / "served/deep/file.onnx").write_bytes(CONTENT)
    with mirror(tmp_path / "served") as started:
        yield started


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "voices" / "file.onnx"


def fetch(base: str, place: Path, wanted: RemoteFile = WANTED) -> list[tuple[int, int]]:
    told: list[tuple[int, int]] = []
    download(base, wanted, place, lambda done, total: told.append((done, total)))
    return told


def part(place: Path) -> Path:
    return place.with_name(f"{place.name}.part")


def test_file_arrives_whole_and_its_progress_rises(server: Mirror, place: Path) -> None:
    told = fetch(server.address, place)
    assert place.read_bytes() == CONTENT
    assert told == sorted(told)
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert not part(place).exists()


def test_folder_serves_as_well(server: Mirror, place: Path) -> None:
    fetch(str(server.folder), place)
    assert place.read_bytes() == CONTENT


def test_folder_may_be_written_as_an_address(server: Mirror, place: Path) -> None:
    fetch(server.folder.resolve().as_uri() + "/", place)
    assert place.read_bytes() == CONTENT


def test_address_of_another_kind_is_refused(place: Path) -> None:
    with pytest.raises(EngineError, match=r"^ftp://a\.example/voices can't be asked for files"):
        fetch("ftp://a.example/voices", place)


def test_file_that_is_here_is_not_fetched_again(server: Mirror, place: Path) -> None:
    fetch(server.address, place)
    fetch(server.address, place)
    assert len(server.asked) == 1
    place.write_bytes(bytes(len(CONTENT)))
    fetch(server.address, place)
    assert place.read_bytes() == CONTENT


@pytest.mark.parametrize("how", ["breaks", "busy", "from the start"])
def test_connection_that_breaks_off_is_gone_on_with(how: str, server: Mirror, place: Path) -> None:
    server.how = how
    fetch(server.address, place)
    assert place.read_bytes() == CONTENT
    if how == "breaks":
        assert server.asked[1] == ("/deep/file.onnx", f"bytes={len(CONTENT) // 2}-")


def test_next_call_goes_on_where_the_last_one_broke_off(server: Mirror, place: Path) -> None:
    part(place).parent.mkdir()
    part(place).write_bytes(CONTENT[:1000])
    fetch(server.address, place)
    assert server.asked == [("/deep/file.onnx", "bytes=1000-")]
    assert place.read_bytes() == CONTENT


def test_server_that_gives_nothing_is_given_up_and_what_came_stays(server: Mirror, place: Path) -> None:
    part(place).parent.mkdir()
    part(place).write_bytes(CONTENT[:1000])
    server.how = "dead"
    with pytest.raises(EngineError, match=r"broke off after 1000 of 512000 bytes .*run the same command again"):
        fetch(server.address, place)
    assert part(place).read_bytes() == CONTENT[:1000]
    assert not place.exists()


def test_length_that_is_too_long_is_no_reason_to_wait(server: Mirror, place: Path) -> None:
    server.how = "too long"
    fetch(server.address, place)
    assert place.read_bytes() == CONTENT


def test_length_that_is_too_short_is_gone_on_with(server: Mirror, place: Path) -> None:
    server.how = "too short"
    fetch(server.address, place)
    assert place.read_bytes() == CONTENT


def test_longer_file_is_another_file(server: Mirror, place: Path) -> None:
    file = server.folder / "deep/file.onnx"
    file.write_bytes(CONTENT + b"x")
    with pytest.raises(EngineError, match="sends more than the 512000 bytes"):
        fetch(server.address, place)
    file.write_bytes(CONTENT)
    fetch(server.address, place)
    assert place.read_bytes() == CONTENT


def test_wrong_checksum_is_thrown_away_and_the_old_file_stays(server: Mirror, place: Path) -> None:
    place.parent.mkdir()
    place.write_bytes(b"old")
    server.how = "other"
    with pytest.raises(EngineError, match=r"is not what it should be: its sha256 is [0-9a-f]{64}, not .*thrown away"):
        fetch(server.address, place)
    assert place.read_bytes() == b"old"
    assert not part(place).exists()


@pytest.mark.parametrize("base", ["", "/nowhere/at/all"])
def test_missing_file_is_told_with_the_remedy(base: str, server: Mirror, place: Path) -> None:
    missing = RemoteFile("deep/none", 10, "md5", "0")
    with pytest.raises(EngineError, match=r"deep/none .*(404|No such file).*--from"):
        fetch(base or server.address, place, missing)


def test_nobody_at_the_address_is_told_with_the_remedy(place: Path) -> None:
    with pytest.raises(EngineError, match=r"broke off after 0 of .*refused.*--from"):
        fetch("http://127.0.0.1:9", place)


def test_full_disk_is_told_before_anything_is_fetched(
    server: Mirror, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**6, 10**6, 1000))  # type: ignore[attr-defined]
    with pytest.raises(EngineError, match=r"no room for deep/file.onnx: it takes 1 MB, and 0 MB are free"):
        fetch(server.address, place)
    assert server.asked == []


def test_disk_that_fills_up_keeps_what_was_fetched(
    server: Mirror, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(downloading, "_copy", full)
    with pytest.raises(EngineError, match=r"could not be written: No space left on device.*kept; make room"):
        fetch(server.address, place)
