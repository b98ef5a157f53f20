"""A published feed whose addresses lead to where it is served from."""

from urllib.parse import urljoin

from lxml import etree

from narration.podcast.feed_bytes import feed_bytes

_ATOM_LINK = "{http://www.w3.org/2005/Atom}link"
_ADDRESSES = ("url", "href")  # attributes that hold one: enclosure, transcript, chapters, image, link


def served_feed(feed: bytes, base: str) -> bytes:
    """The feed as it is read at `base`, an address that ends in "/": what was published leads there.

    Addresses relative to the feed, and those below the address that it was published for, are made absolute there;
    those of other places stay. Raises ValueError for a feed that is no XML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(feed, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"the feed is no XML: {error}") from error
    published = _published_for(root)
    for element in root.iter(etree.Element):
        for name in _ADDRESSES:
            if name in element.attrib:
                element.set(name, _served(element.get(name, ""), published, base))
        if element.tag in ("link", "url") and element.text:
            element.text = _served(element.text.strip(), published, base)
        elif published and element.text and published in element.text and element.tag != "guid":
            element.text = element.text.replace(published, base)
    return feed_bytes(root)


def _published_for(root: etree._Element) -> str:
    """The address of the folder that the feed says it stands in; "" when it does not say."""
    for link in root.iter(_ATOM_LINK):
        address = str(link.get("href", ""))
        if link.get("rel") == "self" and "://" in address:
            return urljoin(address, ".")
    return ""


def _served(address: str, published: str, base: str) -> str:
    if published and address.startswith(published):
        return base + address.removeprefix(published)
    return address if "://" in address or address.startswith("mailto:") else urljoin(base, address)
