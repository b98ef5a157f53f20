"""What every registered format has to keep, whoever wrote it."""

import tracemalloc
from base64 import b64decode
from io import BytesIO, RawIOBase

import av
import mutagen
import numpy as np
import pytest
from mutagen.flac import Picture
from mutagen.id3 import ID3
from mutagen.mp4 import MP4

from audio.episode import Chapter, Episode, Tags
from audio.formats.tag_text import tag_text
from audio.packets import Packets
from tests.audio.episodes import (
    MemoryPart,
    chapters,
    decoded,
    episode,
    file_bytes,
    frame_samples,
    jpeg_cover,
    tone,
    tone_part,
)

HOSTILE = [
    "nul\0inside",
    "lone \ud800 surrogate \udfff",
    "astronaut 👩‍🚀, family 👨‍👩‍👧‍👦",
    "漢字かな交じり文",
    "مرحبا بالعالم",
    "\u202eright to left\u202c",
    "\ufeffmark at the start",
    "a=b;c/d\\e#f",
    "line\nbreak\ttab",
    "\x01\x1bcontrols",
    "CHAPTER001=00:00:00.000",
    "x" * 10_000,
    "字" * 10_000,
]
FULL_SCALE_24_BITS = 1 << 23  # Opus' de-emphasis rings on for some samples, at 1e-13
NAMES = ("title", "author", "date", "language", "description")
MP4_KEYS = ("\xa9nam", "\xa9ART", "\xa9day", "----:com.apple.iTunes:LANGUAGE", "desc")


def chapter_list(data: bytes) -> list[tuple[float, str]]:
    """Start in seconds and title of each chapter, as ffmpeg finds them."""
    with av.open(BytesIO(data)) as container:
        found = container.chapters()
    return [(float(c["start"] * c["time_base"]), c["metadata"].get("title", "")) for c in found]


def tags_read(data: bytes) -> tuple[dict[str, str], bytes | None]:
    """Tags by our names, and the cover's bytes, as mutagen finds them."""
    file = mutagen.File(BytesIO(data))
    if isinstance(file.tags, ID3):
        keys = ("TIT2", "TPE1", "TDRC", "TLAN", "COMM")
        values = ["".join(map(str, file.tags.getall(key))) for key in keys]
    else:
        is_mp4 = isinstance(file, MP4)
        keys = MP4_KEYS if is_mp4 else ("title", "artist", "date", "language", "description")
        values = [file.tags.get(key, [""])[0] for key in keys]
    texts = (value.decode() if isinstance(value, bytes) else str(value) for value in values)
    return dict(zip(NAMES, texts, strict=True)), cover_of(file)


def cover_of(file: mutagen.FileType) -> bytes | None:
    if isinstance(file.tags, ID3):
        return next((frame.data for frame in file.tags.getall("APIC")), None)
    if isinstance(file, MP4):
        return next(map(bytes, file.tags.get("covr", [])), None)
    pictures = [Picture(b64decode(text)) for text in file.tags.get("metadata_block_picture", [])]
    return next((picture.data for picture in [*getattr(file, "pictures", []), *pictures]), None)


class Drain(RawIOBase):
    """A file that forgets what is written."""

    def __init__(self):
        self.position = 0

    def writable(self):
        return True

    def seekable(self):
        return True

    def tell(self):
        return self.position

    def seek(self, offset, _whence=0):
        self.position = offset
        return offset

    def write(self, data):
        self.position += len(data)
        return len(data)


class FreshPart(MemoryPart):
    """A part that is read anew each time, as from a disk."""

    def packets(self):
        return Packets(self.held.sizes.copy(), bytes(bytearray(self.held.payload)))


def test_suffix_is_a_files_ending(file_format):
    assert file_format.suffix.startswith(".")
    assert file_format.suffix == file_format.suffix.lower()


