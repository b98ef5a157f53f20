"""Files that an article names: those in its own folder, or below it."""

from pathlib import Path


def place_beside(name: str, source: str) -> Path:
    """Where that file is, there or not. Raises ValueError where name or link lead out of the article's folder."""
    folder = Path(source).parent
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"it is outside the article's folder, {folder}")
    return path
