"""Programs that speak, and programs that do not."""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from narration.engines import Delivery
from narration.engines.command import CommandEngine
from narration.errors import EngineError
from tests.narration.conftest import Narrate, written

WHISTLING = Path(__file__).with_name("whistling.py")
WHISTLE = f"{sys.executable} -IS {WHISTLING} {{out}} {{text_file}}"
ALL = f"{WHISTLE} {{speed}} {{volume}} {{variation}}"


def spoken(template: str, text: str = "One two three.", **delivery: float) -> np.ndarray:
    (speech,) = CommandEngine().speak([text], Delivery(template, **delivery))  # type: ignore[arg-type]
    return speech.clip.samples


def test_text_becomes_what_the_program_wrote() -> None:
    (speech,) = CommandEngine().speak(["abcde"], Delivery(WHISTLE))
    assert speech.clip.duration_s == pytest.approx(1.0)
    assert speech.clip.sample_rate_hz == 16_000


def test_text_is_also_standard_input() -> None:
    assert len(spoken(f"{sys.executable} -IS {WHISTLING} {{out}} -", "abcde")) == 16_000


def test_sound_may_come_on_standard_output(tmp_path: Path) -> None:
    sound = tmp_path / "sound.wav"
    subprocess.run([sys.executable, WHISTLING, sound, "-"], input=b"abcde", capture_output=True, check=True)
    assert len(spoken(f"cat {sound}")) == 16_000


@pytest.mark.skipif(not shutil.which("flite"), reason="the program flite is missing")
def test_flite_speaks_into_a_file_in_two_voices() -> None:
    one, other = (spoken(f"flite -voice {voice} -o {{out}} {{text_file}}") for voice in ("slt", "rms"))
    assert len(one) > 10_000
    assert not np.array_equal(one, other)


def test_stereo_float_at_48_khz_becomes_mono(tmp_path: Path) -> None:
    import av

    file = tmp_path / "stereo.wav"
    frame = av.AudioFrame.from_ndarray(np.tile([[0.5, -0.1]], (1, 48_000)).astype(np.float32), "flt", "stereo")
    frame.sample_rate = 48_000
    with av.open(str(file), "w") as container:
        stream = container.add_stream("pcm_f32le", rate=48_000, layout="stereo")
        container.mux(stream.encode(frame))
    (speech,) = CommandEngine().speak(["a"], Delivery(f"cp {file} {{out}}"))
    assert speech.clip.sample_rate_hz == 48_000
    assert speech.clip.samples.mean() == pytest.approx(0.2, abs=1e-6)


@pytest.mark.parametrize(
    ("how", "complaint"),
    [
        ("fails", r"failed \(exit code 3\); it printed: “What a lovely day! no voice of that name”"),
        ("silent", r"wrote no sound into {out}; it printed: .*no voice of that name"),
        ("'ten minutes'", r"its sound is longer than \d+ s"),
    ],
)
def test_failing_program_is_named_with_what_it_printed(how: str, complaint: str) -> None:
    with pytest.raises(EngineError, match=complaint):
        spoken(f"{ALL} {how}")


def test_program_that_prints_without_end_speaks_all_the_same() -> None:
    assert len(spoken(f"{ALL} chatters"))


def test_program_that_hangs_is_stopped_with_what_it_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CommandEngine, "patience_s", 0.8)
    with pytest.raises(EngineError, match="did not end within 1 s and was stopped; it printed: “What a lovely day!"):
        spoken(f'sh -c "{ALL} hangs; true"')
    assert f"{WHISTLING} /" not in subprocess.run(["ps", "ax"], capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a program is not told that its parent has gone")
def test_program_ends_with_the_process_that_ran_it() -> None:
    code = (
        "from narration.engines.command import CommandEngine; from narration.engines import Delivery;"
        f"CommandEngine().speak(['a'], Delivery({(ALL + ' hangs')!r}))"
    )
    parent = subprocess.Popen([sys.executable, "-c", code])
    children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
    deadline = time.monotonic() + 20
    while not (found := children.read_text().split()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    time.sleep(0.2)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    while Path(f"/proc/{found[0]}").exists() and "Z" not in Path(f"/proc/{found[0]}/stat").read_text().split()[2]:
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        ("", "No command is named"),
        ("no-such-program {out}", "The program “no-such-program” is not here; install it"),
        ("cat 'open", r"cannot be read \(No closing quotation\)"),
        ("cat {nothing}", r"has the placeholder {nothing}; there are {out}, {text_file}"),
        ("sh -c 'say {text}'", "would let a shell run the text"),
    ],
)
def test_command_that_cannot_be_run_is_refused_with_the_remedy(command: str, complaint: str) -> None:
    with pytest.raises(EngineError, match=complaint):
        CommandEngine().fingerprint(command)


