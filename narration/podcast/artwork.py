"""Artwork, as podcast players want it: 3000 × 3000 JPEG below 500 kB, made of a picture or of the words themselves."""

import hashlib
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from narration.errors import UsageError
from narration.podcast.caption_atoms import follows_without_space, pieces
from narration.podcast.fonts import Face, face_for, is_right_to_left
from narration.podcast.plain_text import plain

SIDE_PX = 3000
MAX_BYTES = 500_000
SMALLEST_PX = 1400  # "Artwork requirements", podcasters.apple.com
_LISTED_PX = 360
_MAX_PIXELS = 120_000_000
_MARGIN_PX = 260
_LARGEST_PX, _SMALLEST_LETTER_PX = 420, 20
_SMALL_PX = 108
_LEADING = 1.16
_LONGEST_WORD = 28  # characters; a longer one is broken, or all of the title would be small
_WIDTH_PX = SIDE_PX - 2 * _MARGIN_PX
_TITLE_TOP_PX, _TITLE_HEIGHT_PX = 560, 1180
_WAVES_PX, _WAVES_HEIGHT_PX = 2130, 270
_AUTHOR_TOP_PX = SIDE_PX - _MARGIN_PX - 2 * _SMALL_PX

Image.MAX_IMAGE_PIXELS = None  # the limit here is on what a picture becomes: a JPEG is read small from the start
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours that go together: ink on ground has a contrast of 7 or more, quiet on ground 4.5 (WCAG 2.2, 1.4.6)."""

    ground: Colour
    ink: Colour
    quiet: Colour
    accent: Colour


PALETTES = (
    Palette((22, 36, 58), (247, 242, 230), (168, 184, 206), (240, 170, 82)),
    Palette((38, 52, 44), (244, 243, 230), (171, 196, 172), (226, 190, 92)),
    Palette((74, 26, 36), (252, 240, 228), (232, 178, 168), (244, 142, 92)),
    Palette((44, 32, 66), (244, 240, 250), (190, 176, 220), (236, 130, 150)),
    Palette((12, 58, 66), (238, 248, 244), (150, 202, 200), (250, 196, 108)),
    Palette((246, 240, 226), (44, 38, 34), (110, 84, 62), (200, 78, 48)),
    Palette((232, 238, 240), (24, 40, 54), (70, 92, 110), (20, 120, 140)),
    Palette((32, 32, 34), (246, 244, 240), (182, 178, 172), (232, 96, 72)),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A cover as JPEG, a small one for lists, and what is to be told about it."""

    jpeg: bytes
    small: bytes
    notes: tuple[str, ...] = ()


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def cover_of(image: bytes, name: str) -> Picture:
    """A cover of a picture: cut to a square, or set on a blurred copy of itself where too much would be cut off.

    name: what it is called in messages. Raises UsageError for what is no picture, or too large for one.
    """
    try:
        with Image.open(io.BytesIO(image)) as opened:
            opened.draft("RGB", (SIDE_PX, SIDE_PX))  # a JPEG is read no larger than it is needed
            if opened.width * opened.height > _MAX_PIXELS:
                raise UsageError(
                    f"The cover {name} has {opened.width} × {opened.height} pixels, more than can be worked with; "
                    f"make it smaller: {SIDE_PX} × {SIDE_PX} is what is published."
                )
            size = opened.size
            picture = _opaque(ImageOps.exif_transpose(opened))
    except (OSError, ValueError, SyntaxError) as error:
        raise UsageError(f"The cover {name} cannot be read as a picture. Give a JPEG or PNG file.") from error
    notes: tuple[str, ...] = ()
    if min(size) < SMALLEST_PX:
        told = (
            f"The cover {name} has {size[0]} × {size[1]} pixels; Apple asks for {SMALLEST_PX} × {SMALLEST_PX} at least."
        )
        notes = (told,)
    square = _square(picture)
    return Picture(_jpeg(square), _small(square), notes)


def made_cover(title: str, author: str = "", show: str = "") -> Picture:
    """A cover of words: the title as large as it fits, whole; the show above it and the author below.

    Its colours and its drawing come from the title. Notes tell of letters that no font of this machine has.
    """
    words = [plain(text) for text in (show, title, author)]
    faces = [face_for(text) for text in words]
    notes = tuple(_lacking(text, face) for text, face in zip(words, faces, strict=True) if face.missing)
    seed = hashlib.sha256(words[1].encode()).digest()
    palette = PALETTES[seed[0] % len(PALETTES)]
    canvas = Image.new("RGB", (SIDE_PX, SIDE_PX), palette.ground)
    draw = ImageDraw.Draw(canvas)
    _draw_waves(draw, palette, seed)
    right = is_right_to_left(words[1])
    places = (
        (_MARGIN_PX, 2 * _SMALL_PX, _SMALL_PX, palette.quiet),
        (_TITLE_TOP_PX, _TITLE_HEIGHT_PX, _LARGEST_PX, palette.ink),
        (_AUTHOR_TOP_PX, 2 * _SMALL_PX, _SMALL_PX, palette.quiet),
    )
    for (top, height, largest, colour), text, face in zip(places, words, faces, strict=True):
        shown = "".join(character for character in text if character not in face.missing)
        lines, size = fitted(shown, face, (_WIDTH_PX, height), largest)
        _draw_lines(draw, lines, face, (top, size), colour, right=right)
    return Picture(_jpeg(canvas), _small(canvas), notes)


