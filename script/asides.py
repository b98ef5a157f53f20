"""Where citations, web addresses and emoji stand in prose."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from script.patterns import regex

# A name: capitalised, with its particles and initials; names joined as bibliographies join them.
_NAME = r"(?:(?:van|von|de|der|den|del|di|la|le|du|al|el|bin|ibn)[ -]){0,3}[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’-]+(?: [A-Z]\.)*"
_NAMES = rf"{_NAME}(?:(?:, | (?:&|and|und|et|y|e|en|och) |, (?:&|and) ){_NAME})*(?:,? et al\.?| u\. ?a\.)?"
_YEARS = r"(?:\d{4}[a-z]?|n\.d\.|in press|forthcoming)(?:, ?(?:\d{4}[a-z]?|[a-z]))*"
_PLACE = r"(?:[,:] ?(?:pp?\.|chap\.|ch\.|§|S\.|fig\.|sec\.)? ?[\dxivlc]+(?:[–-]\d+)?)?"
_LEAD = r"(?:(?:see|see also|cf\.|e\.g\.,?|for example,?|reviewed in|vgl\.|siehe) )?"
_ONE = rf"{_LEAD}{_NAMES},? {_YEARS}{_PLACE}"
_NUMBER = r"\[\d{1,3}(?:(?:, ?|[–-])\d{1,3}){0,20}\]"
_NUMBERED = regex(rf"(?<=[^\s\[])\s?{_NUMBER}(?:(?:,? ?|[–-]){_NUMBER})*")
_KEYED = regex(r"\s?\[[^\[\]@]{0,60}-?@[\w:.#$%&+?<>~/-]+(?:[^\[\]]{0,200})\]")
# What cannot be "(Paris, 2020)": several authors, several works, a page, a letter after the year.
_SURE = regex(r" et al\.?,? | & |\d{4}[a-z]\b|; |, ?pp?\. ?\d|\b(?:see|cf\.|vgl\.) ")
_CITING = regex(r"\([^()]*(?:\d{4}|n\.d\.|in press|forthcoming)")
_TRIGGER = regex(r"[(\[]")
_MONTHS = regex(
    r"\(?\s?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Autumn|Fall|Winter)[a-z]*,? \d{4}"
)
_LINK = r"(?:(?:https?|ftp)://|\bwww\.)[^\s<>\"”“]*[^\s<>\"”“.,;:!?'’)\]]"
_ADDRESS = regex(rf"\s?(?:\({_LINK}\)|<{_LINK}>|{_LINK})")
_MODIFIERS = regex("[\U0001f3fb-\U0001f3ff]")
# Marks of yes and no, which tables are full of, and the emoji whose names they have.
_TICKS = {"✓": "✔️", "✔": "✔️", "☑": "✔️", "✗": "❌", "✘": "❌", "✕": "❌", "✖": "❌", "☒": "❌"}
# Emoji by themselves, or by the selector after them; "♥" alone is text (Unicode Technical Standard 51).
_EMOJI = (
    r"(?:[\U0001F1E6-\U0001F1FF]{2}|[0-9#*]\uFE0F?\u20E3"
    r"|(?:[\U0001F000-\U0001F1E5\U0001F200-\U0001F3FA\U0001F400-\U0001FAFF]"
    r"|[⌚⌛⏩-⏬⏰⏳◽◾☔☕♈-♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓-❕❗➕-➗➰➿⬛⬜⭐⭕]|[\u2190-\u2BFF\u3030\u303D\u3297\u3299©®](?=\uFE0F))"
    r"[\uFE0E\uFE0F\U0001F3FB-\U0001F3FF\U000E0020-\U000E007F]*"
    r"(?:\u200D[\u2640-\u2BFF\U0001F000-\U0001FAFF][\uFE0F\U0001F3FB-\U0001F3FF]*)*)"
)
_EMOJI = rf"(?:{_EMOJI}|[{''.join(_TICKS)}])"
_ONE_EMOJI = regex(_EMOJI)
_RUN = regex(rf"{_EMOJI}(?:\s*{_EMOJI})*")


@cache
def _parenthetical() -> re.Pattern[str]:
    """A citation in parentheses; most articles have none, and it compiles slowly."""
    return re.compile(rf"\s?\({_ONE}(?:; {_ONE}|; {_YEARS}){{0,20}}\)")


def cites(texts: Iterable[str]) -> bool:
    """Whether something in the texts, and not all of one, can be nothing but a citation."""
    return any(
        _SURE.search(match[0]) and match[0].strip() != text
        for text in texts
        if _CITING.search(text)
        for match in _parenthetical().finditer(text)
    )


def citations(text: str, *, sure: bool) -> Iterator[tuple[int, int]]:
    """Where citations start and end, with the space before them: "(Smith et al., 2020)", "[12]", "[@smith]".

    sure: a lone name and year in parentheses is a citation too.
    """
    if not _TRIGGER.search(text):
        return
    for match in _parenthetical().finditer(text) if _CITING.search(text) else ():
        if (sure or _SURE.search(match[0])) and not _MONTHS.match(match[0].strip()):
            yield match.span()
    for pattern in (_NUMBERED, _KEYED):
        for match in pattern.finditer(text):
            yield match.span()


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where web addresses start and end, with the space before them and the brackets around them."""
    if "://" in text or "www." in text:
        for match in _ADDRESS.finditer(text):
            yield match.span()


def emoji_runs(text: str, language: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Where runs of emoji start and end, and the names of the different ones in each, () in a language without.

    The names are CLDR's short names, a person's without the tone of skin.
    """
    if text.isascii():
        return
    for match in _RUN.finditer(text):
        names = [_name(each, language) for each in _ONE_EMOJI.findall(match[0])]
        yield *match.span(), tuple(dict.fromkeys(name for name in names if name))


@cache
def _name(sign: str, language: str) -> str:
    import emoji

    plain = _TICKS.get(sign, _MODIFIERS.sub("", sign))
    if language not in emoji.LANGUAGES:
        return ""
    named = emoji.demojize(plain, delimiters=("\x02", "\x03"), language=language)
    found = re.search("\x02([^\x03]+)\x03", named)
    return " ".join(re.findall(r"[^\W_]+(?:['’.][^\W_]+)*", found[1])) if found else ""
