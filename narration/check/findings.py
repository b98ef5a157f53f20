"""What is wrong with an episode, said so that a person can go and listen."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]

LOST_WORDS = frozenset({"missing", "silent", "noise", "short", "cut", "text", "repeat", "words"})
"""Kinds that mean words which nobody will hear, or will hear in another's place."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. paragraph: its number, None where it concerns the file; times in seconds, None likewise.

    kind, of a project: missing, damaged, stale, source; of a file: file, packets, order, length, chapter, tag;
    of what is heard: silent, pause, noise, short, long, cut, text, repeat, level, clipping, offset; of what a
    recogniser heard: words, unheard.
    """

    paragraph: int | None
    kind: str
    severity: Severity
    start_s: float | None
    end_s: float | None
    message: str


def error(kind: str, message: str) -> Finding:
    """An error of the file or the project as a whole."""
    return Finding(None, kind, "error", None, None, message)


def warning(kind: str, message: str) -> Finding:
    """A warning about the file or the project as a whole."""
    return Finding(None, kind, "warning", None, None, message)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, each once: those of the whole first, then by time, errors before warnings."""
    once = dict.fromkeys(findings)
    return tuple(
        sorted(once, key=lambda each: (each.start_s or 0.0, each.paragraph or 0, each.severity, each.kind)),
    )


def shortened(text: str, n_characters: int = 50) -> str:
    """The text, cut at a word when it is long."""
    return text if len(text) <= n_characters else text[: n_characters - 1].rsplit(" ", 1)[0] + "…"
