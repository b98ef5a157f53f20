"""The command line: what it takes, what it prints where, and how it ends."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from narration.cli import COMMANDS, status
from tests.narration.conftest import COMMAND, PARAGRAPHS, Narrate, written

TONE = ("--voice", "tone/low")
ROOT = Path(__file__).parents[2]
MADE = [
    "output", "format", "duration_s", "chapters", "paragraphs", "recorded", "reused", "loudness_lufs",
    "true_peak_dbtp", "notes", "failed", "findings",
]  # fmt: skip


# how it is called


def test_source_alone_is_made(article: Path, narrate: Narrate) -> None:
    assert narrate("article.txt", *TONE).out == "article.mp3\n"
    assert narrate("make", "article.txt", *TONE).out == "article.mp3\n"


def test_options_may_stand_before_the_source(article: Path, narrate: Narrate) -> None:
    assert narrate(*TONE, "--quiet", "article.txt").code == 0


def test_misspelled_command_is_no_source(narrate: Narrate) -> None:
    ran = narrate("tkaes", "article.txt")
    assert ran.code == 2
    assert "Did you mean `narrate takes`?" in ran.err


def test_file_that_is_called_nearly_as_a_command_is_a_source(folder: Path, narrate: Narrate) -> None:
    written(folder / "scripts", PARAGRAPHS[:1])
    assert narrate("scripts", *TONE).out == "scripts.mp3\n"


def test_standard_input_is_narrated_under_its_title(folder: Path, command: Narrate) -> None:
    ran = command("-", "--from", "markdown", *TONE, given="# A *Short* Title\n\nSome words.\n")
    assert (ran.code, ran.out) == (0, "a-short-title.mp3\n")


def test_format_that_is_given_is_that_of_the_file(folder: Path, narrate: Narrate) -> None:
    (folder / "article").write_text("# Heading\n\nSome *words*.\n")
    document = narrate("script", "article", "--from", "markdown", "--json").document
    assert [segment["text"] for segment in document["segments"]] == ["Heading", "Some words."]


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_lists_every_command(option: str, narrate: Narrate) -> None:
    ran = narrate(option)
    assert ran.code == 0
    assert all(f"\n  {name} " in ran.out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_stands_in_the_readme(name: str, narrate: Narrate) -> None:
    ran = narrate(name, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert f"narrate {name}" in (ROOT / "README.md").read_text("utf-8") or name == "make"


def test_version_is_the_distribution_s(narrate: Narrate) -> None:
    assert narrate("--version").out.startswith("narrate 0.")


def test_commands_are_listed_without_being_loaded() -> None:
    code = (
        "import sys; from narration.cli import COMMANDS, status; status(['--help']);"
        "print({f'narration.cli.{name}' for name in COMMANDS} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("\nset()\n")


def test_help_loads_no_engine_and_nothing_heavy() -> None:
    code = (
        "import sys; from narration.cli import status; status(['--help']); status(['make', '--help']);"
        "print(sorted({'numpy', 'av', 'pyttsx3', 'pebble', 'pydub', 'rich', 'sentencex'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("\n[]\n")


# how it ends


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["nosuch.txt"], 3, "There is no file nosuch.txt"),
        ([""], 3, "not the path of a file"),
        (["x" * 300], 3, "cannot be read"),
        (["."], 3, "is a folder"),
        (["empty.txt"], 3, "empty"),
        (["blank.txt"], 3, "empty"),
        (["binary.dat"], 3, "binary"),
        (["rule.md"], 3, "no text to read aloud"),
        (["article.txt", "--from", "nosuch"], 3, "not a format"),
        (["article.txt", "--voice", "tone/lo"], 2, "has no voice “lo”. The nearest are: low"),
        (["article.txt", "--engine", "ton"], 2, "There is no engine “ton”. The nearest are: tone"),
        (["article.txt", "--voice", "tone/low", "--engine", "pyttsx3"], 2, "not one of the engine “pyttsx3”"),
        (["article.txt", "-o", "article.xyz"], 2, "“.xyz” is no output format. The nearest are: flac"),
        (["article.txt", "-o", "article"], 2, "has no suffix"),
        (["article.txt", "--chapters", "some"], 2, "--chapters"),
        (["article.txt", "--speed", "9"], 2, "speed is 9; it goes from 0.25 to 4"),
        (["article.txt", "--speed", "nan"], 2, "speed is nan"),
        (["article.txt", "--volume", "2"], 2, "volume is 2"),
        (["article.txt", "--jobs", "-1"], 2, "jobs is -1"),
        (["article.txt", "--pause", "heading"], 2, "KIND=SECONDS"),
        (["article.txt", "--pause", "x=1"], 2, "pause is “x”; it is one of sentence"),
        (["article.txt", "--pause", "heading=x"], 2, "“x” is not a number"),
        (["article.txt", "--loudness", "0"], 2, "loudness is 0"),
        (["article.txt", "--no-such-option"], 2, "--no-such-option"),
        (["article.txt", "another.txt"], 2, "another.txt"),
        (["article.mp3"], 2, "is the source itself"),
        (["article.txt", *TONE, "-o", "nosuch/article.mp3"], 5, "there is no folder nosuch"),
        (["article.txt", *TONE, "--project", "article.txt"], 3, "is not a narration project"),
        (["article.txt", *TONE, "--cover", "nosuch.png"], 2, "cover"),
        (["nosuch.narration"], 3, "There is no project nosuch.narration"),
        (["script", "article.txt", "-o", "article.txt"], 2, "is the source itself"),
        (["takes", "article.txt"], 2, "no episode of article.txt yet. `narrate article.txt` makes one"),
        (["takes", "article.mp3"], 2, "Nothing tells which project made article.mp3; give that"),
        (["takes", "nosuch.txt"], 2, "There is no file nosuch.txt, and no episode of it"),
        (["article.txt", "--language", "no tag!"], 2, "language is “no tag!”; it is a BCP 47 tag"),
        (["takes", ""], 2, "no episode"),
        (["takes", "."], 2, "no episode"),
        (["takes", "x" * 300], 2, "no episode"),
        (["redo", "article.txt", "1", "--speed", "nan"], 2, "speed is nan; it goes from 0.25 to 4"),
        (["redo", "article.txt"], 2, "N..."),
        (["redo", "article.txt", "4-"], 2, "“4-” is no paragraph number"),
        (["redo", "article.txt", "5-4"], 2, "“5-4” is no range"),
        (["pick", "article.txt", "0", "1"], 2, "0 is not in the range"),
        (["export", "article.txt"], 2, "--output"),
        (["voices", "--engine", "nosuch"], 2, "There is no engine “nosuch”"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else None,
)
def test_what_cannot_be_done_is_said_in_one_sentence_with_its_exit_code(
    arguments: list[str], code: int, words: str, article: Path, narrate: Narrate
) -> None:
    Path("empty.txt").touch()
    Path("blank.txt").write_text(" \n\n\t\n")
    Path("rule.md").write_text("---\n\n***\n")
    Path("binary.dat").write_bytes(bytes(range(256)) * 9)
    Path("article.mp3").write_text("Words, in spite of the name.")
    ran = narrate(*arguments)
    assert ran.code == code
    assert words in ran.err
    assert ran.out == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["redo", "article.txt", "0"], "There is no paragraph 0; they go from 1 to 5"),
        (["redo", "article.txt", "4-6"], "There is no paragraph 6"),
        (["redo", "article.txt", "1", "--voice", "nosuch"], "no voice “nosuch”"),
        (["redo", "article.txt", "1", "--say", "***"], "There is nothing to say in “***”"),
        (["redo", "article.txt", "1", "--say", " "], "there are no words in it"),
        (["redo", "article.txt", "1", "--speed", "9"], "--speed"),
        (["redo", "article.txt", "1", "--from", "nosuch.wav"], "nosuch.wav"),
        (["redo", "article.txt", "1", "--from", "article.txt", "--say", "Words"], "give --from alone"),
        (["pick", "article.txt", "1", "2"], "Paragraph 1 has no take 2; it has 1"),
        (["pick", "article.txt", "6", "1"], "There is no paragraph 6"),
        (["takes", "article.txt", "6"], "There is no paragraph 6"),
        (["export", "article.txt", "-o", "article.xyz"], "no output format"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_cannot_be_revised_is_a_usage_error_and_changes_nothing(
    arguments: list[str], words: str, article: Path, narrate: Narrate
) -> None:
    narrate(article, *TONE)
    before = (Path("article.mp3").read_bytes(), narrate("takes", "article.txt").out)
    ran = narrate(*arguments)
    assert ran.code == 2
    assert words in ran.err
    assert (Path("article.mp3").read_bytes(), narrate("takes", "article.txt").out) == before


def test_recording_that_is_none_is_an_audio_error(article: Path, narrate: Narrate) -> None:
    narrate(article, *TONE)
    ran = narrate("redo", "article.txt", 1, "--from", "article.txt")
    assert ran.code == 5
    assert "article.txt is no sound file that can be read" in ran.err


def test_place_that_is_not_there_is_said_before_anything_is_encoded_for_it(article: Path, narrate: Narrate) -> None:
    narrate(article, *TONE)
    ran = narrate("export", "article.txt", "-o", "nosuch/article.opus")
    assert (ran.code, ran.err) == (
        5,
        "narrate: nosuch/article.opus cannot be written: there is no folder nosuch. Make it first.\n",
    )
    with closing(sqlite3.connect("article.narration")) as database:
        assert database.execute("SELECT count(DISTINCT mastering) FROM encoded").fetchone() == (1,)


def test_source_that_may_not_be_read_is_an_article_error(article: Path, narrate: Narrate) -> None:
    article.chmod(0)
    if os.access(article, os.R_OK):
        pytest.skip("this user may read everything")
    assert narrate(article).code == 3


@pytest.mark.parametrize("text", ["voic = 'x'", "voice =", "speed = 'fast'", "jobs = inf", "pause = {x = 1}", "\xff"])
def test_settings_file_that_cannot_be_used_is_named(text: str, article: Path, narrate: Narrate) -> None:
    Path("narration.toml").write_bytes(text.encode("latin-1"))
    ran = narrate(article)
    assert ran.code == 2
    assert "narration.toml" in ran.err


def test_front_matter_that_cannot_be_used_is_named(folder: Path, narrate: Narrate) -> None:
    Path("article.md").write_text("---\nspeed: fast\n---\nWords.\n")
    ran = narrate("article.md")
    assert ran.code == 2
    assert "The front matter of article.md: “fast” is not a number" in ran.err


def test_our_own_bug_comes_with_its_traceback(monkeypatch: pytest.MonkeyPatch, article: Path) -> None:
    def buggy(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("narration.make.narrate", buggy)
    with pytest.raises(ZeroDivisionError):
        status(["article.txt"])


@pytest.mark.parametrize("name", [b"caf\xe9.txt", "naïve “name”.txt".encode(), b"-dash.txt", b"a.b c.txt"])
def test_any_file_name_will_do(name: bytes, folder: Path, narrate: Narrate) -> None:
    try:
        source = written(folder / os.fsdecode(name), PARAGRAPHS[:1])
    except OSError:
        pytest.skip("this file system takes no such name")
    assert Path(narrate(*TONE, "--json", "--", source).document["output"]) == source.with_suffix(".mp3")
    assert narrate("redo", "--", source, 1).code == 0


# where nothing can be written


@pytest.fixture
def mounted(folder: Path) -> Iterator[Path]:
    """A file system of 1 MB."""
    place = folder / "mounted"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this user may not mount")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_full_disk_ends_with_code_5_and_keeps_what_was_recorded(article: Path, mounted: Path, narrate: Narrate) -> None:
    written(article, [f"{number} {PARAGRAPHS[1]} {PARAGRAPHS[3]}" for number in range(12)])
    ran = narrate(article, *TONE, "-o", mounted / "article.mp3")
    assert ran.code == 5
    assert "cannot be written" in ran.err
    subprocess.run(["mount", "-o", "remount,size=9m", str(mounted)], check=True)
    ran = narrate(article, *TONE, "-o", mounted / "article.mp3", "--json")
    assert ran.code == 0
    assert 0 < ran.document["reused"] < 12
    assert sorted(path.name for path in mounted.iterdir()) == ["article.mp3", "article.narration"]


def test_full_disk_leaves_the_old_output_whole(article: Path, mounted: Path, narrate: Narrate) -> None:
    target = mounted / "article.mp3"
    assert narrate(article, *TONE, "-o", target, "--project", "article.narration").code == 0
    before = target.read_bytes()
    (mounted / "filler").write_bytes(bytes(900 * 1024 - len(before)))
    written(article, [*PARAGRAPHS, *(f"{PARAGRAPHS[3]} {number}" for number in range(9))])
    ran = narrate(article, *TONE, "-o", target, "--project", "article.narration")
    assert ran.code == 5
    assert "could not be written: No space left on device" in ran.err
    assert target.read_bytes() == before
    assert sorted(path.name for path in mounted.iterdir()) == ["article.mp3", "filler"]


def test_folder_that_cannot_be_written_is_an_audio_error(article: Path, mounted: Path, narrate: Narrate) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(mounted)], check=True)
    ran = narrate(article, *TONE, "-o", mounted / "article.mp3")
    assert ran.code == 5
    ran = narrate(article, *TONE, "-o", mounted / "article.mp3", "--project", "article.narration")
    assert ran.code == 5
    assert "could not be written: Read-only file system" in ran.err


def test_state_folder_that_cannot_be_written_does_no_harm(
    article: Path, narrate: Narrate, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("out").mkdir()
    monkeypatch.setenv("NARRATION_HOME", str(article))
    assert narrate(article, *TONE, "-o", "out/other.mp3").code == 0
    assert narrate("redo", "out/other.mp3", 1).code == 0


# what is printed


def test_json_of_make_has_its_keys_and_no_others(article: Path, narrate: Narrate) -> None:
    made = narrate(article, *TONE, "--json").document
    assert list(made) == MADE
    assert list(made["chapters"][0]) == ["number", "title", "start_s", "end_s"]
    assert (made["paragraphs"], made["recorded"], made["reused"], made["failed"]) == (5, 5, 0, [])


def test_chapters_in_json_follow_each_other_to_the_end(article: Path, narrate: Narrate) -> None:
    made = narrate(article, *TONE, "--json").document
    ends = [chapter["end_s"] for chapter in made["chapters"]]
    assert [chapter["start_s"] for chapter in made["chapters"]] == [0, *ends[:-1]]
    assert ends[-1] == made["duration_s"]


def test_json_of_a_dry_run_adds_the_plan(article: Path, narrate: Narrate) -> None:
    made = narrate(article, *TONE, "--dry-run", "--json").document
    assert list(made) == [*MADE, "plan"]
    assert {"number", "action", "why"} <= set(made["plan"][0])
    assert [step["action"] for step in made["plan"]] == ["record"] * 5


def test_json_of_script_has_its_keys_and_no_others(article: Path, narrate: Narrate) -> None:
    document = narrate("script", article, "--json").document
    assert list(document) == ["title", "author", "date", "language", "chapters", "segments", "notes"]
    assert list(document["chapters"][0]) == ["number", "title", "segments"]
    assert list(document["segments"][0]) == [
        "number", "kind", "level", "chapter", "text", "spoken", "voice", "speaker", "pause_after_s", "pronunciations",
    ]  # fmt: skip


def test_json_of_voices_and_engines_name_them(narrate: Narrate) -> None:
    assert "tone/low" in [voice["name"] for voice in narrate("voices", "--json").document]
    assert "tone" in [engine["name"] for engine in narrate("engines", "--json").document if engine["works"]]


def test_voices_of_a_language_speak_it(narrate: Narrate) -> None:
    voices = narrate("voices", "--language", "pt", "--engine", "pyttsx3", "--json").document
    assert voices
    assert all(any(code.split("-")[0] == "pt" for code in voice["languages"]) for voice in voices)


def test_standard_error_stays_empty_when_it_is_no_terminal(article: Path, command: Narrate) -> None:
    assert command(article, *TONE).err == ""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_progress_is_shown_on_a_terminal_and_not_when_quiet(article: Path) -> None:
    assert "Recording" in under_a_terminal([COMMAND, "article.txt", *TONE])
    Path("article.narration").unlink()
    assert under_a_terminal([COMMAND, "article.txt", "--quiet", *TONE]) == ""


def under_a_terminal(arguments: list[str | Path]) -> str:
    """What is written on standard error when that is a terminal."""
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # Linux says so when the other end is closed
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    assert process.wait(60) == 0
    return shown.decode()


def test_reader_that_goes_away_is_no_error(article: Path) -> None:
    process = subprocess.Popen([COMMAND, "voices"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert process.wait(60) == 0
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.parametrize("redirection", ["2>&-", ">&-", "<&- >&- 2>&-"], ids=["stderr", "stdout", "all"])
def test_closed_streams_are_no_error(redirection: str, article: Path) -> None:
    line = f"'{COMMAND}' article.txt {' '.join(TONE)} {redirection}"
    assert subprocess.run(line, shell=True, check=False).returncode == 0
    assert Path("article.mp3").exists()


def test_standard_input_that_is_closed_has_nothing_to_read(folder: Path) -> None:
    line = f"'{COMMAND}' - --from markdown <&-"
    ran = subprocess.run(line, shell=True, check=False, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (3, "narrate: the text given is empty; there is nothing to read.\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_standard_output_without_room_is_said(folder: Path) -> None:
    ran = subprocess.run(f"'{COMMAND}' voices > /dev/full", shell=True, check=False, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (5, "narrate: [Errno 28] No space left on device\n")


# Ctrl-C


@pytest.mark.skipif(sys.platform == "win32", reason="signals are others there")
@pytest.mark.parametrize("after_s", [0, 0.5])
def test_interrupted_run_says_so_and_the_next_one_goes_on(after_s: float, article: Path, narrate: Narrate) -> None:
    written(article, [f"{number} {' '.join(PARAGRAPHS)}" for number in range(30)])
    process = subprocess.Popen(
        [COMMAND, article, *TONE], stdout=-1, stderr=-1, text=True, start_new_session=True, cwd=article.parent
    )
    while process.poll() is None and not article.with_suffix(".narration").exists():
        time.sleep(0.02)  # Python itself takes what comes while it starts
    time.sleep(after_s)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, "")
    assert err.strip() == "Interrupted. What was recorded is kept; run the same command to go on."
    assert narrate(article, *TONE).code == 0