def test_same_episode_gives_the_same_bytes(file_format, codec, tags):
    tone_part.cache_clear()
    first = file_bytes(file_format, episode(codec, n_chapters=2, tags=tags))
    tone_part.cache_clear()
    assert file_bytes(file_format, episode(codec, n_chapters=2, tags=tags)) == first


def test_decoded_file_is_as_long_as_the_timeline(file_format, codec):
    spoken = episode(codec, 7)
    assert decoded(file_bytes(file_format, spoken)).shape[-1] == spoken.n_samples


def test_one_packet_alone_is_a_file(file_format, codec):
    spoken = episode(codec, 1, n_frames=2)
    assert decoded(file_bytes(file_format, spoken)).shape[-1] == spoken.n_samples


def test_file_holds_what_the_codec_decodes(file_format, codec):
    spoken = episode(codec, 3)
    sizes = np.concatenate([part.packets().sizes for part in spoken.parts])
    whole = Packets(sizes, b"".join(part.packets().payload for part in spoken.parts))
    assert np.array_equal(decoded(file_bytes(file_format, spoken)), codec.decode(whole))


def test_players_are_told_the_channels(file_format, codec):
    data = file_bytes(file_format, episode(codec, 2))
    assert mutagen.File(BytesIO(data)).info.channels == codec.channels
    with av.open(BytesIO(data)) as container:
        assert container.streams.audio[0].channels == codec.channels


def test_one_channel_stands_in_the_middle_of_two(file_format):
    codec = file_format.stereo_codec
    left, right = codec.decode(codec.encode(tone(file_format.codec, 12, 440)))
    assert np.abs(left).max() > 0.2
    assert np.abs(left - right).max() < 0.006  # Opus tells the angle between the two in steps


def test_two_channels_stay_apart(file_format):
    codec = file_format.stereo_codec
    sound = tone(codec, 40, 440)
    heard = codec.decode(codec.encode(sound))
    middle = slice(10 * codec.frame_samples, 30 * codec.frame_samples)
    noise = heard[:, middle] - sound[:, middle]
    assert np.abs(noise).max() < 0.01


def test_thousand_clips_are_spliced_without_drift(file_format, codec):
    onsets = [2 * codec.frame_samples + 37 * n for n in range(4)]
    clips = [tone_part(codec, 12, 700, onset) for onset in onsets]
    spliced = Episode(codec, tuple(clips[n % 4] for n in range(1000)), (), Tags())
    heard = decoded(file_bytes(file_format, spliced))
    for channel in np.atleast_2d(heard):
        by_clip = np.pad(channel, (0, codec.delay_samples)).reshape(1000, -1)
        found = np.argmax(np.abs(by_clip) > 0.1, axis=1).reshape(250, 4)
        assert np.ptp(found, axis=0).tolist() == [0, 0, 0, 0]
        assert np.abs(found[0] - onsets).max() < 1.5e-3 * codec.sample_rate_hz


def test_replaced_part_leaves_all_others_as_they_were(file_format, codec):
    old = episode(codec, 9)
    longer = (*old.parts[:4], tone_part(codec, 12, 1234), *old.parts[5:])
    before = decoded(file_bytes(file_format, old))
    after = decoded(file_bytes(file_format, Episode(codec, longer, (), Tags())))
    start, end = 4 * 12 * codec.frame_samples, 5 * 12 * codec.frame_samples
    before, after = np.rint(before * FULL_SCALE_24_BITS), np.rint(after * FULL_SCALE_24_BITS)
    assert not np.array_equal(before[..., start:end], after[..., start:end])
    assert np.array_equal(before[..., :start], after[..., :start])
    assert np.array_equal(before[..., end:], after[..., end:])


