"""Music in episodes, as other programs decode them."""

import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from audio.clip import Clip
from audio.codecs.mp3 import Mp3Codec
from audio.decode import decoded
from audio.edit import trimmed
from audio.lossless import packed, unpacked
from audio.loudness import clip_lufs
from audio.pcm import int16_of, samples_of
from narration.mastering import Mastering
from narration.soundtrack import MixJob, MusicJob, Spoken, heard, mix, take_in_music
from tests.narration.conftest import Narrate, written
from tests.narration.hearing import level_db, packets

ARTICLE = """\
# Dusk

The lamp was lit at dusk. Nobody saw who had done it, and nobody asked.

A second paragraph stands here, and it is a little longer than the first one was.

# Dawn

Third comes this, which is of the morning, and then the ship came home with all her men.
"""
RATE_HZ = 44_100
TONE = ("--voice", "tone/low", "--pause", "paragraph=6")
BED_HZ, INTRO_HZ, CHIME_HZ = 3000, 5000, 7000


@pytest.fixture
def music(folder: Path) -> Path:
    """Three files: a bed of 29 s in stereo, an intro of 4 s, a chime of 1 s, each one tone."""
    for name, hertz, seconds, channels in (
        ("bed", BED_HZ, 29, 2),
        ("intro", INTRO_HZ, 4, 1),
        ("chime", CHIME_HZ, 1, 1),
    ):
        tone = 0.4 * np.sin(2 * np.pi * hertz * np.arange(seconds * 48_000) / 48_000)
        with av.open(str(folder / f"{name}.flac"), "w") as out:
            stream = out.add_stream("flac", rate=48_000, layout="stereo" if channels == 2 else "mono")
            samples = np.repeat((tone * 32767).astype(np.int16), channels)[np.newaxis]
            frame = av.AudioFrame.from_ndarray(samples, format="s16", layout=stream.layout)
            frame.sample_rate = 48_000
            out.mux([*stream.encode(frame), *stream.encode(None)])
    return folder


def sound(path: Path | str) -> np.ndarray:
    with av.open(str(path)) as file:
        resampler = av.AudioResampler("flt", "mono", RATE_HZ)
        frames = [each for frame in file.decode(audio=0) for each in resampler.resample(frame)]
        return np.concatenate([frame.to_ndarray()[0] for frame in [*frames, *resampler.resample(None)]])


def made(narrate: Narrate, name: str, *options: object) -> dict:
    source = written(Path("lamp.md"), [ARTICLE])
    ran = narrate(source, "-o", name, *TONE, "--json", *options)
    assert ran.code == 0, ran.err
    return ran.document


def second(sound: np.ndarray, at_s: float) -> np.ndarray:
    return sound[round(at_s * RATE_HZ) : round((at_s + 1) * RATE_HZ)]


