"""What a web page says of itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from script.beside import place_beside
from script.characters import tidy
from script.patterns import regex
from script.readers.web_bylines import NO_NAMES, byline, is_name
from script.readers.web_images import addresses
from script.readers.web_page import Tree

# Only what the page says of its date: no search through its text, and nothing that depends on today's date.
_DATE_SEARCH = {"original_date": True, "extensive_search": False, "max_date": "2999-12-31"}
_PARTED = regex(r"(\s*[|»]\s*|\s+[-–—·]\s+)")
_ADDRESS = regex(r"\s*\(?https?://[^\s()]+\)?")
_LANGUAGE = regex(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
# The names of meta elements, the surest first; "dc:title" and "DC.Title" are one.
_TITLE_NAMES = (
    "dc.title",
    "dcterms.title",
    "dcterm.title",
    "og.title",
    "citation_title",
    "parsely-title",
    "twitter.title",
)
_AUTHOR_NAMES = (
    *("dc.creator", "dcterms.creator", "dcterm.creator", "citation_author", "parsely-author", "sailthru.author"),
    *("article.author", "author", "byl"),
)
_PICTURE_NAMES = ("og.image", "og.image.url", "og.image.secure_url", "twitter.image", "twitter.image.src")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")
_LARGEST_PICTURE_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """Title, author, date, language (BCP 47) and description, each "" when the page says none."""

    title: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    description: str = ""


def metadata(tree: Tree) -> PageMetadata:
    """What the page's head, its structured data and its byline say."""
    from trafilatura.metadata import extract_metadata

    try:
        found = extract_metadata(tree, None, dict(_DATE_SEARCH), extensive=False)
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError):  # on what is hardly a page
        return PageMetadata(title=_title(tree), author=_author(tree), language=_language(tree))
    site = _named(tree, ("og.site_name", "application-name"))
    return PageMetadata(
        title=_title(tree, tidy(found.title or "")[0], next(iter(site), "")),
        author=_author(tree)
        or byline(tree)
        or _listed([each for each in (found.author or "").split("; ") if each.lower() not in NO_NAMES]),
        date=found.date or "",
        language=_language(tree),
        description=tidy(found.description or "")[0],
    )


def lead_picture(tree: Tree) -> str:
    """Where the page's lead picture is, as its head names it, else the first one in its article; "" for none."""
    named = _named(tree, _PICTURE_NAMES)
    linked = [each.get("href") or "" for each in tree.iter("link") if each.get("rel") == "image_src"]
    figures = (image for part in tree.iter("article", "main") for image in part.findall(".//figure//img"))
    shown = (address for image in figures for address in addresses(image) if address and not _is_inside(address))
    found = next((each.strip() for each in [*named, *linked] if each.strip()), "") or next(shown, "")
    return "" if _is_inside(found) else found


def _is_inside(address: str) -> bool:
    """Whether the page itself holds what it names."""
    return address.lower().startswith("data:")


def picture_beside(name: str, source: str) -> bytes:
    """The picture of that name when it is a file beside the page or in a folder there; else b"".

    No other file is read: neither one that a link leads to from there, nor a larger one than any picture.
    """
    if not (source and re.fullmatch(r"[\w. /-]{1,200}", name)):
        return b""
    path = file_beside(name, source)
    try:
        image = path.read_bytes() if path and path.stat().st_size <= _LARGEST_PICTURE_BYTES else b""
    except OSError:
        return b""
    return image if image.startswith(_PICTURES) else b""


def file_beside(name: str, source: str) -> Path | None:
    """The file of that name beside the page or in a folder there, None for any that a name or a link leads to else."""
    try:
        path = place_beside(name, source)
        return path if path.is_file() else None
    except (OSError, ValueError):  # a name that no file can have
        return None


def _named(tree: Tree, names: Sequence[str]) -> list[str]:
    """What the meta elements of these names say, in the order of the names."""
    said: dict[str, list[str]] = {}
    for each in tree.iter("meta"):
        content = tidy(each.get("content") or "")[0]
        for name in (each.get("property") or each.get("name") or "").lower().replace(":", ".").split():
            said.setdefault(name, []).extend([content] if content else [])
    return [content for name in names for content in said.get(name, ())]


def _title(tree: Tree, heading: str = "", site: str = "") -> str:
    """The title as the head names it, or the page's heading where that is a part of it; without the site's name."""
    whole = tidy(" ".join(tree.findtext(".//title", "").split()))[0]
    named = next(iter(_named(tree, _TITLE_NAMES)), "") or whole
    if heading and (not named or _letters(heading) in _letters(whole)):
        named = heading
    return _without_site(named, site)


def _without_site(title: str, site: str) -> str:
    parts = _PARTED.split(title)
    while len(parts) > 2 and parts[-1] and (_letters(parts[-1]) == _letters(site) or parts[-2].strip() == "|"):
        parts = parts[:-2]
    return "".join(parts).strip()


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _author(tree: Tree) -> str:
    """The authors as the head names them; trafilatura takes the points from initials."""
    for name in _AUTHOR_NAMES:
        said = (_ADDRESS.sub("", each).strip() for each in _named(tree, [name]))
        fit = [each for each in dict.fromkeys(said) if is_name(each)]
        if fit:
            return _listed(fit)
    return ""


def _listed(names: list[str]) -> str:
    """The names as one text: "A, B and C"."""
    return " and ".join([*([", ".join(names[:-1])] if names[1:] else []), *names[-1:]])


def _language(tree: Tree) -> str:
    """The language the page declares, in its root or its head."""
    declared = [
        tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or tree.get("xml:lang") or ""
    ]
    for each in tree.iter("meta"):
        name = (each.get("http-equiv") or each.get("property") or each.get("name") or "").lower()
        if name in {"content-language", "og:locale", "language", "dc.language"}:
            declared.append(each.get("content") or "")
    found = next((each.strip() for each in declared if _LANGUAGE.fullmatch(each.strip())), "")
    return found.replace("_", "-")
