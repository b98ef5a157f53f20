"""The article's pictures as its page shows them: read from the source, made small, and put beside the page.

Only files in the source's own folder or below it are read, or those inside it where it is an archive (EPUB, DOCX, ODT).
Each is decoded and written anew, so that no more of it gets into the published folder than what can be seen: neither
scripts nor the place where a photo was taken.
"""

import io
import zlib
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile, is_zipfile

from PIL import Image, ImageOps, UnidentifiedImageError

from narration import places
from narration.output import make_folder, renew
from narration.podcast.outline import ShownPicture
from narration.podcast.page_assets import version_of
from narration.podcast.plain_text import shortened
from script.script import Segment

FOLDER = "pictures"
_FAULTS = (OSError, ValueError, SyntaxError, RuntimeError, EOFError, BadZipFile, zlib.error)
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
_LARGEST_BYTES = 20_000_000
_MOST_PIXELS = 16_000_000  # which are decoded at four bytes each
_MOST_JPEG_PIXELS = 50_000_000  # it is decoded no larger than it is needed
_LONGEST_SIDE, _SHOWN_SIDE = 1600, 720  # as wide as the text is, for screens with two or three pixels to one
_LARGEST_PNG_BYTES = 400_000  # a drawing has less; a photo is smaller as a JPEG


def write_pictures(
    segments: Iterable[Segment], source: str, place: Path
) -> tuple[dict[str, ShownPicture], tuple[str, ...]]:
    """Put the pictures of an article into its episode's folder: by their place in the article, and notes on the rest.

    source: as the project knows it. Those of earlier narrations are removed. Raises AudioError when one cannot be
    written.
    """
    shown: dict[str, ShownPicture] = {}
    notes: list[str] = []
    wanted = dict.fromkeys(picture.place for segment in segments for picture in segment.pictures)
    for name in wanted:
        try:
            content, suffix, size = _made_small(_content(source, name))
        except _FAULTS as error:
            notes.append(f"The picture {shortened(name, 80)} is not on the page: {_reason(error)}.")
            continue
        make_folder(place / FOLDER)
        path = f"{FOLDER}/{version_of(content)}{suffix}"
        renew(place / path, content)
        scale = min(1.0, _SHOWN_SIDE / max(size))
        width, height = (max(1, round(side * scale)) for side in size)
        shown[name] = ShownPicture(path, width, height)
    for stale in {*place.glob(f"{FOLDER}/*")} - {place / each.path for each in shown.values()}:
        stale.unlink()
    return shown, tuple(notes)


def _content(source: str, name: str) -> bytes:
    """The bytes of a picture that an article names. Raises OSError, ValueError, and what a damaged archive raises."""
    if places.is_untitled(source) or places.is_address(name):
        raise ValueError("it is on the web, from where nothing is fetched")
    article = Path(source)
    if is_zipfile(article):
        return _member(article, name)
    folder = article.parent
    path = folder / unquote(name)
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"it is outside the article's folder, {folder}")
    if not path.is_file():
        raise FileNotFoundError(path)
    if path.stat().st_size > _LARGEST_BYTES:
        raise ValueError(_TOO_LARGE)
    return path.read_bytes()


_TOO_LARGE = f"it has more than {_LARGEST_BYTES // 1_000_000} MB"


def _member(archive: Path, name: str) -> bytes:
    with ZipFile(archive) as opened:
        try:
            member = opened.getinfo(name)
        except KeyError as error:
            raise ValueError(f"there is none in {archive.name}") from error
        with opened.open(member) as file:
            content = file.read(_LARGEST_BYTES + 1)
    if len(content) > _LARGEST_BYTES:
        raise ValueError(_TOO_LARGE)
    return content


def _made_small(image: bytes) -> tuple[bytes, str, tuple[int, int]]:
    """The picture written anew, its suffix and its size. Raises ValueError, OSError or SyntaxError for what is none."""
    with Image.open(io.BytesIO(image), formats=_FORMATS) as opened:
        is_jpeg = opened.format == "JPEG"
        if opened.width * opened.height > (_MOST_JPEG_PIXELS if is_jpeg else _MOST_PIXELS):
            raise ValueError(f"it has {opened.width} × {opened.height} pixels, more than can be worked with")
        opened.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
        ImageOps.exif_transpose(opened, in_place=True)
        mode = "RGBA" if opened.has_transparency_data else "RGB"
        picture = opened.convert(mode)
    picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE), Image.Resampling.LANCZOS)
    if not is_jpeg:
        content = _written(picture, "PNG", optimize=True)
        if picture.mode == "RGBA" or len(content) <= _LARGEST_PNG_BYTES:
            return content, ".png", picture.size
    return _written(picture, "JPEG", quality=85, optimize=True, progressive=True), ".jpg", picture.size


def _written(picture: Image.Image, format_: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, format_, **options)
    return out.getvalue()


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file beside the article"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if isinstance(error, (UnidentifiedImageError, SyntaxError, OSError)):
        return "it is no JPEG, PNG, GIF or WebP picture"
    return str(error)
