"""The article's pictures as page and book show them: read from the source, made small, and put beside the text.

Only files in the source's own folder or below it are read, or those inside it where it is an archive (EPUB, DOCX, ODT).
Each is decoded and written anew, in a worker, so that no more of it gets into what is published than what can be
seen: neither scripts nor the place where a photo was taken.
"""

import io
import zlib
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile, is_zipfile

from PIL import Image, ImageOps, UnidentifiedImageError

from narration import places
from narration.output import make_folder, renew
from narration.podcast.outline import ShownPicture
from narration.podcast.page_assets import version_of
from narration.podcast.plain_text import shortened
from narration.workers import WorkerError, outcome
from script.beside import place_beside
from script.script import Segment

FOLDER = "pictures"
_FAULTS = (OSError, ValueError, SyntaxError, RuntimeError, EOFError, BadZipFile, zlib.error, WorkerError)
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
_LARGEST_BYTES = 20_000_000
_TOO_LARGE = f"it has more than {_LARGEST_BYTES // 1_000_000} MB"
_MOST_PIXELS, _MOST_JPEG_PIXELS = 25_000_000, 50_000_000  # a JPEG is decoded no larger than it is needed
_TIME_LIMIT_S = 60.0
_LONGEST_SIDE, _SHOWN_SIDE = 1600, 720  # as wide as the text is, for screens with two or three pixels to one
_LARGEST_PNG_BYTES = 400_000  # a drawing has less; a photo is smaller as a JPEG


@dataclass(frozen=True, slots=True)
class PictureJob:
    """A picture to be made small, as it was found."""

    image: bytes

    @property
    def time_limit_s(self) -> float:
        """Seconds until the worker is killed."""
        return _TIME_LIMIT_S


@dataclass(frozen=True, slots=True)
class SmallPicture:
    """A picture written anew: its file, the suffix of that, and its size in pixels."""

    content: bytes
    suffix: str
    size: tuple[int, int]


Submit = Callable[[Callable[[PictureJob], SmallPicture], PictureJob], Future[SmallPicture]]


def write_pictures(
    segments: Iterable[Segment], source: str, place: Path, submit: Submit
) -> tuple[dict[str, ShownPicture], tuple[str, ...]]:
    """Put the pictures of an article into its episode's folder: by their place in the article, and notes on the rest.

    source: as the project knows it; submit: gives a job to a worker. Pictures of earlier narrations are removed. Raises
    AudioError when one cannot be written.
    """
    shown: dict[str, ShownPicture] = {}
    notes: list[str] = []
    wanted = dict.fromkeys(picture.place for segment in segments for picture in segment.pictures)
    for name in wanted:
        try:
            small = outcome(submit(made_small, PictureJob(_content(source, name))))
        except _FAULTS as error:
            notes.append(f"The picture {shortened(name, 80)} is left out: {_reason(error)}.")
            continue
        make_folder(place / FOLDER)
        path = f"{FOLDER}/{version_of(small.content)}{small.suffix}"
        renew(place / path, small.content)
        scale = min(1.0, _SHOWN_SIDE / max(small.size))
        width, height = (max(1, round(side * scale)) for side in small.size)
        shown[name] = ShownPicture(path, width, height)
    for stale in {*place.glob(f"{FOLDER}/*")} - {place / each.path for each in shown.values()}:
        stale.unlink()
    return shown, tuple(notes)


def _content(source: str, name: str) -> bytes:
    """The bytes of a picture that an article names. Raises OSError, ValueError, and what a damaged archive raises."""
    if places.is_address(name):
        raise ValueError("it is on the web, from where nothing is fetched")
    if places.is_untitled(source):
        raise ValueError("the article is no file that it could stand beside")
    article = Path(source)
    if is_zipfile(article):
        return _member(article, name)
    path = place_beside(unquote(name), source)
    for archive in (each for each in path.parents if each.is_file() and is_zipfile(each)):
        return _member(archive, path.relative_to(archive).as_posix())  # of a script that was made of that archive
    if not path.is_file():
        raise FileNotFoundError(path)
    if path.stat().st_size > _LARGEST_BYTES:
        raise ValueError(_TOO_LARGE)
    return path.read_bytes()


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


def made_small(job: PictureJob) -> SmallPicture:
    """The picture, at most 1600 pixels wide or high. Raises ValueError, OSError or SyntaxError for what is none."""
    with Image.open(io.BytesIO(job.image), formats=_FORMATS) as opened:
        if opened.width * opened.height > (_MOST_JPEG_PIXELS if opened.format == "JPEG" else _MOST_PIXELS):
            raise ValueError(f"it has {opened.width} × {opened.height} pixels, more than can be worked with")
        opened.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
        ImageOps.exif_transpose(opened, in_place=True)
        mode = "RGBA" if opened.has_transparency_data else "RGB"
        picture = opened if opened.mode == mode else opened.convert(mode)  # which makes a copy
        picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE), Image.Resampling.LANCZOS)
        picture.info.clear()  # some of it would be written again
        if opened.format != "JPEG":
            drawing = _written(picture, "PNG", optimize=True)
            if mode == "RGBA" or len(drawing) <= _LARGEST_PNG_BYTES:
                return SmallPicture(drawing, ".png", picture.size)
        photo = _written(picture, "JPEG", quality=85, optimize=True, progressive=True)
        return SmallPicture(photo, ".jpg", picture.size)


def _written(picture: Image.Image, format_: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, format_, **options)
    return out.getvalue()


def _reason(error: Exception) -> str:
    if isinstance(error, WorkerError):
        return "it cannot be decoded"
    if isinstance(error, FileNotFoundError):
        return "there is no such file beside the article"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if isinstance(error, (UnidentifiedImageError, SyntaxError, OSError)):
        return "it is no JPEG, PNG, GIF or WebP picture"
    return str(error)
