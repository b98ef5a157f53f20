"""An episode is made, and then changed one paragraph at a time; nothing else in it changes."""

import io
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

import narration
from narration.errors import UsageError
from narration.formats import format_for, format_names
from tests.narration.conftest import PARAGRAPHS, Narrate, written
from tests.narration.values import clip

TONE = ("--voice", "tone/low", "--chapters", "paragraphs")
FORMATS = format_names()
SAY = "Other words are said here, and there are more of them than before."


@pytest.fixture(params=FORMATS)
def output(request: pytest.FixtureRequest, article: Path) -> Path:
    return article.with_suffix(f".{request.param}")


def packets(file: Path) -> list[bytes]:
    with av.open(str(file)) as container:
        return [bytes(packet) for packet in container.demux(audio=0) if packet.size]


def samples(file: Path) -> np.ndarray:
    with av.open(str(file)) as container:
        return np.concatenate([frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)])


def stretch(document: dict[str, object], number: int, rate_hz: int) -> slice:
    """Where the chapter is, in samples."""
    chapter = document["chapters"][number - 1]  # type: ignore[index]
    return slice(round(chapter["start_s"] * rate_hz), round(chapter["end_s"] * rate_hz))


def recording(path: Path, seconds: float = 2.0) -> Path:
    """A person's recording: a tone, as a file of the kind its suffix names."""
    sound = clip(seconds, rate_hz=44_100)
    with av.open(str(path), "w") as out:
        codec = {".wav": "pcm_s16le", ".aiff": "pcm_s16be", ".mp3": "mp3", ".flac": "flac", ".m4a": "aac"}[path.suffix]
        stream = out.add_stream(codec, rate=44_100, layout="mono")
        integers = (sound.samples * 32767).astype(np.int16).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(integers, format="s16", layout="mono")
        frame.sample_rate = 44_100
        resampler = av.AudioResampler(stream.format, stream.layout, stream.rate, stream.frame_size or None)
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            out.mux(stream.encode(piece))
        out.mux(stream.encode(None))
    return path


# one paragraph, and no other


@pytest.mark.parametrize("output", [name for name in FORMATS if name != "wav"], indirect=True)
def test_another_take_changes_the_packets_of_its_paragraph_alone(output: Path, narrate: Narrate) -> None:
    document = narrate("article.txt", *TONE, "-o", output, "--json").document
    codec = format_for(output).codec
    before = packets(output)
    assert narrate("redo", "article.txt", 3).code == 0
    changed = [n for n, (old, new) in enumerate(zip(before, packets(output), strict=True)) if old != new]
    where = stretch(document, 3, codec.sample_rate_hz)
    assert where.start // codec.frame_samples <= changed[0]
    assert changed[-1] < where.stop // codec.frame_samples


def test_other_words_leave_every_sample_outside_as_it_was(output: Path, narrate: Narrate) -> None:
    before_document = narrate("article.txt", *TONE, "-o", output, "--json").document
    before = samples(output)
    assert narrate("redo", "article.txt", 3, "--say", SAY).code == 0
    after_document = narrate("article.txt", *TONE, "-o", output, "--json").document
    after = samples(output)
    codec = format_for(output).codec
    slack = codec.delay_samples + codec.frame_samples  # where the codec blends one frame into the next
    old, new = (stretch(document, 3, codec.sample_rate_hz) for document in (before_document, after_document))
    assert len(after) - len(before) == (new.stop - new.start) - (old.stop - old.start) > 0
    np.testing.assert_array_equal(after[: new.start - slack], before[: old.start - slack])
    np.testing.assert_array_equal(after[new.stop + slack :], before[old.stop + slack :])


def test_picking_the_first_take_again_gives_the_first_file_again(output: Path, narrate: Narrate) -> None:
    narrate("article.txt", *TONE, "-o", output)
    before = output.read_bytes()
    narrate("redo", "article.txt", 3, "--say", SAY)
    assert output.read_bytes() != before
    assert narrate("pick", "article.txt", 3, 1).out.strip() == output.name
    assert output.read_bytes() == before


@pytest.mark.parametrize("output", ["m4b", "mp3"], indirect=True)
def test_two_episodes_of_the_same_are_the_same_bytes(output: Path, narrate: Narrate, tmp_path: Path) -> None:
    narrate("article.txt", *TONE, "-o", output)
    (tmp_path / "other").mkdir()
    other = tmp_path / "other" / f"elsewhere{output.suffix}"
    narrate("article.txt", *TONE, "-o", other, "--jobs", 1)
    assert other.read_bytes() == output.read_bytes()


