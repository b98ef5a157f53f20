"""Phrases that a language's data has whole: how they are written and how they are said.

What a language says in an order or a form of its own stands in its data file as pairs:

    [[phrases]]
    written = '(?P<year>{year})年(?P<month>{month})月'
    said = "{year:digits}年{month}月"

`written` is a regular expression; a name in braces stands for a number, a part of a date or time, or any of the words
of a table under `[words]`. In `said` a name in braces is what was written there: a number in words, other things as
they are; behind a colon stands another form of the number or the table that has the words. What is in square brackets
is left out when nothing in it was written.

Most phrases begin with {apart} and a number, and are looked for only where one begins; a look-ahead for a digit behind
{apart} says so of others that do.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from string import Formatter
from typing import Final

from script.patterns import regex
from script.speech.cardinals import Numbers, numbers_in
from script.speech.forms import Form, form_of, months
from script.speech.language import Language
from script.speech.measures import any_unit
from script.speech.money import CODES
from script.speech.rewriting import Rewrite, kept_stop, spaced

_Said = Callable[[re.Match[str]], str]

_NUMERAL: Final = r"(?<![A-Za-z])(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3})"
_PARTS: Final = {
    "year": r"[12]\d{3}",
    "month": r"(?:1[0-2]|0?[1-9])",
    "day": r"(?:3[01]|[12]\d|0?[1-9])",
    "hour": r"(?:2[0-4]|1\d|0?\d)",
    "sixty": r"[0-5]?\d",
    "roman": rf"{_NUMERAL}(?![A-Za-z])",
    "numeral": _NUMERAL,
    "apart": r"(?<![\w.,/-])(?<![0-9]:)",
    "ends": r"(?![\w:/]|[.,-]\d)",
}
_NAME = regex(r"\{([a-z_]+)\}")
_NUMERALS = regex(r"\{(?:roman|numeral)\}")
_DIGIT = regex("[0-9]")
_NUMBER = regex(r"(?<![\w.,/-])(?<![0-9]:)[0-9]")
_CLOSE_NUMBER = regex(r"(?<![A-Za-z0-9_.,/-])(?<![0-9]:)[0-9]")  # in a script without spaces
# What begins with a digit in every case; of a named group that has alternatives nobody knows.
_BEGINS_WITH_NUMBER = regex(
    r"\{apart\}(?:\(\?=\\d\)|(?:\(\?[!=][^()]*\))*(?P<group>\(\?P<\w+>)?"
    r"(?:\\d|[0-9]|\[[0-9-]+\]|\{(?:number|year|month|day|hour|sixty)\})(?![?*]))"
)
_OPTIONAL = regex(r"\[([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class _Phrase:
    written: re.Pattern[str]
    said: tuple[_Said, ...]
    apart: bool
    """Whether spaces part it from words beside it."""
    needs_digit: bool
    """Whether a digit must be written, for it has no Roman numeral."""
    begins_with_number: bool
    """Whether it can begin nowhere but at the first digit of a number, apart from what stands before."""


def phrases(text: str, language: Language) -> Iterator[Rewrite]:
    """What the language's data says whole."""
    words = numbers_in(language)
    numbers = [match.start() for match in (_NUMBER if words and words.gap else _CLOSE_NUMBER).finditer(text)]
    digits = bool(numbers) or _DIGIT.search(text) is not None
    for phrase in _phrases(language):
        if phrase.needs_digit and not digits:
            continue
        for match in _found(phrase, text, numbers):
            said = "".join(piece(match) for piece in phrase.said)
            if phrase.apart:
                yield spaced(text, *match.span(), said + kept_stop(text, *match.span(), language))
            else:
                yield Rewrite(*match.span(), said)


def _found(phrase: _Phrase, text: str, numbers: Iterable[int]) -> Iterator[re.Match[str]]:
    """Where a phrase is written; one that begins with a number is looked for where numbers begin, which is quicker."""
    if not phrase.begins_with_number:
        yield from phrase.written.finditer(text)
        return
    for start in numbers:
        match = phrase.written.match(text, start)
        if match:
            yield match


@cache
def _phrases(language: Language) -> tuple[_Phrase, ...]:
    numbers = numbers_in(language)
    if not numbers:
        return ()
    # In a script without spaces only plain letters and digits make a word that nothing may begin or end within.
    flags = re.NOFLAG if numbers.gap else re.ASCII
    return tuple(
        _phrase(each["written"], each["said"], language, numbers, flags) for each in language.tables.get("phrases", ())
    )


def _phrase(written: str, said: str, language: Language, numbers: Numbers, flags: re.RegexFlag) -> _Phrase:
    begins = _begins_with_number(written)
    return _Phrase(
        # That a number stands apart is known where it is looked for.
        re.compile(_expanded(written.removeprefix("{apart}") if begins else written, language, numbers), flags),
        _pieces(said, language, numbers),
        bool(numbers.gap),
        not _NUMERALS.search(written),
        begins,
    )


def _begins_with_number(written: str) -> bool:
    match = _BEGINS_WITH_NUMBER.match(written)
    if not match or not match["group"]:
        return match is not None
    depth = 0
    for piece in re.finditer(r"\\.|[()|]", written[match.start("group") :]):
        depth += {"(": 1, ")": -1}.get(piece[0], 0)
        if piece[0] == "|" or not depth:
            return piece[0] != "|"
    return False


def _expanded(written: str, language: Language, numbers: Numbers) -> str:
    """The regular expression with the names in braces written out."""
    words = language.table("words")
    parts = {"number": numbers.pattern, "codes": f"(?:{CODES})"}
    # What takes CLDR, which is slow to load, only where it is asked for.
    late: dict[str, Callable[[Language], str]] = {"units": any_unit, "months": _any_month}

    def named(match: re.Match[str]) -> str:
        name = match[1]
        if name in words:
            return _any_of(words[name])
        return f"(?:{late[name](language)})" if name in late else {**_PARTS, **parts}[name]

    return _NAME.sub(named, written)


def _any_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"


def _any_month(language: Language) -> str:
    return rf"(?i:{_any_of(months(language))})(?![^\W\d_]|[\u0900-\u097f])\.?"  # a vowel sign of Hindi is no \w


def _pieces(said: str, language: Language, numbers: Numbers) -> tuple[_Said, ...]:
    """What makes the words, piece by piece, of what was written."""
    pieces: list[_Said] = []
    for index, part in enumerate(_OPTIONAL.split(said)):
        inner = tuple(_fields(part, language, numbers))
        pieces += [partial(_optional, inner)] if index % 2 else [piece for _, piece in inner]
    return tuple(pieces)


def _optional(inner: tuple[tuple[str, _Said], ...], match: re.Match[str]) -> str:
    written = any(match[name] for name, _ in inner if name)
    return "".join(piece(match) for _, piece in inner) if written else ""


def _fields(part: str, language: Language, numbers: Numbers) -> Iterator[tuple[str, _Said]]:
    """The name, "" for plain words, and the words of each piece."""
    for literal, name, form, _ in Formatter().parse(part):
        if literal:
            yield "", partial(_plain, literal)
        if name:
            yield name, partial(_field, name, form_of(form or "", language, numbers))


def _plain(words: str, _: re.Match[str]) -> str:
    return words


def _field(name: str, form: Form, match: re.Match[str]) -> str:
    return form(match, name)
