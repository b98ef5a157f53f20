"""Marks behind a number that stand for feet, inches and minutes: 5'11", 12", 9 × 13", 45+2'."""

from collections.abc import Collection, Iterator

from script.patterns import regex
from script.speech import cldr
from script.speech.cardinals import Numbers, numbers_in
from script.speech.language import Language
from script.speech.measures import is_feminine
from script.speech.rewriting import Rewrite

_FEET_AND_INCHES = regex(
    r"(?<![\w.,'’′])(\d{1,3})['’′]\s?(\d{1,2}(?:\.\d+)?)(?:\"|”|″|'')(?!\w)"
    r"|(?<![\w.,])(\d{1,3}) ?ft\.? (\d{1,2}) ?in\b",
)
_FEET = regex(
    r"(?<![\w.,'’′+])(?:(?P<width>\d{1,3})['’′]\s?(?:x|×|by)\s?(?P<length>\d{1,3})['’′]"
    r"|(?P<high>\d{1,3}(?:,\d{3})+)['’′]|(?P<some>\d{1,3})['’′](?= (?:tall|wide|high|deep|long|thick|away|apart)\b)"
    r"|(?:(?<=\b[Aa] )|(?<=\b[Aa]n ))(?P<one>\d{1,3})['’′](?= [a-z]))(?![\w'’′\"″])"
)
_INCHES = regex(
    r"(?<![\w.,'’′\"“])(?:(\d{1,3}(?:\.\d+)?)(\s?[–-]\s?|(?:\"|″)?\s?[x×]\s?))?(\d{1,3}(?:\.\d+)?)(?:\"|″)(?!\w)"
)
_QUOTE = regex('"')
_LONGEST_QUOTATION = 400  # characters that are looked back over for its beginning
_WORD = regex(r" ([A-Za-z]+)")

_TALLEST = 8  # feet
_INCHES_IN_A_FOOT = 12
# Minutes: "12'", "45+2'", "90'+4'", "12'30''"; not of an angle.
_MINUTES = regex(
    r"(?<![\w.,/°'’′+-])(?<!° )(\d{1,3})(?:['’′]?\+(\d{1,2})['’′]|['’′]\+(\d{1,2})"
    r"|['’′](?:\s?(\d{1,2})(?:''|’’|\"|″|”))?)(?![\w'’′\"″])"
)
_SCORER = regex(r"[A-ZÀ-Þ][\w’'-]*[^\W\d_] \Z")
_NO_SCORERS = ("Length ", "Height ", "Width ", "Depth ", "Beam ", "Draft ", "Draught ", "Elevation ", "Size ")
_BEHIND_GOALS = regex(r"[,;.)]|\Z| \(| [-–] ")
_QUOTATION = regex(r"(?:\A|[\s(\[«])['‘’](?=\w)[^'’]*\Z")


def feet_and_inches(text: str, language: Language) -> Iterator[Rewrite]:
    """Heights and lengths: 5'11", 6' tall, and 12" unless the mark closes a quotation."""
    numbers, table = numbers_in(language), language.table("measures")
    if not numbers or "and_inches" not in table:
        return
    for match in _FEET_AND_INCHES.finditer(text):
        feet = _counted(match[1] or match[3], "length-foot", language, numbers)
        inches = _counted(match[2] or match[4], "length-inch", language, numbers)
        yield Rewrite(*match.span(), f"{feet} {inches}")
    for match in _FEET.finditer(text):
        number = match["length"] or match["high"] or match["some"] or match["one"]
        by = f"{numbers.cardinal(match['width'])} {table['by']} " if match["width"] else ""
        one = bool(match["one"]) or _is_before_noun(text, match.end(), table["after_inches"])
        yield Rewrite(*match.span(), by + _counted(number, "length-foot", language, numbers, one=one))
    for match in _INCHES.finditer(text):
        if not _in_quotation(text, match.end() - 1):
            first, joint, last = match.groups()
            to = numbers.words["to"] if joint and joint.strip() in "–-" else table["by"]
            before = f"{numbers.decimal(first)} {to} " if first else ""
            one = _is_before_noun(text, match.end(), table["after_inches"])
            yield Rewrite(*match.span(), before + _counted(last, "length-inch", language, numbers, one=one))


def minutes(text: str, language: Language) -> Iterator[Rewrite]:
    """Minutes of cooking and of play; where feet are written so, only what cannot be feet: "45+2'", "Kane 12', 67'"."""
    numbers, table = numbers_in(language), language.table("measures")
    if not numbers or not table:
        return
    end = 0
    for match in _MINUTES.finditer(text):
        if _QUOTATION.search(text, max(0, match.start() - _LONGEST_QUOTATION), match.start()):
            continue
        number, added, more, seconds = match.groups()
        if seconds and int(number) < _TALLEST and int(seconds) < _INCHES_IN_A_FOOT:
            continue  # somebody's height
        added = added or more
        if "and_inches" in table and not added and not _is_of_play(text, match.start(), match.end(), end):
            continue
        end = match.end()
        plus = f"{numbers.cardinal(number)} {language.table('mathematics')['between']['+']} " if added else ""
        said = plus + _counted(added or number, "duration-minute", language, numbers)
        if seconds:
            said += f" {_counted(seconds, 'duration-second', language, numbers)}"
        yield Rewrite(*match.span(), said)


def _is_of_play(text: str, start: int, end: int, last: int) -> bool:
    """Whether a minute stands behind the name of one who scored, or behind another of theirs, which ended at `last`."""
    if not _BEHIND_GOALS.match(text, end):
        return False
    before = text[max(0, start - 40) : start]
    return (last > 0 and text[last:start] == ", ") or (
        _SCORER.search(before) is not None and not before.endswith(_NO_SCORERS)
    )


def _is_before_noun(text: str, end: int, small: Collection[str]) -> bool:
    """Whether a word follows that is none of those that may stand behind a length: "a 9-inch nail"."""
    word = _WORD.match(text, end)
    return word is not None and word[1] not in small


def _in_quotation(text: str, end: int) -> bool:
    """Whether a straight quotation mark before `end` waits for another."""
    inside = False
    for mark in _QUOTE.finditer(text, max(0, end - _LONGEST_QUOTATION), end):
        inside = not text[max(0, mark.start() - 1) : mark.start()].strip("([ ")
    return inside


def _counted(number: str, unit: str, language: Language, numbers: Numbers, *, one: bool = False) -> str:
    """So many of a unit; one: whether it has the form of one, "a twelve foot wall"."""
    table = language.table("measures")
    words = cldr.unit(language.tag, unit, cldr.plural_form(language.tag, "1" if one else numbers.plain(number)))
    said = table["one"] if number == "1" and "one" in table else numbers.of_things(number)
    return words.format(numbers.feminine(said) if is_feminine(words, language) else said)
