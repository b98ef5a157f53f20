"""Episodes are published in a folder, and published again."""

import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import mutagen
import pytest
from lxml import etree, html
from PIL import Image

from audio.errors import AudioError
from narration.errors import UsageError
from narration.podcast.lock import LOCK
from narration.podcast.publish import Published, publish
from tests.narration.conftest import Narrate
from tests.narration.podcast.conftest import ARTICLE, Make

NOW = datetime(2026, 3, 4, tzinfo=UTC)
LATER = datetime(2027, 3, 4, tzinfo=UTC)
DATELESS = ARTICLE.replace("date: 2024-06-01\n", "")
FILES = {
    "index.html", "lamp.mp3", "chapters.json", "transcript.vtt", "transcript.srt", "transcript.json",
    "transcript.html", "cover.jpg", "cover-small.jpg", "waveform.svg", "episode.json", "words",
}  # fmt: skip


@dataclass(frozen=True)
class Site:
    """A folder, published in."""

    folder: Path

    def publish(self, *episodes: object, base_url: str = "", now: datetime = NOW) -> Published:
        return publish([str(each) for each in episodes], self.folder, base_url=base_url, now=now)

    @property
    def feed(self) -> feedparser.FeedParserDict:
        return feedparser.parse(self.text("feed.xml").encode())

    def text(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")

    def stamps(self) -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in self.folder.rglob("*") if path.is_file()}


@pytest.fixture
def site(folder: Path) -> Site:
    return Site(folder / "site")


def test_episode_has_all_its_files_and_the_feed_names_them(made: Make, site: Site) -> None:
    published = site.publish(made(), base_url="https://example.org/pod")
    (place,) = published.episodes
    assert place == site.folder / "episodes" / "the-lamp"
    assert {path.name for path in place.iterdir()} == {name.replace("lamp.mp3", "the-lamp.mp3") for name in FILES}
    assert {path.name for path in site.folder.iterdir()} == {
        "feed.xml", "index.html", "show.toml", "cover.jpg", "cover-small.jpg", "assets", "episodes", LOCK,
    }  # fmt: skip
    tree = etree.parse(site.folder / "feed.xml")
    addresses = [value for value in tree.xpath("//@url|//@href") if isinstance(value, str)]
    paths = [address.removeprefix("https://example.org/pod/") for address in addresses]
    assert [path for path in paths if not (site.folder / path).is_file()] == []
    (entry,) = site.feed.entries
    assert int(entry.enclosures[0].length) == (place / "the-lamp.mp3").stat().st_size


@pytest.mark.parametrize(("named", "code"), [("English", "en"), ("de_AT", "de-AT")])
def test_article_that_names_its_language_otherwise_gives_the_feed_a_code(
    named: str, code: str, made: Make, site: Site
) -> None:
    site.publish(made(ARTICLE.replace("language: en", f"language: {named}")))
    assert site.feed.feed.language == code


def test_chapter_starts_are_the_same_to_the_millisecond_everywhere(made: Make, site: Site) -> None:
    (place,) = site.publish(made()).episodes
    tags = mutagen.File(place / "the-lamp.mp3").tags
    in_sound = sorted(frame.start_time for frame in tags.getall("CHAP"))
    in_json = [each["startTime"] for each in json.loads((place / "chapters.json").read_text())["chapters"]]
    entry = json.loads((place / "episode.json").read_text())
    assert [round(start * 1000) for start in in_json] == in_sound == [at for at, _ in entry["chapters"]]
    assert all(f'data-start="{start}"' in (place / "index.html").read_text() for start in in_sound)


def test_source_that_was_never_narrated_is_narrated(folder: Path, site: Site) -> None:
    (folder / "plain.txt").write_text("Some words stand here.\n\nAnd more of them there.\n")
    (folder / "narration.toml").write_text('voice = "tone/low"\n')
    site.publish("plain.txt")
    assert [entry.title for entry in site.feed.entries] == ["Plain"]
    assert (folder / "plain.mp3").is_file()


def test_source_where_nobody_may_write_is_narrated_in_the_current_folder(
    folder: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "shared").mkdir()
    (folder / "shared/plain.txt").write_text("Some words stand here.\n")
    (folder / "shared/narration.toml").write_text('voice = "tone/low"\n')
    monkeypatch.setattr("narration.podcast.publish.os.access", lambda *_: False)
    site.publish("shared/plain.txt")
    assert (folder / "plain.narration").is_file()
    assert not (folder / "shared/plain.mp3").exists()
    assert site.publish("shared/plain.txt").episodes == (site.folder / "episodes/plain",)


