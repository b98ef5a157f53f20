"""Web addresses in ASCII, as feeds have to write them."""

import re
from urllib.parse import quote, urlsplit, urlunsplit

import idna

_LABEL = re.compile(r"[^.:@\[\]]*[^\x00-\x7f][^.:@\[\]]*")  # a part of a host's name that is not all ASCII
_STAYS = "!#$%&'()*+,/:;=?@[]~"  # RFC 3986, section 2.2, and what is percent-encoded already


def uri(address: str) -> str:
    """The URI of an IRI (RFC 3987, section 3.1), its host in Punycode. Raises ValueError for a host that has none."""
    parts = urlsplit(address)
    host = _LABEL.sub(lambda label: idna.encode(label[0], uts46=True).decode(), parts.netloc)
    return quote(urlunsplit(parts._replace(netloc=host)), safe=_STAYS)
