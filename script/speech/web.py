"""Addresses of pages and of mail, paths and names of files, handles and hashtags."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from script.patterns import regex
from script.speech.cardinals import Numbers, numbers_in
from script.speech.language import Language
from script.speech.rewriting import Rewrite
from script.speech.years import like_year

_TOP = (
    "com|org|net|edu|gov|int|io|dev|app|info|eu|uk|us|ca|au|de|fr|es|it|nl|ch|at|be|se|no|dk|fi|pl|pt|br|jp|cn|in"
    "|nz|ie|tv|fm|ai|me"
)
_SITE = r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+"
_REST = r"(?::\d+)?(?:[/?#](?:[^\s<>\"”“]*[^\s<>\"”“.,;:!?'’)\]])?)?"
# Before the @ stand at most 64 characters: RFC 5321, section 4.5.3.1.1.
_MAIL = regex(r"(?:mailto:)?(?<![\w+-])([\w+-][\w.+-]{0,63})@([^\W_][\w-]*(?:\.[\w-]*[^\W_])+)(/[\w/-]*\w)?")
_LINK = regex(
    rf"(?:(?:https?|ftp)://(?:www\.)?|\bwww\.)(?:[^\s/@]*@)?({_SITE}|localhost|\[[\da-f:]+\]){_REST}",
    re.IGNORECASE,
)
_BARE = regex(
    rf"(?<![\w@.:/-])((?:[^\W_](?:[\w-]*[^\W_])?\.)+(?:{_TOP}))\b(?![\w@]|\.\w)((?:/[\w.-]*\w)*/?)",
    re.IGNORECASE,
)
_DOI = regex(r"(?<![\w/.])(?:(?:doi|DOI):? ?)?10\.\d{4,9}/[^\s<>\"”“]*[^\s<>\"”“.,;:!?'’)\]]")  # ISO 26324
_PATH = regex(r"(?<![\w/.:])(?:(?:file://|~|\.{1,2}|[A-Z]:)?(?:[/\\][\w.-]*\w){2,}|~/[\w.-]*\w|[A-Z]:\\[\w.-]*\w)")
_FILE = regex(r"(?<![\w@./:'’-])([A-Za-z_][\w-]*(?:\.[a-z][a-z0-9]{1,4})+)(?![\w@(]|\.\w|['’]\w)")
_HANDLE = regex(r"(?<![\w@.])@(\w{2,})")
_HASHTAG = regex(r"(?<![\w#&])#([^\W\d_]\w*)(?![\w#])")
_PARTS = regex(r"\d+|[^\W\d_]+|.")
_HUMPS = regex(r"(?<=[a-z])(?=[A-Z])|_+|(?<=\D)(?=\d)|(?<=\d)(?=\D)")
_LONGEST_PATH = 40  # characters of a path that still is read out


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
    for match in _DOI.finditer(text) if "10." in text else ():
        yield Rewrite(*match.span(), words["link"].format(site=_spelt("doi.org", language)))
    for match in _MAIL.finditer(text):
        whole = f"{match[2]}{match[3] or ''}"
        yield Rewrite(*match.span(), f"{_spelt(match[1], language)} {words['at']} {_spelt(whole, language)}")
    for match in _BARE.finditer(text):
        path = match[2] if len(match[2]) <= _LONGEST_PATH and "slash" in words else ""
        yield Rewrite(*match.span(), _spelt(match[1] + path.rstrip("/"), language))


def paths(text: str, language: Language) -> Iterator[Rewrite]:
    """A path in a file system, and the name of a file: "/usr/bin", "main.py"."""
    words = language.table("web")
    if not words or "slash" not in words:
        return
    for match in _PATH.finditer(text):
        yield Rewrite(*match.span(), _spelt(match[0], language))
    for match in _FILE.finditer(text):
        yield Rewrite(*match.span(), _spelt(match[0], language))


def handles(text: str, language: Language) -> Iterator[Rewrite]:
    """Names in social networks and their topics: "@ann_b", "#OpenData"."""
    words = language.table("web")
    if not words or "hashtag" not in words:
        return
    for match in _HANDLE.finditer(text):
        yield Rewrite(*match.span(), f"{words['at']} {_humps(match[1], language)}")
    for match in _HASHTAG.finditer(text):
        yield Rewrite(*match.span(), f"{words['hashtag']} {_humps(match[1], language)}")


def _humps(name: str, language: Language) -> str:
    """A name by its words: "OpenData2024" gives "Open Data" and the number."""
    numbers = numbers_in(language)
    return " ".join(
        numbers.year(part)
        if numbers and part.isascii() and part.isdigit() and like_year(part)
        else _spelt(part, language)
        for part in _HUMPS.split(name)
        if part
    )


def _spelt(name: str, language: Language) -> str:
    """The name with its dots and other marks in words: "my-site.org" gives "my dash site dot org"."""
    words = language.table("web")
    if not words:
        return name
    marks = {".": words["dot"], "-": words["dash"], "_": words["underscore"], "+": words["plus"]}
    slash, colon, tilde = (words.get(mark, "") for mark in ("slash", "colon", "tilde"))
    marks |= {"/": slash, "\\": words.get("backslash", slash), ":": colon, "~": tilde}
    numbers = numbers_in(language)
    said = (
        _with_digits(part, numbers) if numbers and any(map(str.isdigit, part)) else marks.get(part, part)
        for part in _PARTS.findall(name)
    )
    return " ".join(part for part in said if part)


def _with_digits(part: str, numbers: Numbers) -> str:
    """Digits one by one, those of other scripts and raised ones too: "CO₂" has one."""
    return " ".join(
        numbers.spelled("".join(str(unicodedata.digit(sign)) for sign in run)) if digits else "".join(run)
        for digits, run in groupby(part, str.isdigit)
    )
