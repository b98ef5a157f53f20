"""The cover in an episode's tags: the picture that a person names, else the article's own."""

import io
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from audio.episode import Cover
from narration import places
from narration.errors import UsageError
from script.errors import ArticleError

if TYPE_CHECKING:
    from av import VideoFrame

    from script.article import Article

# By what a picture begins with, how it is read: left to itself, libavformat follows playlists to other files.
_FORMATS = {
    b"\xff\xd8\xff": ("jpeg_pipe", "image/jpeg"),
    b"\x89PNG": ("png_pipe", "image/png"),
    b"GIF8": ("gif_pipe", ""),
    b"RIFF": ("webp_pipe", ""),
}
_MOST_PIXELS = 100_000_000
_LARGEST_BYTES = 1_500_000  # of an article's own picture, beyond which it is made smaller: it goes into every file
_LONGEST_SIDE = 1400


def named_cover(name: str, source: str) -> Cover:
    """The picture in a file, beside the source or where the path says. Raises UsageError for what is none."""
    beside = Path(source).parent / name
    path = beside if not places.is_address(source) and beside.exists() else Path(name)
    try:
        return cover(path.read_bytes())
    except OSError as error:
        raise UsageError(f"The cover {path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise UsageError(f"The cover {path} cannot be read as a picture: {error}.") from error


def cover(image: bytes) -> Cover:
    """A JPEG or PNG picture as players show it. Raises ValueError for any other."""
    mime = _FORMATS.get(image[:3], _FORMATS.get(image[:4], ("", "")))[1]
    if not mime:
        raise ValueError("it is neither JPEG nor PNG, and players show no other")
    frame = _frame(image)
    return Cover(image, mime, frame.width, frame.height)


def own_picture(article: "Article", source: str, *, allow_private: bool) -> tuple[bytes, tuple[str, ...]]:
    """The article's picture as JPEG or PNG, b"" for none, and a note on one that cannot be used.

    Of a page from the web it is fetched, from the very site that was named and no other.
    """
    image = article.cover
    if not image and article.picture and places.is_address(source):
        address = urljoin(source, article.picture)
        if not _same_site(address, source):
            return b"", (f"The page's picture is on another site, {address}; save it and give it with --cover.",)
        from script.fetching import fetch

        try:
            image = fetch(address, allow_private=allow_private, pictures=True).content
        except ArticleError as error:
            return b"", (f"The page's picture is not used as a cover: {error}",)
    if not image:
        return b"", ()
    try:
        return _fit(image), ()
    except ValueError as error:
        return b"", (f"The article's own picture is not used as a cover: {error}.",)


def _same_site(address: str, source: str) -> bool:
    """Whether an address is on the host of the source, or on one below it: images.example.org of www.example.org."""
    host, home = (urlsplit(each).hostname or "" for each in (address, source))
    return bool(home) and (host == home or host.endswith(f".{home.removeprefix('www.')}"))


def _fit(image: bytes) -> bytes:
    """The picture itself when players show it and it is not large, else as a JPEG. Raises ValueError."""
    frame = _frame(image)
    if len(image) <= _LARGEST_BYTES and image.startswith((b"\xff\xd8\xff", b"\x89PNG")):
        return image
    return _as_jpeg(frame)


def _frame(image: bytes) -> "VideoFrame":
    """The picture, decoded. Raises ValueError."""
    import av

    format_ = _FORMATS.get(image[:3], _FORMATS.get(image[:4], ("", "")))[0]
    if not format_:
        raise ValueError("it is no JPEG, PNG, GIF or WebP picture")
    limit = {"max_pixels": str(_MOST_PIXELS)}
    try:
        with av.open(io.BytesIO(image), "r", format=format_, options=limit) as picture:
            stream = picture.streams.video[0]
            stream.codec_context.options = limit  # what is given above holds for a first look alone
            return next(picture.decode(stream))
    except (av.FFmpegError, IndexError, StopIteration) as error:
        most = _MOST_PIXELS // 1_000_000
        raise ValueError(f"it is damaged, or has more than {most} million pixels") from error


def _as_jpeg(frame: "VideoFrame") -> bytes:
    from fractions import Fraction

    import av

    scale = min(1.0, _LONGEST_SIDE / max(frame.width, frame.height))
    width, height = (max(2, round(side * scale)) for side in (frame.width, frame.height))
    encoder = av.CodecContext.create("mjpeg", "w")
    encoder.width, encoder.height = width, height
    encoder.pix_fmt = "yuvj420p"
    encoder.time_base = Fraction(1, 1)
    encoder.options = {"qmin": "3", "qmax": "3", "threads": "1"}
    smaller = frame.reformat(width, height, "yuvj420p")
    smaller.pts = 0
    return b"".join(bytes(packet) for packet in [*encoder.encode(smaller), *encoder.encode(None)])
