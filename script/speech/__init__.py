"""Written words become spoken ones: one file per class of token, each language's words apart from the code."""

from script.speech.rewriting import Rewrite, Spoken, rendered
from script.speech.rules import RULES, Rule, rewrites, verbalised

__all__ = ["RULES", "Rewrite", "Rule", "Spoken", "rendered", "rewrites", "verbalised"]
