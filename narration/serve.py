"""Serving a published folder: which addresses it is heard at, and the server itself."""

import errno
import logging
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from narration.errors import UsageError
from narration.podcast.names import FEED

if TYPE_CHECKING:
    import uvicorn
    from starlette.types import ASGIApp

DEFAULT_PORT = 8000


@dataclass(frozen=True, slots=True)
class Served:
    """Where a folder is heard. page, feed: addresses; open_to_network: others than this machine reach it."""

    page: str
    feed: str
    open_to_network: bool


def serve(
    folder: Path,
    host: str = "127.0.0.1",
    port: int = DEFAULT_PORT,
    *,
    token: str = "",
    names: Sequence[str] = (),
    on_start: Callable[[Served], None] = lambda _served: None,
) -> None:
    """Serve a published folder until the program is interrupted.

    host: an address of this machine, 0.0.0.0 for all of them; port: 0 for any that is free; token: the first part of
    every path, letters, digits, - and _; names: other names this machine goes by; on_start is told where it is heard.
    Raises UsageError.
    """
    if not (folder / FEED).is_file():
        raise UsageError(f"{folder} is no published folder. `narrate publish EPISODE --to {folder}` makes one.")
    if not all(character.isascii() and (character.isalnum() or character in "-_") for character in token):
        raise UsageError("The token stands in addresses: use letters, digits, - and _ only.")
    from narration.podcast.server import application

    with _listening(host, port) as listening:
        on_start(_served(host, listening.getsockname()[1], token))
        own = (host, socket.gethostname(), f"{socket.gethostname()}.local", *names)
        server(application(folder, token=token, names=own)).run(sockets=[listening])


def server(application: "ASGIApp") -> "uvicorn.Server":
    """A server of that application, not started yet."""
    import uvicorn

    config = uvicorn.Config(
        application,
        lifespan="off",
        ws="none",
        log_level=logging.WARNING,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    logging.getLogger("uvicorn.error").addFilter(_is_no_goodbye)
    return uvicorn.Server(config)


def _is_no_goodbye(record: logging.LogRecord) -> bool:
    """Whether the log says anything but that somebody was in the middle of a file when the server ended."""
    from asyncio import CancelledError

    cancelled = record.exc_info and isinstance(record.exc_info[1], CancelledError)
    return not cancelled and not str(record.msg).startswith("Cancel %s running task")


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises UsageError when it can't."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=256)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise UsageError(
                f"Port {port} of {host} is in use. Name another with --port, or stop what uses it."
            ) from error
        raise UsageError(f"{host} port {port} cannot be listened at: {error.strerror or error}.") from error
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else each short answer waits 40 ms for the client
    return listening


def _served(host: str, port: int, token: str) -> Served:
    unspecified = host in ("0.0.0.0", "::")  # noqa: S104 - compared, not listened at
    name = _own_address(host) if unspecified else host
    page = f"http://{f'[{name}]' if ':' in name else name}:{port}/{f'{token}/' if token else ''}"
    return Served(page, f"{page}{FEED}", unspecified or not _is_loopback(host))


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _own_address(unspecified: str) -> str:
    """The address that others on the network reach this machine at; nothing is sent to find it out."""
    documentation = ("192.0.2.1", 9) if unspecified == "0.0.0.0" else ("2001:db8::1", 9)  # noqa: S104
    family = socket.AF_INET if unspecified == "0.0.0.0" else socket.AF_INET6  # noqa: S104
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(documentation)
        except OSError:  # no network: only this machine can listen
            return "localhost"
        return str(probe.getsockname()[0])
