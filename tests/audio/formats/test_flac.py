import shutil
import subprocess
from dataclasses import replace
from io import BytesIO

import mutagen.flac
import numpy as np
import pytest

from audio.clip import planar
from audio.episode import Cover, Episode, Tags
from audio.errors import AudioError
from audio.formats.flac import FLAC
from audio.formats.flac_frames import renumbered
from tests.audio.episodes import decoded, episode, file_bytes, tone_part

CODEC = FLAC.codec
LONG = episode(CODEC, 400, n_chapters=3)  # three bytes for the frames' numbers
STEREO = episode(FLAC.stereo_codec, 400, n_chapters=3)


def test_stream_info_is_that_of_the_whole_stream():
    spoken = episode(CODEC, 20)
    data = file_bytes(FLAC, spoken)
    info = mutagen.flac.FLAC(BytesIO(data)).info
    assert (info.total_samples, info.sample_rate, info.channels, info.bits_per_sample) == (
        spoken.n_samples,
        44_100,
        1,
        16,
    )
    assert (info.min_blocksize, info.max_blocksize) == (1152, 1152)


def test_stream_info_knows_the_smallest_and_largest_frame():
    spoken = episode(CODEC, 20)
    info = mutagen.flac.FLAC(BytesIO(file_bytes(FLAC, spoken))).info
    sizes = [renumbered(part.packets(), 12 * n).sizes for n, part in enumerate(spoken.parts)]
    assert (info.min_framesize, info.max_framesize) == (np.min(sizes), np.max(sizes))


def test_seek_points_are_frames_with_these_numbers():
    data = file_bytes(FLAC, LONG)
    file = mutagen.flac.FLAC(BytesIO(data))
    first_frame = data.index(b"\xff\xf8\x39\x08\x00")
    assert len(file.seektable.seekpoints) == -(-LONG.n_packets // 383)
    for point in file.seektable.seekpoints:
        frame = data[first_frame + point.byte_offset :]
        coded = chr(point.first_sample // 1152).encode()
        assert frame[: 4 + len(coded)] == b"\xff\xf8\x39\x08" + coded
        assert point.num_samples == 1152


def test_whole_file_decodes_to_the_parts():
    parts = [CODEC.decode(part.packets()) for part in LONG.parts]
    assert np.array_equal(decoded(file_bytes(FLAC, LONG)), np.concatenate(parts))


def test_part_without_packets_does_no_harm():
    nothing = tone_part(CODEC, 0)
    parts = (nothing, *episode(CODEC, 2).parts, nothing)
    spoken = Episode(CODEC, parts, (), Tags())
    assert file_bytes(FLAC, spoken) == file_bytes(FLAC, episode(CODEC, 2))


def test_episode_without_sound_is_a_file_without_sound():
    info = mutagen.flac.FLAC(BytesIO(file_bytes(FLAC, Episode(CODEC, (), (), Tags())))).info
    assert (info.total_samples, info.min_framesize, info.max_framesize) == (0, 0, 0)


def test_too_large_a_cover_is_an_error():
    cover = Cover(bytes(1 << 24), "image/png", 1, 1)
    with pytest.raises(AudioError, match="cover exceeds the 16 MiB"):
        file_bytes(FLAC, replace(episode(CODEC), tags=Tags(cover=cover)))


def test_too_many_words_are_an_error():
    with pytest.raises(AudioError, match="titles exceed the 16 MiB"):
        file_bytes(FLAC, replace(episode(CODEC), tags=Tags(description="x" * (1 << 24))))


@pytest.mark.skipif(not shutil.which("flac"), reason="the reference decoder")
@pytest.mark.parametrize("spoken", [LONG, STEREO], ids=["mono", "stereo"])
def test_reference_decoder_has_nothing_to_complain_of(tmp_path, tags, spoken):
    path = tmp_path / "x.flac"
    path.write_bytes(file_bytes(FLAC, replace(spoken, tags=tags)))
    subprocess.run(["flac", "--test", "--silent", path], check=True)
    raw = ["flac", "-d", "-s", "-c", "--force-raw-format", "--endian=little", "--sign=signed", path]
    run = subprocess.run(raw, capture_output=True, check=True)
    heard = planar(np.frombuffer(run.stdout, "<i2"), spoken.codec.channels)
    assert np.array_equal(heard / 32768, decoded(path.read_bytes()))


@pytest.mark.skipif(not shutil.which("flac"), reason="the reference decoder")
@pytest.mark.parametrize("start", [1, 441_000, 2_000_001])
def test_reference_decoder_seeks_to_the_sample(tmp_path, start):
    path = tmp_path / "x.flac"
    path.write_bytes(file_bytes(FLAC, LONG))
    raw = ["flac", "-d", "-s", "-c", "--force-raw-format", "--endian=little", "--sign=signed"]
    run = subprocess.run([*raw, f"--skip={start}", f"--until={start + 5000}", path], capture_output=True, check=True)
    heard = np.frombuffer(run.stdout, "<i2") / 32768
    assert np.array_equal(heard, decoded(path.read_bytes())[start : start + 5000])
