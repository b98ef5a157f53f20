"""Marks that refer to a note: nothing to listen to."""

from collections.abc import Iterator

from script.patterns import regex
from script.speech.language import Language
from script.speech.rewriting import Rewrite

_MARK = regex(
    r"(?<=\S)\s?(?:\[(?:\d{1,3}(?:[,–-]\s?\d{1,3})*|note \d+|[a-z]|citation needed)\])+"
    r"|(?<=[.,;:!?”’)])[¹²³⁴-⁹⁰†‡]+"
    # Behind a word that is neither a unit nor a function, which are squared.
    r"|(?:(?<=[^\W\d_]{4})[¹²³⁴-⁹⁰]+|(?<=[^\W\d_]{2})(?<!sin|cos|tan)¹)(?![\w⁺⁻¹²³⁴-⁹⁰])"
)


def references(text: str, _: Language) -> Iterator[Rewrite]:
    """The marks of notes, such as "[12]" after a word."""
    for match in _MARK.finditer(text):
        yield Rewrite(*match.span(), "", note="The mark of a note was left out.")
