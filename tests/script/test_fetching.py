import gzip
import http.server
import socket
import threading
import time
import zlib

import pytest

import script
from script.errors import ArticleError
from script.fetching import fetch, is_public

PAGE = b"<!DOCTYPE html><title>T</title><p>One."


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers as the test's table of paths says: (status, headers, body); a function gets the handler itself."""

    def do_GET(self):
        answer = self.server.answers[self.path]
        if callable(answer):
            answer(self)
            return
        status, headers, body = answer
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    answers: dict
    daemon_threads = True

    def handle_error(self, *_):
        """A client that goes away in mid-answer is what these tests are about."""


@pytest.fixture
def served():
    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()

    def serve(*answer, path="/", **others):
        server.answers = {path: answer[0] if callable(answer[0]) else (*answer, {}, b"")[:3]}
        server.answers |= {f"/{name}": other for name, other in others.items()}
        return f"http://127.0.0.1:{server.server_port}{path}"

    yield serve
    server.shutdown()
    server.server_close()
    thread.join()


def page(served, body=PAGE, kind="text/html", **headers):
    return served(200, {"Content-Type": kind} | headers, body)


def check_refused(address, says, **options):
    with pytest.raises(ArticleError, match=says) as caught:
        fetch(address, **{"allow_private": True} | options)
    assert str(caught.value).endswith(".")


def test_page_at_an_address_is_read(served):
    address = page(served)
    article = script.read(address, allow_private=True)
    assert (article.title, article.source, article.text()) == ("T", address, "One.")


def test_fetched_bytes_are_read_without_asking_again(served):
    fetched = script.fetch(page(served), allow_private=True)
    assert (fetched.content, script.read(fetched).text()) == (PAGE, "One.")


@pytest.mark.parametrize(
    ("kind", "body", "format_"),
    [
        ("text/html; charset=utf-8", b"<p>a", "html"),
        ("application/xhtml+xml", b"<p>a", "html"),
        ("text/markdown", b"a", "markdown"),
        ("text/plain", b"a", ""),
        ("application/octet-stream", b"a", ""),
    ],
)
def test_content_type_names_the_format(served, kind, body, format_):
    assert fetch(page(served, body, kind), allow_private=True).format == format_


def test_type_that_is_not_text_is_refused(served):
    check_refused(page(served, b"x", "image/png"), "is not text: the server says that it is image/png")


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("windows-1251", "cp1251"), ("iso-8859-1", "utf-8"), ("utf-8", "utf-8"), ("nonsense", "utf-8"), ("", "utf-8")],
)
def test_servers_encoding_is_believed_unless_it_is_plainly_wrong(served, charset, encoding):
    address = page(served, "<p>Маяк".encode(encoding), f"text/html; charset={charset}")
    assert script.read(address, allow_private=True).text() == "Маяк"


def test_page_that_is_not_in_utf8_as_its_server_says_is_read_as_it_looks(served):
    address = page(served, "<p>Überlebt".encode("latin-1"), "text/html; charset=utf-8")
    assert script.read(address, allow_private=True).text() == "Überlebt"


def bare_deflate(data):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("packing", "body"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("gzip", gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:])),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", bare_deflate(PAGE)),
    ],
    ids=["gzip", "two-members-of-gzip", "deflate-with-zlib-header", "bare-deflate"],
)
def test_packed_page_is_unpacked(served, packing, body):
    assert fetch(page(served, body, **{"Content-Encoding": packing}), allow_private=True).content == PAGE


def test_bomb_is_not_unpacked(served):
    bomb = gzip.compress(bytes(30_000_000))
    check_refused(page(served, bomb, **{"Content-Encoding": "gzip"}), "larger than 20 MB")


def test_bomb_within_a_bomb_is_refused(served):
    check_refused(page(served, b"x", **{"Content-Encoding": "gzip, gzip"}), "packed as gzip, gzip")


def test_broken_packing_is_refused(served):
    check_refused(page(served, b"\x1f\x8bno", **{"Content-Encoding": "gzip"}), "packed wrongly")
    check_refused(page(served, gzip.compress(PAGE)[:-9], **{"Content-Encoding": "gzip"}), "ended before it was whole")


def test_page_larger_than_allowed_is_refused_with_and_without_its_length(served):
    check_refused(page(served, b"x" * 2000), "larger than 0.001 MB", most_bytes=1000)
    check_refused(page(served, b"x" * 2000, **{"Content-Length": ""}), "larger than 0.001 MB", most_bytes=1000)


def test_page_cut_short_is_refused(served):
    check_refused(page(served, b"x", **{"Content-Length": "100"}), "ended before it was whole")


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (404, "There is no page"),
        (403, "does not give us"),
        (503, "at present"),
        (429, "at present"),
        (418, "answered 418"),
    ],
)
def test_refusal_of_the_server_becomes_a_sentence(served, status, says):
    check_refused(served(status), says)


