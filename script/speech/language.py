"""What is known of a language, out of its data file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

_NONE: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """A language's words for speaking, by class of token; a class without any is left to the voice.

    The tables are those of `languages/CODE.toml`. Compared by identity: patterns are kept for each.
    """

    code: str
    tables: Mapping[str, Any] = field(default_factory=dict)

    def table(self, name: str) -> Mapping[str, Any]:
        """The table of this name, empty when the language has none."""
        found: Mapping[str, Any] = self.tables.get(name, _NONE)
        return found


@cache
def language_of(code: str) -> Language:
    """The language of a two- or three-letter code; one without a data file has no tables."""
    if not (code.isascii() and code.isalpha()):
        return Language("")
    source = files("script.speech").joinpath("languages", f"{code}.toml")
    if not source.is_file():
        return Language(code)
    return Language(code, tomllib.loads(source.read_text("utf-8")))
