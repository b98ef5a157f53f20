"""The picture of an episode, and what is no picture."""

import json
import subprocess

import pytest
from mutagen.id3 import ID3

from narration.cover import cover, named_cover, own_picture
from narration.errors import UsageError
from script.article import Article
from tests.narration.conftest import Narrate
from tests.narration.pictures import picture
from tests.script.readers.epub_books import book

TONE = ("--engine", "tone", "--voice", "low", "--quiet")


def own(image: bytes) -> tuple[bytes, tuple[str, ...]]:
    return own_picture(Article(cover=image), "book.epub", allow_private=False)


@pytest.mark.parametrize(("kind", "mime"), [("png", "image/png"), ("jpeg", "image/jpeg")])
def test_picture_that_players_show_stays_as_it_is(kind: str, mime: str) -> None:
    image = picture(kind)
    assert own(image) == (image, ())
    found = cover(image)
    assert (found.image, found.mime, found.width, found.height) == (image, mime, 40, 30)


def test_other_and_large_pictures_become_jpeg() -> None:
    made, notes = own(picture("webp"))
    assert (cover(made).mime, cover(made).width, notes) == ("image/jpeg", 40, ())
    large = picture("png", 3000, 1500) + b"\0" * 1_500_000
    made, _ = own(large)
    assert (cover(made).width, cover(made).height, len(made) < 200_000) == (1400, 700, True)
    assert own(large)[0] == made


@pytest.mark.parametrize(
    "image",
    [
        b"<svg/>",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n" + b"0" * 90,
        b"GIF89a",
        b"RIFF....WEBP",
        b"#EXTM3U\nfile:///etc/passwd\n",
    ],
)
def test_what_is_no_picture_is_left_out_with_a_note(image: bytes) -> None:
    made, notes = own(image)
    assert made == b""
    assert len(notes) == 1
    assert "is not used as a cover" in notes[0]


@pytest.mark.parametrize("kind", ["png", "jpeg", "gif", "webp"])
def test_picture_too_large_to_decode_is_left_out_with_a_note(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("narration.cover._MOST_PIXELS", 40 * 30 - 1)
    made, (note,) = own(picture(kind))
    assert made == b""
    assert "it is damaged, or has more than" in note


def test_cover_that_is_not_there_is_told() -> None:
    with pytest.raises(UsageError, match=r"The cover none\.png cannot be read: No such file or directory\.$"):
        named_cover("none.png", "article.md")


def test_playlist_in_the_guise_of_a_cover_is_refused_unopened(folder, monkeypatch) -> None:
    (folder / "cover.png").write_bytes(b"#EXTM3U\n#EXTINF:1,\nsecret.png\n")
    (folder / "secret.png").write_bytes(picture("png"))
    with pytest.raises(UsageError, match="neither JPEG nor PNG"):
        named_cover("cover.png", "article.md")


def test_cover_of_a_book_is_the_cover_of_its_episode(narrate: Narrate, folder) -> None:
    item = '<item id="c" properties="cover-image" href="c.png" media-type="image/png"/>'
    (folder / "book.epub").write_bytes(book(["<p>One.</p>"], manifest=item, files={"c.png": picture("png")}))
    assert narrate("book.epub", *TONE).code == 0
    assert ID3(folder / "book.mp3").getall("APIC")[0].data == picture("png")
    (folder / "book.epub").unlink()
    assert narrate("export", "book.mp3", "-o", "book.m4a").code == 0
    streams = ["ffprobe", "-v", "error", "-show_streams", "-of", "json", "book.m4a"]
    shown = json.loads(subprocess.run(streams, capture_output=True, check=True).stdout)["streams"]
    assert [each["codec_name"] for each in shown if each["codec_type"] == "video"] == ["png"]


def test_cover_may_be_another_or_none(narrate: Narrate, folder) -> None:
    (folder / "lead.png").write_bytes(picture("png"))
    (folder / "other.jpg").write_bytes(picture("jpeg"))
    (folder / "page.html").write_text('<meta property="og:image" content="lead.png"><p>The lamp is lit.')
    covers = []
    for more in ((), ("--cover", "other.jpg"), ("--cover", "none")):
        assert narrate("page.html", *TONE, *more).code == 0
        covers.append([frame.data for frame in ID3(folder / "page.mp3").getall("APIC")])
    assert covers == [[picture("png")], [picture("jpeg")], []]


def test_entry_of_a_feed_is_narrated_and_remembered(narrate: Narrate, folder) -> None:
    item = "<item><title>{0}</title><description>It is the {0} text.</description></item>"
    feed = "".join(
        ["<rss><channel>", *(item.format(name) for name in ("first", "second", "third")), "</channel></rss>"]
    )
    (folder / "feed.rss").write_text(feed)
    made = narrate("feed.rss", "--entry", 2, *TONE, "--json").document
    assert made["output"] == "second.mp3"
    assert narrate("make", "second.narration", *TONE, "--json").document["reused"] == 1
    assert narrate("script", "feed.rss", "--entry", 3, "--json").document["title"] == "third"
    assert narrate("script", "feed.rss", "--entry", 4).code == 3
    (folder / "plain.txt").write_text("Words.")
    assert narrate("script", "plain.txt", "--entry", 1).code == 3
