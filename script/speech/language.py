"""What is known of a language, out of its data file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

_NONE: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """A language's words for speaking, by class of token; a class without any is left to the voice.

    code: "en"; tag: "en_GB" as CLDR has it; tables: those of `languages/CODE.toml`, changed by those of the region.
    Compared by identity: patterns are kept for each.
    """

    code: str
    tables: Mapping[str, Any] = field(default_factory=dict)
    tag: str = ""

    def table(self, name: str) -> Mapping[str, Any]:
        """The table of this name, empty when the language has none."""
        found: Mapping[str, Any] = self.tables.get(name, _NONE)
        return found


@cache
def language_of(tag: str) -> Language:
    """The language of a BCP 47 tag such as "en" or "en-GB"; one without a data file has no tables."""
    code, _, rest = tag.replace("_", "-").strip().partition("-")
    region = next((part.upper() for part in rest.split("-") if len(part) == 2 and part.isalpha()), "")
    return _language(code.lower() or "en", region)


@cache
def _language(code: str, region: str) -> Language:
    if not (code.isascii() and code.isalpha()):
        return Language("")
    tables = _tables(code)
    regions = tables.get("regions", _NONE)
    like = regions.get("like", _NONE).get(region, region)
    changes = regions.get(like, _NONE)
    changed = {name: {**tables.get(name, _NONE), **table} for name, table in changes.items()}
    return Language(code, {**tables, **changed}, f"{code}_{like}" if changes else code)


@cache
def _tables(code: str) -> Mapping[str, Any]:
    source = Path(__file__).with_name("languages") / f"{code}.toml"
    return tomllib.loads(source.read_text("utf-8")) if source.is_file() else _NONE
