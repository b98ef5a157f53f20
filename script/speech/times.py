"""Times of the day with their zones, and durations."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from script.patterns import regex
from script.speech.cardinals import Numbers, numbers_in
from script.speech.language import Language
from script.speech.rewriting import Rewrite, kept_stop, spaced

_HALF = r"(?P<half>[ap])\.? ?m\b\.?"
_TO = regex(r"\s?[–—-]\s?")
_DURATION = regex(r"(?<![\w:.,])(\d{1,3}):([0-5]\d):([0-5]\d)(?:\.(\d+))?(?![\w:])", re.ASCII)


def times(text: str, language: Language) -> Iterator[Rewrite]:
    """Clock times: "5 pm", "12:30 a.m. EST", "14:05"."""
    numbers, table = numbers_in(language), language.table("times")
    if not numbers or not table:
        return
    end = -1
    for match in _pattern(language).finditer(text):
        if int(match["hour"]) > 24 or (_half(match) and int(match["hour"]) > 12):
            continue
        yield spaced(text, *match.span(), _said(match, table, numbers) + kept_stop(text, *match.span(), language))
        if _TO.fullmatch(text, max(end, 0), match.start()):
            yield Rewrite(end, match.start(), f" {numbers.words['to']} ")
        end = match.end()


def durations(text: str, language: Language) -> Iterator[Rewrite]:
    """Hours, minutes and seconds: "1:01:01"."""
    numbers, table = numbers_in(language), language.table("times")
    if not numbers or "hour" not in table:
        return
    for match in _DURATION.finditer(text):
        parts = [
            f"{numbers.cardinal(str(int(figure)))} {table[name][int(figure) != 1]}"
            for figure, name in zip(match.groups()[:2], ("hour", "minute"), strict=True)
        ]
        seconds = str(int(match[3])) + (f".{match[4]}" if match[4] else "")
        last = f"{numbers.decimal(seconds)} {table['second'][seconds != '1']}"
        yield Rewrite(*match.span(), f"{' '.join(parts)} {table['and']} {last}")


def _said(match: re.Match[str], table: Mapping[str, str], numbers: Numbers) -> str:
    hour, minute = str(int(match["hour"])), match["minute"]
    if "clock" in table:
        return _on_the_clock(hour, minute, table, numbers) + (
            f" {table[match['half'].lower()]}" if _half(match) else ""
        )
    zone = f" {match['zone'].replace('.', '').upper()}" if match["zone"] else ""
    if match["half"]:
        clock = numbers.cardinal(hour) + (f" {numbers.pair(minute)}" if minute and minute != "00" else "")
        return f"{clock} {match['half'].upper()}M{zone}"
    if minute != "00":
        return f"{numbers.cardinal(hour)} {numbers.pair(minute)}{zone}"
    whole = table["whole"] if 1 <= int(hour) <= 12 else table["whole_after_noon"] if hour != "0" else table["midnight"]
    return whole.format(hour=numbers.cardinal(hour)) + zone


def _on_the_clock(hour: str, minute: str | None, table: Mapping[str, str], numbers: Numbers) -> str:
    """Hour and minutes by the language's own form; one o'clock may have its own."""
    bare = not minute or minute == "00"
    form = table["whole" if bare else "clock"]
    if hour == "1":
        form = table.get("whole_one" if bare else "clock_one", form)
    figure = "" if bare else table.get(str(minute), numbers.cardinal(str(int(minute or "0"))))
    return form.format(hour=numbers.feminine(numbers.cardinal(hour)), minute=figure)


def _half(match: re.Match[str]) -> bool:
    return bool(match.groupdict().get("half"))


@cache
def _pattern(language: Language) -> re.Pattern[str]:
    table = language.table("times")
    if "pattern" in table:
        return re.compile(rf"(?<![\w:.,/$])(?:{table['pattern']})(?!\w)", re.ASCII)
    zones = "|".join(r"\.?".join(zone) + r"\b\.?" for zone in table["zones"])
    zone = rf"(?:\s?(?P<zone>{zones}))?"
    return re.compile(
        rf"(?<![\w:./$])(?:(?<!\d[-,])|(?<=:\d\d-))(?P<hour>\d{{1,2}})(?:[:.](?P<minute>[0-5]\d)(?![\d:]))?"
        rf"(?:\s?{_HALF}|(?<=:\d\d)){zone}(?!\w)",
        re.IGNORECASE | re.ASCII,
    )
