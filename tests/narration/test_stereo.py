"""Episodes in two channels, as other programs decode them."""

import hashlib
import json
import re
import shutil
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from pathlib import Path

import av
import mutagen
import numpy as np
import pytest

import narration
from narration.make import Made
from narration.project import ProjectFile
from tests.narration.conftest import Narrate, written
from tests.narration.hearing import level_db, packets

ARTICLE = """\
# Dusk

The lamp was lit at dusk. Nobody saw who had done it, and nobody asked.

A second paragraph stands here, and it is a little longer than the first one was.

# Dawn

Third comes this, which is of the morning, and then the ship came home with all her men.
"""
RATE_HZ = 48_000
TONE = ("--voice", "tone/low")
LEFT_HZ, RIGHT_HZ, CHIME_HZ = 3000, 5000, 7000
MUSIC = {"intro": "bed.flac", "music": "bed.flac", "chime": "chime.flac"}
SUFFIXES = (".mp3", ".m4b", ".opus", ".flac", ".wav")


@pytest.fixture(scope="module")
def _episode(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Made]]:
    """One episode with all its music, in every format, and what was made."""
    folder = tmp_path_factory.mktemp("stereo")
    written(folder / "lamp.md", [ARTICLE])
    _write_music(folder)
    music = {role: str(folder / file) for role, file in MUSIC.items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NARRATION_HOME", str(folder / "home"))
        return folder, {
            suffix: narration.narrate(
                folder / "lamp.md", folder / f"lamp{suffix}", voice="tone/low", stereo=True, **music
            )
            for suffix in SUFFIXES
        }


@pytest.fixture
def episode(_episode: tuple[Path, dict[str, Made]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Made]:
    """What was made, by suffix; a copy of it is in the current folder."""
    monkeypatch.chdir(shutil.copytree(_episode[0], tmp_path / "lamp"))
    return _episode[1]


@pytest.fixture
def music(folder: Path) -> Path:
    """The current folder, with the music alone."""
    _write_music(folder)
    return folder


def _write_music(folder: Path) -> None:
    """A bed of 6 s with another tone on each side, and a chime of 1 s in one channel."""
    times = np.arange(6 * RATE_HZ) / RATE_HZ
    bed = np.stack([0.4 * np.sin(2 * np.pi * hertz * times) for hertz in (LEFT_HZ, RIGHT_HZ)])
    _write(folder / "bed.flac", bed)
    _write(folder / "chime.flac", 0.4 * np.sin(2 * np.pi * CHIME_HZ * times[np.newaxis, :RATE_HZ]))


def _write(path: Path, channels: np.ndarray) -> None:
    with av.open(str(path), "w") as out:
        stream = out.add_stream("flac", rate=RATE_HZ, layout={1: "mono", 2: "stereo"}[len(channels)])
        samples = (channels.T.reshape(1, -1) * 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout=stream.layout)
        frame.sample_rate = RATE_HZ
        out.mux([*stream.encode(frame), *stream.encode(None)])


def made(narrate: Narrate, name: str, *options: object) -> dict:
    source = written(Path("lamp.md"), [ARTICLE])
    ran = narrate(source, "-o", name, *TONE, "--json", *options)
    assert ran.code == 0, ran.err
    return ran.document


def sound(path: Path | str) -> np.ndarray:
    """What is heard, at RATE_HZ, shape (n_channels, n_samples)."""
    with av.open(str(path)) as file:
        resampler = av.AudioResampler("fltp", rate=RATE_HZ)
        frames = [each for frame in file.decode(audio=0) for each in resampler.resample(frame)]
        return np.concatenate([frame.to_ndarray() for frame in [*frames, *resampler.resample(None)]], axis=1)


def ebur128(path: str) -> tuple[float, float]:
    """Loudness in LUFS and true peak in dBTP, by ffmpeg."""
    if not shutil.which("ffmpeg"):
        pytest.skip("ffmpeg is not here to measure")
    command = ["ffmpeg", "-nostats", "-i", path, "-af", "ebur128=peak=true", "-f", "null", "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr.rpartition("Summary:")[2]
    found = [re.search(pattern, said) for pattern in (r"I:\s+(\S+) LUFS", r"Peak:\s+(\S+) dBFS")]
    return float(found[0][1]), float(found[1][1])


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_music_keeps_its_sides(episode: dict[str, Made], suffix: str) -> None:
    heard = sound(f"lamp{suffix}")
    assert len(heard) == 2
    left, right = heard[:, RATE_HZ : 3 * RATE_HZ]
    assert level_db(left, LEFT_HZ, RATE_HZ) > -25 > -60 > level_db(left, RIGHT_HZ, RATE_HZ)
    assert level_db(right, RIGHT_HZ, RATE_HZ) > -25 > -60 > level_db(right, LEFT_HZ, RATE_HZ)
    chime_at = round(episode[suffix].chapters[1].start_s * RATE_HZ)
    chime = heard[:, chime_at : chime_at + RATE_HZ]
    assert all(level_db(channel, CHIME_HZ, RATE_HZ) > -30 for channel in chime)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_other_programs_find_two_channels_the_length_and_the_chapters(episode: dict[str, Made], suffix: str) -> None:
    name, made = f"lamp{suffix}", episode[suffix]
    info = mutagen.File(name).info
    assert (info.channels, info.length) == (2, pytest.approx(made.duration_s, abs=0.03))
    if not shutil.which("ffprobe"):
        pytest.skip("ffprobe is not here to ask")
    entries = "stream=channels,channel_layout,duration:chapter=start_time"
    command = ["ffprobe", "-v", "error", "-show_entries", entries, "-of", "json", name]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    stream = next(each for each in told["streams"] if "channels" in each)
    assert (stream["channels"], stream.get("channel_layout", "stereo")) == (2, "stereo")
    assert float(stream["duration"]) == pytest.approx(made.duration_s, abs=0.03)
    starts_s = [chapter.start_s for chapter in made.chapters]
    assert [float(each["start_time"]) for each in told["chapters"]] == pytest.approx(starts_s, abs=0.001)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_loudness_is_that_of_both_channels_together(episode: dict[str, Made], suffix: str) -> None:
    measured_lufs, peak_dbtp = ebur128(f"lamp{suffix}")
    assert measured_lufs == pytest.approx(-16, abs=0.5)
    assert measured_lufs == pytest.approx(episode[suffix].loudness_lufs, abs=0.2)
    assert peak_dbtp <= -1


@pytest.mark.parametrize(
    ("asked", "lufs", "ceiling_dbtp"), [(("--loudness", -21), -21, -1), (("--profile", "acx"), -17, -3)]
)
def test_a_target_that_is_named_is_the_file_s(
    narrate: Narrate, music: Path, asked: tuple[object, ...], lufs: float, ceiling_dbtp: float
) -> None:
    made(narrate, "lamp.mp3", "--stereo", "--music", "bed.flac", *asked)
    measured_lufs, peak_dbtp = ebur128("lamp.mp3")
    assert measured_lufs == pytest.approx(lufs, abs=0.5)
    assert peak_dbtp <= ceiling_dbtp


def test_a_voice_is_in_each_channel_what_it_is_in_mono(narrate: Narrate, folder: Path) -> None:
    made(narrate, "mono.flac", "--profile", "raw")
    made(narrate, "stereo.flac", "--profile", "raw", "--stereo")
    (mono,), stereo = sound("mono.flac"), sound("stereo.flac")
    assert np.array_equal(stereo, np.stack([mono, mono]))


def test_changing_it_records_nothing_moves_nothing_and_leads_back(narrate: Narrate, music: Path) -> None:
    options = ("--intro", "bed.flac", "--music", "bed.flac", "--chime", "chime.flac")
    mono = made(narrate, "lamp.mp3", *options)
    before = Path("lamp.mp3").read_bytes()
    stereo = made(narrate, "lamp.mp3", "--stereo", *options)
    assert (stereo["recorded"], len(sound("lamp.mp3"))) == (0, 2)
    assert (stereo["chapters"], stereo["duration_s"]) == (mono["chapters"], mono["duration_s"])
    assert made(narrate, "lamp.mp3", "--no-stereo", *options)["recorded"] == 0
    assert Path("lamp.mp3").read_bytes() == before


def test_another_take_changes_no_packet_and_no_sample_elsewhere(
    narrate: Narrate, folder: Path, episode: dict[str, Made]
) -> None:
    names = {suffix: f"lamp{suffix}" for suffix in SUFFIXES}
    before = {suffix: (packets(name), sound(name)) for suffix, name in names.items()}
    assert narrate("redo", "lamp.narration", 5, "--speed", 1.3).code == 0
    for suffix, name in names.items():
        chapter_s = episode[suffix].chapters[1].start_s
        (packets_before, sound_before), packets_now, sound_now = before[suffix], packets(name), sound(name)
        same = round(chapter_s / episode[suffix].duration_s * len(packets_before)) - 1
        assert packets_now[1:same] == packets_before[1:same]
        assert packets_now != packets_before
        same = round(chapter_s * RATE_HZ)
        assert np.array_equal(*(np.round(each[:, :same] * 2**23) for each in (sound_before, sound_now)))
    assert narrate("pick", "lamp.narration", 5, 1).code == 0
    assert {suffix: packets(name) for suffix, name in names.items()} == {
        suffix: packets_before for suffix, (packets_before, _) in before.items()
    }


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_check_finds_the_file_as_it_was_written(
    narrate: Narrate, folder: Path, episode: dict[str, Made], suffix: str
) -> None:
    ran = narrate("check", f"lamp{suffix}", "--json")
    kinds = ("file", "length", "chapter", "packets", "missing")
    assert [each for each in ran.document["findings"] if each["kind"] in kinds] == []


def test_check_finds_what_is_not_in_a_wav_any_more(narrate: Narrate, folder: Path, episode: dict[str, Made]) -> None:
    data = bytearray(Path("lamp.wav").read_bytes())
    middle = len(data) // 2
    data[middle : middle + 90_000] = bytes(90_000)
    Path("lamp.wav").write_bytes(data)
    found = narrate("check", "lamp.wav", "--json").document["findings"]
    assert "missing" in {each["kind"] for each in found}


def test_it_is_published_and_a_book_in_two_channels(narrate: Narrate, folder: Path, episode: dict[str, Made]) -> None:
    assert narrate("publish", "lamp.narration", "--to", "site").code == 0
    assert len(sound(next(Path("site/episodes").rglob("*.mp3")))) == 2
    assert narrate("export", "lamp.narration", "-o", "lamp.epub").code == 0
    with zipfile.ZipFile("lamp.epub") as book:
        names = [name for name in book.namelist() if name.endswith(".mp3")]
        book.extractall("book")
    assert [len(sound(Path("book", name))) for name in names] == [2, 2]


def test_a_project_whose_music_was_kept_in_one_channel_gives_two(narrate: Narrate, music: Path) -> None:
    made(narrate, "lamp.mp3", "--intro", "bed.flac")
    before = Path("lamp.mp3").read_bytes()
    with closing(sqlite3.connect("lamp.narration", isolation_level=None)) as db:  # as version 3 left it
        (columns,) = db.execute(
            "SELECT group_concat(name || ' ' || type || ' NOT NULL') FROM pragma_table_info('music')"
            " WHERE name NOT IN ('digest', 'channels')"
        ).fetchone()
        names = ", ".join(column.split()[0] for column in columns.split(","))
        db.execute("ALTER TABLE music RENAME TO newer")
        db.execute(f"CREATE TABLE music (digest TEXT PRIMARY KEY, {columns}) STRICT")
        db.execute(f"INSERT INTO music SELECT digest, {names} FROM newer")
        db.execute("DROP TABLE newer")
        db.execute("PRAGMA user_version = 3")
    with ProjectFile(Path("lamp.narration")) as project:
        digest = hashlib.sha256(Path("bed.flac").read_bytes()).hexdigest()
        assert project.shelf.music(digest, 1) is not None
        assert project.shelf.music(digest, 2) is None
    assert made(narrate, "lamp.mp3", "--intro", "bed.flac")["recorded"] == 0
    assert Path("lamp.mp3").read_bytes() == before
    made(narrate, "lamp.mp3", "--intro", "bed.flac", "--stereo")
    left, right = sound("lamp.mp3")[:, RATE_HZ : 3 * RATE_HZ]
    assert level_db(left, RIGHT_HZ, RATE_HZ) < -60 < level_db(right, RIGHT_HZ, RATE_HZ)


def test_it_is_set_by_the_front_matter_the_file_and_python(narrate: Narrate, folder: Path) -> None:
    written(folder / "lamp.md", ["---\nstereo: true\nvoice: tone/low\n---\n\n" + ARTICLE])
    assert narrate("lamp.md").code == 0
    assert len(sound("lamp.mp3")) == 2
    narration.narrate("lamp.md", stereo=False)
    assert len(sound("lamp.mp3")) == 1
    written(folder / "lamp.md", [ARTICLE])
    (folder / "narration.toml").write_text('stereo = true\nvoice = "tone/low"\n')
    narration.narrate("lamp.md")
    assert len(sound("lamp.mp3")) == 2
