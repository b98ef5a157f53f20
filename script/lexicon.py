"""A lexicon: how words are said, whatever their spelling suggests."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from script.article import Override
from script.boundaries import base_language
from script.patterns import regex

_WORD = regex(r"\w+")


@dataclass(frozen=True, slots=True)
class Entry:
    """How a word or phrase is said, in words, in the International Phonetic Alphabet, or both.

    graphemes: its spellings; one in lower case stands for any case, another only for itself.
    language: BCP 47, "" for all: "en" holds for British English too, "en-GB" not for American.
    """

    graphemes: tuple[str, ...]
    say: str = ""
    ipa: str = ""
    language: str = ""

    def __post_init__(self) -> None:
        if not (self.graphemes and all(_WORD.search(each) for each in self.graphemes)):
            raise ValueError("A lexicon entry needs a word.")
        if not (self.say or self.ipa):
            raise ValueError(f"The lexicon entry “{self.graphemes[0]}” does not tell how it is said.")


@dataclass(frozen=True, slots=True)
class Found:
    """Where an entry applies: an override for the characters, and the spelling in the lexicon that they matched."""

    override: Override
    grapheme: str


@dataclass(frozen=True, slots=True)
class _Spelling:
    grapheme: str
    entry: Entry
    offset: int  # of its first word, which it is found by: 1 in ".net"
    rank: tuple[int, bool, int]  # longest first, then exact case before any, then later before earlier


@dataclass(slots=True)
class Lexicon:
    """Entries to be found in texts; of two for the same spelling the later one holds."""

    entries: Sequence[Entry]
    _by_language: dict[str, dict[str, list[_Spelling]]] = field(default_factory=dict)

    def found(self, text: str, language: str, taken: Sequence[Override] = ()) -> Iterator[Found]:
        """The entries that apply to a text, in order and apart, none where an override stands."""
        spellings = self._spellings(language) if self.entries else None
        if not spellings:
            return
        plain = text.replace("’", "'")
        reached = 0
        for word in _WORD.finditer(plain):
            if word.start() < reached:
                continue
            for spelling in spellings.get(word[0].lower(), ()):
                start = word.start() - spelling.offset
                end = start + len(spelling.grapheme)
                if start >= reached and _is_there(plain, start, end, spelling.grapheme) and _free(start, end, taken):
                    said = Override(start, end, spelling.entry.say, spelling.entry.ipa)
                    yield Found(said, spelling.grapheme)
                    reached = end
                    break

    def _spellings(self, language: str) -> dict[str, list[_Spelling]]:
        """The spellings that hold in a language, by their first word in lower case."""
        if language not in self._by_language:
            found: dict[str, list[_Spelling]] = {}
            for order, entry in enumerate(self.entries):
                for grapheme in entry.graphemes if _holds(entry.language, language) else ():
                    plain = grapheme.replace("’", "'")
                    word = _WORD.search(plain)
                    assert word is not None
                    rank = (-len(plain), plain == plain.lower(), -order)
                    found.setdefault(word[0].lower(), []).append(_Spelling(plain, entry, word.start(), rank))
            for spellings in found.values():
                spellings.sort(key=lambda spelling: spelling.rank)
            self._by_language[language] = found
        return self._by_language[language]


def _holds(entry_language: str, language: str) -> bool:
    if not entry_language:
        return True
    one, other = (tag.replace("_", "-").lower() for tag in (entry_language, language))
    return base_language(one) == base_language(other) and ("-" not in one or "-" not in other or one == other)


def _is_there(text: str, start: int, end: int, grapheme: str) -> bool:
    """Whether the spelling stands there as whole words."""
    if start < 0 or end > len(text):
        return False
    written = text[start:end]
    if written != grapheme and not (grapheme == grapheme.lower() and written.lower() == grapheme):
        return False
    before = start > 0 and _is_word(text[start - 1]) and _is_word(text[start])
    after = end < len(text) and _is_word(text[end - 1]) and _is_word(text[end])
    return not (before or after)


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _free(start: int, end: int, taken: Sequence[Override]) -> bool:
    return not any(each.start < end and start < each.end for each in taken)
