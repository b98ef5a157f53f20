"""The page stands on its own: nothing is fetched, and every finding leads into the sound."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.narration.check.planted import FAULTS, plant, recordings, taken_apart
from tests.narration.conftest import Narrate


class Page(HTMLParser):
    """What of a page matters here: its addresses, and its buttons."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.buttons: list[dict[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value for name, value in attrs if name in {"src", "href", "action", "data"} and value]
        if tag == "button":
            self.buttons.append(dict(attrs))


def test_page_plays_each_finding_from_the_file_beside_it(episode: Path, narrate: Narrate, tmp_path: Path) -> None:
    spoken = taken_apart(recordings(episode)[3])
    plant(episode, {3: FAULTS["silence"](spoken, 0, spoken.sentences[0]).recording()})
    path = tmp_path / "pages" / "check.html"
    path.parent.mkdir()
    document = narrate("check", episode, "--html", path, "--json").document
    page = Page(path.read_text("utf-8"))
    assert len(page.addresses) == 1
    assert not urlsplit(page.addresses[0]).netloc
    assert (path.parent / unquote(page.addresses[0])).resolve() == episode.with_suffix(".mp3").resolve()
    starts = {float(str(button["data-start"])) for button in page.buttons if "data-end" in button}
    expected = {max(each["start_s"] - 0.5, 0) for each in document["findings"] if each["start_s"] is not None}
    assert starts == {round(start, 3) for start in expected}


def test_titles_cannot_break_out_of_the_page(folder: Path, narrate: Narrate) -> None:
    (folder / "a.md").write_text("---\ntitle: <script>alert(1)</script>\n---\n\nOne is here.\n", "utf-8")
    narrate("a.md", "--voice", "tone/low")
    narrate("check", "a.md", "--html", "a.html")
    assert "<script>alert" not in (folder / "a.html").read_text("utf-8")


def test_page_takes_the_place_of_nothing_else(folder: Path, narrate: Narrate) -> None:
    (folder / "a.html").write_text("<html lang=en><body><p>One walk is described here.</p></body></html>", "utf-8")
    narrate("a.html", "--voice", "tone/low")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for place in ("a.mp3", "a.narration", "a.html"):
        ran = narrate("check", "a.html", "--html", place)
        assert (ran.code, place in ran.err) == (2, True)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
