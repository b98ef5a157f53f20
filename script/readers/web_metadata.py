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
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff")


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


def cover(tree: Tree, source: str) -> str:
    """The page's lead picture as a path, when it is a file beside the page or in a folder there; else ""."""
    named = [each.get("content") or "" for each in tree.iter("meta") if each.get("property") == "og:image"]
    path = Path(named[0]) if named and source and re.fullmatch(r"[\w. /-]{1,200}", named[0]) else None
    if path is None or path.is_absolute() or ".." in path.parts:
        return ""
    try:
        with (Path(source).parent / path).open("rb") as file:
            return str(path) if file.read(4).startswith(_PICTURES) else ""
    except OSError:
        return ""


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