def test_text_is_never_an_option_nor_several_arguments(tmp_path: Path) -> None:
    heard = tmp_path / "heard"
    program = f"import sys; open('{heard}', 'w').write(repr(sys.argv[1:]))"
    for text in ("-o /etc/passwd; $(id) `id`", "two words"):
        with pytest.raises(EngineError):
            spoken(f'{sys.executable} -c "{program}" {{text}}', text)
        assert heard.read_text().strip("[]'").lstrip() == text


def test_speed_and_volume_are_made_up_for_when_the_program_takes_none() -> None:
    own, quick, slow = (spoken(WHISTLE, speed=speed) for speed in (1.0, 2.0, 0.3))
    assert len(own) / len(quick) == pytest.approx(2, rel=0.1)
    assert len(slow) / len(own) == pytest.approx(1 / 0.3, rel=0.1)
    assert np.abs(spoken(WHISTLE, volume=0.5)).max() == pytest.approx(np.abs(own).max() / 2, rel=0.01)


def test_fingerprint_is_the_programs(tmp_path: Path) -> None:
    program = tmp_path / "speak"
    shutil.copy(shutil.which("true") or "", program)
    before = CommandEngine().fingerprint(f"{program} {{out}}")
    program.write_bytes(program.read_bytes() + b" ")
    assert CommandEngine().fingerprint(f"{program} {{out}}") != before


def test_article_is_narrated_by_a_command_and_again_when_the_command_changes(narrate: Narrate, article: Path) -> None:
    made = narrate(article, "--engine", f"command:{ALL}", "--json")
    assert made.code == 0, made.err
    assert made.document["recorded"] == 5
    assert narrate(article, "--voice", f"command/{ALL}", "--json").document["recorded"] == 0
    again = narrate(article, "--voice", f"command/{ALL} other", "--dry-run", "--json").document
    assert {step["why"].split(" from ")[0] for step in again["plan"]} == {"voice changed"}


def test_failing_command_names_paragraph_sentence_and_what_it_printed(narrate: Narrate, article: Path) -> None:
    program = f"{sys.executable} -IS {WHISTLING.with_name('choosy.py')} {WHISTLING} {{out}} {{text_file}}"
    failed = narrate(article, "--engine", f"command:{program}")
    assert failed.code == 4
    assert "Paragraph 3 could not be recorded: the command" in failed.err
    assert "I do not say such things" in failed.err


@pytest.mark.parametrize("line", ["voice: 'command/touch run'", "engine: 'command:touch run'", "voice: 'touch run'"])
def test_front_matter_runs_no_program(line: str, narrate: Narrate, folder: Path) -> None:
    source = folder / "article.md"
    source.write_text(f"---\n{line}\n---\n\nWords.\n")
    assert narrate(source, "--engine", f"command:{ALL}").code == (0 if line == "voice: 'touch run'" else 2)
    assert not (folder / "run").exists()


def test_paragraph_runs_no_program(narrate: Narrate, folder: Path) -> None:
    source = folder / "article.md"
    source.write_text('::: {voice="command:touch run"}\nWords.\n:::\n')
    refused = narrate(source)
    assert refused.code == 2
    assert "which would run a program; a document may not" in refused.err
    assert not (folder / "run").exists()


def test_settings_beside_the_source_may_name_a_command(narrate: Narrate, article: Path) -> None:
    written(article.with_name("narration.toml"), [f'engine = "command:{ALL}"'])
    assert narrate(article, "--json").document["recorded"] == 5


def test_project_from_elsewhere_runs_no_program(
    narrate: Narrate, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrate(article, "--engine", f"command:{ALL}")
    assert narrate("redo", article, 1).code == 0
    monkeypatch.setenv("NARRATION_HOME", str(tmp_path / "another-home"))
    refused = narrate("redo", article.with_suffix(".narration"), 1)
    assert refused.code == 2
    assert "was not named on this machine yet" in refused.err
    assert narrate("redo", article.with_suffix(".narration"), 1, "--voice", f"command:{ALL}").code == 0


def test_command_is_run_where_its_name_cannot_be_kept(
    narrate: Narrate, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NARRATION_HOME", "x" * 300)
    assert narrate(article, "--engine", f"command:{ALL}").code == 0


def test_engine_without_its_command_is_told_how_to_write_it(narrate: Narrate, article: Path) -> None:
    refused = narrate(article, "--engine", "command")
    assert refused.code == 2
    assert "command:flite -o {out} {text_file}" in refused.err
    assert list(article.parent.iterdir()) == [article]
