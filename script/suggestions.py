"""Words that a voice is likely to get wrong: names, and spellings that the language does not usually have."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from script.boundaries import base_language, sentence_bounds
from script.patterns import regex
from script.script import Script, Segment

_WORD = regex(r"[^\W\d_]+(?:['’-]?[^\W_]+)*")
_GENITIVE = regex(r"['’]s$")
_OPENS = ".!?;:…—–-“\"‘'()"  # what follows one of these may be capitalised for that alone
_NOUNS_ARE_CAPITALISED = {"de", "lb"}
_NO_NAMES = """
    I I'm I'd I'll I've Mr Mrs Ms Dr Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March
    April May June July August September October November December English"""
_USUAL_LETTERS = {
    "en": "", "nl": "éëïóö", "de": "äöüß", "fr": "àâæçéèêëîïôœùûüÿ", "es": "áéíñóúü", "it": "àèéìíîòóùú",
    "pt": "áâãàçéêíóôõúü", "sv": "åäöé", "da": "æøåé", "nb": "æøåéòô", "pl": "ąćęłńóśźż", "fi": "äöå",
}  # fmt: skip
_MIXED_CASE = regex(r"[a-zß-öø-ÿ][A-ZÀ-ÖØ-Þ]")
_LATIN = regex(r"[a-zà-öø-ÿ\u0100-\u024f'’0-9-]+")
# What English words neither begin, hold nor end with.
_UNUSUAL_IN_ENGLISH = regex(
    r"^(?!kn|gn|pn|wr|sc)(?:[bcdfgkptvz][bdfgjkmntvz]|[lmnrvwy][bcdfgjklmnpqrstvwxz]|h[bcdfgjklmnpqrstvwxz]|sz|zh|kh|ts|tl|vl|sr)"
    r"|q(?!u)|(?!ngths|lfths)[bcdfghjklmnpqrstvwxz]{5}|aa|ii|uu|jj|cz|sz(?!e)|[jqv]$"
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word to be heard before it is trusted; count: how often it stands in the text; example: where first."""

    word: str
    count: int
    why: str
    example: str


def suggestions(script: Script) -> tuple[Suggestion, ...]:
    """The words of a script that a voice is likely to get wrong, the most frequent first.

    Those that the lexicon, or the author, already says are left out.
    """
    counts: Counter[str] = Counter()
    named: set[str] = set()
    examples: dict[str, str] = {}
    for segment in script.segments:
        language = segment.language or script.language
        for word, certain, around in _words(segment, language):
            counts[word] += 1
            examples.setdefault(word, around)
            if certain and base_language(language) not in _NOUNS_ARE_CAPITALISED:
                named.add(word)
    language = base_language(script.language)
    found = (
        Suggestion(word, count, why, examples[word])
        for word, count in counts.items()
        if (why := _why(word, language, is_name=word in named and word.lower() not in counts))
    )
    return tuple(sorted(found, key=lambda each: (-each.count, each.word)))


def table(found: tuple[Suggestion, ...]) -> str:
    """The words as a lexicon to be filled in: a line without a value changes nothing."""
    lines = [
        "# How each word is said, after the tab: in words, or in IPA between slashes. An empty line changes nothing.",
        *(f"{each.word}\t\t# {each.count} × {each.why}: {each.example}" for each in found),
    ]
    return "\n".join(lines) + "\n"


def _words(segment: Segment, language: str) -> Iterator[tuple[str, bool, str]]:
    """Each word, whether it is surely capitalised for what it is, and what stands around it."""
    text = segment.text
    starts = {start for start, _ in sentence_bounds(text, language)}
    said = [(each.start, each.end) for each in segment.overrides]
    in_lexicon = {entry.lower() for entry in segment.lexicon}
    for match in _WORD.finditer(text):
        word = _GENITIVE.sub("", match[0])
        if word.lower() in in_lexicon or any(start <= match.start() < end for start, end in said):
            continue
        before = text[: match.start()].rstrip(" ")[-1:]
        opens = match.start() in starts or before in _OPENS or segment.kind == "heading"
        around = text[max(match.start() - 30, 0) : match.end() + 30].strip()
        yield word, word[0].isupper() and not opens, around


def _why(word: str, language: str, *, is_name: bool) -> str:
    """Why a voice may get the word wrong, "" when nothing speaks for it."""
    lower = word.lower().replace("’", "'")
    if len(word) < 2 or word in _NO_NAMES.split() or not _LATIN.fullmatch(lower):
        return ""
    usual = _USUAL_LETTERS.get(language)
    reasons = {
        "letters and digits": any(map(str.isdigit, word)),
        "capitals": word.isupper(),
        "mixed case": _MIXED_CASE.search(word),
        "foreign letters": usual is not None and any(not each.isascii() and each not in usual for each in lower),
        "unusual spelling": language == "en" and _UNUSUAL_IN_ENGLISH.search(lower),
        "name": is_name,
    }
    return next((why for why, holds in reasons.items() if holds), "")
