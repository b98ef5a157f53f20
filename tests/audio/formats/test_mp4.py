import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise

import av
import mutagen.mp4
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.episode import Chapter, Cover, Episode, Tags
from audio.formats import mp4
from audio.formats.mp4 import M4A, M4B
from audio.packets import Packets
from tests.audio.episodes import MemoryPart, chapters, decoded, episode, file_bytes, jpeg_cover, tone_part

CODEC = M4B.codec
STEREO = M4B.stereo_codec
both = pytest.mark.parametrize("codec", [CODEC, STEREO], ids=["mono", "stereo"])
PARENTS = {b"moov", b"trak", b"mdia", b"minf", b"dinf", b"stbl", b"edts", b"tref", b"udta", b"ilst", b"gmhd"}


def boxes(data: bytes, path: str = "") -> Iterator[tuple[str, bytes]]:
    """Path and content of every box; each must end where its parent does or another begins."""
    at = 0
    while at < len(data):
        size, kind, head = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        assert head <= size <= len(data) - at, f"{kind!r} in {path or 'the file'}"
        here, content = f"{path}/{kind.decode('latin-1')}".lstrip("/"), data[at + head : at + size]
        yield here, content
        if kind in PARENTS and path != "moov/trak/mdia/minf/gmhd":
            yield from boxes(content, here)
        at += size


def box(data: bytes, path: str) -> bytes:
    return next(content for here, content in boxes(data) if here == path)


def chapter_list(data: bytes) -> list[tuple[int, str]]:
    with av.open(BytesIO(data)) as container:
        return [(chapter["start"], chapter["metadata"].get("title", "")) for chapter in container.chapters()]


def test_index_stands_before_the_sound():
    top = [path for path, _ in boxes(file_bytes(M4B, episode(CODEC, n_chapters=2))) if "/" not in path]
    assert top == ["ftyp", "moov", "mdat"]


@pytest.mark.parametrize(("file_format", "brand"), [(M4B, b"M4B "), (M4A, b"M4A ")])
def test_brand_says_what_the_file_is(file_format, brand):
    assert box(file_bytes(file_format, episode(CODEC)), "ftyp")[:4] == brand


def test_only_m4b_is_an_audiobook():
    kinds = [mutagen.mp4.MP4(BytesIO(file_bytes(f, episode(CODEC)))).get("stik") for f in (M4B, M4A)]
    assert kinds == [[2], None]


def test_edit_list_takes_the_delay_off():
    written = episode(CODEC)
    edit = np.frombuffer(box(file_bytes(M4B, written), "moov/trak/edts/elst"), ">i4")
    assert edit.tolist() == [0, 1, written.n_samples, CODEC.delay_samples, 1 << 16]


def test_file_tells_no_clock():
    data = file_bytes(M4B, episode(CODEC, n_chapters=1))
    headers = [content for path, content in boxes(data) if path.endswith(("mvhd", "tkhd", "mdhd"))]
    assert [header[4:12] for header in headers] == [bytes(8)] * 5


