"""Artwork: of a picture or of words, always 3000 × 3000 and below 500 kB."""

import io

import pytest
from hypothesis import given, settings
from PIL import Image

from narration.errors import UsageError
from narration.podcast.artwork import PALETTES, contrast, cover_of, fitted, made_cover
from narration.podcast.fonts import face_for, is_right_to_left
from tests.narration.podcast.programmes import NAUGHTY, texts

BOX = (2480.0, 1180.0)


def picture(width: int, height: int, kind: str = "PNG", mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height), 80).save(out, kind)
    return out.getvalue()


def opened(jpeg: bytes) -> Image.Image:
    assert len(jpeg) < 500_000
    image = Image.open(io.BytesIO(jpeg))
    assert (image.format, image.size, image.mode) == ("JPEG", (3000, 3000), "RGB")
    return image


@pytest.mark.parametrize("title", ["The Last Keeper", "word " * 100, "", NAUGHTY[0]])
def test_cover_of_words_is_one(title: str) -> None:
    assert opened(made_cover(title, "An Author", "A Show").jpeg)


def test_the_same_words_give_the_same_cover_and_others_another() -> None:
    assert made_cover("One").jpeg == made_cover("One").jpeg
    assert made_cover("One").jpeg != made_cover("Two").jpeg


@settings(max_examples=10)
@given(texts)
def test_no_text_is_cut(title: str) -> None:
    face = face_for(title)
    lines, size = fitted(title, face, BOX, 400)
    assert "".join("".join(lines).split()) == "".join(title.split())
    assert all(face.at(size).getlength(line) <= BOX[0] for line in lines)
    assert len(lines) * size * 1.16 <= BOX[1]


@pytest.mark.parametrize("palette", PALETTES)
def test_words_stand_out_from_the_ground(palette: object) -> None:
    assert contrast(palette.ink, palette.ground) >= 7  # type: ignore[attr-defined]
    assert contrast(palette.quiet, palette.ground) >= 4.5  # type: ignore[attr-defined]
    assert contrast(palette.accent, palette.ground) >= 3  # type: ignore[attr-defined]


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


def test_letters_that_no_font_has_are_told() -> None:
    (note,) = made_cover("A \U000f0000 title").notes
    assert "\U000f0000" in note
    assert "or give a picture of your own" in note


def test_direction_is_that_of_the_first_letter() -> None:
    assert is_right_to_left("1984: مرحبا hello")
    assert not is_right_to_left("hello مرحبا")


@pytest.mark.parametrize(
    ("size", "kind", "mode"),
    [
        ((3000, 3000), "PNG", "RGBA"), ((1400, 1600), "JPEG", "L"), ((4000, 1000), "PNG", "P"),
        ((500, 2000), "GIF", "L"), ((1, 1), "PNG", "RGB"),
    ],
)  # fmt: skip
def test_cover_of_a_picture_is_square(size: tuple[int, int], kind: str, mode: str) -> None:
    assert opened(cover_of(picture(*size, kind, mode), "it").jpeg)


def test_small_picture_is_told() -> None:
    assert "200 × 300 pixels; Apple asks for" in cover_of(picture(200, 300), "it.png").notes[0]


def test_picture_20000_pixels_wide_is_taken_where_it_can_be() -> None:
    opened(cover_of(picture(20_000, 400), "wide.png").jpeg)
    with pytest.raises(UsageError, match=r"huge\.png has 20000 × 7000 pixels, more than can be worked with"):
        cover_of(picture(20_000, 7000, mode="1"), "huge.png")


@pytest.mark.parametrize("content", [b"", b"no picture", picture(9, 9)[:30], b"\xff\xd8\xff\xe0", b"GIF89a"])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(UsageError, match="The cover it cannot be read as a picture"):
        cover_of(content, "it")


@pytest.mark.parametrize("title", ["日本語の灯台とその守り人", "مرحبا بالعالم: قصة المنارة", "שלום עולם", "Маяк"])
def test_other_scripts_are_written_with_a_font_that_has_them(title: str) -> None:
    if face_for(title).missing:
        pytest.skip("no font of this machine has the script; fonts-wqy-microhei and fonts-dejavu-core do")
    assert made_cover(title).notes == ()
    assert made_cover(title).jpeg != made_cover("").jpeg
