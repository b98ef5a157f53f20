"""A web address becomes bytes: the one place in this room that reaches the network.

Only public addresses are asked: each name is resolved here, what it resolves to is checked, and the connection is made
to the very address that was checked, for the first address as for every redirect. Proxies that the environment names
are not used, since behind one nothing of that could be checked.
"""

import http.client
import ipaddress
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from email.message import Message
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from script.charsets import text_labelled
from script.errors import ArticleError
from script.patterns import regex
from script.reader import Fetched

TIME_LIMIT_S = 30.0
MOST_BYTES = 20_000_000
_MOST_REDIRECTS = 10
_REDIRECTS = {301, 302, 303, 307, 308}
_PIECE = 65_536
_SAFE = "/?%:=&~+!$,;'@()*[]"  # what may stand in a path or query beside letters (RFC 3986, section 3.3)
_HEADERS = {
    "User-Agent": "narration",
    "Accept": "text/html, application/xhtml+xml, text/markdown, text/plain;q=0.9, */*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "close",
}
_FORMATS = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "application/feed+json": "feed",
    "message/rfc822": "email",
}
_TEXTUAL = regex(r"text/.+|.+[/+](?:xml|json)")
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address stands in the last 32 bits
_IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


def fetch(
    address: str,
    *,
    allow_private: bool = False,
    time_limit_s: float = TIME_LIMIT_S,
    most_bytes: int = MOST_BYTES,
    pictures: bool = False,
) -> Fetched:
    """What an http or https address leads to, after at most ten redirects.

    allow_private: ask addresses of this machine and of local networks too; time_limit_s: for all of it together;
    most_bytes: packed and unpacked; pictures: a picture is wanted, and not text.

    Raises ArticleError with what went wrong.
    """
    deadline = time.monotonic() + time_limit_s
    request = _Request(address, deadline, most_bytes, allow_private=allow_private, pictures=pictures)
    # A server, or a name server, can be slow in many places: the thread is left behind wherever it waits.
    thread = ThreadPoolExecutor(1)
    try:
        return thread.submit(request.fetched).result(time_limit_s)
    except TimeoutError as error:
        raise ArticleError(
            f"{address} took longer than {time_limit_s:g} s; try again, or save the page and give the file."
        ) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error).strip(" .") or type(error).__name__
        raise ArticleError(f"{address} cannot be fetched: {reason}. Check the address.") from error
    finally:
        request.break_off()
        thread.shutdown(wait=False)


