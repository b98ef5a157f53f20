"""Templates of what is published: text goes into them escaped, whatever it holds."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from narration.podcast.plain_text import clock

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = Path(__file__).parent / "templates"


@cache
def templates(folder: Path = _FOLDER) -> "Environment":
    """The templates of a folder, of HTML and of XML. A value that is missing is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["clock"] = clock
    environment.filters["seconds"] = _seconds
    return environment


def machine_date(text: str) -> str:
    """The date as ISO 8601 has it, "" when it is written otherwise."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def shown_date(text: str, language: str) -> str:
    """The date as people of that language write it: 1 June 2024; as it stands when it is not ISO 8601."""
    if not machine_date(text):
        return text
    from babel.core import Locale, UnknownLocaleError
    from babel.dates import format_date

    try:
        return format_date(date.fromisoformat(text), "long", Locale.parse(language, sep="-"))
    except (UnknownLocaleError, ValueError):
        return text


def direction(language: str) -> str:
    """Which way a language is written: ltr or rtl, by Unicode's CLDR."""
    from babel.core import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-").text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


def _seconds(milliseconds: int) -> str:
    """A clock value as SMIL has it: 92.050s."""
    return f"{milliseconds // 1000}.{milliseconds % 1000:03}s"
