"""Repairs of sentencex: where it ends a sentence too early, and where it runs two into one."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from script.patterns import regex

_STOP = regex(r"\. (?=\S)")
_CUT_SHORT = regex(r"(?:--|[—–])[\"”»] (?=\S)")
_OPENER = regex(r"[\"'“‘«(\[]?([^\W\d_]+(?:['’][^\W\d_]+)?)(?![.\w])")
_INITIALS = regex(r"(?:[^\W\d_]\.)+[^\W\d_]")
_MONEY = "$€£¥"
_NUMERAL = regex(r"[\[(]\d|(?:[IVXLC]{2,}|[VX]|I(?=[.,;:)]| (?:of|and|to)\b))(?![\w'’])")
_CITED = regex(r"\[\d[\d, –-]*\] ")
_CENTURY = regex(r"\d+(?:st|nd|rd|th)-c(?:ent)?")
_AND_SO_ON = regex(r"\bт\. ?[дп]")
_SHORT_UNIT = regex(r"\d+[a-z]{1,2}")  # "20s. to the pound", "44f. and"
_TIME = ("a.m", "p.m")
_TOO_FEW_WORDS = 3  # "At 5 p.m." alone is no sentence

# Inside a word a stop ends a sentence only where a space was forgotten: "the end.Next one".
_RUN_ON = regex(r"[^\W\d_]{2}[.!?][\"”’)]?")
_ADDRESS = ("://", "www.", "@")
_LONGEST_ADDRESS = 200
_ASCII_STOPS = ".!?\"')]"

_MARKER = regex(r"(?<![^\s(⁃•‣◦*–-])(\d{1,3}|[a-z])([.)]{1,2}) (?=\S)")
_MARKER_OPENS = "(⁃•‣◦*–-"
_BULLETS = "⁃•‣◦"
_ELLIPSIS_AFTER_STOP = regex(r"(?<=\w)\. (?=\. \. \. \w)")
_HEADED_QUESTION = regex(r"(?<=\w): (?=\w[^.!؟]*؟)")
_WORD = regex(r"[^\W_]")

# Marks that are no quotation marks though sentencex takes them for some: feet, inches and apostrophes.
_QUOTED_OR_INCHES = regex(r"(?<!\w)\"[^\"]*\"|(?<=\d)\"")
_APOSTROPHE = regex(r"(?<=\.)'(?=\w)|(?<=\d)'")


@dataclass(frozen=True, slots=True)
class _Words:
    before_more: frozenset[str]
    before_numbers: frozenset[str]
    in_doubt: frozenset[str]
    openers: frozenset[str]


@cache
def _words(language: str) -> _Words:
    """The words that decide, of all languages; openers of this language and, being quoted everywhere, English."""
    tables = tomllib.loads(Path(__file__).with_name("sentence_ends.toml").read_text("utf-8"))
    before_more, before_numbers, may_end = (
        frozenset(tables[name].split()) for name in ("before_more", "before_numbers", "may_end")
    )
    openers = f"{tables['openers']['en']} {tables['openers'].get(language, '')}"
    return _Words(before_more, before_numbers, before_numbers | may_end, frozenset(openers.split()))


def without_false_quotes(text: str) -> str:
    """The text, as long as it is, with feet, inches and apostrophes that cannot be taken for quotation marks."""
    if '"' in text:
        text = _QUOTED_OR_INCHES.sub(lambda match: "″" if match[0] == '"' else match[0], text)
    return _APOSTROPHE.sub("’", text) if "'" in text else text


def repaired(text: str, language: str, ends: Iterable[int]) -> list[int]:
    """Where the sentences of a tidy text end, in order, told from where sentencex ends them."""
    standing = {_after_space(text, end) for end in ends if not _within_word(text, end)}
    words = _words(language)
    last = 0
    for match in _STOP.finditer(text):
        verdict = _verdict(text, match.start(), last, words)
        if verdict is True:
            standing.add(match.end())
        elif verdict is False:
            cited = _CITED.match(text, match.end())  # sentencex takes "Ref. [3]" for a sentence and its source
            standing.difference_update({match.end(), cited.end() if cited else match.end()})
        if match.end() in standing:
            last = match.end()
    standing.update(match.end() for match in _CUT_SHORT.finditer(text) if _opens(text, match.end(), words))
    standing.update(match.end() for match in _ELLIPSIS_AFTER_STOP.finditer(text))
    if "؟" in text:
        standing.update(match.end() for match in _HEADED_QUESTION.finditer(text))
    _mark_lists(text, standing)
    return _with_words(text, sorted(standing))


def _after_space(text: str, end: int) -> int:
    return end + 1 if text[end : end + 1] == " " else end


def _within_word(text: str, end: int) -> bool:
    """Whether the characters on both sides of an end belong together."""
    if end >= len(text) or text[end] == " " or text[end - 1] not in _ASCII_STOPS:
        return False
    before = text[max(end - _LONGEST_ADDRESS, 0) : end].rpartition(" ")[2]
    if any(mark in before for mark in _ADDRESS):
        return True
    found = _RUN_ON.search(text, max(end - 4, 0), end)
    return found is None or not (found[0].islower() and text[end].isupper() and "." not in _rest(text, end))


def _rest(text: str, start: int) -> str:
    """What of a word stands from here on, without what ends it."""
    return text[start : start + _LONGEST_ADDRESS].partition(" ")[0].rstrip(_ASCII_STOPS)


def _verdict(text: str, stop: int, last: int, words: _Words) -> bool | None:
    """Whether a sentence that began at `last` ends with the full stop at `stop`; None: as sentencex has it."""
    word = text[text.rfind(" ", 0, stop) + 1 : stop].lstrip("(\"'“‘«[").lower()
    following = text[stop + 2]
    before_number = word in words.before_numbers and _is_number(text, stop + 2, word)
    if word in words.before_more or before_number or (following.islower() and _SHORT_UNIT.fullmatch(word)):
        return False
    if _CENTURY.fullmatch(word) or _AND_SO_ON.search(text, max(0, stop - 5), stop):
        return following.isupper()
    if word.isdigit() or not (len(word) == 1 or word in words.in_doubt or _INITIALS.fullmatch(word)):
        return None
    if word in _TIME:
        return following.isupper() and text.count(" ", last, stop) >= _TOO_FEW_WORDS
    if _opens(text, stop + 2, words):
        return True
    return False if following.islower() or len(word) == 1 else None


def _is_number(text: str, start: int, word: str) -> bool:
    """Whether a number, a sum, "[3]" or a Roman numeral stands behind the word; none of Rome's behind "no"."""
    numeral = word != "no" and _NUMERAL.match(text, start) is not None
    return numeral or text[start].isdigit() or text[start] in _MONEY


