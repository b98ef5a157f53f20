"""Addresses of pages and of mail."""

import re
from collections.abc import Iterator

from script.speech.cardinals import numbers_in
from script.speech.language import Language
from script.speech.rewriting import Rewrite

_TOP = (
    "com|org|net|edu|gov|int|io|dev|app|info|eu|uk|us|ca|au|de|fr|es|it|nl|ch|at|be|se|no|dk|fi|pl|pt|br|jp|cn|in"
    "|nz|ie|tv|fm|ai|me"
)
_SITE = r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+"
_REST = r"(?::\d+)?(?:[/?#](?:[^\s<>\"”“]*[^\s<>\"”“.,;:!?'’)\]])?)?"
_MAIL = re.compile(r"(?:mailto:)?(?<![\w.+-])([\w.+-]+)@([^\W_][\w-]*(?:\.[\w-]*[^\W_])+)")
_LINK = re.compile(
    rf"(?:(?:https?|ftp)://(?:www\.)?|\bwww\.)(?:[^\s/@]*@)?({_SITE}|localhost|\[[\da-f:]+\]){_REST}",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"(?<![\w@.:/-])((?:[^\W_](?:[\w-]*[^\W_])?\.)+(?:{_TOP}))\b(?![\w@]|\.\w)(/[\w/-]*[\w/])?",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\d+|[^\W\d_]+|.")


def web_addresses(text: str, language: Language) -> Iterator[Rewrite]:
    """An address of a page as a link to its site, a bare site name by its parts, a mail address whole.

    In a language without words for it a page is its site alone, and a mail address stays.
    """
    words = language.table("web")
    for match in _LINK.finditer(text):
        site = _spelt(match[1], language)
        yield Rewrite(*match.span(), words["link"].format(site=site) if words else site)
    if not words:
        return
    for match in _MAIL.finditer(text):
        yield Rewrite(*match.span(), f"{_spelt(match[1], language)} {words['at']} {_spelt(match[2], language)}")
    for match in _BARE.finditer(text):
        yield Rewrite(*match.span(), _spelt(match[1], language))


def _spelt(name: str, language: Language) -> str:
    """The name with its dots and other marks in words: "my-site.org" gives "my dash site dot org"."""
    words = language.table("web")
    if not words:
        return name
    marks = {".": words["dot"], "-": words["dash"], "_": words["underscore"], "+": words["plus"]}
    numbers = numbers_in(language)
    said = (
        numbers.cardinal(part)
        if numbers and part.isascii() and part.isdigit() and len(part) < 3
        else numbers.spelled(part)
        if numbers and part.isascii() and part.isdigit()
        else marks.get(part, part)
        for part in _PARTS.findall(name)
    )
    return " ".join(said)
