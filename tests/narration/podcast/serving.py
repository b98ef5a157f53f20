"""A server in a thread of its own, and plain requests to it."""

import contextlib
import gzip
import http.client
import socket
import threading
import time

from narration.podcast.server import application
from narration.serve import server

FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>S</title><link>index.html</link>
<item><enclosure url="episodes/one/one.mp3" length="1000" type="audio/mpeg"/></item></channel></rss>"""
AUDIO = bytes(n % 251 for n in range(1000))
PAGE = "<!doctype html><title>Show</title>" + "words " * 1000


def published(folder):
    """A folder as `publish` leaves it, small."""
    episode = folder / "episodes" / "one"
    episode.mkdir(parents=True)
    (folder / "feed.xml").write_bytes(FEED)
    (folder / "index.html").write_text(PAGE)
    (episode / "one.mp3").write_bytes(AUDIO)
    (episode / "index.html").write_text("<!doctype html><title>One</title>")
    (episode / "chapters.json").write_text('{"version": "1.2.0"}')
    (episode / "transcript.vtt").write_text("WEBVTT\n")
    return folder


@contextlib.contextmanager
def serving(folder, **options):
    """The port of a server of that folder."""
    listening = socket.create_server(("127.0.0.1", 0))
    running = server(application(folder, **options))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    yield listening.getsockname()[1]
    running.should_exit = True
    thread.join()
    listening.close()


class Answer:
    """What came back: its status, headers and body, as sent and unpacked."""

    def __init__(self, response):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.sent = response.read()
        packed = self.headers.get("content-encoding") == "gzip"
        self.body = gzip.decompress(self.sent) if packed and self.sent else self.sent


def ask(port, path="/", method="GET", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_host="host" in headers, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    with contextlib.closing(connection):
        return Answer(connection.getresponse())