def test_chapters_of_the_file_are_those_that_are_told(output: Path, narrate: Narrate) -> None:
    document = narrate("article.txt", *TONE, "-o", output, "--json").document
    assert [chapter["number"] for chapter in document["chapters"]] == [1, 2, 3, 4, 5]
    assert len(samples(output)) == round(document["duration_s"] * format_for(output).codec.sample_rate_hz)


# takes


def test_every_redo_is_another_take(article: Path, narrate: Narrate) -> None:
    narrate(article, *TONE)
    files = [article.with_suffix(".mp3").read_bytes()]
    for _ in range(3):
        narrate("redo", article, 2)
        files.append(article.with_suffix(".mp3").read_bytes())
    assert len(set(files)) == 4
    listed = narrate("takes", article, 2, "--json").document
    assert [(take["take"], take["current"]) for take in listed] == [(1, False), (2, False), (3, False), (4, True)]
    assert listed[3]["made_from"] == "tone/low, variation 4"


def test_redo_takes_numbers_and_ranges_each_once(article: Path, narrate: Narrate) -> None:
    narrate(article, *TONE)
    narrate("redo", article, "2-3", "3,5")
    takes = [take["paragraph"] for take in narrate("takes", article, "--json").document]
    assert takes == [1, 2, 2, 3, 3, 4, 5, 5]


def test_voice_and_speed_are_those_of_the_paragraph_alone(article: Path, narrate: Narrate) -> None:
    narrate(article, *TONE)
    assert narrate("redo", article, 1, "--voice", "high", "--speed", 2).code == 0
    listed = narrate("takes", article, 1, "--json").document[-1]
    assert (listed["made_from"], listed["current"]) == ("tone/high, speed 2", True)


def test_current_take_is_the_one_the_episode_has_after_a_change_of_voice(article: Path, narrate: Narrate) -> None:
    narrate(article, *TONE)
    narrate("redo", article, 1)
    narrate(article, "--voice", "tone/high")
    current = [take for take in narrate("takes", article, 1, "--json").document if take["current"]]
    assert [take["made_from"] for take in current] == ["tone/high"]


def test_equal_paragraphs_are_redone_one_by_one(folder: Path, narrate: Narrate) -> None:
    article = written(folder / "article.txt", ["Same words.", "Others.", "Same words."])
    first = narrate(article, *TONE, "--json").document
    before = samples(folder / "article.mp3")
    narrate("redo", article, 3)
    after = samples(folder / "article.mp3")
    different = np.flatnonzero(before != after)
    assert stretch(first, 3, 44_100).start <= different[0]


def test_no_write_waits_for_the_next_make(article: Path, narrate: Narrate) -> None:
    narrate(article, *TONE)
    before = article.with_suffix(".mp3").read_bytes()
    assert narrate("redo", article, 2, "--no-write").out == ""
    assert article.with_suffix(".mp3").read_bytes() == before
    made = narrate(article, *TONE, "--json").document
    assert (made["recorded"], made["reused"]) == (0, 5)
    assert article.with_suffix(".mp3").read_bytes() != before


