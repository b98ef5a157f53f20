"""What an EPUB says of itself: its metadata, the order of its files, and its table of contents."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from xml.etree.ElementTree import Element

from script.errors import ArticleError
from script.readers.epub_archive import Archive, resolved
from script.readers.markup import tree, words_of

_PAGES = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"}
_MOST_ENTRIES = 5_000
_MOST_FALLBACKS = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents: its title, its depth from 1, and where it leads."""

    title: str
    level: int
    path: str
    fragment: str


@dataclass(frozen=True, slots=True)
class Package:
    """An EPUB's package document and navigation.

    pages: paths of the pages in reading order; secondary: how many pages stand outside it;
    unreadable: how many hold no text; sorts: for paths, what sort of page the book says it is ("cover", "toc" …).
    """

    title: str
    author: str
    date: str
    language: str
    description: str
    pages: tuple[str, ...]
    secondary: int
    unreadable: int
    entries: tuple[Entry, ...]
    sorts: dict[str, str]
    cover: str


@dataclass(frozen=True, slots=True)
class _Item:
    path: str
    media_type: str
    properties: frozenset[str]
    fallback: str


def package(archive: Archive) -> Package:
    """The package of an EPUB 2 or 3; raises ArticleError when it has none (EPUB 3.3, sections 4.2 and 5)."""
    path = _package_path(archive)
    root = tree(archive.content(path), archive.name)
    items = dict(_manifest(root, path))
    spine = next(root.iter("spine"), Element("spine"))
    references = [(items.get(each.get("idref", "")), each.get("linear", "yes")) for each in spine.iter("itemref")]
    primary = [item for item, linear in references if item and linear.strip().lower() != "no"]
    pages = [page for item in primary if (page := _page(item, items))]
    navigation = next((item.path for item in items.values() if "nav" in item.properties), "")
    ncx = items.get(spine.get("toc", "")) or next((each for each in items.values() if "ncx" in each.media_type), None)
    entries, sorts = _navigation(archive, navigation)
    return Package(
        **_metadata(root),
        pages=tuple(dict.fromkeys(pages)),
        secondary=sum(linear.strip().lower() == "no" for _, linear in references),
        unreadable=len(primary) - len(pages),
        entries=tuple(islice(entries or _ncx_entries(archive, ncx.path if ncx else ""), _MOST_ENTRIES)),
        sorts={**_guide(root, path), **sorts, **({navigation: "toc"} if navigation else {})},
        cover=_cover(root, items),
    )


def _package_path(archive: Archive) -> str:
    container = archive.content("META-INF/container.xml")
    found = ""
    if container.strip():
        rootfiles = tree(container, archive.name).iter("rootfile")
        found = next((path for each in rootfiles if (path := each.get("full-path", "").strip()) in archive), "")
    found = found or next(iter(archive.ending(".opf")), "")
    if not found or not archive.content(found).strip():
        raise ArticleError(f"{archive.name} is no whole EPUB: it has no package document. Download it again.")
    return found


def _manifest(root: Element, path: str) -> Iterator[tuple[str, _Item]]:
    for manifest in root.iter("manifest"):
        for each in manifest.iter("item"):
            properties = frozenset(each.get("properties", "").split())
            target = resolved(path, each.get("href", ""))[0]
            item = _Item(target, each.get("media-type", "").lower(), properties, each.get("fallback", ""))
            yield each.get("id", ""), item


def _page(item: _Item, items: dict[str, _Item]) -> str:
    """The path of the page to read for an item of the spine: its own, or its fallback's; "" for none."""
    for _ in range(_MOST_FALLBACKS):
        if item.media_type in _PAGES:
            return item.path
        following = items.get(item.fallback)
        if not following:
            break
        item = following
    return ""


def _metadata(root: Element) -> dict[str, str]:
    refined = {
        each.get("refines", "").lstrip("#"): words_of(each).lower()
        for each in root.iter("meta")
        if each.get("property") == "role"
    }

    def texts(name: str) -> list[tuple[Element, str]]:
        return [(each, text) for each in root.iter(name) if (text := words_of(each))]

    def first(name: str) -> str:
        return next((text for _, text in texts(name)), "")

    roles = {text: each.get("role") or refined.get(each.get("id", ""), "aut") for each, text in texts("creator")}
    authors = [text for text, role in roles.items() if role == "aut"] or list(roles)
    dates = {each.get("event", "publication"): text for each, text in texts("date")}
    return {
        "title": first("title"),
        "author": " and ".join([*([", ".join(authors[:-1])] if authors[1:] else []), *authors[-1:]]),
        "date": dates.get("publication", next(iter(dates.values()), "")),
        "language": "" if first("language").lower() in {"und", "mul", "zxx"} else first("language").replace("_", "-"),
        "description": _plain(first("description")),
    }


def _plain(text: str) -> str:
    """A description without the HTML that many are written in."""
    return words_of(tree(f"<p>{text}</p>".encode(), "the description")) if "<" in text else text


def _navigation(archive: Archive, path: str) -> tuple[list[Entry], dict[str, str]]:
    """The entries of an EPUB 3 navigation document, and what its landmarks say of pages (EPUB 3.3, 7.4)."""
    entries: list[Entry] = []
    sorts: dict[str, str] = {}
    content = archive.content(path) if path else b""
    for each in tree(content, archive.name).iter("nav") if content.strip() else ():
        kind = each.get("epub:type", "").split()
        if "landmarks" in kind:
            for link in each.iter("a"):
                target, fragment = resolved(path, link.get("href", ""))
                if target and not fragment:
                    sorts.setdefault(target, link.get("epub:type", "").strip())
        elif "toc" in kind:
            entries += _nav_entries(each, path, 0)
    return entries, sorts


def _nav_entries(element: Element, path: str, level: int) -> Iterator[Entry]:
    for child in element:
        if child.tag in {"a", "span"}:
            target, fragment = resolved(path, child.get("href", "")) if child.get("href") else ("", "")
            if target and words_of(child):
                yield Entry(words_of(child), max(level, 1), target, fragment)
        else:
            yield from _nav_entries(child, path, level + (child.tag == "ol"))


def _ncx_entries(archive: Archive, path: str) -> Iterator[Entry]:
    """The entries of an EPUB 2 table of contents (OPF 2.0.1, section 2.4.1)."""
    content = archive.content(path) if path else b""
    for each in tree(content, archive.name).iter("navmap") if content.strip() else ():
        yield from _points(each, path, 0)


def _points(element: Element, path: str, level: int) -> Iterator[Entry]:
    for point in element.findall("navpoint"):
        label, content = point.find("navlabel"), point.find("content")
        target, fragment = resolved(path, content.get("src", "")) if content is not None else ("", "")
        if target and label is not None and words_of(label):
            yield Entry(words_of(label), level + 1, target, fragment)
        yield from _points(point, path, level + 1)


def _guide(root: Element, path: str) -> dict[str, str]:
    sorts: dict[str, str] = {}
    for guide in root.iter("guide"):
        for each in guide.iter("reference"):
            target, fragment = resolved(path, each.get("href", ""))
            if target and not fragment:
                sorts.setdefault(target, each.get("type", "").lower())
    return sorts


def _cover(root: Element, items: dict[str, _Item]) -> str:
    """The path of the cover's picture, "" for none; EPUB 2 readers agreed on a meta element named "cover"."""
    named = next((each.get("content", "") for each in root.iter("meta") if each.get("name") == "cover"), "")
    found = next((item for item in items.values() if "cover-image" in item.properties), items.get(named))
    return found.path if found and found.media_type.startswith("image/") else ""
