"""A feed written out, where it is published and where it is served."""

from lxml import etree


def feed_bytes(rss: etree._Element) -> bytes:
    """The XML, "&" and "<" in hexadecimal, which the fewest readers take for markup in a title.

    "RSS Best Practices Profile", rssboard.org, on character data.
    """
    written: bytes = etree.tostring(rss, xml_declaration=True, encoding="UTF-8")
    return written.replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;")