def fitted(text: str, face: Face, box_px: tuple[float, float], largest_px: int) -> tuple[list[str], int]:
    """The text in lines that all stand within the box, and the size of its letters: the largest that fits."""
    places = pieces(text, _LONGEST_WORD)
    atoms = [(text[start:end], follows_without_space(text, start)) for start, end in places]
    size = largest_px
    while True:
        lines = _wrapped(atoms, face, size, box_px[0])
        high = len(lines) * size * _LEADING <= box_px[1]
        if (high and all(_width(line, face, size) <= box_px[0] for line in lines)) or size == _SMALLEST_LETTER_PX:
            return lines, size
        size = max(int(size * 0.94), _SMALLEST_LETTER_PX)


def _wrapped(atoms: Sequence[tuple[str, bool]], face: Face, size_px: int, width_px: float) -> list[str]:
    lines: list[str] = []
    for text, glued in atoms:
        longer = f"{lines[-1]}{'' if glued else ' '}{text}" if lines else text
        if lines and _width(longer, face, size_px) <= width_px:
            lines[-1] = longer
        else:
            lines.append(text)
    return lines


def _width(line: str, face: Face, size_px: int) -> float:
    return face.at(size_px).getlength(line)


def _draw_lines(
    draw: ImageDraw.ImageDraw,
    lines: Sequence[str],
    face: Face,
    place_px: tuple[int, int],
    colour: Colour,
    *,
    right: bool,
) -> None:
    top, size = place_px
    font = face.at(size)
    for number, line in enumerate(lines):
        y = top + number * size * _LEADING
        x, anchor = (SIDE_PX - _MARGIN_PX, "ra") if right else (_MARGIN_PX, "la")
        draw.text((x, y), line, colour, font, anchor=anchor)


def _draw_waves(draw: ImageDraw.ImageDraw, palette: Palette, seed: bytes) -> None:
    """A row of bars like a voice, along the lower third."""
    n_bars, width = 49, 26
    step = (_WIDTH_PX - width) / (n_bars - 1)
    for bar in range(n_bars):
        envelope = math.sin(math.pi * (bar + 0.5) / n_bars) ** 0.6
        height = 20 + (_WAVES_HEIGHT_PX - 20) * envelope * (0.25 + 0.75 * seed[bar % len(seed)] / 255)
        x = _MARGIN_PX + bar * step
        draw.rounded_rectangle((x, _WAVES_PX - height, x + width, _WAVES_PX + height), width / 2, palette.accent)


def _lacking(text: str, face: Face) -> str:
    letters = "".join(sorted(face.missing))[:12]
    return (
        f"No font of this machine can write {letters} of “{text[:60]}” on the cover. Install one that can "
        "(Noto has most scripts), or give a picture of your own."
    )


def _opaque(picture: Image.Image) -> Image.Image:
    """Without transparency: what shows through is white."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(white, picture).convert("RGB")
    return picture.convert("RGB")


def _square(picture: Image.Image) -> Image.Image:
    size = (SIDE_PX, SIDE_PX)
    if max(picture.size) <= 4 / 3 * min(picture.size):
        return ImageOps.fit(picture, size, Image.Resampling.LANCZOS)
    small = ImageOps.fit(picture, (SIDE_PX // 10, SIDE_PX // 10)).filter(ImageFilter.GaussianBlur(12))
    ground = ImageEnhance.Brightness(small).enhance(0.6).resize(size, Image.Resampling.BICUBIC)
    whole = ImageOps.contain(picture, size, Image.Resampling.LANCZOS)
    ground.paste(whole, ((SIDE_PX - whole.width) // 2, (SIDE_PX - whole.height) // 2))
    return ground


def _jpeg(picture: Image.Image) -> bytes:
    for quality in range(90, 10, -8):
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() < MAX_BYTES:
            break
    return out.getvalue()


def _small(picture: Image.Image) -> bytes:
    return _jpeg(picture.resize((_LISTED_PX, _LISTED_PX), Image.Resampling.LANCZOS))


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
