"""Written words become spoken ones: a file per class of token, each language's words apart from the code."""

from script.speech.rewriting import Rewrite, Spoken, rendered
from script.speech.rules import RULES, Rule, rewrites, verbalised

__all__ = ["RULES", "Rewrite", "Rule", "Spoken", "rendered", "rewrites", "spoken", "verbalised"]


def spoken(text: str, language: str = "en") -> str:
    """What is said for a piece of prose: numbers, signs and abbreviations in words, the rest as it stands."""
    return verbalised(text, language).text
