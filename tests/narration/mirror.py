"""A server of files on this machine that can be told to misbehave."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class Mirror(ThreadingHTTPServer):
    """Serves a folder. how: in which way it misbehaves; asked: the paths and ranges it was asked for."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder
        self.how = ""
        self.asked: list[tuple[str, str]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Mirror

    def do_GET(self) -> None:
        wanted = self.headers.get("Range", "")
        self.server.asked.append((self.path, wanted))
        file = self.server.folder / self.path.lstrip("/")
        how = self.server.how
        if not file.is_file() or how == "dead":
            return self.close() if how == "dead" else self.send_error(404)
        if how == "busy" and len(self.server.asked) < 3:
            return self.send_error(503)
        content = file.read_bytes()
        if how == "other" and file.suffix != ".json":
            content = bytes(len(content))
        start = 0 if how == "from the start" else int(wanted.removeprefix("bytes=").removesuffix("-") or 0)
        return self.answer(content, start, how)

    def answer(self, content: bytes, start: int, how: str) -> None:
        rest = content[start:]
        n_bytes = {"too long": len(rest) + 1000, "too short": (len(rest) + 1) // 2}.get(how, len(rest))
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(n_bytes))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.end_headers()
        if how == "more":
            rest += b"x"
        if how in {"breaks", "from the start"} and len(rest) > 3:
            rest = rest[: len(rest) // 2 if how == "breaks" else len(rest) - (len(self.server.asked) < 3)]
        self.wfile.write(rest)
        self.close()

    def close(self) -> None:
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def mirror(folder: Path) -> Iterator[Mirror]:
    with Mirror(folder) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