@pytest.fixture
def pause_s(narrate: Narrate, folder: Path) -> float:
    """Where, in an episode without music, the pause behind the first paragraph is."""
    made(narrate, "plain.flac")
    plain = sound(folder / "plain.flac")
    blocks = plain[: len(plain) // 64 * 64].reshape(-1, 64)
    quiet = np.abs(blocks).max(axis=1) < 1e-4
    turns = np.flatnonzero(np.diff(np.concatenate([[0], quiet, [0]])))
    start, end = next((start, end) for start, end in turns.reshape(-1, 2) if (end - start) * 64 > 4 * RATE_HZ)
    return float((start + end) / 2 * 64 / RATE_HZ)


def test_speech_stays_where_it_is_with_music_under_it(narrate: Narrate, music: Path) -> None:
    plain = made(narrate, "plain.flac")
    with_music = made(narrate, "with.flac", "--music", "bed.flac")
    assert with_music["chapters"] == plain["chapters"]
    one, other = sound("plain.flac"), sound("with.flac")
    assert len(one) == len(other)
    loud = np.abs(one) > 0.1
    assert np.corrcoef(one[loud], other[loud])[0, 1] > 0.95


def test_music_is_heard_in_pauses_and_is_down_under_speech(narrate: Narrate, music: Path, pause_s: float) -> None:
    made(narrate, "with.flac", "--music", "bed.flac", "--loudness", -30)  # where no peak is limited
    heard = sound("with.flac")
    spoken = [second(heard, at) for at in np.arange(1, pause_s - 4, 0.5)]
    down = np.median([level_db(each, BED_HZ, RATE_HZ) for each in spoken])
    assert level_db(second(heard, pause_s - 0.5), BED_HZ, RATE_HZ) - down == pytest.approx(8, abs=1.5)


@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".opus"])
def test_with_music_an_episode_is_as_loud_as_without(narrate: Narrate, music: Path, suffix: str) -> None:
    if not shutil.which("ffmpeg"):
        pytest.skip("ffmpeg is not here to measure")
    name = f"with{suffix}"
    made(
        narrate, name, "--music", "bed.flac", "--intro", "intro.flac", "--chime", "chime.flac", "--outro", "intro.flac"
    )
    said = subprocess.run(
        ["ffmpeg", "-nostats", "-i", name, "-af", "ebur128=peak=true", "-f", "null", "-"],
        capture_output=True, text=True, check=True,
    ).stderr  # fmt: skip
    loudness_lufs, peak_dbtp = re.search(r"Summary:.*I: +(\S+) LUFS.*Peak: +(\S+) dBFS", said, re.DOTALL).groups()
    assert float(loudness_lufs) == pytest.approx(-19, abs=0.5)
    assert float(peak_dbtp) <= -1


def test_an_intro_and_a_chime_stand_alone_and_chapters_begin_with_theirs(narrate: Narrate, music: Path) -> None:
    plain = made(narrate, "plain.flac")["chapters"]
    chapters = made(narrate, "with.flac", "--intro", "intro.flac", "--chime", "chime.flac")["chapters"]
    heard = sound("with.flac")
    assert chapters[0]["start_s"] == 0
    assert level_db(second(heard, 1), INTRO_HZ, RATE_HZ) > -25
    assert level_db(second(heard, chapters[1]["start_s"]), CHIME_HZ, RATE_HZ) > -30
    added_s = [
        with_music["end_s"] - with_music["start_s"] - without["end_s"] + without["start_s"]
        for with_music, without in zip(chapters, plain, strict=True)
    ]
    assert added_s == pytest.approx([4.5, 1.5], abs=0.3)


def test_every_packet_without_music_is_as_it_was(narrate: Narrate, music: Path) -> None:
    made(narrate, "plain.mp3")
    made(narrate, "with.mp3", "--intro", "intro.flac", "--outro", "intro.flac")
    plain, with_music = packets("plain.mp3"), packets("with.mp3")
    front = (len(with_music) - len(plain)) // 2
    assert with_music[front : front + len(plain)][1:-1] == plain[1:-1]


def test_another_take_changes_packets_of_its_chapter_alone(narrate: Narrate, music: Path) -> None:
    chapters = made(narrate, "with.mp3", "--music", "bed.flac")["chapters"]
    before = packets("with.mp3")
    assert narrate("redo", "with.mp3", 5, "--voice", "tone/high").code == 0
    after = packets("with.mp3")
    second_chapter = round(chapters[1]["start_s"] * RATE_HZ / 1152)
    assert after[1:second_chapter] == before[1:second_chapter]
    assert after[second_chapter:] != before[second_chapter:]


def test_music_is_kept_so_that_its_file_is_not_needed_again(narrate: Narrate, music: Path) -> None:
    made(narrate, "with.mp3", "--music", "bed.flac")
    before = packets("with.mp3")
    (music / "bed.flac").unlink()
    assert narrate("redo", "with.mp3", 2).code == 0
    assert narrate("pick", "with.mp3", 2, 1).code == 0
    assert packets("with.mp3") == before


def test_nothing_is_mixed_twice_and_the_same_gives_the_same(narrate: Narrate, music: Path) -> None:
    made(narrate, "with.mp3", "--music", "bed.flac")
    first = (music / "with.mp3").read_bytes(), (music / "with.mp3").stat().st_mtime_ns
    made(narrate, "with.mp3", "--music", "bed.flac")
    assert ((music / "with.mp3").read_bytes(), (music / "with.mp3").stat().st_mtime_ns) == first