def _opens(text: str, start: int, words: _Words) -> bool:
    """Whether a word that begins sentences stands there."""
    match = _OPENER.match(text, start)
    return match is not None and match[1].replace("’", "'") in words.openers


def _mark_lists(text: str, standing: set[int]) -> None:
    """Items of a list in the text, "1. … 2. …" or "a) … b) …", begin a sentence; their marks are none."""
    run: list[re.Match[str]] = []
    for match in _MARKER.finditer(text):
        if match.start() <= 1:
            standing.discard(match.end())
        if run and _follows(run[-1], match):
            # The first item is known for one when the second is seen.
            for item in (*run, match) if len(run) == 1 else (match,):
                standing.discard(item.end())
                standing.add(_item_start(text, item))
            run.append(match)
        elif len(run) > 1 or _may_begin_list(text, match):
            run = [match]
    standing.discard(0)


def _follows(earlier: re.Match[str], match: re.Match[str]) -> bool:
    """Whether a mark is the next after another, with words between."""
    alike = match[2] == earlier[2] and match[1].isdigit() == earlier[1].isdigit()
    if not alike or match.start() - earlier.end() < 3:
        return False
    if match[1].isdigit():
        return int(match[1]) == int(earlier[1]) + 1
    return ord(match[1]) == ord(earlier[1]) + 1


def _may_begin_list(text: str, match: re.Match[str]) -> bool:
    start = _item_start(text, match)
    return start == 0 or text[start - 2] in ".:;!?"


def _item_start(text: str, match: re.Match[str]) -> int:
    """Where an item begins: at its mark, or the bullet or bracket before it, "(1) …" and "• 1. …"."""
    start = match.start()
    if start and text[start - 1] in _MARKER_OPENS:
        return start - 1
    return start - 2 if start > 1 and text[start - 2] in _BULLETS else start


def _with_words(text: str, ends: Iterable[int]) -> list[int]:
    """The ends without those that would leave nothing but marks: an ellipsis goes with what follows it."""
    kept: list[int] = []
    for end in _closed(ends, len(text)):
        start = kept[-1] if kept else 0
        if _WORD.search(text, start, end):
            kept.append(end)
        elif kept and (end == len(text) or (text[start] not in ".…" and text[end - 1] == " ")):
            kept[-1] = end
    return kept


def _closed(ends: Iterable[int], length: int) -> Iterator[int]:
    for end in ends:
        if end < length:
            yield end
    yield length
