import struct
import wave
from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from mutagen.wave import WAVE

from audio.clip import planar
from audio.episode import Chapter, Episode, Tags
from audio.formats.wav import WAV, _cues, _head
from tests.audio.episodes import episode, file_bytes

CODEC = WAV.codec
both = pytest.mark.parametrize("codec", [CODEC, WAV.stereo_codec], ids=["mono", "stereo"])


def chunks(data):
    """Kind and body of each chunk; lists are opened as LIST/INFO and so on."""
    found, position = [], 0
    while position < len(data):
        kind, size = struct.unpack("<4sI", data[position : position + 8])
        body = data[position + 8 : position + 8 + size]
        assert len(body) == size
        found += [("LIST/" + body[:4].decode(), body[4:])] if kind == b"LIST" else [(kind.decode(), body)]
        position += 8 + size + size % 2
    return found


def file_chunks(spoken):
    data = file_bytes(WAV, spoken)
    assert data[:4] + data[8:12] == b"RIFFWAVE"
    assert int.from_bytes(data[4:8], "little") == len(data) - 8
    return dict(chunks(data[12:]))


@both
def test_sound_is_that_of_the_parts(codec):
    spoken = episode(codec, 5, n_chapters=2)
    with wave.open(BytesIO(file_bytes(WAV, spoken))) as file:
        assert file.getparams()[:4] == (codec.channels, 2, 44_100, spoken.n_samples)
        heard = planar(np.frombuffer(file.readframes(spoken.n_samples), "<i2"), codec.channels)
    parts = [codec.decode_pcm16(part.packets()) for part in spoken.parts]
    assert np.array_equal(heard, np.concatenate(parts, axis=-1))


def test_cues_stand_at_the_sample():
    spoken = episode(CODEC, 5, n_chapters=7)
    cue = file_chunks(spoken)["cue "]
    points = list(struct.iter_unpack("<2I4s3I", cue[4:]))
    starts = [chapter.start_samples for chapter in spoken.chapters]
    assert int.from_bytes(cue[:4], "little") == 7
    assert points == [(number, at, b"data", 0, 0, at) for number, at in enumerate(starts, 1)]


def test_labels_name_the_cues():
    labels = chunks(file_chunks(episode(CODEC, 5, n_chapters=2))["LIST/adtl"])
    assert labels == [("labl", b"\1\0\0\0Chapter 1\0"), ("labl", b"\2\0\0\0Chapter 2\0")]


def test_long_label_ends_with_a_whole_character():
    spoken = replace(episode(CODEC), chapters=(Chapter("字" * 1000, 0),))
    ((_, label),) = chunks(file_chunks(spoken)["LIST/adtl"])
    assert label[4:-1].decode() == "字" * 170


def test_info_has_the_tags(tags):
    info = chunks(file_chunks(replace(episode(CODEC), tags=tags))["LIST/INFO"])
    texts = {kind: body.rstrip(b"\0").decode() for kind, body in info}
    assert texts == {
        "INAM": tags.title,
        "IART": tags.author,
        "ICRD": tags.date,
        "ILNG": tags.language,
        "ICMT": tags.description,
    }


def test_id3_has_tags_and_cover_but_no_chapters(tags):
    file = WAVE(BytesIO(file_bytes(WAV, replace(episode(CODEC, n_chapters=3), tags=tags))))
    assert file.tags["TIT2"].text == [tags.title]
    assert file.tags["APIC:"].data == tags.cover.image
    assert not file.tags.getall("CHAP")


def test_untagged_file_has_no_empty_lists():
    assert list(file_chunks(episode(CODEC))) == ["fmt ", "data", "id3 "]


def test_episode_without_sound_is_a_file_without_sound():
    assert file_chunks(Episode(CODEC, (), (), Tags()))["data"] == b""


@pytest.mark.parametrize("channels", [1, 2])
def test_last_file_that_fits_in_32_bits_is_riff(channels):
    n_samples = (0xFFFFFFFE - 36 - 10) // (2 * channels)
    head = _head(n_samples, channels, 10)
    assert head[:4] == b"RIFF"
    assert int.from_bytes(head[4:8], "little") == len(head) - 8 + 2 * channels * n_samples + 10 <= 0xFFFFFFFF
    assert _head(n_samples + 1, channels, 10)[:4] == b"RF64"


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("hours", [14, 30, 1000])
def test_beyond_that_it_is_rf64_with_sizes_of_64_bits(hours, channels):
    n_samples = hours * 3600 * 44_100
    head = _head(n_samples, channels, 10)
    assert head[:12] == b"RF64\xff\xff\xff\xffWAVE"
    (kind, sizes), (fmt, _) = chunks(head[12:-8])
    assert (kind, fmt, head[-8:]) == ("ds64", "fmt ", b"data\xff\xff\xff\xff")
    data_bytes = 2 * channels * n_samples
    assert struct.unpack("<3QI", sizes) == (len(head) - 8 + data_bytes + 10, data_bytes, n_samples, 0)


def test_chapters_beyond_the_reach_of_cues_are_left_out():
    chapters = (Chapter("near", 0), Chapter("far", 1 << 32))
    assert chunks(_cues(chapters))[0][1][:4] == b"\1\0\0\0"
    assert _cues(chapters[1:]) == b""
