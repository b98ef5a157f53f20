"""The show that a folder publishes: show.toml, made once and then a person's to edit."""

import json
import re
import tomllib
from dataclasses import asdict, dataclass, fields
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from narration.edited_toml import edited_toml
from narration.engines import suggestion
from narration.errors import UsageError
from narration.podcast.plain_text import language_code, plain
from narration.podcast.web_address import uri

SHOW = "show.toml"
_APPLE_NEEDS = ("base_url", "email", "category", "author", "description")
_TYPES = ("episodic", "serial")
_MEDIUMS = ("podcast", "audiobook")  # of the namespace's list, those that narrated text can be


@dataclass(frozen=True, slots=True)
class Show:
    """What holds for all episodes.

    language: BCP 47; category: one of Apple's, or `Category > Subcategory`; link: the show's own web address, "" for
    its page in the folder; image: a picture's path beside show.toml, "" for one that is made; base_url: where the
    folder stands in the web, "" for addresses relative to the feed; type: whether the newest episode is heard first,
    or the first one; season: of the episodes published from now on, 0 for none; guid: the show's for good, "" for the
    one that its feed has or its address gives.
    """

    title: str
    author: str = ""
    email: str = ""
    language: str = "en"
    category: str = ""
    link: str = ""
    description: str = ""
    image: str = ""
    base_url: str = ""
    explicit: bool = False
    type: str = "episodic"
    season: int = 0
    license: str = ""
    copyright: str = ""
    medium: str = "podcast"
    locked: bool = True
    guid: str = ""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if type(value) is not field.type:
                raise UsageError(f"{field.name} is {value!r}, and has to be {_KINDS[field.type]}.")
        if not plain(self.title):
            raise UsageError("title is empty.")
        _one_of("type", self.type, _TYPES)
        _one_of("medium", self.medium, _MEDIUMS)
        self.categories()
        for name in ("link", "base_url"):
            _is_address(name, getattr(self, name))
        if re.search(r"[?#]", self.base_url):
            raise UsageError(f"base_url is “{self.base_url}”; it ends where the folder does, without ? or #.")
        if plain(self.language) and not language_code(self.language):
            raise UsageError(f"language is “{self.language}”, no code such as en or pt-BR.")
        _has_form("email", self.email, r"[^@\s<>]+@[^@\s<>]+", "which is no address for mail")
        _has_form("guid", self.guid, r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", "which is no UUID")
        _has_form("season", str(self.season), r"\d+", "no number of a season: 0 is none")

    def categories(self) -> tuple[str, ...]:
        """The category, and below it the subcategory, if there is one. Raises UsageError for what Apple has not."""
        names = tuple(part.strip() for part in self.category.split(">")) if self.category.strip() else ()
        known = _apple()
        for name in names[:1]:
            if name not in known:
                every = [*known, *(f"{above} > {sub}" for above, subs in known.items() for sub in subs)]
                raise UsageError(f"category is “{name}”, which Apple does not have. {suggestion(name, every)}")
        for name in names[1:2]:
            if name not in known[names[0]]:
                raise UsageError(f"{names[0]} has no “{name}” below it. {suggestion(name, known[names[0]])}")
        if len(names) > 2:
            raise UsageError(f"category is “{self.category}”; write Category > Subcategory.")
        return names

    def missing_for_apple(self) -> tuple[str, ...]:
        """The fields that Apple asks for and that are empty, and an address that is not https://."""
        missing = tuple(name for name in _APPLE_NEEDS if not getattr(self, name))
        insecure = self.base_url and not self.base_url.lower().startswith("https://")
        return (*missing, "a base_url that begins with https://") if insecure else missing


_KINDS: dict[object, str] = {str: "text in quotes", bool: "true or false", int: "a whole number"}


def read_show(path: Path) -> Show:
    """The show that a file describes. Raises UsageError that names the file and what is wrong with it."""
    try:
        values = edited_toml(path)
        _known(values)
        return Show(**{"title": ""} | values)
    except (OSError, ValueError, UsageError) as error:
        raise UsageError(f"{path} cannot be used: {error}") from error


def _known(values: dict[str, Any]) -> None:
    known = [field.name for field in fields(Show)]
    for name in sorted(set(values) - set(known)):
        raise UsageError(f"there is no “{name}”. {suggestion(name, known)}")


def show_toml(show: Show) -> str:
    """The file that describes the show, for a person to edit."""
    return "".join(
        f"{name} = {_toml(value)}{f'  # {_REMARKS[name]}' if name in _REMARKS else ''}\n" if name != "#" else value
        for name, value in {"#": _HEAD, **asdict(show)}.items()
    )


_HEAD = "# The show that this folder publishes. Edit it, and run `narrate publish` again.\n"
_REMARKS = {
    "email": "Apple writes to it; it stands in the feed",
    "category": 'one of Apple\'s: "History", or "Arts > Books"',
    "link": "the show's own web page; else the one made here",
    "image": "a picture beside this file, 3000 × 3000; else one is made",
    "base_url": "where this folder stands in the web: https://…",
    "type": "episodic: newest first; serial: from the first on",
    "season": "of the episodes published from now on; 0: none",
    "license": "by its short name, such as cc-by-4.0",
    "medium": "or audiobook",
    "locked": "other hosts may not take the show over",
    "guid": "else the one that the feed's first address gives",
}


def _toml(value: str | bool | int) -> str:  # noqa: FBT001 - a value of the file
    return json.dumps(plain(value) if isinstance(value, str) else value, ensure_ascii=False)


def _one_of(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise UsageError(f"{name} is “{value}”; it is one of {', '.join(known)}.")


def _has_form(name: str, value: str, form: str, fault: str) -> None:
    if value and not re.fullmatch(form, value):
        raise UsageError(f"{name} is “{value}”, {fault}.")


def _is_address(name: str, value: str) -> None:
    if value and not re.fullmatch(r"https?://[^\s/?#\"<>]+[^\s\"<>]*", value):
        raise UsageError(f"{name} is “{value}”, which is no web address; it begins with https://.")
    try:
        uri(value)
    except ValueError as error:
        raise UsageError(f"{name} is “{value}”, which is no web address: {error}") from error


@cache
def _apple() -> dict[str, list[str]]:
    return tomllib.loads(files("narration.podcast").joinpath("apple_categories.toml").read_text("utf-8"))
