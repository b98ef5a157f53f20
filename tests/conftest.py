"""What holds for every test: no network, no real home, and golden cases on request."""

import os
import socket
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# Time is no property of a text; a busy machine would fail the test. Elsewhere than in CI every run tries other texts.
hypothesis.settings.register_profile("narration", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("narration")


class NetworkIsForbiddenInTests(Exception):  # noqa: N818 - the name is the message
    """A test tried to reach the network."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite what the golden cases expect")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sockets within this machine stay: worker processes and local servers need them."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        local = self.family == getattr(socket, "AF_UNIX", None) or (
            isinstance(address, tuple) and address[0] in {"127.0.0.1", "::1", "localhost"}
        )
        if not local:
            raise NetworkIsForbiddenInTests(f"a test tried to connect to {address}")
        connect(self, address)

    def looked_up(host: Any, *rest: Any, **named: Any) -> Any:
        if host not in {None, "", "localhost", "127.0.0.1", "::1", "0.0.0.0", b"localhost", b"127.0.0.1"}:
            raise NetworkIsForbiddenInTests(f"a test tried to look up {host}")
        return getaddrinfo(host, *rest, **named)

    getaddrinfo = socket.getaddrinfo
    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", looked_up)


@pytest.fixture(autouse=True)
def _home_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("NARRATION_HOME", str(home))
    return home