def test_prune_asks_and_deletes_what_is_neither_used_nor_chosen(
    article: Path, narrate: Narrate, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrate(article, *TONE)
    narrate("redo", article, 1)
    narrate("redo", article, 1)
    before = article.with_suffix(".mp3").read_bytes()
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert "Delete 2 takes" in narrate("takes", article, "--prune").out
    monkeypatch.setattr("sys.stdin", io.StringIO())
    unanswered = narrate("takes", article, "--prune")
    assert (unanswered.code, "--yes deletes them" in unanswered.err) == (2, True)
    assert len(narrate("takes", article, 1, "--json").document) == 3
    assert narrate("takes", article, "--prune", "--yes").out == "2 takes deleted.\n"
    assert len(narrate("takes", article, "--json").document) == 5
    assert narrate("takes", article, "--prune").out == "There is no take to delete.\n"
    article.with_suffix(".mp3").unlink()
    narrate(article, *TONE)
    assert article.with_suffix(".mp3").read_bytes() == before


def test_prune_of_one_paragraph_leaves_the_takes_of_others(article: Path, narrate: Narrate) -> None:
    narrate(article, *TONE)
    narrate("redo", article, "1-2")
    assert narrate("takes", article, 2, "--prune", "--yes").out == "1 take deleted.\n"
    assert [take["paragraph"] for take in narrate("takes", article, "--json").document] == [1, 1, 2, 3, 4, 5]
    assert "There is no paragraph 9" in narrate("takes", article, 9, "--prune", "--yes").err


def test_pause_has_no_takes(folder: Path, narrate: Narrate) -> None:
    article = written(folder / "article.md", ["One.", "---", "Two."])
    narrate(article, *TONE)
    ran = narrate("redo", article, 2)
    assert ran.code == 2
    assert "Paragraph 2 is a pause" in ran.err


# a person's recording


@pytest.mark.parametrize("suffix", [".wav", ".mp3", ".flac", ".aiff", ".m4a"])
def test_recording_of_a_person_takes_its_place(suffix: str, article: Path, narrate: Narrate) -> None:
    first = narrate(article, *TONE, "--json").document
    assert narrate("redo", article, 2, "--from", recording(article.with_name(f"me{suffix}"))).code == 0
    now = narrate(article, *TONE, "--json").document
    assert now["recorded"] == 0
    lengths = [chapter["end_s"] - chapter["start_s"] for chapter in now["chapters"]]
    assert lengths[1] == pytest.approx(2.0 + 0.7, abs=0.1)
    assert lengths[0] == first["chapters"][0]["end_s"]
    assert narrate("takes", article, 2, "--json").document[1]["made_from"] == "your own recording"


def test_recording_of_a_person_is_as_loud_as_the_episode(article: Path, narrate: Narrate) -> None:
    narrate(article, *TONE)
    narrate("redo", article, "1-5", "--from", recording(article.with_name("me.wav"), 4.0))
    assert narrate(article, *TONE, "--json").document["loudness_lufs"] == pytest.approx(-19, abs=0.5)


def test_recording_too_short_for_its_words_is_told(article: Path, narrate: Narrate) -> None:
    narrate(article, *TONE)
    ran = narrate("redo", article, "1-3", "--from", recording(article.with_name("me.wav"), 0.6))
    assert "Your recording of paragraph 2 lasts 0.6 s, too short for all of its words." in ran.err
    assert "paragraph 3" not in ran.err
    assert ran.code == 0


def test_recording_of_silence_is_refused(article: Path, narrate: Narrate) -> None:
    import wave

    narrate(article, *TONE)
    with wave.open("silence.wav", "wb") as out:
        out.setparams((1, 2, 44_100, 0, "NONE", ""))
        out.writeframes(bytes(88_200))
    ran = narrate("redo", article, 1, "--from", "silence.wav")
    assert ran.code == 5
    assert "silent from end to end" in ran.err


# other files


@pytest.mark.parametrize("output", ["flac", "m4b"], indirect=True)
def test_export_writes_another_format_from_the_same_takes(output: Path, article: Path, narrate: Narrate) -> None:
    narrate(article, *TONE, "-o", "article.mp3")
    exported = output.with_stem("exported")
    assert narrate("export", article, "-o", exported).out.strip() == str(exported)
    narrate(article, *TONE, "-o", output, "--project", "other.narration")
    assert exported.read_bytes() == output.read_bytes()


def test_redo_writes_all_files_of_the_episode_anew(article: Path, narrate: Narrate) -> None:
    narrate(article, *TONE)
    narrate("export", article, "-o", "article.flac")
    before = [Path(name).read_bytes() for name in ("article.flac", "article.mp3")]
    ran = narrate("redo", "article.flac", 2)
    assert [Path(line).name for line in ran.out.split()] == ["article.flac", "article.mp3"]
    after = [Path(name).read_bytes() for name in ("article.flac", "article.mp3")]
    assert all(old != new for old, new in zip(before, after, strict=True))


def test_file_that_was_deleted_is_not_written_again_by_redo(article: Path, narrate: Narrate) -> None:
    narrate(article, *TONE)
    narrate("export", article, "-o", "article.flac")
    Path("article.flac").unlink()
    narrate("redo", article, 2)
    assert not Path("article.flac").exists()


def test_nothing_is_written_when_nothing_has_changed(article: Path, narrate: Narrate) -> None:
    narrate(article, *TONE)
    files = [Path("article.mp3"), Path("article.narration")]
    before = [path.stat().st_mtime_ns for path in files]
    narrate(article, *TONE)
    assert [path.stat().st_mtime_ns for path in files] == before


def test_file_that_somebody_changed_is_written_again(article: Path, narrate: Narrate) -> None:
    narrate(article, *TONE)
    before = Path("article.mp3").read_bytes()
    Path("article.mp3").write_bytes(b"x")
    narrate(article, *TONE)
    assert Path("article.mp3").read_bytes() == before


def test_project_moves_with_its_folder(article: Path, narrate: Narrate, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    narrate(article, *TONE)
    for name in ("article.txt", "article.mp3", "article.narration"):
        (tmp_path / name).rename(tmp_path / "sub" / name)
    assert narrate("redo", "sub/article.mp3", 1).code == 0
    assert narrate("sub/article.txt", *TONE, "--json").document["recorded"] == 0


def test_equal_text_under_another_name_is_another_source(article: Path, narrate: Narrate) -> None:
    narrate(article, "--voice", "tone/low", "--chapters", "none")
    other = written(article.with_name("other.txt"), PARAGRAPHS)
    ran = narrate(other, "--voice", "tone/low", "--chapters", "none", "--project", "article.narration", "--json")
    assert [chapter["title"] for chapter in ran.document["chapters"]] == ["Other"]
    assert narrate("redo", other, 1).code == 0


def test_project_given_as_the_source_makes_the_same_file_again(article: Path, narrate: Narrate) -> None:
    Path("out").mkdir()
    narrate(article, *TONE, "-o", "out/book.flac")
    before = Path("out/book.flac").read_bytes()
    Path("out/book.flac").unlink()
    ran = narrate("out/book.narration", *TONE)
    assert (ran.code, Path(ran.out.strip()).name) == (0, "book.flac")
    assert Path("out/book.flac").read_bytes() == before
    assert not Path("article.narration").exists()


def test_episode_is_found_by_source_output_and_project_wherever_they_are(article: Path, narrate: Narrate) -> None:
    Path("out").mkdir()
    narrate(article, *TONE, "-o", "out/book.flac", "--project", "out/kept.narration")
    listed = {narrate("takes", name).out for name in ("article.txt", "out/book.flac", "out/kept.narration")}
    assert len(listed) == 1


# the text changes


def test_moved_and_inserted_paragraphs_reuse_every_take(article: Path, narrate: Narrate) -> None:
    narrate(article, *TONE)
    one, two, three, four, five = PARAGRAPHS
    written(article, [four, one, "An inserted paragraph.", two, five, three])
    document = narrate(article, *TONE, "--json").document
    assert (document["recorded"], document["reused"]) == (1, 5)


def test_moved_paragraph_sounds_as_before(article: Path, narrate: Narrate) -> None:
    first = narrate(article, *TONE, "-o", "article.wav", "--json").document
    before = samples(Path("article.wav"))
    written(article, PARAGRAPHS[::-1])
    second = narrate(article, *TONE, "-o", "article.wav", "--json").document
    after = samples(Path("article.wav"))
    rate_hz = format_for(Path("article.wav")).codec.sample_rate_hz
    for number in (2, 3, 4):
        old, new = stretch(first, number, rate_hz), stretch(second, 6 - number, rate_hz)
        np.testing.assert_array_equal(before[old], after[new])


def test_dry_run_says_why_and_makes_nothing(article: Path, narrate: Narrate) -> None:
    assert narrate(article, *TONE, "--dry-run", "--json").document["recorded"] == 5
    assert [path.name for path in article.parent.iterdir()] == ["article.txt"]
    narrate(article, *TONE)
    before = {path.name: path.read_bytes() for path in article.parent.iterdir()}
    one, two, three, four, five = PARAGRAPHS
    written(article, [one, "New.", two + " Edited.", three, four, five])
    before["article.txt"] = article.read_bytes()
    plan = narrate(article, *TONE, "--dry-run", "--json").document["plan"]
    assert [step["why"] for step in plan] == ["unchanged", "text changed", "new", *["unchanged"] * 3]
    plan = narrate(article, "--voice", "tone/high", "--dry-run", "--json").document["plan"]
    assert plan[0]["why"] == "voice changed from low to high"
    assert {path.name: path.read_bytes() for path in article.parent.iterdir()} == before


def test_dry_run_foretells_what_make_does(article: Path, narrate: Narrate) -> None:
    narrate(article, *TONE)
    written(article, [*PARAGRAPHS[2:], "One more paragraph."])
    foretold = narrate(article, *TONE, "--dry-run", "--json").document
    made = narrate(article, *TONE, "--json").document
    assert [foretold[name] for name in ("recorded", "reused", "paragraphs")] == [
        made[name] for name in ("recorded", "reused", "paragraphs")
    ]


def test_choice_stays_with_its_paragraph_and_is_reported_when_the_text_goes(article: Path, narrate: Narrate) -> None:
    narrate(article, *TONE)
    narrate("redo", article, 2, "--say", SAY)
    one, two, *rest = PARAGRAPHS
    written(article, [two, one, *rest])
    plan = narrate(article, *TONE, "--dry-run", "--json").document["plan"]
    assert plan[0]["why"] == "the words you gave it"
    written(article, [one, two + " Edited.", *rest])
    ran = narrate(article, *TONE)
    assert f"note: “{two[:20]}" in ran.err
    assert "the episode goes without the words you gave it" in ran.err
    written(article, PARAGRAPHS)
    plan = narrate(article, *TONE, "--dry-run", "--json").document["plan"]
    assert plan[1]["why"] == "the words you gave it"


def test_redo_says_that_the_source_was_changed(article: Path, narrate: Narrate) -> None:
    narrate(article, *TONE)
    written(article, PARAGRAPHS[:2])
    ran = narrate("redo", article, 5)
    assert ran.code == 0
    assert "article.txt was changed after the episode was made" in ran.err


@pytest.mark.parametrize(
    ("options", "recorded"),
    [
        (["--pause", "paragraph=2"], 0),
        (["--title", "Another"], 0),
        (["--chapters", "none"], 0),
        (["--loudness", "-23"], 0),
        (["--profile", "raw"], 0),
        (["--pause", "sentence=1"], 5),
        (["--speed", "1.5"], 5),
    ],
    ids=str,
)
def test_only_what_decides_the_speech_is_recorded_again(
    options: list[str], recorded: int, article: Path, narrate: Narrate
) -> None:
    narrate(article, "--voice", "tone/low")
    before = Path("article.mp3").read_bytes()
    document = narrate(article, "--voice", "tone/low", *options, "--json").document
    assert document["recorded"] == recorded
    assert Path("article.mp3").read_bytes() != before
    narrate(article, "--voice", "tone/low")
    assert Path("article.mp3").read_bytes() == before


def test_longer_pause_moves_what_follows_by_just_that(article: Path, narrate: Narrate) -> None:
    lines = [
        narrate(article, *TONE, "--pause", f"paragraph={pause_s}", "--json").document["chapters"] for pause_s in (1, 3)
    ]
    lengths = [[chapter["end_s"] - chapter["start_s"] for chapter in line[:-1]] for line in lines]
    assert [b - a for a, b in zip(*lengths, strict=True)] == pytest.approx([2.0] * 4, abs=0.027)


# damage


def damage(sql: str) -> None:
    import sqlite3

    database = sqlite3.connect("article.narration")
    database.execute(sql)
    database.commit()
    database.close()


def test_damaged_packets_are_made_again_and_that_is_said(article: Path, narrate: Narrate) -> None:
    narrate(article, *TONE)
    before = Path("article.mp3").read_bytes()
    damage("UPDATE encoded SET payload = zeroblob(9) WHERE take = 2")
    Path("article.mp3").unlink()
    ran = narrate(article, *TONE)
    assert ran.code == 0
    assert "note: Packets 2" in ran.err
    assert Path("article.mp3").read_bytes() == before


def test_damaged_take_is_recorded_again_and_that_is_said(article: Path, narrate: Narrate) -> None:
    narrate(article, *TONE)
    before = Path("article.mp3").read_bytes()
    damage("UPDATE takes SET flac = zeroblob(9) WHERE id = 2")
    assert "Take 2" in narrate("export", article, "-o", "article.flac").err
    ran = narrate(article, *TONE, "--json")
    assert (ran.code, ran.document["recorded"]) == (0, 1)
    assert Path("article.mp3").read_bytes() == before
    assert narrate("export", article, "-o", "article.flac").code == 0


# as a library


def test_library_does_what_the_command_does(article: Path) -> None:
    made = narration.narrate("article.txt", "article.flac", voice="tone/low", chapters="paragraphs")
    assert (made.paragraphs, made.recorded, made.failed) == (5, 5, ())
    assert all(one.end_s == other.start_s for one, other in pairwise(made.chapters))
    episode = narration.Project.open("article.txt")
    revised = episode.redo([2], narration.Request(say=SAY))
    assert [written.changed for written in revised.written] == [True]
    assert [take.current for take in episode.takes(2)] == [False, True]
    episode.pick(2, 1)
    assert [len(episode.unused()), episode.prune(), len(episode.takes(2))] == [1, 1, 1]
    assert len(episode.segments()) == 5


def test_recording_with_words_or_a_voice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="give --from alone"):
        narration.Request(say="Words.", recording=tmp_path / "me.wav")


def test_another_take_of_given_words_has_those_words(article: Path, narrate: Narrate) -> None:
    narrate(article, *TONE)
    narrate("redo", article, 3, "--say", SAY)
    narrate("redo", article, 3)
    takes = narrate("takes", article, 3, "--json").document
    assert [take["spoken"] == SAY for take in takes] == [False, True, True]
    assert [take["current"] for take in takes] == [False, False, True]
