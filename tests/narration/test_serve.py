import http.client
import signal
import socket
import subprocess
from contextlib import closing, contextmanager

import pytest

from narration import serve
from narration.errors import UsageError
from tests.narration.conftest import COMMAND
from tests.narration.podcast.serving import published


@contextmanager
def served(*args):
    """The command while it serves, having answered once, and the address it printed."""
    with subprocess.Popen(
        [COMMAND, "serve", *map(str, args)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        page = process.stdout.readline().strip()
        assert answered(page, "feed.xml") == (404 if "--token" in args else 200)
        yield process, page
        process.kill()


def answered(page, path):
    """The status of that path on this machine, whatever token the page's address has."""
    port = page.removeprefix("http://").split("/")[0].rpartition(":")[2]
    with closing(http.client.HTTPConnection("127.0.0.1", int(port), timeout=20)) as connection:
        connection.request("GET", f"/{path}")
        return connection.getresponse().status


def test_a_published_folder_is_served_until_ctrl_c(tmp_path):
    with served(published(tmp_path), "--port", 0) as (process, page):
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
        assert process.returncode == 0
        assert said == f"The feed, for a podcast app: {page}feed.xml\n"


def test_ctrl_c_while_somebody_is_in_the_middle_of_a_file_ends_it_without_complaint(tmp_path):
    folder = published(tmp_path)
    with (folder / "long.mp3").open("wb") as file:
        file.truncate(100_000_000)
    with served(folder, "--port", 0) as (process, page):
        port = int(page.rstrip("/").rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as listener:
            listener.sendall(b"GET /long.mp3 HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert listener.recv(100).startswith(b"HTTP/1.1 200")
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=20)
        assert (process.returncode, said) == (0, f"The feed, for a podcast app: {page}feed.xml\n")


def test_on_the_network_it_says_who_can_listen_and_shows_the_address_to_a_camera(tmp_path):
    with served(published(tmp_path), "--port", 0, "--host", "0.0.0.0") as (process, _page):
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
        assert "Anyone on this network can listen." in said
        assert "█" in said


def test_with_a_token_the_address_has_it_and_nobody_is_warned(tmp_path):
    with served(published(tmp_path), "--port", 0, "--host", "0.0.0.0", "--token", "cliff") as (process, page):
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
        assert page.endswith("/cliff/")
        assert "Anyone" not in said


def test_a_port_in_use_is_named(tmp_path):
    with served(published(tmp_path), "--port", 0) as (_process, page):
        port = int(page.rstrip("/").rpartition(":")[2])
        with pytest.raises(UsageError, match=f"Port {port} of 127.0.0.1 is in use. Name another with --port"):
            serve.serve(tmp_path, port=port)


def test_a_folder_that_was_not_published_is_refused(tmp_path):
    with pytest.raises(UsageError, match="no published folder"):
        serve.serve(tmp_path)


@pytest.mark.parametrize("token", ["a/b", "a b", "é", "?"])
def test_a_token_that_cannot_stand_in_an_address_is_refused(tmp_path, token):
    with pytest.raises(UsageError, match="letters, digits"):
        serve.serve(published(tmp_path), token=token)


def test_an_address_of_another_machine_is_refused(tmp_path):
    with pytest.raises(UsageError, match="cannot be listened at"):
        serve.serve(published(tmp_path), host="192.0.2.1", port=0)
