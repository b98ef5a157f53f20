"""The fonts of this machine, found in the folders where systems keep them, and which of them has a text's letters."""

import os
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont, features

# The first of these that has all letters is taken; what else there is comes after them.
_PREFERRED = (
    "AvenirNext-Bold", "Avenir Next", "HelveticaNeue", "SourceSans3-Bold", "NotoSans-Bold", "segoeuib", "Inter-Bold",
    "OpenSans-Bold", "Lato-Bold", "Roboto-Bold", "LiberationSans-Bold", "arialbd", "DejaVuSans-Bold",
    "NotoSansCJK-Bold", "NotoSansJP-Bold", "Hiragino", "PingFang", "YuGothB", "msyhbd", "malgunbd", "wqy-",
    "NotoSansArabic-Bold", "NotoSansHebrew-Bold", "NotoSansDevanagari-Bold", "NotoSansThai-Bold", "Nirmala",
    "Arial Unicode",
)  # fmt: skip
_NOT_FOR_TEXT = (
    "emoji",
    "symbol",
    "icon",
    "mono",
    "math",
    "italic",
    "oblique",
    "music",
    "condensed",
    "narrow",
    "lastresort",
)
_SUFFIXES = (".ttf", ".otf", ".ttc")
_SAMPLE_PX = 24
_NO_CHARACTER = "\U0010fffe"  # every font shows its mark for a missing letter


@dataclass(frozen=True, slots=True)
class Face:
    """A font file, None for the one that Pillow brings, and the letters of the text that it lacks."""

    path: Path | None
    missing: frozenset[str]

    def at(self, size_px: int) -> ImageFont.FreeTypeFont:
        """The font in a size."""
        return _font(self.path, size_px)


def face_for(text: str) -> Face:
    """The font that has the most of a text's letters, and of those the one that looks best."""
    return _face_for(frozenset(character for character in text if _is_shown(character)))


@lru_cache(maxsize=8)
def _face_for(letters: frozenset[str]) -> Face:
    best = Face(None, letters)
    for path in _installed() if letters and _can_lay_out(letters) else ():
        if best.path and not best.missing:
            return best
        if len(_missing(path, best.missing)) < len(best.missing):  # else it cannot have more letters than the best
            missing = _missing(path, letters)
            best = Face(path, missing) if len(missing) < len(best.missing) else best
    brought = _missing(None, letters) if _can_lay_out(letters) else letters
    return best if best.path and len(best.missing) <= len(brought) else Face(None, brought)


@lru_cache(maxsize=64)
def _font(path: Path | None, size_px: int) -> ImageFont.FreeTypeFont:
    if path is None:
        font = ImageFont.load_default(size_px)
        assert isinstance(font, ImageFont.FreeTypeFont)
        return font
    return ImageFont.truetype(str(path), size_px)


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left (UAX #9, rule P2)."""
    kinds = (unicodedata.bidirectional(character) for character in text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


def _can_lay_out(letters: frozenset[str]) -> bool:
    """Letters that join, or run from right to left, need Pillow's Raqm."""
    return bool(features.check("raqm")) or not any(unicodedata.bidirectional(each) in ("R", "AL") for each in letters)


def _is_shown(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) not in ("Cf", "Mn", "Cc", "Cs")


def _missing(path: Path | None, letters: frozenset[str]) -> frozenset[str]:
    try:
        font = Face(path, frozenset()).at(_SAMPLE_PX)
        none = _drawn(font, _NO_CHARACTER)
        return frozenset(letter for letter in letters if _drawn(font, letter) == none)
    except OSError:  # a damaged file, or a kind that FreeType does not know
        return letters


def _drawn(font: ImageFont.FreeTypeFont, text: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(text)
    return mask.size, bytes(mask)


@cache
def _installed() -> tuple[Path, ...]:
    """The font files, the preferred ones first."""
    found = sorted(path for folder in _folders() for path in _files(folder))
    plain = [path for path in found if not any(word in path.stem.lower() for word in _NOT_FOR_TEXT)]
    return tuple(sorted(plain, key=_rank))


def _rank(path: Path) -> tuple[int, bool]:
    ranks = (rank for rank, name in enumerate(_PREFERRED) if path.stem.startswith(name))
    return next(ranks, len(_PREFERRED)), "bold" not in path.stem.lower()


def _files(folder: Path) -> Iterator[Path]:
    for place, _, names in os.walk(folder):
        yield from (Path(place, name) for name in names if name.lower().endswith(_SUFFIXES))


def _folders() -> tuple[Path, ...]:
    home = Path.home()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", str(home))
        return Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts"), Path(local, "Microsoft/Windows/Fonts")
    if sys.platform == "darwin":
        return Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"
    return Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts"
