"""What all pages of a show share: its styles and scripts, and the templates that name them."""

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from narration.output import make_folder, renew
from narration.podcast.templating import templates

if TYPE_CHECKING:
    from jinja2 import Template

_ASSETS = "assets"


def write_assets(folder: Path) -> None:
    """Write the styles and scripts into the show's folder. Raises AudioError when one cannot be written."""
    make_folder(folder / _ASSETS)
    for name, content in _assets().items():
        renew(folder / _ASSETS / name, content)


@cache
def template(name: str) -> "Template":
    """A template of a page; what is put into it is escaped."""
    return templates().get_template(name, globals={"asset": _asset})


def version_of(content: bytes) -> str:
    """What an address ends with, so that no browser takes an older file for it."""
    return hashlib.sha256(content).hexdigest()[:8]


@cache
def _assets() -> dict[str, bytes]:
    folder = Path(__file__).parent / _ASSETS
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def _asset(name: str) -> str:
    """Where the show's folder has it."""
    return f"{_ASSETS}/{name}?v={version_of(_assets()[name])}"