def test_sound_of_no_episode_is_refused(folder: Path, narrate: Narrate) -> None:
    (folder / "song.mp3").write_bytes(b"no episode")
    ran = narrate("publish", "song.mp3", "--to", "site")
    assert (ran.code, ran.err.startswith("narrate: Nothing tells which project made song.mp3; give that")) == (2, True)


def test_title_that_breaks_everything_is_the_same_everywhere(made: Make, site: Site) -> None:
    title = "<script>alert(\"1\")</script> & 'q' ]]> --> مرحبا 👩‍👩‍👧 日本 ../../x " + "long " * 90 + "end"
    (place,) = site.publish(made(ARTICLE, "naughty.md", "--title", title, "--author", title)).episodes
    (entry,) = site.feed.entries
    shown = json.loads((place / "episode.json").read_text())["title"]
    assert shown == title
    assert html.fromstring(site.text("index.html")).findtext(".//h3/a") == shown
    assert html.fromstring((place / "index.html").read_text()).findtext(".//title") == shown
    assert not html.fromstring(site.text("index.html")).findall(".//script")
    assert mutagen.File(place / f"{place.name}.mp3").tags["TIT2"].text[0].endswith(" end")
    assert len(place.name.encode()) <= 200
    assert place.parent == site.folder / "episodes"
    assert entry.id


def test_publishing_again_changes_nothing(made: Make, site: Site) -> None:
    project = made(DATELESS)
    site.publish(project)
    before = site.stamps()
    site.publish(project, now=LATER)
    assert site.stamps() == before


def test_episode_narrated_again_keeps_guid_folder_and_number(made: Make, site: Site) -> None:
    site.publish(made(DATELESS))
    (before,) = site.feed.entries
    site.publish(made(DATELESS.replace("The Lamp", "Another Title").replace("dusk", "noon, far from here")), now=LATER)
    (after,) = site.feed.entries
    assert after.title == "Another Title"
    for name in ("id", "link", "published", "itunes_episode"):
        assert after[name] == before[name]
    assert after.enclosures[0].length != before.enclosures[0].length


def test_two_episodes_with_one_title_are_two(made: Make, site: Site) -> None:
    published = site.publish(made(), made(ARTICLE, "other.md"), "lamp.md")
    assert [place.name for place in published.episodes] == ["the-lamp", "the-lamp-2"]
    assert len({entry.id for entry in site.feed.entries}) == 2


