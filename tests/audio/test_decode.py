import struct
import wave
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest

from audio.decode import decoded
from audio.errors import AudioError
from audio.pcm import samples_of
from tests.audio.sounds import media, voice

RATE = 22050
LOSSLESS = {
    "wav": ("wav", "pcm_s16le", "s16"),
    "flac": ("flac", "flac", "s16"),
    "aiff": ("aiff", "pcm_s16be", "s16"),
}
LOSSY = {
    "mp3": ("mp3", "libmp3lame", "s16p"),
    "m4a": ("mp4", "aac", "fltp"),
    "webm": ("matroska", "libopus", "flt"),
    "opus": ("ogg", "libopus", "flt"),
}
FORMATS = LOSSLESS | LOSSY


def recording(name: str, seconds: float = 2.0, rate: int | None = None) -> bytes:
    rate = rate or (48000 if "opus" in FORMATS[name][1] else RATE)
    return media(voice(seconds, rate)[None], rate, *FORMATS[name])


@pytest.mark.parametrize("name", LOSSLESS)
def test_lossless_recording_comes_back_sample_for_sample(name):
    sound = samples_of(np.random.default_rng(1).integers(-9000, 9000, 44101).astype(np.int16))
    clip = decoded(media(sound[None], RATE, *LOSSLESS[name]))
    assert clip.sample_rate_hz == RATE
    assert np.array_equal(clip.samples, sound)


@pytest.mark.parametrize("name", LOSSY)
def test_lossy_recording_starts_where_its_sound_started(name):
    rate = 48000 if "opus" in FORMATS[name][1] else RATE
    sound = np.zeros(2 * rate, np.float32)
    sound[rate : rate + 40] = 0.9
    clip = decoded(media(sound[None], rate, *FORMATS[name]))
    assert clip.sample_rate_hz == rate
    assert abs(int(np.abs(clip.samples).argmax()) - rate - 20) < 40
    assert clip.duration_s == pytest.approx(2, abs=0.06)


def test_the_content_decides_and_not_the_suffix(tmp_path):
    file = tmp_path / "recording.mp3"
    file.write_bytes(recording("aiff"))
    assert decoded(file).duration_s == pytest.approx(2)


def test_bytes_are_read_like_a_file(tmp_path):
    file = tmp_path / "recording.flac"
    file.write_bytes(recording("flac"))
    assert np.array_equal(decoded(file).samples, decoded(file.read_bytes()).samples)


def test_mono_sound_in_two_channels_keeps_its_level():
    mono = voice(1, RATE)
    clip = decoded(media(np.stack([mono, mono]), RATE, "wav", "pcm_f32le", "flt"))
    assert np.allclose(clip.samples, mono, atol=1e-6)


def test_two_channels_are_averaged():
    left, right = np.full((1, 1000), 0.5, np.float32), np.full((1, 1000), -0.25, np.float32)
    clip = decoded(media(np.concatenate([left, right]), RATE, "flac", "flac", "s16"))
    assert np.allclose(clip.samples, 0.125)


def test_sound_track_of_a_video_is_taken():
    clip = decoded(media(voice(1, RATE)[None], RATE, "matroska", "flac", "s16", video=True))
    assert clip.duration_s == pytest.approx(1, abs=0.001)


def silent_video() -> bytes:
    file = BytesIO()
    with av.open(file, "w", format="matroska") as out:
        picture = out.add_stream("mpeg4", rate=25)
        picture.width, picture.height, picture.pix_fmt = 32, 32, "yuv420p"
        out.mux(picture.encode(av.VideoFrame(32, 32, "yuv420p")))
        out.mux(picture.encode(None))
    return file.getvalue()


def test_video_without_a_sound_track_is_refused():
    with pytest.raises(AudioError, match=r"clip\.mkv holds no sound"):
        decoded(silent_video(), "clip.mkv")


def test_empty_file_is_refused(tmp_path):
    file = tmp_path / "nothing.wav"
    file.touch()
    with pytest.raises(AudioError, match=r"nothing\.wav is empty"):
        decoded(file)


@pytest.mark.parametrize("data", [b"Dear diary, today I spoke.\n" * 40, b"\x89PNG\r\n\x1a\n" + bytes(500), b"R"])
def test_what_is_no_media_file_is_refused(data):
    with pytest.raises(AudioError, match="notes is no sound file"):
        decoded(data, "notes")


def test_a_list_that_names_other_files_is_not_followed(tmp_path):
    other = tmp_path / "other.wav"
    other.write_bytes(recording("wav"))
    playlist = tmp_path / "list.ffconcat"
    playlist.write_text(f"ffconcat version 1.0\nfile '{other}'\n")
    with pytest.raises(AudioError, match="is no sound file"):
        decoded(playlist)


