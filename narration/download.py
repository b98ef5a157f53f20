"""Files from a web address or a folder: gone on with where they broke off, kept when they are what they should be."""

import hashlib
import os
import shutil
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any, BinaryIO

from narration.errors import EngineError

OnProgress = Callable[[int, int], None]
"""Told of bytes done and bytes in all."""
_CHUNK_BYTES = 1 << 18
_TIMEOUT_S = 30.0
_FRUITLESS_TRIES = 3
_PARTIAL = ".part"
_REMEDY = "Check the connection, or name a mirror or a folder with --from."
_USER_AGENT = "narration (voice files)"


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file to be fetched. path: below the base address; digest: in hexadecimal; algorithm: by its name in hashlib."""

    path: str
    n_bytes: int
    algorithm: str
    digest: str


class _BrokenOffError(Exception):
    """The connection ended before the file did."""


def document(base: str, path: str, most_bytes: int) -> bytes:
    """A small file as it is. Raises EngineError."""
    address = _address(base, path)
    try:
        with closing(_opened(address, 0)) as response:
            content: bytes = response.read(most_bytes + 1)
    except (OSError, HTTPException) as error:
        raise EngineError(f"{address} cannot be fetched: {_reason(error)}. {_REMEDY}") from error
    if len(content) > most_bytes:
        raise EngineError(f"{address} is longer than {most_bytes} bytes, and not what it should be. {_REMEDY}")
    return content


def download(base: str, wanted: RemoteFile, place: Path, on_progress: OnProgress) -> None:
    """Fetch a file to its place, which it takes only when length and checksum are right. Raises EngineError.

    What was fetched before a connection broke off is kept beside it and gone on with, now and at the next call.
    """
    if _is_whole(place, wanted):
        on_progress(wanted.n_bytes, wanted.n_bytes)
        return
    partial = place.with_name(place.name + _PARTIAL)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _require_room(partial, wanted)
        _fetch(_address(base, wanted.path), wanted, partial, on_progress)
        _check(partial, wanted, _address(base, wanted.path))
        os.replace(partial, place)  # noqa: PTH105 - as everywhere here
    except OSError as error:
        raise EngineError(
            f"{place} could not be written: {error.strerror or error}. What was fetched of it is kept; make room, or "
            "set NARRATION_VOICES to a folder elsewhere, and run the same command again."
        ) from error


def _is_whole(place: Path, wanted: RemoteFile) -> bool:
    return place.is_file() and place.stat().st_size == wanted.n_bytes and _digest(place, wanted) == wanted.digest


def _require_room(partial: Path, wanted: RemoteFile) -> None:
    there = partial.stat().st_size if partial.exists() else 0
    free = shutil.disk_usage(partial.parent).free
    if wanted.n_bytes - there > free:
        raise EngineError(
            f"There is no room for {wanted.path}: it takes {wanted.n_bytes / 1e6:.0f} MB, and {free / 1e6:.0f} MB are "
            f"free in {partial.parent}. Make room, or set NARRATION_VOICES to a folder elsewhere."
        )


def _fetch(address: str, wanted: RemoteFile, partial: Path, on_progress: OnProgress) -> None:
    """Fetch until all is there; a connection that breaks off again and again without bringing anything is given up."""
    fruitless = 0
    reason = ""
    while fruitless < _FRUITLESS_TRIES:
        before = partial.stat().st_size if partial.exists() else 0
        if before >= wanted.n_bytes:
            return
        try:
            _go_on(address, wanted, partial, on_progress)
        except (_BrokenOffError, HTTPException, urllib.error.URLError, TimeoutError, ConnectionError) as error:
            if isinstance(error, urllib.error.HTTPError) and error.code < 500:
                raise EngineError(f"{address} cannot be fetched: {_reason(error)}. {_REMEDY}") from error
            reason = _reason(error)
        fruitless = 0 if partial.exists() and partial.stat().st_size > before else fruitless + 1
    raise EngineError(
        f"{address} broke off after {before} of {wanted.n_bytes} bytes ({reason}). What came is kept; run the same "
        "command again to go on, or name a mirror or a folder with --from."
    )


def _go_on(address: str, wanted: RemoteFile, partial: Path, on_progress: OnProgress) -> None:
    there = partial.stat().st_size if partial.exists() else 0
    with closing(_opened(address, there)) as response:
        # A server that cannot begin in the middle sends all of it again.
        goes_on = there and getattr(response, "status", None) == 206 and _starts_at(response) == there
        with partial.open("ab" if goes_on else "wb") as out:
            _copy(response, out, wanted, address, on_progress)


def _copy(response: Any, out: BinaryIO, wanted: RemoteFile, address: str, on_progress: OnProgress) -> None:  # noqa: ANN401 - urllib's
    done = out.tell()
    on_progress(done, wanted.n_bytes)
    while chunk := response.read(_CHUNK_BYTES):
        done += len(chunk)
        if done > wanted.n_bytes:
            out.truncate(0)
            raise EngineError(
                f"{address} sends more than the {wanted.n_bytes} bytes of {wanted.path}: it is another file. "
                "Name another mirror with --from."
            )
        out.write(chunk)
        on_progress(done, wanted.n_bytes)
    if done < wanted.n_bytes:
        raise _BrokenOffError("the connection ended")


def _opened(address: str, start: int) -> Any:  # noqa: ANN401 - urllib's
    headers = {"User-Agent": _USER_AGENT} | ({"Range": f"bytes={start}-"} if start else {})
    return urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=_TIMEOUT_S)  # noqa: S310 - checked by _address


def _starts_at(response: Any) -> int | None:  # noqa: ANN401 - urllib's
    given = str(response.headers.get("Content-Range", "")).removeprefix("bytes ").partition("-")[0]
    return int(given) if given.isdecimal() else None


def _address(base: str, path: str) -> str:
    """The address of a file below the base, which is a web address or a folder."""
    scheme = base.partition("://")[0].lower() if "://" in base else ""
    if scheme in ("http", "https", "file"):
        return f"{base.rstrip('/')}/{urllib.parse.quote(path)}"
    if scheme:
        raise EngineError(f"{base} can't be asked for files; --from takes an address with http or https, or a folder.")
    return Path(base, path).resolve().as_uri()


def _check(partial: Path, wanted: RemoteFile, address: str) -> None:
    found = _digest(partial, wanted)
    if found != wanted.digest:
        partial.unlink()
        raise EngineError(
            f"{address} is not what it should be: its {wanted.algorithm} is {found}, not {wanted.digest}. It was "
            "thrown away; try again, or name another mirror or a folder with --from."
        )


def _digest(file: Path, wanted: RemoteFile) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, lambda: hashlib.new(wanted.algorithm, usedforsecurity=False)).hexdigest()


def _reason(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"the server says {error.code} {error.reason}"
    inner = error.reason if isinstance(error, urllib.error.URLError) else error
    return str(getattr(inner, "strerror", None) or inner).strip(" .") or type(error).__name__