def test_redirects_are_followed(served):
    hop = (302, {"Location": "/there?a=b c"}, b"")
    there = (200, {"Content-Type": "text/html"}, PAGE)
    assert (
        fetch(served(301, {"Location": "hop"}, hop=hop, **{"there?a=b%20c": there}), allow_private=True).content == PAGE
    )


def test_redirects_in_a_circle_end(served):
    check_refused(served(301, {"Location": "/"}), "redirects more than 10 times")


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://a/b", "javascript:alert(1)", "data:text/html,a"])
def test_redirect_out_of_the_web_is_refused(served, to):
    check_refused(served(302, {"Location": to}), "only http and https")


def drip(handler):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(40):
        handler.wfile.write(b"x")
        time.sleep(0.05)


def drip_headers(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(40):
        handler.wfile.write(b"X-%d: a\r\n" % number)
        time.sleep(0.05)


@pytest.mark.parametrize("slow", [drip, drip_headers, lambda _: time.sleep(2)], ids=["body", "headers", "silence"])
def test_slow_server_is_left_after_the_time_limit(served, slow):
    begun = time.monotonic()
    check_refused(served(slow), "took longer than 0.2 s", time_limit_s=0.2)
    assert time.monotonic() - begun < 1


def test_server_that_is_not_there_becomes_a_sentence():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        check_refused(f"http://127.0.0.1:{free.getsockname()[1]}/", "cannot be fetched")


def test_answer_that_is_not_http_becomes_a_sentence(served):
    check_refused(served(lambda handler: handler.wfile.write(b"220 mail\r\n")), "cannot be fetched")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0"])
def test_address_of_this_machine_is_refused(host):
    check_refused(f"http://{host}/", "of this machine or of a local network", allow_private=False)


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "１２７.0.0.1", "[::ffff:127.0.0.1]"]
)
def test_address_of_this_machine_in_disguise_is_refused(monkeypatch, resolves, host):
    resolves("127.0.0.1")
    check_refused(f"http://{host}/", "of this machine or of a local network", allow_private=False)


@pytest.fixture
def resolves(monkeypatch):
    """Makes every name lead to the addresses given, one after the other."""

    def resolve(*addresses):
        left = list(addresses)

        def looked_up(_host, port, **_):
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (left.pop(0) if left[1:] else left[0], port))]

        monkeypatch.setattr(socket, "getaddrinfo", looked_up)

    return resolve


def test_name_that_leads_to_this_machine_is_refused(resolves):
    resolves("127.0.0.1")
    check_refused("http://lamp.example/", "lamp.example is an address of this machine", allow_private=False)


def test_name_is_resolved_once_and_the_checked_address_is_asked(monkeypatch, resolves):
    resolves("93.184.215.14", "127.0.0.1")
    asked = []

    def connect(address, _timeout):
        asked.append(address)
        raise OSError("no network here")

    monkeypatch.setattr(socket, "create_connection", connect)
    check_refused("http://lamp.example/", "no network here", allow_private=False)
    assert asked == [("93.184.215.14", 80)]


def test_redirect_to_this_machine_is_refused(served, monkeypatch):
    address = served(302, {"Location": "http://169.254.169.254/latest"})
    monkeypatch.setattr("script.fetching.is_public", lambda found: found == "127.0.0.1")
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, *_, **__: [(2, 1, 6, "", (host, port))])
    check_refused(address, "169.254.169.254 is an address of this machine or of a local network", allow_private=False)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("ftp://a.example/", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("http:///path", "names no server"),
        ("http://a.example@127.0.0.1/", "has a user's name in it"),
        ("http://a.example\\@127.0.0.1/", "has a user's name in it"),
        ("http://user:secret@a.example/", "has a user's name in it"),
        ("http://[::1/", "is not a web address"),
        ("http://a.example:99999/", "is not a web address"),
        ("http://" + "a" * 300 + ".example/", "is not a server's name"),
    ],
)
def test_what_is_no_web_address_is_refused(address, says):
    check_refused(address, says)


def test_local_network_may_be_allowed(served):
    address = page(served)
    check_refused(address, "of a local network", allow_private=False)
    assert fetch(address, allow_private=True).content == PAGE


@pytest.mark.parametrize(
    "address",
    [
        *("10.1.1.1", "172.16.0.1", "192.168.1.1", "127.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1%eth0"),
        *("fec0::1", "fd00::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1"),
        *("64:ff9b::7f00:1", "2002:7f00:1::"),
    ],
)
def test_address_that_is_not_public_is_known(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1111", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"])
def test_public_address_is_known(address):
    assert is_public(address)
