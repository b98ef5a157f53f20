"""Where figures stand in a text: what begins with a number need not be looked for anywhere else."""

import re
from collections.abc import Iterator

from script.patterns import regex

# A minus and a decimal mark belong to the number behind them.
_START = regex(r"[-−–]?[.,٫]?(?<![0-9])[0-9]")


def matches_at_figures(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern that can begin only at a number, its minus or its decimal mark."""
    end = 0
    for start in _START.finditer(text):
        for position in range(start.start(), start.end()):
            match = pattern.match(text, position) if position >= end else None
            if match:
                yield match
                end = match.end()
                break
