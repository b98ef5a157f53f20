"""The TOML files that people edit, `narration.toml` and `show.toml`."""

import tomllib
from pathlib import Path
from typing import Any


def edited_toml(path: Path) -> dict[str, Any]:
    """What the file says. Raises OSError, and ValueError for one that is no TOML."""
    try:
        text = path.read_text("utf-8-sig")  # some editors put a byte order mark before it
    except UnicodeDecodeError as error:
        raise ValueError("it is not in UTF-8; save it so.") from error
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("its values lie too deep in one another.") from error