def test_episode_that_is_removed_leaves_the_feed(made: Make, site: Site) -> None:
    one, other = site.publish(made(), made(DATELESS, "other.md")).episodes
    for path in sorted(one.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    one.rmdir()
    assert site.publish().episodes == ()
    assert [entry.link for entry in site.feed.entries] == [f"episodes/{other.name}/index.html"]
    assert f"episodes/{one.name}/" not in site.text("index.html")


@pytest.mark.parametrize("name", ["episode.json", "transcript.vtt", "the-lamp.mp3", "words/1.js", "cover.jpg"])
@pytest.mark.parametrize("left", [None, b"half of it"])
def test_half_written_folder_is_mended(name: str, left: bytes | None, published: Path) -> None:
    site, project = Site(published / "site"), published / "lamp.narration"
    whole = {path: path.read_bytes() for path in site.folder.rglob("*") if path.is_file()}
    path = site.folder / "episodes" / "the-lamp" / name
    path.unlink() if left is None else path.write_bytes(left)
    path.with_name(f".{path.name}.partial").write_bytes(b"of a run that was killed")
    site.publish(project)
    assert {path: path.read_bytes() for path in site.folder.rglob("*") if path.is_file()} == whole


def test_feed_is_as_it_was_when_an_episode_cannot_be_written(made: Make, site: Site) -> None:
    site.publish(made())
    feed = site.text("feed.xml")
    (site.folder / "episodes" / "other" / "other.mp3" / "in-the-way").mkdir(parents=True)
    with pytest.raises(AudioError, match=r"other\.mp3 could not be written"):
        site.publish(made(DATELESS.replace("The Lamp", "Other"), "other.md"))
    assert site.text("feed.xml") == feed


def test_show_is_described_once_and_then_followed(made: Make, site: Site) -> None:
    first = site.publish(made())
    assert any("show.toml describes the show" in note for note in first.notes)
    assert any("asks for base_url, email, category" in note for note in first.notes)
    path = site.folder / "show.toml"
    path.write_text(site.text("show.toml").replace("Articles by A. Keeper", "My Show"), "utf-8")
    second = site.publish()
    assert site.feed.feed.title == "My Show"
    assert not any("describes the show" in note for note in second.notes)


def test_base_url_that_differs_from_the_show_s_holds_and_is_told(made: Make, site: Site) -> None:
    site.publish(made())
    published = site.publish(base_url="https://example.org")
    assert "show.toml has no base_url; write https://example.org there" in published.notes[0]
    assert site.feed.entries[0].link.startswith("https://example.org/episodes/")
    path = site.folder / "show.toml"
    path.write_text(site.text("show.toml").replace('base_url = ""', 'base_url = "https://example.net"'), "utf-8")
    published = site.publish(base_url="https://example.org")
    assert "show.toml has another base_url; write https://example.org there" in published.notes[0]


def test_cover_that_is_given_is_published(made: Make, site: Site, folder: Path) -> None:
    out = io.BytesIO()
    Image.new("RGB", (1500, 1500), (200, 30, 30)).save(out, "PNG")
    (folder / "red.png").write_bytes(out.getvalue())
    (place,) = site.publish(made(ARTICLE, "lamp.md", "--cover", "red.png")).episodes
    assert Image.open(place / "cover.jpg").getpixel((1500, 1500))[0] > 190  # type: ignore[index]


def test_image_of_the_show_that_is_missing_is_told(made: Make, site: Site) -> None:
    site.publish(made())
    path = site.folder / "show.toml"
    path.write_text(site.text("show.toml").replace('image = ""', 'image = "no.png"'), "utf-8")
    with pytest.raises(UsageError, match=r"The image .*no\.png that .*show\.toml names cannot be read"):
        site.publish()


def test_change_of_format_takes_the_old_sound_away(made: Make, site: Site, narrate: Narrate) -> None:
    (place,) = site.publish(made()).episodes
    site.publish(made(ARTICLE, "lamp.md", "-o", "lamp.m4b"))
    assert [path.name for path in place.glob("the-lamp.*")] == ["the-lamp.m4a"]
    assert site.feed.entries[0].enclosures[0].type == "audio/x-m4a"


def test_folder_without_a_show_asks_for_an_episode(narrate: Narrate) -> None:
    ran = narrate("publish", "--to", "site")
    assert ran.code == 2
    assert "`narrate publish EPISODE --to site` makes one" in ran.err


def test_command_prints_the_feed_and_notes(made: Make, narrate: Narrate) -> None:
    made()
    ran = narrate("publish", "lamp.md", "--to", "site", "--base-url", "https://example.org")
    assert (ran.code, ran.out) == (0, "site/feed.xml\n")
    assert "note: site/show.toml describes the show" in ran.err
    assert narrate("publish", "--to", "site", "--quiet").err == ""


def test_source_that_cannot_be_narrated_is_not_published(folder: Path, narrate: Narrate, stranger: None) -> None:
    (folder / "bad.txt").write_text("Here is trouble.\n")
    (folder / "narration.toml").write_text('voice = "faulty/silent"\n')
    ran = narrate("publish", "bad.txt", "--to", "site")
    assert (ran.code, ran.out) == (4, "")
    assert "No file was written" in ran.err
    assert not (folder / "site").exists()


def test_episode_whose_sound_was_lost_keeps_its_number_and_date(made: Make, site: Site) -> None:
    (place,) = site.publish(made(DATELESS)).episodes
    (place / "the-lamp.mp3").unlink()
    site.publish(made(DATELESS, "other.md"), now=LATER)
    assert [entry.link for entry in site.feed.entries] == ["episodes/the-lamp-2/index.html"]
    site.publish("lamp.md", now=LATER)
    (_, entry) = site.feed.entries
    assert (entry.itunes_episode, entry.published) == ("1", "Wed, 04 Mar 2026 00:00:00 +0000")


def test_folder_that_is_a_file_is_refused(made: Make, narrate: Narrate, folder: Path) -> None:
    made()
    (folder / "site").write_text("")
    assert narrate("publish", "lamp.md", "--to", "site").code == 2
    assert narrate("publish", "lamp.md", "--to", "site/below").code == 5
