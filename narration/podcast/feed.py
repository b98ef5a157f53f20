"""feed.xml: RSS 2.0 with Apple's tags and those of Podcasting 2.0.

Sources: "RSS 2.0 Specification" and "RSS Encoding Examples", rssboard.org; "A Podcaster's Guide to RSS",
help.apple.com; "Podcast Namespace", podcastindex.org/namespace/1.0; "Podlove Simple Chapters" 1.2, podlove.org;
RFC 4287, section 4.2.7 (atom:link).
"""

from collections.abc import Sequence
from email.utils import format_datetime
from html import escape
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit
from uuid import UUID, uuid5

from lxml import etree
from lxml.builder import ElementMaker

from narration.errors import UsageError
from narration.podcast.chapters import CHAPTERS, CHAPTERS_MIME
from narration.podcast.entry import Entry
from narration.podcast.feed_bytes import feed_bytes
from narration.podcast.names import COVER, FEED, PAGE
from narration.podcast.plain_text import clock, language_code, plain, shortened, stamp
from narration.podcast.show import Show
from narration.podcast.transcript import TRANSCRIPTS
from narration.podcast.web_address import uri

_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
}
_GUIDS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")  # the namespace of `podcast:guid`
_NAME_CHARACTERS = 255  # of authors and owners, as W3C's validator has it
_TAG_CHARACTERS = 128  # of `podcast:person` and `podcast:license`; aggregators may cut what is longer
_LISTED_CHAPTERS = 200  # Apple takes 4,000 bytes of notes at most, others more
_FEED_CHAPTERS = 500  # where an episode has more, chapters.json alone has them, or the feed would be megabytes

_RSS = ElementMaker(nsmap=_NAMESPACES)
_ATOM, _CONTENT, _ITUNES, _PODCAST, _PSC = (
    ElementMaker(namespace=address, nsmap=_NAMESPACES) for address in _NAMESPACES.values()
)


def feed_guid(address: str) -> str:
    """The guid of a show from its feed's address: UUIDv5 of it without scheme and slashes at its end."""
    parts = urlsplit(address)
    return str(uuid5(_GUIDS, address.removeprefix(f"{parts.scheme}://").rstrip("/")))


def guid_in(feed: Path) -> str:
    """The guid that a feed gives its show, "" where there is none or it cannot be read."""
    try:
        found = etree.parse(feed, etree.XMLParser(resolve_entities=False, no_network=True))
    except (OSError, etree.XMLSyntaxError):
        return ""
    return plain(found.findtext(f"channel/{{{_NAMESPACES['podcast']}}}guid") or "")


def feed_xml(show: Show, entries: Sequence[Entry], guid: str = "") -> bytes:
    """The feed of a show, its episodes in the order given; without a base address all addresses are relative.

    guid: what the show is called for good, "" for what its address gives. Raises UsageError without any episode.
    """
    if not entries:
        raise UsageError("A feed needs an episode. `narrate publish EPISODE --to DIR` adds one.")
    guid = guid or show.guid or (feed_guid(address(show, FEED)) if show.base_url else "")
    newest = max(entry.published_at for entry in entries)
    title, page = plain(show.title), uri(show.link) or address(show, PAGE)
    channel = _RSS.channel(
        _RSS.title(title),
        _RSS.link(page),
        _RSS.description(plain(show.description) or title),
        _RSS.language(language_code(show.language) or "en"),
        _RSS.pubDate(format_datetime(newest)),
        _RSS.generator(f"narration {version('narration')}"),
        *([_RSS.copyright(plain(show.copyright))] if plain(show.copyright) else []),
        _RSS.image(_RSS.url(address(show, COVER)), _RSS.title(title), _RSS.link(page)),
        _ATOM.link(href=address(show, FEED), rel="self", type="application/rss+xml"),
        *_apple_tags(show),
        *_podcast_tags(show, guid),
        *(_item(show, entry) for entry in entries),
    )
    rss = _RSS.rss(channel, version="2.0")
    etree.indent(rss)
    return feed_bytes(rss) + b"\n"


def address(show: Show, *names: str) -> str:
    """Where a file of the folder is found: in the web, or from the feed."""
    path = "/".join(quote(name) for name in names)
    return urljoin(f"{uri(show.base_url).rstrip('/')}/", path) if show.base_url else path


