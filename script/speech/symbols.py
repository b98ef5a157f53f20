"""Signs that stand for words, and those that stand for nothing."""

import re
from collections.abc import Iterator
from functools import cache

from script.patterns import regex
from script.speech.language import Language
from script.speech.rewriting import Rewrite, spaced

# Emoji and other pictures, with their modifiers and the joiners between them; dingbats, blocks, arrows; but no ♭♮♯.
_PICTURES = regex(r"\s*(?:[\U0001F000-\U0001FBFF☀-♬♰-➿⬀-⯿⌀-⏿■-◿️⃣\U000E0020-\U000E007F]\u200d?)+|[™®]")
_MARKS = regex(r"[*_`|^\\•]+")
# Between two phrases of a line: "12 May · 7 min read", "Serves 6 | 45 min".
_BETWEEN = regex(r"(?<=[^\s.,:;!?(–—-]) [|·•∙](?= \S)")
# Not in "or --help".
_DASHES = regex(r"(?<=[^\s-])(?:\s?-{2,3}\s|-{2,3})(?=[^\s-])")
# Characters no voice knows: controls, private use, unassigned in Unicode's first planes.
_NONE = regex("[\x00-\x1f\x7f-\x9f\ue000-\uf8ff\ufff0-\uffff\U000e0080-\U0010ffff\ud800-\udfff]+")
_BEFORE_NUMBER = regex(r"(?<!\w)[#~+](?=\d)")
# Not behind something that is compared: "a > 5" is arithmetic.
_BEHIND_NOTHING = r"(?<![\w)%°²³<>=-])"
_COMPARED = regex(
    rf"{_BEHIND_NOTHING}(?:[<>]=|[±≈≤≥<>])(?=[.,]?\d)"
    rf"|{_BEHIND_NOTHING}(?<![\w)%°²³<>=-] )(?:[<>]=|[±≈≤≥<>])(?=\s[.,]?\d)"
)
_ONE_SIGN = {"<=": "≤", ">=": "≥"}
_LONE = regex(r"[$€£¥](?![\d$]{0,20}\d)|(?:(?<=\w)#|#(?=\w))(?!\d)|@")


def symbols(text: str, language: Language) -> Iterator[Rewrite]:
    """Signs as words where the language has them: & % °C, # before a number, a currency's sign without one."""
    table = language.table("symbols")
    if not table:
        return
    for match in _pattern(language).finditer(text):
        yield spaced(text, *match.span(), table[match[0]])
    yield from _comparisons(text, language)
    plus = {"+": language.table("mathematics")["between"]["+"]} if "mathematics" in language.tables else {}
    before, lone = {**plus, **table.get("before_number", {})}, table.get("lone", {})
    for match in _BEFORE_NUMBER.finditer(text):
        if match[0] in before:
            yield Rewrite(*match.span(), f"{before[match[0]]} ")
    if lone:
        for match in _LONE.finditer(text):
            yield _spaced_signs(text, match, lone[match[0]])


def _comparisons(text: str, language: Language) -> Iterator[Rewrite]:
    """What a number alone is compared to: "<5", "≥ 18", "±3"."""
    words = {**language.table("mathematics").get("between", {}), **language.table("symbols").get("compared", {})}
    for match in _COMPARED.finditer(text):
        said = words.get(_ONE_SIGN.get(match[0], match[0]))
        if said:
            yield Rewrite(*match.span(), said + " " * text[match.end()].isalnum())


def pictures(text: str, _: Language) -> Iterator[Rewrite]:
    """Emoji are not said."""
    for match in _PICTURES.finditer(text):
        said = match[0].strip()
        note = (
            "An emoji was left out." if said not in {"™", "®", ""} and any(ord(each) > 0x2300 for each in said) else ""
        )
        yield Rewrite(*match.span(), "", note=note)


def marks(text: str, _: Language) -> Iterator[Rewrite]:
    """Marks of typing, not of speech: asterisks, underscores, hyphens for a dash, bars and dots between phrases."""
    for match in _MARKS.finditer(text):
        start, end = match.span()
        joins = start > 0 and end < len(text) and text[start - 1].isalnum() and text[end].isalnum()
        yield Rewrite(start, end, " " if joins else "")
    for match in _BETWEEN.finditer(text):
        yield Rewrite(*match.span(), ",")
    for match in _DASHES.finditer(text):
        yield Rewrite(*match.span(), " – ")
    for match in _NONE.finditer(text):
        yield Rewrite(*match.span(), "")


def _spaced_signs(text: str, match: re.Match[str], words: str) -> Rewrite:
    """A sign in words, apart from letters and from other signs of its kind."""
    start, end = match.span()
    before = " " if start and (text[start - 1].isalnum() or text[start - 1] in "$€£¥#@%") else ""
    after = " " if text[end : end + 1].isalnum() else ""
    return Rewrite(start, end, f"{before}{words}{after}")


@cache
def _pattern(language: Language) -> re.Pattern[str]:
    signs = [sign for sign, said in language.table("symbols").items() if isinstance(said, str)]
    return re.compile("|".join(sorted(map(re.escape, signs), key=len, reverse=True)))
