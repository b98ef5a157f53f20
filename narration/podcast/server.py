"""A published folder over HTTP: its files and nothing else, in parts where they are asked for in parts (RFC 9110).

Starlette serves the files. What is added here: which requests are answered at all, what browsers are told about them,
and a feed that leads to wherever it is read.
"""

import gzip
import hashlib
import ipaddress
import os
import stat
from collections.abc import Collection
from email.utils import formatdate
from functools import lru_cache
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from narration.podcast.names import FEED
from narration.podcast.ranges import satisfiable
from narration.podcast.served_feed import served_feed

_TYPES = {
    ".mp3": "audio/mpeg",
    ".m4a": "audio/x-m4a",
    ".m4b": "audio/mp4",
    ".opus": "audio/ogg",
    ".flac": "audio/flac",
    ".wav": "audio/wav",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
    ".toml": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".srt": "application/x-subrip; charset=utf-8",
    ".epub": "application/epub+zip",
}
_NAMED_TYPES = {"chapters.json": "application/json+chapters"}
_TEXT = frozenset((".html", ".css", ".js", ".json", ".svg", ".txt", ".toml", ".vtt", ".srt", ".xml"))
_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-cache",  # kept, and asked about each time: an episode that is narrated again keeps its name
}


def application(folder: Path, *, token: str = "", names: Collection[str] = ()) -> ASGIApp:
    """The web application that serves a published folder.

    token: the first part of every path, "" for none; names: what this machine may be called in the Host header, beside
    localhost and its numbers.
    """
    files = _Files(folder)
    routes = [Route(f"/{FEED}", _Feed(folder, files).answer), Mount("/", files)]
    served = Starlette(routes=[Mount(f"/{token}", routes=routes)] if token else routes)
    return _Guard(served, frozenset(name.lower() for name in names) | {"localhost"})


class _Guard:
    """Answers requests that name this machine, and tells browsers what they may do with the answers.

    A page from elsewhere can have its own name lead here, but then that name is in the Host header.
    """

    def __init__(self, app: ASGIApp, names: Collection[str]) -> None:
        self._app = app
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if self._is_ours(Headers(scope=scope).get("host", "")):
            await self._app(scope, receive, with_headers)
        else:
            refusal = PlainTextResponse("This server does not go by that name; see --allow-host.\n", 421)
            await refusal(scope, receive, with_headers)

    def _is_ours(self, host: str) -> bool:
        name = _host_name(host)
        if name in self._names:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True


def _host_name(host: str) -> str:
    """The name in a Host header, without port and brackets (RFC 9110, section 7.2)."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()


class _Files(StaticFiles):
    """The files below the folder; a folder is its index.html."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, html=True)

    def get_path(self, scope: Scope) -> str:
        """The path below the folder. Raises HTTPException for one that can be no published file."""
        path = super().get_path(scope)
        parts = path.replace("\\", "/").split("/")
        if path != "." and any(part.startswith(".") or ":" in part for part in parts):
            raise HTTPException(404)
        return path

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The answer; a file that may not be read is as if it were not there."""
        try:
            return await super().get_response(path, scope)
        except HTTPException as error:
            raise HTTPException(
                404 if error.status_code == 401 else error.status_code, headers=error.headers
            ) from error

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """The whole file, the parts asked for, or word that it is unchanged; text compressed where that is taken."""
        path = Path(full_path)
        request = MutableHeaders(scope=scope)
        response: Response
        if path.suffix in _TEXT:
            response = _text_response(path.read_bytes(), _media_type(path), request, status_code)
        else:
            _ask_for_satisfiable(request, scope, stat_result.st_size)
            response = FileResponse(path, status_code, media_type=_media_type(path), stat_result=stat_result)
        response.headers.setdefault("last-modified", formatdate(stat_result.st_mtime, usegmt=True))
        if self.is_not_modified(response.headers, request):
            return NotModifiedResponse(response.headers)
        return response


def _ask_for_satisfiable(request: MutableHeaders, scope: Scope, n_bytes: int) -> None:
    """Leave in the request only the ranges that the file has; ranges are defined for GET alone."""
    if "range" not in request:
        return
    ranges = satisfiable(request["range"], n_bytes) if scope["method"] == "GET" else ""
    if ranges:
        request["range"] = ranges
    else:
        del request["range"]
    scope["headers"] = request.raw


def _media_type(path: Path) -> str:
    return _NAMED_TYPES.get(path.name) or _TYPES.get(path.suffix.lower(), "application/octet-stream")


def _text_response(content: bytes, media_type: str, request: Headers, status_code: int = 200) -> Response:
    """Text, whole, and compressed for a client that takes gzip."""
    headers = {"vary": "Accept-Encoding"}
    if _takes_gzip(request.get("accept-encoding", "")):
        content = _compressed(content)
        headers["content-encoding"] = "gzip"
    headers["etag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    return Response(content, status_code, headers, media_type)


@lru_cache(maxsize=16)
def _compressed(content: bytes) -> bytes:
    return gzip.compress(content, compresslevel=6, mtime=0)


def _takes_gzip(header: str) -> bool:
    """Whether a client takes gzip, by its Accept-Encoding (RFC 9110, section 12.5.3)."""
    for each in header.lower().split(","):
        coding, _, parameters = each.partition(";")
        if coding.strip() in ("gzip", "x-gzip", "*"):
            weight = parameters.replace(" ", "").removeprefix("q=")
            return not parameters or weight.strip("0.") != ""
    return False


class _Feed:
    """The feed, its addresses leading to where the client reads it."""

    def __init__(self, folder: Path, files: StaticFiles) -> None:
        self._path = folder / FEED
        self._files = files

    async def answer(self, request: Request) -> Response:
        """The feed for this client."""
        base = str(request.url.replace(query="", fragment="")).removesuffix(FEED)
        try:
            status = self._path.lstat()
        except OSError as error:
            raise HTTPException(404) from error
        if not stat.S_ISREG(status.st_mode):
            raise HTTPException(404)
        try:
            content = _rewritten(self._path, base, status.st_mtime_ns)
        except ValueError as error:
            raise HTTPException(500, f"{FEED} cannot be served: {error}. Publish the show again.") from error
        response = _text_response(content, "application/rss+xml; charset=utf-8", request.headers)
        response.headers["last-modified"] = formatdate(status.st_mtime, usegmt=True)
        unchanged = self._files.is_not_modified(response.headers, request.headers)
        return NotModifiedResponse(response.headers) if unchanged else response


@lru_cache(maxsize=8)
def _rewritten(path: Path, base: str, _mtime_ns: int) -> bytes:
    """The feed for that base; kept until the file is another."""
    return served_feed(path.read_bytes(), base)