def _apple_tags(show: Show) -> list[etree._Element]:
    author = shortened(plain(show.author) or show.title, _NAME_CHARACTERS)
    tags = [
        _ITUNES.author(author),
        _ITUNES.explicit(str(show.explicit).lower()),
        _ITUNES.type(show.type),
        _ITUNES.image(href=address(show, COVER)),
    ]
    if names := show.categories():
        tags.append(_ITUNES.category(*(_ITUNES.category(text=name) for name in names[1:]), text=names[0]))
    if show.email:
        tags.append(_ITUNES.owner(_ITUNES.name(author), _ITUNES.email(show.email)))
    return tags


def _podcast_tags(show: Show, guid: str) -> list[etree._Element]:
    tags = [_PODCAST.medium(show.medium)]
    if guid:
        tags.append(_PODCAST.guid(guid))
    if show.locked:
        tags.append(_PODCAST.locked("yes", **({"owner": show.email} if show.email else {})))
    if name := shortened(show.license, _TAG_CHARACTERS):
        tags.append(_PODCAST.license(name.lower()))
    return tags + _author(show.author)


def _author(name: str) -> list[etree._Element]:
    name = shortened(name, _TAG_CHARACTERS)
    return [_PODCAST.person(name, role="author", group="writing")] if name else []


def _item(show: Show, entry: Entry) -> etree._Element:
    folder = ("episodes", entry.slug)
    page = address(show, *folder, PAGE)
    return _RSS.item(
        _RSS.title(entry.title),
        _RSS.link(page),
        _RSS.description(escape(entry.description, quote=False)),  # HTML, unlike that of the channel
        _RSS.guid(entry.guid, isPermaLink="false"),
        _RSS.pubDate(format_datetime(entry.published_at)),
        _RSS.enclosure(url=address(show, *folder, entry.audio), length=str(entry.n_bytes), type=entry.mime),
        _CONTENT.encoded(_notes(entry)),
        _ITUNES.title(entry.title),
        *([_ITUNES.author(shortened(entry.author, _NAME_CHARACTERS))] if entry.author else []),
        _ITUNES.duration(str(round(entry.duration_ms / 1000))),
        _ITUNES.explicit(str(show.explicit).lower()),
        _ITUNES.episodeType("full"),
        _ITUNES.episode(str(entry.number)),
        *([_ITUNES.season(str(entry.season))] if entry.season else []),
        _ITUNES.image(href=address(show, *folder, COVER)),
        *([_PODCAST.season(str(entry.season), name=f"Season {entry.season}")] if entry.season else []),
        _PODCAST.episode(str(entry.number)),
        _PODCAST.chapters(url=address(show, *folder, CHAPTERS), type=CHAPTERS_MIME),
        *(_transcript(show, entry, name) for name in TRANSCRIPTS),
        *_simple_chapters(entry),
        *_author(entry.author),
    )


def _transcript(show: Show, entry: Entry, name: str) -> etree._Element:
    attributes = {"url": address(show, "episodes", entry.slug, name), "type": TRANSCRIPTS[name]}
    attributes |= {"language": code} if (code := language_code(entry.language)) else {}
    attributes |= {"rel": "captions"} if name.endswith((".vtt", ".srt")) else {}
    return _PODCAST.transcript(**attributes)


def _simple_chapters(entry: Entry) -> list[etree._Element]:
    """The chapters in the feed itself, for players that do not load chapters.json."""
    if not 1 < len(entry.chapters) <= _FEED_CHAPTERS:
        return []
    chapters = (_PSC.chapter(start=stamp(at), title=title) for at, title in entry.chapters)
    return [_PSC.chapters(*chapters, version="1.2")]


def _notes(entry: Entry) -> str:
    """The show notes in HTML: what it is about, the chapters with their times, and where the article stands."""
    html = ElementMaker()
    parts = [html.p(entry.description)]
    if len(entry.chapters) > 1:
        listed = [html.li(f"{clock(at)} {title}") for at, title in entry.chapters[:_LISTED_CHAPTERS]]
        parts.append(html.ul(*listed))
    if entry.source:
        parts.append(html.p(html.a(entry.source, href=entry.source)))
    return "".join(etree.tostring(part, encoding="unicode", method="html") for part in parts)
