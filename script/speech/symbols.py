"""Signs that stand for words, and those that stand for nothing."""

import re
from collections.abc import Iterator
from functools import cache

from script.speech.language import Language
from script.speech.rewriting import Rewrite, spaced

# Emoji and other pictures, with their modifiers and the joiners between them; dingbats, blocks, arrows.
_PICTURES = re.compile(r"\s*(?:[\U0001F000-\U0001FBFF☀-➿⬀-⯿⌀-⏿■-◿️⃣\U000E0020-\U000E007F]\u200d?)+|[™®]")
_MARKS = re.compile(r"[*_`|^\\•]+")
_DASHES = re.compile(r"(?<=[^\s-])\s?(?<!-)-{2,3}(?!-)\s?(?=[^\s-])")
# Characters no voice knows: controls, private use, unassigned in Unicode's first planes.
_NONE = re.compile("[\x00-\x1f\x7f-\x9f\ue000-\uf8ff\ufff0-\uffff\U000e0080-\U0010ffff\ud800-\udfff]+")


def symbols(text: str, language: Language) -> Iterator[Rewrite]:
    """Signs as words where the language has them: & % °C, + and = between two things, # before a number."""
    table = language.table("symbols")
    if not table:
        return
    for match in _pattern(language).finditer(text):
        sign = match[0]
        yield spaced(text, *match.span(), table.get(sign, ""))
    yield from _placed(text, language)


def pictures(text: str, _: Language) -> Iterator[Rewrite]:
    """Emoji are not said."""
    for match in _PICTURES.finditer(text):
        said = match[0].strip()
        note = (
            "An emoji was left out." if said not in {"™", "®", ""} and any(ord(each) > 0x2300 for each in said) else ""
        )
        yield Rewrite(*match.span(), "", note=note)


def marks(text: str, _: Language) -> Iterator[Rewrite]:
    """Marks of typing, not of speech: asterisks, underscores, bars; two or three hyphens for a dash."""
    for match in _MARKS.finditer(text):
        start, end = match.span()
        joins = start > 0 and end < len(text) and text[start - 1].isalnum() and text[end].isalnum()
        yield Rewrite(start, end, " " if joins else "")
    for match in _DASHES.finditer(text):
        yield Rewrite(*match.span(), " – ")
    for match in _NONE.finditer(text):
        yield Rewrite(*match.span(), "")


def _placed(text: str, language: Language) -> Iterator[Rewrite]:
    """Signs that are words only where they stand."""
    table = language.table("symbols")
    between, before = table.get("between", {}), table.get("before_number", {})
    for match in re.finditer(r"(?<=[\w)%°] )[+=<>@](?= [\w(-])|(?<=[\d)])[+=<>](?=[\d(])", text):
        yield spaced(text, *match.span(), between.get(match[0], match[0]))
    for match in re.finditer(r"(?<!\w)[#~+](?=\d)", text):
        yield Rewrite(*match.span(), before.get(match[0], match[0]) + " ")


@cache
def _pattern(language: Language) -> re.Pattern[str]:
    signs = [sign for sign, said in language.table("symbols").items() if isinstance(said, str)]
    return re.compile("|".join(sorted(map(re.escape, signs), key=len, reverse=True)))
