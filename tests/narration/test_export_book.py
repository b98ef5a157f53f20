import zipfile

from tests.narration.conftest import Narrate


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
