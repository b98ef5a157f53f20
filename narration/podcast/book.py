"""The episode as a book that reads itself: EPUB 3 with Media Overlays.

A document, an overlay and a sound for each chapter (EPUB 3.3, section 9, Media Overlays); the sound is the episode's
own packets, cut where chapters start.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from audio.episode import Cover, Episode, Format, stretch
from audio.formats.tag_text import time_ms
from narration.podcast.outline import ChapterText, Line, ShownPicture, outline
from narration.podcast.plain_text import showable
from narration.podcast.programme import Programme, ProgrammeChapter
from narration.podcast.spoken_text import written_sentences
from narration.podcast.templating import direction, machine_date, templates

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP file knows: the same episode gives the same bytes
_CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


@dataclass(frozen=True, slots=True)
class Par:
    """A stretch of text and when it is heard, in milliseconds of its chapter's sound. id: the text's element."""

    id: str
    from_ms: int
    to_ms: int


@dataclass(frozen=True, slots=True)
class BookChapter:
    """A chapter of the book: its number and title, its length, its text, and its pars in playing order.

    pieces: by number of the segment, its text in pieces, each with the id of its element, "" for none.
    """

    number: int
    title: str
    length_ms: int
    text: ChapterText
    pieces: dict[int, tuple[tuple[str, str], ...]]
    pars: tuple[Par, ...]


@dataclass(frozen=True, slots=True)
class BookPictures:
    """The pictures of a book: the folder that their paths start from, and each by its place in the article."""

    folder: Path = Path()
    shown: Mapping[str, ShownPicture] = field(default_factory=dict)

    @property
    def paths(self) -> tuple[str, ...]:
        """Their paths in the folder and in the book, each once."""
        return tuple(dict.fromkeys(each.path for each in self.shown.values()))


def write_book(
    programme: Programme, episode: Episode, format_: Format, out: BinaryIO, pictures: BookPictures | None = None
) -> None:
    """Write the book to a new, seekable, writable binary file, one chapter at a time.

    episode: the programme's sound; format_: that of the chapters' files, MP3.
    """
    pictures = pictures or BookPictures()
    told = outline(programme, pictures.shown)
    sounds = [stretch(episode, chapter.start_samples, chapter.end_samples) for chapter in programme.chapters]
    chapters = [
        _chapter(programme, chapter, text, sound.n_samples)
        for chapter, text, sound in zip(programme.chapters, told.chapters, sounds, strict=True)
    ]
    about: dict[str, object] = {
        "key": programme.key,
        "title": showable(programme.title),
        "language": programme.language or "und",
        "direction": direction(programme.language),
        "chapters": chapters,
        "pictures": [(path, "image/png" if path.endswith(".png") else "image/jpeg") for path in pictures.paths],
    }
    with ZipFile(out, "w") as book:
        _put(book, "mimetype", b"application/epub+zip", ZIP_STORED)  # first, and as it is (OCF, section 4.2.3)
        _put(book, "META-INF/container.xml", _CONTAINER.encode())
        _put(book, "EPUB/package.opf", _package(programme, chapters, about, episode.tags.cover))
        _put(book, "EPUB/nav.xhtml", _rendered("nav.xhtml", about))
        _put(book, "EPUB/style.css", _rendered("style.css", {}))
        if episode.tags.cover:
            _put(book, f"EPUB/{_cover_name(episode.tags.cover)}", episode.tags.cover.image, ZIP_STORED)
        for path in pictures.paths:
            _put(book, f"EPUB/{path}", (pictures.folder / path).read_bytes(), ZIP_STORED)
        for chapter, sound in zip(chapters, sounds, strict=True):
            _put_chapter(book, chapter, about, told.title if chapter.number == 1 else None)
            _put_sound(book, f"EPUB/chapter-{chapter.number}.mp3", sound, format_)


def _chapter(programme: Programme, chapter: ProgrammeChapter, text: ChapterText, n_samples: int) -> BookChapter:
    pieces: dict[int, tuple[tuple[str, str], ...]] = {}
    starts: list[tuple[str, int]] = []
    for segment, heard in programme.segments[chapter.first - 1 : chapter.last]:
        shown = showable(segment.text)
        said = list(written_sentences(segment, heard))
        pieces[segment.number] = tuple(_pieces(segment.number, shown, [(start, end) for _, start, end in said]))
        starts += [(f"p{segment.number}s{index}", each.from_samples) for index, (each, _, _) in enumerate(said, 1)]
        if heard.sentences and not said:  # other words than those that are written
            starts.append((f"p{segment.number}", heard.sentences[0].from_samples))
    return BookChapter(
        chapter.number,
        text.title or f"{chapter.number}",
        time_ms(n_samples, programme.sample_rate_hz),
        text,
        pieces,
        tuple(_pars([(id_, at - chapter.start_samples) for id_, at in starts], n_samples, programme.sample_rate_hz)),
    )


def _pieces(number: int, text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """The text cut at its sentences, the blanks between them too."""
    reached = 0
    for index, (start, end) in enumerate(sentences, 1):
        if start > reached:
            yield "", text[reached:start]
        yield f"p{number}s{index}", text[start:end]
        reached = end
    if text[reached:]:
        yield "", text[reached:]


def _pars(starts: Sequence[tuple[str, int]], n_samples: int, sample_rate_hz: int) -> Iterator[Par]:
    """Each up to where the next one starts, so that a player that plays one after the other leaves no pause out."""
    heard = [0, *(start for _, start in starts[1:]), n_samples]
    times = [time_ms(samples, sample_rate_hz) for samples in heard]
    for (id_, _), (from_ms, to_ms) in zip(starts, pairwise(times), strict=False):
        yield Par(id_, from_ms, to_ms)


def _package(
    programme: Programme, chapters: Sequence[BookChapter], about: dict[str, object], cover: Cover | None
) -> bytes:
    dated = machine_date(programme.date)
    voices = dict.fromkeys(heard.voice for _, heard in programme.segments if heard.voice)
    return _rendered(
        "package.opf",
        about
        | {
            "author": showable(programme.author),
            "description": showable(programme.description),
            "date": dated,
            "modified": f"{dated or date(*_EPOCH[:3]).isoformat()}T00:00:00Z",
            "duration_ms": sum(chapter.length_ms for chapter in chapters),
            "voices": tuple(map(showable, voices)),
            "cover": {"name": _cover_name(cover), "mime": cover.mime} if cover else None,
        },
    )


def _cover_name(cover: Cover) -> str:
    return "cover.png" if cover.mime == "image/png" else "cover.jpg"


def _put_chapter(book: ZipFile, chapter: BookChapter, about: dict[str, object], heading: Line | None) -> None:
    name = f"EPUB/chapter-{chapter.number}"
    values = about | {
        "chapter": {"title": chapter.title, "passages": chapter.text.passages},
        "pieces": chapter.pieces,
        "heading": heading,
    }
    _put(book, f"{name}.xhtml", _rendered("chapter.xhtml", values))
    _put(book, f"{name}.smil", _rendered("overlay.smil", {"number": chapter.number, "pars": chapter.pars}))


def _put_sound(book: ZipFile, name: str, sound: Episode, format_: Format) -> None:
    with TemporaryFile() as file:  # a format wants to go back in its file, which a ZIP file does not let it
        format_.write(sound, file)
        info = _info(name, ZIP_STORED)
        info.file_size = file.tell()
        file.seek(0)
        with book.open(info, "w") as member:
            shutil.copyfileobj(file, member, 1 << 20)


def _put(book: ZipFile, name: str, content: bytes, how: int = ZIP_DEFLATED) -> None:
    book.writestr(_info(name, how), content)


def _info(name: str, how: int) -> ZipInfo:
    info = ZipInfo(name, _EPOCH)
    info.compress_type = how
    info.external_attr = 0o644 << 16
    return info


def _rendered(name: str, values: dict[str, object]) -> bytes:
    return templates().get_template(f"book/{name}").render(values).encode()