def test_missing_file_is_named(tmp_path):
    with pytest.raises(AudioError, match=r"gone\.wav cannot be opened"):
        decoded(tmp_path / "gone.wav")


def test_folder_is_refused(tmp_path):
    with pytest.raises(AudioError, match="cannot be opened"):
        decoded(Path(tmp_path))


@pytest.mark.parametrize("name", ["wav", "flac", "aiff", "mp3", "m4a", "webm"])
def test_recording_that_breaks_off_is_refused(name):
    data = recording(name, seconds=4)
    with pytest.raises(AudioError, match=r"incomplete|damaged|no sound file"):
        decoded(data[: int(0.6 * len(data))])


@pytest.mark.parametrize("name", ["flac", "mp3", "m4a", "webm", "opus"])
def test_recording_with_a_hole_is_refused(name):
    data = recording(name, seconds=4)
    middle = len(data) // 2
    with pytest.raises(AudioError, match=r"incomplete|damaged"):
        decoded(data[:middle] + bytes(400) + data[middle + 400 :])


@pytest.mark.parametrize("size", [0, 0x7FFFF024, 0xFFFFFFFF])
def test_wav_whose_writer_did_not_know_its_length_is_read(size):
    data = bytearray(recording("wav"))
    sizes = data.index(b"data") + 4
    data[4:8] = data[sizes : sizes + 4] = struct.pack("<I", size)
    assert decoded(bytes(data)).duration_s == pytest.approx(2)


def test_tags_behind_the_sound_of_an_mp3_do_no_harm():
    ape = b"x" * 20 + b"APETAGEX" + struct.pack("<IIIIQ", 2000, 52, 1, 0x80000000, 0)
    id3v1 = b"TAG" + bytes(125)
    data = recording("mp3")
    assert np.array_equal(decoded(data + ape + id3v1).samples, decoded(data).samples)


def test_recording_longer_than_the_limit_is_refused():
    with pytest.raises(AudioError, match=r"longer than 1\.5 s"):
        decoded(recording("flac"), limit_s=1.5)


def test_limit_holds_where_the_file_does_not_say_how_long_it_is():
    endless = media(voice(2, RATE)[None], RATE, "adts", "aac", "fltp")
    with pytest.raises(AudioError, match=r"longer than 1\.5 s"):
        decoded(endless, limit_s=1.5)


def test_sound_track_without_sound_is_refused():
    file = BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", ""))
    with pytest.raises(AudioError, match="without a single sample"):
        decoded(file.getvalue())


def test_float_samples_that_are_no_numbers_are_refused():
    sound = np.full((1, 1000), np.nan, np.float32)
    with pytest.raises(AudioError, match="damaged"):
        decoded(media(sound, RATE, "wav", "pcm_f32le", "flt"))


@pytest.mark.parametrize("name", LOSSLESS)
def test_two_channels_come_back_sample_for_sample(name):
    sound = samples_of(np.random.default_rng(1).integers(-9000, 9000, (2, 44101)).astype(np.int16))
    assert np.array_equal(decoded(media(sound, RATE, *LOSSLESS[name]), channels=2).samples, sound)


@pytest.mark.parametrize("name", FORMATS)
def test_one_channel_asked_for_as_two_is_the_same_in_both(name):
    clip = decoded(recording(name), channels=2)
    assert clip.duration_s == pytest.approx(2, abs=0.06)
    assert np.array_equal(*clip.samples)
    assert np.abs(clip.samples).max() > 0.3


def test_surround_sound_is_laid_left_and_right():
    planes = np.zeros((6, 4000), np.float32)
    planes[0] = 0.25  # front left, of FL FR FC LFE BL BR
    planes[5] = -0.25  # back right
    file = BytesIO()
    with av.open(file, "w", format="wav") as out:
        stream = out.add_stream("pcm_s16le", rate=RATE, layout="5.1")
        frame = av.AudioFrame.from_ndarray((planes.T.reshape(1, -1) * 32767).astype(np.int16), "s16", "5.1")
        frame.sample_rate = RATE
        out.mux([*stream.encode(frame), *stream.encode(None)])
    left, right = decoded(file.getvalue(), channels=2).samples
    assert np.all(left > 0.1)
    assert np.all(right < -0.1)


def test_limit_in_seconds_is_the_same_for_two_channels():
    sound = np.stack([voice(3, RATE)] * 2)
    assert decoded(media(sound, RATE, "mp3", "libmp3lame", "s16p"), limit_s=3.5, channels=2).duration_s > 2.9
    with pytest.raises(AudioError, match="longer than 2 s"):
        decoded(media(sound, RATE, "mp3", "libmp3lame", "s16p"), limit_s=2, channels=2)