def test_seeking_finds_the_sample(file_format, codec):
    spoken = episode(codec, 120)
    data = file_bytes(file_format, spoken)
    whole = decoded(data)
    with av.open(BytesIO(data)) as container:
        stream = container.streams.audio[0]
        rate = codec.sample_rate_hz
        base = round((stream.start_time or 0) * stream.time_base * rate)
        for target in (0.9, 0.25, 0.5):
            container.seek(int(target * spoken.n_samples / rate / stream.time_base), stream=stream)
            frames = [frame for _, frame in zip(range(8), container.decode(stream), strict=False)]
            frame = frames[-1]  # codecs with memory need some frames to be themselves again
            start = round(frame.pts * frame.time_base * rate) - base
            assert (
                np.abs(
                    frame_samples(frame, av.AudioResampler(format="fltp")) - whole[..., start : start + frame.samples]
                ).max()
                < 0.01
            )


@pytest.mark.parametrize("n_chapters", [0, 1, 2, 255, 256, 600])
def test_chapters_are_read_back_where_they_are(file_format, codec, n_chapters):
    spoken = episode(codec, 20, n_chapters=n_chapters)
    found = chapter_list(file_bytes(file_format, spoken))
    rate = codec.sample_rate_hz
    assert [title for _, title in found] == [chapter.title for chapter in spoken.chapters]
    starts_s = [chapter.start_samples / rate for chapter in spoken.chapters]
    assert [start for start, _ in found] == pytest.approx(starts_s, abs=0.5001e-3)


def test_hostile_chapter_titles_are_read_back(file_format):
    spoken = episode(file_format.codec, 10)
    places = chapters(len(HOSTILE), spoken.n_samples)
    named = tuple(Chapter(title, place.start_samples) for title, place in zip(HOSTILE, places, strict=True))
    data = file_bytes(file_format, Episode(spoken.codec, spoken.parts, named, Tags()))
    for title, (_, found) in zip(HOSTILE, chapter_list(data), strict=True):
        assert found == tag_text(title) or (tag_text(title).startswith(found) and len(found.encode()) > 500)
    assert mutagen.File(BytesIO(data)) is not None
    assert len(decoded(data)) == spoken.n_samples


def test_chapter_without_a_title_is_a_chapter(file_format):
    spoken = episode(file_format.codec, 2)
    untitled = (Chapter("", 0), Chapter("Named", 5000))
    found = chapter_list(file_bytes(file_format, Episode(spoken.codec, spoken.parts, untitled, Tags())))
    assert len(found) == 2
    assert found[0][1] in {"", "1"}


def test_tags_and_cover_are_read_back(file_format, tags):
    found, cover = tags_read(file_bytes(file_format, episode(file_format.codec, n_chapters=2, tags=tags)))
    assert found.pop("language") in {"de-AT", "ger", "deu"}
    assert found == {name: getattr(tags, name) for name in NAMES if name != "language"}
    assert cover == tags.cover.image


def test_tags_that_are_not_set_are_not_there(file_format):
    found, cover = tags_read(file_bytes(file_format, episode(file_format.codec, tags=Tags(title="Only this"))))
    assert found == {"title": "Only this", "author": "", "date": "", "language": "", "description": ""}
    assert cover is None


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_tags_do_not_break_the_file(file_format, text):
    hostile = Tags(title=text, author=text, date=text, language=text, description=text, cover=jpeg_cover())
    spoken = episode(file_format.codec, 2, n_chapters=2, tags=hostile)
    data = file_bytes(file_format, spoken)
    found, cover = tags_read(data)
    assert (found["title"], found["author"], found["description"]) == (tag_text(text).strip(),) * 3
    assert cover == hostile.cover.image
    assert len(decoded(data)) == spoken.n_samples
    assert len(chapter_list(data)) == 2


def test_memory_does_not_grow_with_the_episode(file_format, codec):
    part = FreshPart(tone_part(codec, 100).held)
    file_format.write(Episode(codec, (part,), (), Tags()), Drain())

    def peak_bytes(n_parts: int) -> int:
        tracemalloc.start()
        file_format.write(Episode(codec, (part,) * n_parts, (), Tags()), Drain())
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    assert peak_bytes(60) - peak_bytes(10) < 0.2 * 50 * part.n_bytes
