import shutil
import struct
import subprocess
from io import BytesIO

import av
import mutagen.mp3
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.clip import planar
from audio.codecs.mp3 import Mp3Codec, frame_size
from audio.episode import Episode, Tags
from audio.errors import AudioError
from audio.formats.mp3 import MP3, _crc16, _info_frame, _MusicCrc
from tests.audio.episodes import decoded, episode, file_bytes, tone_part

CODEC = MP3.codec
STEREO = MP3.stereo_codec
both = pytest.mark.parametrize("codec", [CODEC, STEREO], ids=["mono", "stereo"])


def info_frame(data):
    """The Info frame and what stands behind it."""
    start = data.rindex(b"\xff\xfb", 0, data.index(b"Info"))
    end = start + frame_size(data[start : start + 4])
    return data[start:end], data[end:]


def test_frames_stand_in_the_file_as_they_are():
    spoken = episode(CODEC, 5, n_chapters=2)
    _, frames = info_frame(file_bytes(MP3, spoken))
    assert frames == b"".join(part.packets().payload for part in spoken.parts)


def test_info_frame_counts_frames_and_bytes_without_a_seek_table():
    spoken = episode(CODEC, 5)
    info, frames = info_frame(file_bytes(MP3, spoken))
    flags, n_frames, n_bytes = struct.unpack(">3I", info[25:37])
    assert (flags, n_frames, n_bytes) == (0x0B, spoken.n_packets, len(info) + len(frames))


def test_info_frame_declares_the_delay_and_cuts_nothing_at_the_end():
    info, _ = info_frame(file_bytes(MP3, episode(CODEC)))
    lame = info[41:]
    assert lame[:9] == b"LAME3.100"
    assert lame[20] == CODEC.bit_rate_kbps
    assert (int.from_bytes(lame[21:24], "big") >> 12, int.from_bytes(lame[21:24], "big") & 0xFFF) == (576, 529)


def test_checksums_are_those_of_the_frames_and_of_the_tag():
    info, frames = info_frame(file_bytes(MP3, episode(CODEC, 20)))
    music, tag = struct.unpack(">2H", info[73:77])
    assert music == _crc16(frames)
    assert tag == _crc16(info[:75])


def test_info_frame_of_two_channels_leaves_room_for_their_side_information():
    info, frames = info_frame(file_bytes(MP3, episode(STEREO, 20)))
    assert not any(info[4:36])
    assert info[36:40] == b"Info"
    assert info[56:65] == b"LAME3.100"
    assert info[80] >> 2 & 7 == 3  # joint stereo
    music, tag = struct.unpack(">2H", info[88:92])
    assert (music, tag) == (_crc16(frames), _crc16(info[:90]))


def test_crc_is_the_one_of_the_catalogues():
    assert _crc16(b"123456789") == 0xBB3D  # CRC-16/ARC


@given(st.lists(st.integers(0, 70_000), max_size=4), st.integers(0, 255))
def test_checksum_does_not_depend_on_how_the_bytes_arrive(lengths, seed):
    data = np.random.default_rng(seed).integers(0, 256, sum(lengths), np.uint8).tobytes()
    in_pieces, at_once = _MusicCrc(), _MusicCrc()
    ends = np.cumsum(lengths).tolist()
    for start, end in zip([0, *ends], ends, strict=False):
        in_pieces.add(data[start:end])
    at_once.add(data)
    assert in_pieces.value() == at_once.value()


@pytest.mark.parametrize("n_bytes", [0, 1, 32_766, 32_767, 32_768, 100_000])
def test_checksum_is_the_plain_one(n_bytes):
    data = np.random.default_rng(n_bytes).integers(0, 256, n_bytes, np.uint8).tobytes()
    music = _MusicCrc()
    music.add(data)
    assert music.value() == _crc16(data)


@both
def test_mutagen_finds_length_rate_and_encoder(codec):
    spoken = episode(codec, 20)
    info = mutagen.mp3.MP3(BytesIO(file_bytes(MP3, spoken))).info
    assert info.length * 44_100 == pytest.approx(spoken.n_samples, abs=0.01)
    assert (info.bitrate_mode, info.sample_rate) == (mutagen.mp3.BitrateMode.CBR, 44_100)
    assert info.mode == {1: mutagen.mp3.MONO, 2: mutagen.mp3.JOINTSTEREO}[codec.channels]
    assert info.encoder_info.startswith("LAME 3.100")


@pytest.mark.parametrize("bit_rate_kbps", [32, 128, 320])
def test_other_bit_rates_make_a_file_too(bit_rate_kbps):
    spoken = episode(Mp3Codec(bit_rate_kbps), 3)
    assert len(decoded(file_bytes(MP3, spoken))) == spoken.n_samples


def test_part_without_packets_does_no_harm():
    nothing = tone_part(CODEC, 0)
    parts = (nothing, *episode(CODEC, 2).parts, nothing)
    spoken = Episode(CODEC, parts, (), Tags())
    assert len(decoded(file_bytes(MP3, spoken))) == spoken.n_samples


def test_episode_without_sound_is_an_error():
    with pytest.raises(AudioError, match="no sound"):
        file_bytes(MP3, Episode(CODEC, (), (), Tags()))


def test_bytes_beyond_32_bits_are_not_counted_wrong():
    header = bytes.fromhex("fffb50c4")
    assert _info_frame(header, episode(CODEC), 1 << 33, 0)[33:37] == b"\xff\xff\xff\xff"


@pytest.mark.skipif(not shutil.which("mpg123"), reason="mpg123 is a decoder of its own")
@both
def test_mpg123_plays_exactly_the_timeline(tmp_path, codec):
    spoken = episode(codec, 20, n_chapters=3)
    path = tmp_path / "x.mp3"
    path.write_bytes(file_bytes(MP3, spoken))
    run = subprocess.run(["mpg123", "-q", "-s", path], capture_output=True, check=True)
    heard = planar(np.frombuffer(run.stdout, "<i2"), codec.channels) / 32768
    assert heard.shape[-1] == spoken.n_samples
    assert np.abs(heard - decoded(path.read_bytes())).max() < 2 / 32768
    assert b"error" not in run.stderr.lower()


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="ffmpeg is older than PyAV's libraries")
@both
def test_ffmpeg_plays_exactly_the_timeline(tmp_path, codec):
    spoken = episode(codec, 20, n_chapters=3)
    path = tmp_path / "x.mp3"
    path.write_bytes(file_bytes(MP3, spoken))
    command = ["ffmpeg", "-v", "warning", "-i", path, "-f", "s16le", "-"]
    run = subprocess.run(command, capture_output=True, check=True)
    assert len(run.stdout) == 2 * codec.channels * spoken.n_samples
    assert run.stderr == b""


def test_pyav_reports_the_timeline_as_duration():
    spoken = episode(CODEC, 20)
    with av.open(BytesIO(file_bytes(MP3, spoken))) as container:
        stream = container.streams.audio[0]
        assert stream.duration * stream.time_base * 44_100 == spoken.n_samples