def test_music_is_switched_off_for_once(narrate: Narrate, music: Path) -> None:
    (music / "narration.toml").write_text('music = "bed.flac"\n')
    made(narrate, "with.mp3")
    made(narrate, "plain.mp3", "--music", "none")
    assert packets("plain.mp3") != packets("with.mp3")


@pytest.mark.parametrize(
    ("content", "said"), [(None, "cannot be opened"), (b"no music at all", "cannot be used"), (b"", "cannot be used")]
)
def test_music_that_cannot_be_used_is_said_before_anything_is_recorded(
    narrate: Narrate, article: Path, folder: Path, content: bytes | None, said: str
) -> None:
    if content is not None:
        (folder / "it.mp3").write_bytes(content)
    ran = narrate(article, "--music", "it.mp3")
    assert ran.code == 2
    assert said in ran.err
    assert not article.with_suffix(".narration").exists()


def test_a_dry_run_says_what_will_play(narrate: Narrate, article: Path, music: Path) -> None:
    ran = narrate(article, "--dry-run", "--intro", "intro.flac")
    assert "The intro is" in ran.err
    assert "intro.flac" in ran.err


def test_a_damaged_mix_is_made_again(narrate: Narrate, music: Path) -> None:
    made(narrate, "with.mp3", "--music", "bed.flac")
    before = packets("with.mp3")
    with closing(sqlite3.connect("with.narration", isolation_level=None)) as db:
        db.execute("UPDATE mixes SET payload = zeroblob(length(payload))")
    (music / "with.mp3").unlink()
    assert "mixed again" in " ".join(made(narrate, "with.mp3", "--music", "bed.flac")["notes"])
    assert packets("with.mp3") == before


def test_check_finds_an_episode_with_music_as_it_was_written(narrate: Narrate, music: Path) -> None:
    made(narrate, "with.mp3", "--music", "bed.flac", "--intro", "intro.flac")
    ran = narrate("check", "with.mp3", "--json")
    assert [each for each in ran.document["findings"] if each["kind"] in ("file", "length", "chapter", "stale")] == []


@pytest.mark.parametrize("channels", [1, 2])
def test_long_music_is_kept_in_pieces_of_a_minute_and_mixed_as_if_it_were_one(folder: Path, channels: int) -> None:
    noise = np.random.default_rng(1).uniform(-1.2, 1.2, 130 * 8_000).astype("f4")
    noise[:12_345] = noise[-4_321:] = 0
    _write_float(folder / "long.wav", noise, 8_000)
    pieces = take_in_music(MusicJob(folder / "long.wav", channels))
    loud = decoded(folder / "long.wav", channels=channels).samples
    whole, front = trimmed(Clip(loud / max(abs(loud).max(), np.float32(1)), 8_000))
    kept = [unpacked(piece).samples for piece in pieces.pieces]
    assert [each.shape[-1] for each in kept[:-1]] == [480_000, 480_000]
    assert np.array_equal(np.concatenate(kept, axis=-1), samples_of(int16_of(whole.samples)))
    assert pieces.n_samples == whole.n_samples < len(noise) - front
    assert pieces.loudness_lufs == pytest.approx(clip_lufs(whole.samples, 8_000), abs=1e-6)

    codec = Mp3Codec(channels=channels, bit_rate_kbps=64 * channels)
    one = replace(pieces, pieces=(packed(whole),))
    silence = (Spoken(None, 0.0, 0, 4_000),)
    mixes = [mix(MixJob(silence, heard(each, 105), Mastering(codec, -19.0, -1.0))) for each in (pieces, one)]
    assert len(heard(pieces, 50).pieces) == 1
    assert mixes[0].payload == mixes[1].payload


def _write_float(path: Path, samples: np.ndarray, rate_hz: int) -> None:
    with av.open(str(path), "w") as out:
        stream = out.add_stream("pcm_f32le", rate=rate_hz, layout="mono")
        frame = av.AudioFrame.from_ndarray(samples[np.newaxis], format="flt", layout="mono")
        frame.sample_rate = rate_hz
        out.mux([*stream.encode(frame), *stream.encode(None)])
