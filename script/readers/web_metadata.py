"""What a web page says of itself."""

import re
from dataclasses import dataclass
from pathlib import Path

from script.characters import tidy
from script.readers.web_page import Tree

# Only what the page says of its date: no search through its text, and nothing that depends on today's date.
_DATE_SEARCH = {"original_date": True, "extensive_search": False, "max_date": "2999-12-31"}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_AUTHOR_NAMES = {
    "author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "parsely-author",
    "sailthru.author",
}
_PICTURE_NAMES = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
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
        return PageMetadata(title=_title(tree), language=_language(tree))
    return PageMetadata(
        title=tidy(found.title or "")[0] or _title(tree),
        author=_author(tree) or _listed((found.author or "").split("; ")),
        date=found.date or "",
        language=_language(tree),
        description=tidy(found.description or "")[0],
    )


def lead_picture(tree: Tree) -> str:
    """Where the page's lead picture is, as its head names it, else the first one in its article; "" for none."""
    heads = [
        ((each.get("property") or each.get("name") or "").lower(), each.get("content") or "")
        for each in tree.iter("meta")
    ]
    named = [content for wanted in _PICTURE_NAMES for name, content in heads if name == wanted]
    linked = [each.get("href") or "" for each in tree.iter("link") if each.get("rel") == "image_src"]
    shown = (each.get("src") or "" for part in tree.iter("article", "main") for each in part.findall(".//figure//img"))
    found = next((each.strip() for each in [*named, *linked] if each.strip()), "") or next(shown, "").strip()
    return "" if found.lower().startswith("data:") else found


def picture_beside(name: str, source: str) -> bytes:
    """The picture of that name when it is a file beside the page or in a folder there; else b"".

    No other file is read: neither one that a link leads to from there, nor a larger one than any picture.
    """
    if not (source and re.fullmatch(r"[\w. /-]{1,200}", name)):
        return b""
    folder = Path(source).parent
    path = folder / name
    try:
        if not path.resolve().is_relative_to(folder.resolve()) or path.stat().st_size > _LARGEST_PICTURE_BYTES:
            return b""
        image = path.read_bytes()
    except OSError:
        return b""
    return image if image.startswith(_PICTURES) else b""


def _title(tree: Tree) -> str:
    return tidy(" ".join(tree.findtext(".//title", "").split()))[0]


def _author(tree: Tree) -> str:
    """The authors as the head names them; trafilatura takes the points from initials."""
    names = [
        tidy(each.get("content") or "")[0]
        for each in tree.iter("meta")
        if (each.get("name") or each.get("property") or "").lower() in _AUTHOR_NAMES
    ]
    fit = [name for name in dict.fromkeys(names) if 2 < len(name) <= 100 and " " in name and "://" not in name]
    return _listed(fit)


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
