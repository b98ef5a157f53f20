"""Abbreviations that a voice would misread or stop at."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from script.patterns import regex
from script.speech.language import Language
from script.speech.rewriting import Rewrite
from script.speech.roman import behind_abbreviation

_Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]
# Behind it a sentence has ended: the end of the text, or a capital after white space.
_ENDS = regex(r"[\"'”’)\]]*(?:\Z|\s+[\"'“‘„«¿¡]*[A-ZÀ-ÖØ-ÞĄĆĘŁŃŚŹŻŐŰŠČŽА-ЯЁ])")
_APART = r"(?<![\w.])"


def abbreviations(text: str, language: Language) -> Iterator[Rewrite]:
    """Titles before names, streets after them, words before numbers, and the commonest others."""
    for pattern, said in _rules(language):
        for match in pattern.finditer(text):
            yield Rewrite(match.start(1), match.end(), said(match))


@cache
def _rules(language: Language) -> tuple[_Rule, ...]:
    table = language.table("abbreviations")
    if not table:
        return ()
    # A name that no other follows: "Elm St." is a street, "in St. Ives" is not.
    place = r"\b(?:[A-Z][\w'-]{1,40}|\d+(?:st|nd|rd|th)) (?=\w+\.(?! [A-Z]))"
    kinds: tuple[tuple[str, str, str, bool], ...] = (
        ("places", place, r"\.", True),
        (
            "titles",
            _APART,
            r"\.?(?=\s(?:[^\W\d_]\.|[^\W\d_]))" if table.get("small_names") else r"\.?(?=\s[A-ZÀ-ÖØ-Þ])",
            False,
        ),
        ("joined", _APART, r"(?=-[A-ZÀ-ÖØ-Þ])", False),  # to a name by a hyphen: "St-Étienne"
        ("lone_titles", _APART, r"\.(?!\s[^\W\d_])", True),
        ("numbered", _APART, rf"\.(?=\s?(?:\d|{behind_abbreviation(language)}))", False),
        ("words", _APART, r"(?!\w)", False),
        ("last_words", _APART, r"(?!\w)", True),
    )
    return tuple(
        (_pattern(before, table[kind], after), (_with_stop if may_end else _plain)(table[kind]))
        for kind, before, after, may_end in kinds
        if table.get(kind)
    )


def _pattern(before: str, words: Iterable[str], after: str) -> re.Pattern[str]:
    any_of = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    return re.compile(f"{before}({any_of}){after}")


def _plain(words: dict[str, str]) -> Callable[[re.Match[str]], str]:
    """Words that go on: a space parts them from a number that stands close."""
    return lambda match: words[match[1]] + (" " if match.string[match.end() : match.end() + 1].isdigit() else "")


def _with_stop(words: dict[str, str]) -> Callable[[re.Match[str]], str]:
    """Words that may end a sentence, whose full stop then stays."""
    return lambda match: words[match[1]] + ("." if _ENDS.match(match.string, match.end()) else "")
