"""The entries of a feed, in whichever of its formats."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from script.characters import tidy, visible
from script.errors import ArticleError
from script.patterns import regex
from script.readers.web_page import without_own_entities

_OTHER_ENTITY = regex(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]{1,30};")
_MARKUP = regex(r"<[a-z/!]|&(?:#?\w{1,30});", re.IGNORECASE)
_MAIL_OF = regex(r"\S+@\S+\s*\((.+)\)")  # an author in RSS 2.0: address (name)
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_READ_TYPES = {"", "text", "html", "xhtml", "text/html", "text/plain", "application/xhtml+xml"}
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; content: its full text, or the summary where it has none, in HTML if is_markup."""

    title: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    link: str = ""
    content: str = ""
    summary: str = ""
    is_markup: bool = True


def entries(feed: str, name: str) -> list[Entry]:
    """The entries in the order they are listed.

    Raises ArticleError when it is no feed, or has no entries.
    """
    try:
        found = list(_of_json(feed) if feed.lstrip().startswith("{") else _of_xml(feed))
    except (ValueError, RecursionError) as error:
        raise ArticleError(
            f"{name} is not a feed that can be read; check that it is RSS, Atom or JSON Feed."
        ) from error
    if not found:
        raise ArticleError(f"{name} has no entries; there is nothing to read.")
    return found


def _of_json(feed: str) -> Iterator[Entry]:
    """The entries of a JSON Feed (jsonfeed.org, version 1.1)."""
    root = json.loads(feed)
    items = root.get("items")
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict):
            markup = _string(item, "content_html")
            yield Entry(
                title=_line(_string(item, "title")),
                author=_json_author(item) or _json_author(root),
                date=_date(_string(item, "date_published") or _string(item, "date_modified")),
                language=_string(item, "language") or _string(root, "language"),
                link=_string(item, "url"),
                content=markup or _string(item, "content_text") or _string(item, "summary"),
                summary=_string(item, "summary"),
                is_markup=bool(markup),
            )


def _string(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    return visible(value) if isinstance(value, str) else ""


def _json_author(item: dict[str, Any]) -> str:
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    return ", ".join(_line(_string(each, "name")) for each in authors or () if isinstance(each, dict))


def _of_xml(feed: str) -> Iterator[Entry]:
    """The entries of RSS 0.9 to 2.0 and Atom (RFC 4287). No entity is defined and nothing is fetched."""
    from lxml import etree

    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    markup = _OTHER_ENTITY.sub(lambda found: html.unescape(found[0]).replace("&", "&amp;"), without_own_entities(feed))
    try:
        root = etree.fromstring(markup.encode("utf-8", "ignore"), parser=parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    if root is None or _local(root) not in {"rss", "feed", "RDF", "channel"}:
        raise ValueError("no feed")
    head = next((each for each in root if _local(each) == "channel"), root)
    whole = Entry(author=_author(head), language=root.get(_LANGUAGE) or _value(head, "language").strip())
    for item in [each for each in root.iter() if _local(each) in {"item", "entry"}]:
        yield _entry(item, whole)


def _entry(item: Any, whole: Entry) -> Entry:  # noqa: ANN401 - lxml's elements
    """The entry of an element, author and language those of the whole feed where it has none of its own."""
    full, short = _content(item), _first(item, "description", "summary", "subtitle")
    chosen = full if full is not None and _markup(full).strip() else short
    content = "" if chosen is None else _markup(chosen)
    plain = chosen is not None and (chosen.get("type") == "text" or not _MARKUP.search(content))
    return Entry(
        title=_line(_value(item, "title")),
        author=_author(item) or whole.author,
        date=_date(_value(item, "pubDate", "published", "date", "updated")),
        language=item.get(_LANGUAGE) or whole.language,
        link=_link(item),
        content=content,
        summary="" if short is None else _markup(short),
        is_markup=not plain,
    )


def _local(element: Any) -> str:  # noqa: ANN401
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _first(item: Any, *names: str) -> Any:  # noqa: ANN401
    """The first child of one of the names, the earlier names first; those without a namespace or in Atom's first."""
    return next((each for name in names for each in item if _local(each) == name), None)


def _value(item: Any, *names: str) -> str:  # noqa: ANN401
    found = _first(item, *names)
    return "" if found is None else "".join(found.itertext())


def _content(item: Any) -> Any:  # noqa: ANN401
    """The element with the whole text: RSS's content module's, or Atom's."""
    encoded = item.find(_CONTENT)
    if encoded is not None:
        return encoded
    found = (each for each in item if _local(each) == "content" and (each.get("type") or "").lower() in _READ_TYPES)
    return next(found, None)


def _markup(element: Any) -> str:  # noqa: ANN401
    """What an element holds as HTML: as text in RSS and most of Atom, as elements in Atom's XHTML."""
    if len(element) == 0:
        return element.text or ""
    from lxml import etree

    for each in element.iter():
        if isinstance(each.tag, str):
            each.tag = _local(each)
    inner = "".join(etree.tostring(each, encoding="unicode", method="html") for each in element)
    return (element.text or "") + inner


def _author(item: Any) -> str:  # noqa: ANN401
    found = _first(item, "creator", "author", "managingEditor")
    if found is None:
        return ""
    name = _value(found, "name") if len(found) else found.text or ""
    with_address = _MAIL_OF.fullmatch(name.strip())
    return _line(with_address[1] if with_address else name)


def _link(item: Any) -> str:  # noqa: ANN401
    links = [each for each in item if _local(each) == "link" and each.get("rel", "alternate") == "alternate"]
    return next((found for each in links if (found := (each.get("href") or each.text or "").strip())), "")


def _line(markup: str) -> str:
    """A title as one line: many feeds put HTML in it."""
    return tidy(re.sub(r"<[^<>]{0,200}>", "", html.unescape(markup)))[0]


def _date(written: str) -> str:
    """A date in the form of mail or of ISO 8601 as 2024-05-01, else as it is written."""
    written = tidy(written)[0]
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(written).date().isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return written