def test_chunks_lead_to_the_packets():
    written = episode(CODEC, 9)
    data = file_bytes(M4B, written)
    first, *_, last = np.frombuffer(box(data, "moov/trak/mdia/minf/stbl/stco"), ">u4")[2:].tolist()
    payload = b"".join(part.packets().payload for part in written.parts)
    sizes = np.concatenate([part.packets().sizes for part in written.parts])
    assert data[first:] == payload
    assert data[last:] == payload[sizes[: 43 * (len(sizes) // 43)].sum() :]


@pytest.mark.parametrize("n_packets", [42, 43, 44, 86, 87])
def test_any_number_of_packets_can_be_read(n_packets):
    written = episode(CODEC, 1, n_frames=n_packets)
    assert len(decoded(file_bytes(M4B, written))) == written.n_samples


@both
def test_bit_rates_and_channels_are_those_of_the_packets(codec):
    written = episode(codec, 20)
    info = mutagen.mp4.MP4(BytesIO(file_bytes(M4B, written))).info
    assert info.channels == codec.channels
    n_bytes = sum(part.n_bytes for part in written.parts)
    assert info.bitrate == n_bytes * 8 * 44_100 // (written.n_packets * 1024)


def test_offsets_beyond_4_gib_have_64_bits(monkeypatch):
    narrow = file_bytes(M4B, episode(CODEC, n_chapters=2))
    monkeypatch.setattr(mp4, "_WIDE_BYTES", 0)
    wide = file_bytes(M4B, episode(CODEC, n_chapters=2))
    assert "moov/trak/mdia/minf/stbl/co64" in dict(boxes(wide))
    np.testing.assert_array_equal(decoded(wide), decoded(narrow))
    assert chapter_list(wide) == chapter_list(narrow)


def test_28_hours_have_64_bit_times():
    silence = CODEC.encode(np.zeros(1024, np.float32))
    hour = MemoryPart(Packets(silence.sizes.repeat(155_000), silence.payload * 155_000))
    written = Episode(CODEC, [hour] * 28, (Chapter("Day", 0), Chapter("Night", 155_000 * 1024 * 27)), Tags())
    data = file_bytes(M4B, written)
    with av.open(BytesIO(data)) as container:
        assert container.streams.audio[0].duration == written.n_samples > 2**32
        assert container.chapters()[1]["start"] == round(155_000 * 1024 * 27 / 44.1)


def test_seeking_lands_on_the_sample():
    written = episode(CODEC, 40)
    data = file_bytes(M4B, written)
    sound = decoded(data)
    with av.open(BytesIO(data)) as container:
        for target in (100_000, 250_000, 400_000):
            container.seek(target, stream=container.streams.audio[0])
            frames = list(container.decode(audio=0))[1:3]  # the first one lacks its neighbour's half
            for frame in frames:
                heard = frame.to_ndarray()[0]
                np.testing.assert_array_equal(heard, sound[frame.pts : frame.pts + len(heard)])


def test_chapters_start_where_the_episode_has_them():
    written = episode(CODEC, 10, n_chapters=7)
    starts = [round(chapter.start_samples / 44.1) for chapter in written.chapters]
    assert [start for start, _ in chapter_list(file_bytes(M4B, written))] == starts


def test_first_chapter_may_start_later():
    bare = episode(CODEC)
    written = Episode(CODEC, bare.parts, (Chapter("One", 4410), Chapter("Two", 8820)), Tags())
    assert chapter_list(file_bytes(M4B, written)) == [(100, "One"), (200, "Two")]


def test_chapter_may_start_in_the_silence_after_the_end():
    bare = episode(CODEC)
    written = Episode(CODEC, bare.parts, (Chapter("One", 0), Chapter("Two", bare.n_samples + 1000)), Tags())
    end_ms = round(bare.n_samples / 44.1)
    assert chapter_list(file_bytes(M4B, written)) == [(0, "One"), (end_ms, "Two")]


def test_chapter_track_follows_the_sound_and_is_not_played_itself():
    data = file_bytes(M4B, episode(CODEC, n_chapters=2))
    flags = [content[3] for path, content in boxes(data) if path == "moov/trak/tkhd"]
    assert flags == [3, 2]
    assert box(data, "moov/trak/tref") == bytes.fromhex("0000000c") + b"chap" + bytes.fromhex("00000002")


def test_episode_without_chapters_has_one_track():
    paths = [path for path, _ in boxes(file_bytes(M4B, episode(CODEC)))]
    assert paths.count("moov/trak") == 1
    assert "moov/udta/chpl" not in paths


def test_255_chapters_stand_in_both_lists():
    data = file_bytes(M4B, episode(CODEC, 20, n_chapters=255))
    assert len(chapter_list(data)) == len(mutagen.mp4.MP4(BytesIO(data)).chapters) == 255


def test_256_chapters_stand_in_the_track_alone():
    data = file_bytes(M4B, episode(CODEC, 20, n_chapters=256))
    assert "moov/udta/chpl" not in dict(boxes(data))
    assert len(chapter_list(data)) == 256


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=400), st.sampled_from([1, 100]))
def test_no_title_breaks_the_file(title, times):
    written = episode(CODEC, 2)
    written = Episode(CODEC, written.parts, chapters(3, written.n_samples, lambda _: title * times), Tags(title, title))
    data = file_bytes(M4B, written)
    assert len(list(boxes(data))) > 30
    assert len(chapter_list(data)) == len(mutagen.mp4.MP4(BytesIO(data)).chapters) == 3


def test_tags_stand_where_players_look(tags):
    file = mutagen.mp4.MP4(BytesIO(file_bytes(M4B, episode(CODEC, tags=tags))))
    assert file["\xa9nam"] == file["\xa9alb"] == [tags.title]
    assert file["\xa9ART"] == file["aART"] == [tags.author]
    assert file["\xa9day"] == [tags.date]
    assert file["desc"] == file["ldes"] == file["\xa9cmt"] == [tags.description]
    assert file["----:com.apple.iTunes:LANGUAGE"] == [tags.language.encode()]


def test_language_of_both_tracks_is_known(tags):
    with av.open(BytesIO(file_bytes(M4B, episode(CODEC, tags=tags, n_chapters=1)))) as container:
        assert [stream.language for stream in container.streams][:2] == ["deu", "deu"]


@pytest.mark.parametrize("cover", [jpeg_cover(), Cover(b"\x89PNG\r\n\x1a\n", "image/png", 1, 1)])
def test_cover_is_kept_as_it_came(cover):
    (picture,) = mutagen.mp4.MP4(BytesIO(file_bytes(M4B, episode(CODEC, tags=Tags(cover=cover)))))["covr"]
    assert bytes(picture) == cover.image
    assert picture.imageformat == {"image/jpeg": 13, "image/png": 14}[cover.mime]


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="ffmpeg is not installed")
@both
def test_ffmpeg_plays_every_sample(tmp_path, codec):
    written = episode(codec, 20, n_chapters=5)
    (tmp_path / "episode.m4b").write_bytes(file_bytes(M4B, written))
    played = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", tmp_path / "episode.m4b", "-map", "0:a", "-f", "s16le", "-"],
        capture_output=True,
        check=True,
    )
    assert played.stderr == b""
    assert len(played.stdout) == 2 * codec.channels * written.n_samples


def test_other_parts_keep_every_sample_when_one_is_replaced():
    one, other = episode(CODEC, 6), episode(CODEC, 6)
    other = Episode(CODEC, (*one.parts[:3], tone_part(CODEC, 17, 700), *one.parts[4:]), (), Tags())
    before, after = decoded(file_bytes(M4B, one)), decoded(file_bytes(M4B, other))
    np.testing.assert_array_equal(before[: 36 * 1024], after[: 36 * 1024])
    np.testing.assert_array_equal(before[48 * 1024 :], after[53 * 1024 :])


def test_thousand_parts_do_not_drift():
    sound = decoded(file_bytes(M4B, episode(CODEC, 1000)))
    rounds = sound[: 124 * 8 * 12 * 1024].reshape(124, -1)  # tones repeat after eight parts
    assert all(np.array_equal(one, two) for one, two in pairwise(rounds[1:]))
