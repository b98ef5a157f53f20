import shutil
import subprocess
import wave
from io import BytesIO

import av
import mutagen.oggopus
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.clip import planar
from audio.episode import Chapter, Episode, Tags
from audio.formats.opus import OPUS
from tests.audio.episodes import MemoryPart, chapters, decoded, episode, file_bytes, tone_part
from tests.audio.formats.test_ogg import pages

CODEC = OPUS.codec
STEREO = OPUS.stereo_codec
both = pytest.mark.parametrize("codec", [CODEC, STEREO], ids=["mono", "stereo"])


def in_16_bits(sound: np.ndarray) -> np.ndarray:
    return np.round(sound * 2**15).astype(np.int32)


def test_headers_have_pages_of_their_own():
    first, second, third, *_ = pages(file_bytes(OPUS, episode(CODEC)))
    assert first[0] == 2
    assert first[3][:8] == b"OpusHead"
    assert second[3][:8] == b"OpusTags"
    assert third[1] > 0


def test_last_page_ends_the_stream_at_the_last_sample():
    written = episode(CODEC)
    flags, granule, _, _ = pages(file_bytes(OPUS, written))[-1]
    assert flags == 4
    assert granule == written.n_samples + CODEC.delay_samples


def test_part_without_packets_does_not_end_the_stream():
    empty = MemoryPart(CODEC.encode(np.zeros(0, np.float32)))
    parts = (empty, tone_part(CODEC), empty, tone_part(CODEC), empty)
    flags = [page[0] for page in pages(file_bytes(OPUS, Episode(CODEC, parts, (), Tags())))]
    assert flags == [2, 0, 0, 4]


def test_no_page_lasts_a_second():
    granules = [page[1] for page in pages(file_bytes(OPUS, episode(CODEC, 3, n_frames=120)))]
    assert max(np.diff(granules)) <= 48_000


def test_serial_number_depends_on_what_the_file_says():
    serials = {file_bytes(OPUS, episode(CODEC, tags=Tags(title=title)))[14:18] for title in ("a", "b", "a")}
    assert len(serials) == 2


def test_mutagen_reads_length_and_tags(tags):
    written = episode(CODEC, n_chapters=2, tags=tags)
    file = mutagen.oggopus.OggOpus(BytesIO(file_bytes(OPUS, written)))
    assert file.info.length == pytest.approx(written.n_samples / 48_000, abs=1e-6)
    assert file["title"] == [tags.title]
    assert file["chapter001name"] == ["Chapter 2"]
    assert len(file["metadata_block_picture"]) == 1


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=400), st.sampled_from([1, 100]))
def test_no_title_breaks_the_file(title, times):
    written = episode(CODEC, 2)
    marks = chapters(3, written.n_samples, lambda _: title * times)
    data = file_bytes(OPUS, Episode(CODEC, written.parts, marks, Tags(title, title)))
    with av.open(BytesIO(data)) as container:
        assert len(container.chapters()) == 3
    assert mutagen.oggopus.OggOpus(BytesIO(data)).info.length > 0


def test_seeking_lands_on_the_sample():
    data = file_bytes(OPUS, episode(CODEC, 40))
    sound = in_16_bits(decoded(data))
    with av.open(BytesIO(data)) as container:
        for target in (100_000, 250_000, 400_000):
            container.seek(target, stream=container.streams.audio[0])
            for frame in list(container.decode(audio=0))[20:24]:  # RFC 7845 wants 80 ms to converge
                heard = in_16_bits(frame.to_ndarray()[0])
                np.testing.assert_allclose(heard, sound[frame.pts : frame.pts + len(heard)], atol=1)


def test_other_parts_keep_every_sample_when_one_is_replaced():
    one = episode(CODEC, 6)
    other = Episode(CODEC, (*one.parts[:3], tone_part(CODEC, 17, 700), *one.parts[4:]), (), Tags())
    before, after = (in_16_bits(decoded(file_bytes(OPUS, written))) for written in (one, other))
    np.testing.assert_array_equal(before[: 36 * 960], after[: 36 * 960])
    np.testing.assert_array_equal(before[48 * 960 :], after[53 * 960 :])


def test_thousand_parts_do_not_drift():
    sound = in_16_bits(decoded(file_bytes(OPUS, episode(CODEC, 1000))))
    rounds = sound[: 124 * 8 * 12 * 960].reshape(124, -1)  # tones repeat after eight parts
    assert (rounds[1:] == rounds[1]).all()


@pytest.mark.skipif(not shutil.which("opusinfo"), reason="opusinfo (opus-tools) is not installed")
@both
def test_opusinfo_has_nothing_to_complain_of(tmp_path, tags, codec):
    path = tmp_path / "episode.opus"
    path.write_bytes(file_bytes(OPUS, episode(codec, 20, n_chapters=12, tags=tags)))
    said = subprocess.run(["opusinfo", path], capture_output=True, text=True, check=True)
    assert "WARNING" not in said.stdout + said.stderr
    assert "Pre-skip: 312" in said.stdout
    assert f"Channels: {codec.channels}" in said.stdout


@pytest.mark.skipif(not shutil.which("opusdec"), reason="opusdec (opus-tools) is not installed")
@both
def test_opusdec_plays_every_sample(tmp_path, codec):
    written = episode(codec, 20)
    (tmp_path / "episode.opus").write_bytes(file_bytes(OPUS, written))
    subprocess.run(
        ["opusdec", "--quiet", "--rate", "48000", tmp_path / "episode.opus", tmp_path / "episode.wav"], check=True
    )
    with wave.open(str(tmp_path / "episode.wav")) as sound:
        assert (sound.getnframes(), sound.getnchannels()) == (written.n_samples, codec.channels)
        heard = planar(np.frombuffer(sound.readframes(written.n_samples), "<i2"), codec.channels)
    for channel, ours in zip(np.atleast_2d(heard), np.atleast_2d(decoded(file_bytes(OPUS, written))), strict=True):
        assert np.corrcoef(channel, ours)[0, 1] > 0.98  # its resampler is up to two samples off


def test_first_chapter_may_start_later():
    written = episode(CODEC)
    data = file_bytes(OPUS, Episode(CODEC, written.parts, (Chapter("One", 4800),), Tags()))
    with av.open(BytesIO(data)) as container:
        assert container.chapters()[0]["start"] == 100
