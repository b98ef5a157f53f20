"""Who wrote a page, as the line above or under its article says."""

import re
from collections.abc import Iterator

from script.characters import tidy
from script.patterns import regex
from script.readers.web_page import Tree

_CLASS = regex(r"byline|author|writtenby|p-author", re.IGNORECASE)
_LEAD = regex(r"^\W*(?:(?:written |posted )?by|von|par|por|di|door|av|автор:?)\b[\s:]*|^\W+", re.IGNORECASE)
# What stands around names in bylines: dates, places of work, ways to write to them.
_REST = regex(
    r"\s*(?:[|•·\n]|, (?=the\b|\d)|\bon \w+ \d|\b(?:updated|published|posted|follow)\b|\d{1,4}[./:-]\d).*",
    re.IGNORECASE | re.DOTALL,
)
NO_NAMES = {"username", "author", "authors", "admin", "editor", "staff", "byline", "login", "作者"}
_LONGEST = 100  # characters


def is_name(text: str) -> bool:
    """Whether a text may be somebody's name: of two words or more, or in a script that does not part them."""
    parted = " " in text or not text.isascii()
    return (
        parted and 1 < len(text) <= _LONGEST and "://" not in text and "@" not in text and text.lower() not in NO_NAMES
    )


def byline(tree: Tree) -> str:
    """The names in the page's first byline, "" without one."""
    for element in _bylines(tree):
        text = "\n".join(part.strip() for part in element.itertext() if part.strip())
        name = tidy(_REST.sub("", _LEAD.sub("", text)))[0].strip(" ,;:")
        if is_name(name):
            return name
    return ""


def _bylines(tree: Tree) -> Iterator[Tree]:
    """The elements that are marked as saying who wrote it, those that say so in so many words first."""
    for element in tree.iter():
        if isinstance(element.tag, str) and (
            element.get("rel") == "author" or "author" in (element.get("itemprop") or "")
        ):
            yield element
    for element in tree.iter("p", "span", "div", "a", "address", "cite", "em", "li"):
        if _CLASS.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            yield element