class _Request:
    """One fetch, on its way through redirects."""

    def __init__(self, address: str, deadline: float, most_bytes: int, *, allow_private: bool, pictures: bool) -> None:
        self._address = address
        self._deadline = deadline
        self._most_bytes = most_bytes
        self._allow_private = allow_private
        self._pictures = pictures
        self._connection: http.client.HTTPConnection | None = None

    def break_off(self) -> None:
        """Wake the thread if it still waits for the server."""
        with suppress(OSError):
            if self._connection is not None and self._connection.sock is not None:
                self._connection.sock.shutdown(socket.SHUT_RDWR)

    def fetched(self) -> Fetched:
        place = self._address
        for _ in range(_MOST_REDIRECTS + 1):
            with self._response(_parts(place)) as response:
                location = response.headers.get("Location")
                if response.status not in _REDIRECTS or not location:
                    return self._content(response)
                place = urljoin(place, location.strip())
        raise ArticleError(f"{self._address} redirects more than {_MOST_REDIRECTS} times; give the page's own address.")

    @contextmanager
    def _response(self, parts: SplitResult) -> Iterator[http.client.HTTPResponse]:
        host = _host(parts)
        kind = _Secure if parts.scheme == "https" else _Plain
        port = parts.port or kind.default_port
        query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
        connection = self._connection = kind(host, port, self._addresses(host, port), self._left_s)
        try:
            headers = _HEADERS | ({"Accept": "image/*"} if self._pictures else {})
            connection.request("GET", quote(parts.path or "/", safe=_SAFE) + query, headers=headers)
            with connection.getresponse() as response:
                yield response
        finally:
            connection.close()

    def _left_s(self) -> float:
        return max(self._deadline - time.monotonic(), 0.01)

    def _addresses(self, host: str, port: int) -> list[str]:
        """Where the name leads, each address checked."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise ArticleError(f"The server {host} is not known ({error.strerror}); check the address.") from error
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        allowed = [each for each in addresses if self._allow_private or is_public(each)]
        if not allowed:
            raise ArticleError(
                f"{host} is an address of this machine or of a local network, which a web page must not lead to; "
                "if you trust it, allow that with --allow-private."
            )
        return allowed

    def _content(self, response: http.client.HTTPResponse) -> Fetched:
        if response.status != 200:
            raise ArticleError(_refusal(self._address, response.status))
        kind = Message()
        kind["Content-Type"] = response.headers.get("Content-Type", "")
        media = kind.get_content_type() if response.headers.get("Content-Type") else ""
        if self._pictures and not media.startswith("image/"):
            raise ArticleError(f"{self._address} is no picture.")
        if not self._pictures and media.partition("/")[0] in {"image", "audio", "video", "font"}:
            raise ArticleError(
                f"{self._address} is not text: the server says that it is {media}. Give an article's page."
            )
        content = b"".join(self._unpacked(response))
        if _TEXTUAL.fullmatch(media):
            content = _marked(content, str(kind.get_param("charset") or ""))
        return Fetched(content, self._address, _FORMATS.get(media, ""))

    def _unpacked(self, response: http.client.HTTPResponse) -> Iterator[bytes]:
        packing = (response.headers.get("Content-Encoding") or "identity").strip().lower()
        if packing not in {"identity", "gzip", "x-gzip", "deflate"}:
            raise ArticleError(
                f"{self._address} comes packed as {packing}, which was not asked for and cannot be read."
            )
        pieces = self._counted(self._pieces(response))
        return pieces if packing == "identity" else self._counted(_inflated(pieces, self._address))

    def _pieces(self, response: http.client.HTTPResponse) -> Iterator[bytes]:
        if (response.length or 0) > self._most_bytes:
            raise ArticleError(self._too_large())
        while piece := response.read(_PIECE):
            yield piece
        if response.length:
            raise ArticleError(f"{self._address} ended before it was whole; try again.")

    def _counted(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        total = 0
        for piece in pieces:
            total += len(piece)
            if total > self._most_bytes:
                raise ArticleError(self._too_large())
            yield piece

    def _too_large(self) -> str:
        return f"{self._address} is larger than {self._most_bytes / 1e6:g} MB; save it and give the part to be read."


class _Plain(http.client.HTTPConnection):
    """A connection to one of the checked addresses of a host."""

    def __init__(self, host: str, port: int, addresses: list[str], left_s: Callable[[], float]) -> None:
        super().__init__(host, port)
        self._addresses = addresses
        self._left_s = left_s

    def connect(self) -> None:
        for last, address in enumerate(self._addresses, 1 - len(self._addresses)):
            try:
                self.sock = socket.create_connection((address, self.port), self._left_s())
            except OSError:
                if last == 0:
                    raise
            else:
                break
        self.sock.settimeout(self._left_s())


class _Secure(_Plain):
    default_port = 443

    def connect(self) -> None:
        import ssl

        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public network, whatever form of IPv6 it is wrapped in."""
    found: _IpAddress = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = _inner(found)
        if inner is not None:
            return is_public(str(inner))
        if found.is_site_local:
            return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_loopback or found.is_link_local)


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for: mapped, 6to4 or translated."""
    if address in _TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError as error:
        raise ArticleError(f"{address} is not a web address: {error}.") from error
    if parts.scheme not in {"http", "https"}:
        raise ArticleError(f"{address} is not a web address: only http and https lead to web pages.")
    if not parts.hostname:
        raise ArticleError(f"{address} is not a web address: it names no server.")
    if "@" in parts.netloc or "\\" in parts.netloc:
        raise ArticleError(f"{address} has a user's name in it, which can hide the server; give it without.")
    return parts


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if ":" in host:
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise ArticleError(f"{host} is not a server's name ({error}); check the address.") from error


def _refusal(address: str, status: int) -> str:
    if status in {404, 410}:
        return f"There is no page at {address} ({status}); check the address."
    if status in {401, 402, 403, 407, 451}:
        return f"The server does not give us {address} ({status}); open it in a browser, save it and give the file."
    if status == 429 or status >= 500:
        return f"The server cannot give {address} at present ({status}); try again later."
    return f"The server answered {status} for {address}; open it in a browser, save it and give the file."


def _inflated(pieces: Iterator[bytes], address: str) -> Iterator[bytes]:
    """The pieces unpacked, at most so much at a time: gzip (RFC 1952), zlib or a bare deflate (RFC 1951)."""
    first = next(pieces, b"")
    bits = 31 if first.startswith(b"\x1f\x8b") else 15 if first[:1] == b"\x78" else -15
    unpacker = zlib.decompressobj(bits)
    try:
        for piece in _with_first(first, pieces):
            waiting = piece
            while waiting:
                yield unpacker.decompress(waiting, _PIECE * 16)
                waiting = unpacker.unconsumed_tail
                if unpacker.eof and unpacker.unused_data.startswith(b"\x1f\x8b"):
                    waiting, unpacker = unpacker.unused_data, zlib.decompressobj(bits)
    except zlib.error as error:
        raise ArticleError(f"{address} is packed wrongly ({error}); save the page and give the file.") from error
    if not unpacker.eof:
        raise ArticleError(f"{address} ended before it was whole; try again.")


def _with_first(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from pieces


def _marked(content: bytes, label: str) -> bytes:
    """The content as UTF-8 with its mark, when it is in the encoding that the server names."""
    if not label or content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return content
    text = text_labelled(content, label)
    return content if text is None else b"\xef\xbb\xbf" + text.encode("utf-8", "replace")
