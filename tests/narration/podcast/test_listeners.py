"""Many at a time, and many that mean no good: against the command in a process of its own."""

import http.client
import random
import socket
import subprocess
import threading
from pathlib import Path

import pytest

from tests.narration.conftest import COMMAND
from tests.narration.podcast.serving import published

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not Path("/proc").exists(), reason="memory is read from /proc")]

MIB = 1 << 20
STEPS = [
    "..",
    "%2e%2e",
    "..%2f",
    "%2e%2e%2f",
    "..\\",
    "%5c",
    "....",
    ".",
    "%00",
    "%c0%ae%c0%ae",
    "/",
    "%2f",
    "out",
    "C:",
]
TARGETS = ["secret.txt", "etc/passwd", "%65tc/passwd", "secret.txt%00.mp3", "SECRET.TXT"]


@pytest.fixture
def server(tmp_path):
    """The process that serves a folder with 300 MB in it, and its port; a secret lies beside the folder."""
    site = published(tmp_path / "site")
    (tmp_path / "secret.txt").write_text("secret")
    with (site / "long.mp3").open("wb") as long:
        long.truncate(300 * MIB)
    with subprocess.Popen([COMMAND, "serve", site, "--port", "0"], stdout=subprocess.PIPE, text=True) as process:
        yield process, int(process.stdout.readline().rstrip("/\n").rpartition(":")[2])
        process.kill()


def memory_mib(process, name):
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024


def test_two_hundred_listeners_at_a_time_cost_no_memory(server):
    process, port = server
    heard = []
    before = memory_mib(process, "VmRSS")

    def listen():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", "/long.mp3")
        answer = connection.getresponse()
        together.wait()  # all have their answer, none has taken it
        heard.append(sum(len(answer.read(MIB)) for _ in range(8)))
        connection.close()

    together = threading.Barrier(200)
    listeners = [threading.Thread(target=listen) for _ in range(200)]
    for listener in listeners:
        listener.start()
    for listener in listeners:
        listener.join()
    assert heard == [8 * MIB] * 200
    assert memory_mib(process, "VmHWM") - before < 100


def test_ten_thousand_ways_out_of_the_folder_lead_nowhere(server):
    _, port = server
    chosen = random.Random(7)
    connection = socket.create_connection(("127.0.0.1", port))
    reader = connection.makefile("rb")
    for _ in range(10_000):
        path = "/".join([*chosen.choices(STEPS, k=chosen.randint(1, 8)), chosen.choice(TARGETS)])
        connection.sendall(f"GET /{path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        status = int(reader.readline().split()[1])
        length = 0
        while line := reader.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        body = reader.read(length)
        assert status in (400, 404, 307), path
        assert b"secret" not in body
        assert b"root:" not in body
    connection.close()
