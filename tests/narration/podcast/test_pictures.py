"""The article's pictures on its page: which are read, what is left of them, and where they stand."""

import io
import zipfile
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import lxml.html
import pytest
from PIL import Image

from narration.podcast.outline import ShownPicture
from narration.podcast.pictures import PictureJob, SmallPicture, write_pictures
from narration.podcast.publish import publish
from narration.workers import WorkerError
from script.article import Picture
from script.script import Segment
from tests.narration.conftest import Narrate
from tests.narration.pictures import picture
from tests.narration.podcast.conftest import Make

Written = Callable[..., tuple[dict[str, ShownPicture], tuple[str, ...]]]


def segment(*names: str) -> Segment:
    return Segment(1, "caption", 0, 1, "A lamp.", (), "", None, 0.5, pictures=tuple(map(Picture, names)))


def image(format_: str, size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 120).save(out, format_, **options)
    return out.getvalue()


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes the pictures of an article in tmp_path/article into tmp_path/episode."""
    (tmp_path / "article").mkdir()

    def write(*names: str, source: str = "lamp.md") -> tuple[dict[str, ShownPicture], tuple[str, ...]]:
        return write_pictures([segment(*names)], str(tmp_path / "article" / source), tmp_path / "episode", submitted)

    return write


def submitted(fn: Callable[[PictureJob], SmallPicture], job: PictureJob) -> Future[SmallPicture]:
    """What a worker would say, without one."""
    future: Future[SmallPicture] = Future()
    try:
        future.set_result(fn(job))
    except Exception as error:  # noqa: BLE001 - as an executor does
        future.set_exception(error)
    return future


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "gif"])
def test_picture_beside_the_article_is_put_beside_the_page(kind: str, written: Written, tmp_path: Path) -> None:
    (tmp_path / "article/the lamp").write_bytes(picture(kind))
    shown, notes = written("the%20lamp")
    place = shown["the%20lamp"]
    assert (place.width, place.height, notes) == (40, 30, ())
    with Image.open(tmp_path / "episode" / place.path) as opened:
        assert opened.size == (40, 30)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("https://example.org/a.png", "it is on the web, from where nothing is fetched"),
        ("../outside.png", "it is outside the article's folder"),
        ("/etc/passwd", "it is outside the article's folder"),
        ("link.png", "it is outside the article's folder"),
        ("none.png", "there is no such file beside the article"),
        ("folder", "there is no such file beside the article"),
        ("drawing.svg", "it is no JPEG, PNG, GIF or WebP picture"),
        ("half.png", "it is no JPEG, PNG, GIF or WebP picture"),
        ("large.gif", "it has 9000 × 9000 pixels, more than can be worked with"),
        ("data:image/png;base64," + 3000 * "A", "there is no such file beside the article"),
    ],
)
def test_other_pictures_are_left_out_with_a_note(name: str, why: str, written: Written, tmp_path: Path) -> None:
    article = tmp_path / "article"
    (tmp_path / "outside.png").write_bytes(picture("png"))
    (article / "link.png").symlink_to(tmp_path / "outside.png")
    (article / "folder").mkdir()
    (article / "drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    (article / "half.png").write_bytes(picture("png")[:60])
    (article / "large.gif").write_bytes(image("GIF", (9000, 9000), "P"))
    shown, (note,) = written(name)
    assert shown == {}
    assert note.startswith(f"The picture {name[:40]}")
    assert why in note
    assert len(note) < 250
    assert not (tmp_path / "episode/pictures").exists()


def test_article_from_the_web_has_none(written: Written, tmp_path: Path) -> None:
    (tmp_path / "lamp.png").write_bytes(picture("png"))
    _, (note,) = write_pictures([segment("lamp.png")], "https://example.org/lamp.html", tmp_path, submitted)
    assert "the article is no file that it could stand beside" in note


def test_large_photo_is_made_smaller_and_says_nothing_of_where_it_was_taken(written: Written, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "at home"
    exif[0x0112] = 6  # to be turned to the right
    (tmp_path / "article/photo.jpg").write_bytes(image("JPEG", (4000, 2000), exif=exif))
    place = written("photo.jpg")[0]["photo.jpg"]
    assert (place.width, place.height) == (360, 720)
    content = (tmp_path / "episode" / place.path).read_bytes()
    assert b"at home" not in content
    (tmp_path / "article/photo.png").write_bytes(image("PNG", exif=exif))
    place = written("photo.png")[0]["photo.png"]
    assert b"at home" not in (tmp_path / "episode" / place.path).read_bytes()
    with Image.open(io.BytesIO(content)) as opened:
        assert (opened.size, dict(opened.getexif())) == ((800, 1600), {})


def test_drawing_that_is_seen_through_stays_so(written: Written, tmp_path: Path) -> None:
    (tmp_path / "article/drawing.png").write_bytes(image("PNG", mode="LA"))
    place = written("drawing.png")[0]["drawing.png"]
    with Image.open(tmp_path / "episode" / place.path) as opened:
        assert (opened.format, opened.mode) == ("PNG", "RGBA")


def test_pictures_that_are_no_longer_shown_are_removed(written: Written, tmp_path: Path) -> None:
    (tmp_path / "article/lamp.png").write_bytes(picture("png"))
    written("lamp.png")
    kept = list((tmp_path / "episode/pictures").iterdir())
    written("lamp.png")
    assert list((tmp_path / "episode/pictures").iterdir()) == kept
    written()
    assert list((tmp_path / "episode/pictures").iterdir()) == []


def test_picture_that_breaks_its_decoder_gives_a_note(written: Written, tmp_path: Path) -> None:
    (tmp_path / "article/lamp.png").write_bytes(picture("png"))

    def crash(*_: object) -> Future[SmallPicture]:
        raise WorkerError("the engine's process died (SIGSEGV)")

    source = str(tmp_path / "article/lamp.md")
    shown, (note,) = write_pictures([segment("lamp.png")], source, tmp_path / "episode", crash)
    assert (shown, note) == ({}, "The picture lamp.png is left out: it cannot be decoded.")


def test_archive_that_is_damaged_gives_a_note(written: Written, tmp_path: Path) -> None:
    path = tmp_path / "article/lamp.epub"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("lamp.png", image("PNG", (300, 300)))
    content = path.read_bytes()
    path.write_bytes(content[:60] + bytes(20) + content[80:])
    shown, notes = written("lamp.png", "gone.png", source="lamp.epub")
    assert (shown, len(notes)) == ({}, 2)
    assert "there is none in lamp.epub" in notes[1]


def test_picture_stands_at_its_place_with_its_description(made: Make, folder: Path) -> None:
    (folder / "lamp.png").write_bytes(picture("png"))
    text = (
        'Before it.\n\n![A \\<lamp\\> & "more"](lamp.png)\n\nBetween.\n\n'
        '![The lamp at dusk.](lamp.png){alt="Lit."}\n\nBehind.\n\n![](lamp.png)\n\n- An item.\n\n  ![](lamp.png)\n'
    )
    (place,) = publish([str(made(text))], folder / "site").episodes
    article = lxml.html.parse(place / "index.html").find(".//article")
    figures = article.findall(".//figure")
    assert [each.findtext("figcaption") for each in figures] == ['A <lamp> & "more"', "The lamp at dusk.", None, None]
    assert [each.find("img").get("alt") for each in figures] == ["", "Lit.", "", ""]
    assert (place / figures[0].find("img").get("src")).is_file()
    assert [figure.getprevious().text for figure in figures] == ["Before it.", "Between.", "Behind.", "An item."]
    assert figures[3].getparent().tag == "li"


def test_picture_behind_the_title_leads_the_page(made: Make, folder: Path) -> None:
    (folder / "lamp.png").write_bytes(picture("png"))
    (place,) = publish([str(made("# The Lamp\n\n![](lamp.png)\n\nText."))], folder / "site").episodes
    chapter = lxml.html.parse(place / "index.html").find(".//section[@id='ch1']")
    assert [each.tag for each in chapter.iter("figure", "img", "p")] == ["figure", "img", "p"]


@pytest.mark.parametrize("suffix", ["epub", "docx", "odt"])
def test_pictures_inside_a_document_are_shown(suffix: str, folder: Path, narrate: Narrate) -> None:
    import pypandoc

    (folder / "lamp.png").write_bytes(picture("png"))
    text = "# A title\n\nBefore it.\n\n![The lamp](lamp.png)\n\nBehind."
    source = f"lamp.{suffix}"
    pypandoc.convert_text(text, suffix, "markdown", outputfile=source, extra_args=["--metadata=title:Lamp"])
    (folder / "lamp.png").unlink()
    assert narrate(source, "--voice", "tone/low").code == 0
    published = publish([source], folder / "site")
    assert not [note for note in published.notes if note.startswith("The picture")]
    (place,) = published.episodes
    article = lxml.html.parse(place / "index.html").find(".//article")
    (shown,) = article.iterfind(".//figure/img")
    assert (place / shown.get("src")).is_file()
    assert article.text_content().split()[-3:] == ["The", "lamp", "Behind."]


@pytest.mark.parametrize(("suffix", "where"), [("docx", "lamp.docx/word/"), ("md", "text/a%20lamp.png")])
def test_pictures_go_along_with_the_editable_script(suffix: str, where: str, folder: Path, narrate: Narrate) -> None:
    import pypandoc

    (folder / "text").mkdir()
    (folder / "text/a lamp.png").write_bytes(picture("png"))
    text = "Before it.\n\n![The lamp](text/a%20lamp.png)\n\nBehind.\n\n![](text/a%20lamp.png)"
    if suffix == "md":
        Path("text/lamp.md").write_text(text.replace("text/", ""))
    else:
        pypandoc.convert_text(text, suffix, "markdown", outputfile=f"lamp.{suffix}")
        (folder / "text/a lamp.png").unlink()
    source = "text/lamp.md" if suffix == "md" else f"lamp.{suffix}"
    assert narrate("script", source, "-o", "edited.md").code == 0
    assert Path("edited.md").read_text().count(f"]({where}") == 2
    assert narrate("edited.md", "--voice", "tone/low").code == 0
    published = publish(["edited.md"], folder / "site")
    assert not [note for note in published.notes if note.startswith("The picture")]
    (place,) = published.episodes
    assert len(lxml.html.parse(place / "index.html").findall(".//figure/img")) == 2


def test_pictures_saved_with_a_web_page_are_shown(folder: Path, narrate: Narrate) -> None:
    (folder / "lamp_files").mkdir()
    (folder / "lamp_files/a lamp.png").write_bytes(picture("png"))
    shown = '<figure><img src="lamp_files/a%20lamp.png" alt="Lit."><figcaption>The lamp.</figcaption></figure>'
    Path("lamp.html").write_text(f"<h1>Lamp</h1><p>Before it.</p>{shown}<p>Behind.</p>")
    assert narrate("lamp.html", "--voice", "tone/low").code == 0
    (place,) = publish(["lamp.html"], folder / "site").episodes
    (figure,) = lxml.html.parse(place / "index.html").findall(".//article//figure")
    assert (figure.findtext("figcaption"), figure.find("img").get("alt")) == ("The lamp.", "Lit.")
    assert (place / figure.find("img").get("src")).is_file()
