"""Initialisms, which a voice must not take for words or for ends of sentences: "U.S.", "tv"."""

import re
from collections.abc import Iterator
from functools import cache

from script.patterns import regex
from script.speech.language import Language
from script.speech.rewriting import Rewrite, spaced

_DOTTED = regex(r"(?<![\w.])((?:[A-Z]\.){2,}(?:[A-Z]\b)?)(\.*)(?!\w)(?!\.\w)")
_ENDS = regex(r"[\"'”’)\]]*(?:\Z|\s+[\"'“‘(\[]*[A-Z][a-z]*\b)")


def initialisms(text: str, language: Language) -> Iterator[Rewrite]:
    """Letters with full stops lose them, small initialisms are written large, some are spelt."""
    table = language.table("initialisms")
    if not table:
        return
    starters = frozenset(table["starters"])
    for match in _DOTTED.finditer(text):
        letters = match[1].replace(".", "")
        if len(letters) < 8:
            yield Rewrite(*match.span(), letters + (match[2] or _stop(match, starters)))
    for match in _spelt(language).finditer(text):
        yield spaced(text, *match.span(), table["spelt"][match[0]])


def _stop(match: re.Match[str], starters: frozenset[str]) -> str:
    """The full stop of the last letter where it also ends the sentence: before a word that begins one."""
    if not match[1].endswith("."):
        return ""
    end = _ENDS.match(match.string, match.end())
    if not end:
        return ""
    word = end[0].strip(" \"'“”‘’()[]\n")
    return "." if not word or word in starters else ""


@cache
def _spelt(language: Language) -> re.Pattern[str]:
    words = "|".join(map(re.escape, language.table("initialisms")["spelt"]))
    return re.compile(rf"(?<![\w.@/-])(?:{words})(?:(?<=[+#])(?=\d)|(?![\w@/]|\.\w))")
