"""Piper's real loading code, on voices of a few kilobytes."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import helper

from narration import memory
from narration.engines import Delivery, Speech, piper
from narration.engines.onnx_model import read_model
from narration.engines.piper import PiperEngine
from narration.errors import EngineError, UsageError
from narration.places import VOICES_VARIABLE
from tests.narration.conftest import Narrate
from tests.narration.engines.tiny_voices import HOP, piper_model, piper_voice, write_configuration
from tests.narration.test_kill import killed

TEXT = "The first sentence of the 42 has seven words indeed — yes."


@pytest.fixture(autouse=True)
def _voices(tiny_voices: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VOICES_VARIABLE, str(tiny_voices))


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A voice of its own, to be broken."""
    monkeypatch.setenv(VOICES_VARIABLE, str(tmp_path / "voices"))
    return piper_voice(tmp_path / "voices" / "piper", "en_US-bad-low")


def spoken(text: str = TEXT, voice: str = "en_US-tiny-low", **delivery: float) -> Speech:
    return PiperEngine().speak([text], Delivery(voice, **delivery))[0]  # type: ignore[arg-type]


def pitch_hz(speech: Speech) -> float:
    spectrum = np.abs(np.fft.rfft(speech.clip.samples))
    return float(np.argmax(spectrum) * speech.clip.sample_rate_hz / len(speech.clip.samples))


def test_voices_are_the_files_of_the_folder_with_their_languages() -> None:
    voices = {voice.name: voice for voice in PiperEngine().voices()}
    assert voices["en_US-tiny-low"].languages == ("en-us",)
    assert voices["en_GB-many-medium"].description.startswith("5 speakers")


def test_words_are_timed_by_the_phonemes_lengths() -> None:
    speech = spoken()
    assert [TEXT[word.start : word.end] for word in speech.words] == TEXT.split()
    for word in speech.words:  # a word whistles from its first sample to its last, and between words it is still
        heard = np.abs(speech.clip.samples[word.from_samples : word.to_samples])
        assert not len(heard) or heard[: 4 * HOP].max() > 0.2
    gaps = pairwise(speech.words)
    still = [speech.clip.samples[one.to_samples : other.from_samples] for one, other in gaps]
    assert all(np.abs(each).max() < 0.05 for each in still if len(each) > HOP)


def test_speaker_is_chosen_by_number_and_by_name() -> None:
    first, third, named = (spoken("Aaa.", f"en_GB-many-medium{who}") for who in ("", "#3", "#p3"))
    assert pitch_hz(third) > 1.2 * pitch_hz(first)
    assert np.array_equal(third.clip.samples, named.clip.samples)


@pytest.mark.parametrize("voice", ["en_GB-many-medium#9", "en_GB-many-medium#nobody", "en_US-tiny-low#1"])
def test_speaker_that_is_not_there_is_a_usage_error(voice: str) -> None:
    with pytest.raises(UsageError, match="has no speaker"):
        PiperEngine().fingerprint(voice)


def test_speed_is_the_models_own() -> None:
    own, quick = spoken(), spoken(speed=1.5)
    assert len(own.clip.samples) / len(quick.clip.samples) == pytest.approx(1.3, abs=0.2)
    assert pitch_hz(quick) == pytest.approx(pitch_hz(own), rel=0.5)


def test_double_brackets_are_text_and_no_phonemes() -> None:
    assert len(spoken("A [[b]] c.").words) == 3


def test_fingerprint_follows_model_and_configuration(broken: Path) -> None:
    before = PiperEngine().fingerprint("en_US-bad-low")
    write_configuration(broken, inference={"length_scale": 1.1})
    assert PiperEngine().fingerprint("en_US-bad-low") != before


def test_model_is_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loads = []

    def counted(path: Path, voice: str) -> onnx.ModelProto:
        loads.append(path)
        return read_model(path, voice)

    monkeypatch.setattr(piper, "read_model", counted)
    engine = PiperEngine()
    for text in ("One.", "Two.", "Three."):
        engine.speak([text], Delivery("en_US-tiny-low"))
    assert len(loads) == 1


def message() -> str:
    with pytest.raises(EngineError) as caught:
        spoken(voice="en_US-bad-low")
    return str(caught.value)


def test_missing_files_are_named_with_how_to_install_them(broken: Path) -> None:
    broken.with_name(f"{broken.name}.json").unlink()
    assert "is not installed: there is no" in message()
    broken.unlink()
    assert "`narrate voices install piper/en_US-bad-low`" in message()


@pytest.mark.parametrize("content", [b"", b"not a model", None])
def test_damaged_model_is_said_to_be_so(content: bytes | None, broken: Path) -> None:
    whole = broken.read_bytes()
    broken.write_bytes(whole[: len(whole) // 2] if content is None else content)
    assert "is cut off or no ONNX model; `narrate voices install piper/en_US-bad-low`" in message()


def test_model_of_another_version_is_said_to_be_so(broken: Path) -> None:
    model = onnx.load_model(broken)
    model.ir_version = 99
    onnx.save_model(model, broken)
    assert "was made for another onnxruntime" in message()


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"audio": {"sample_rate": 1}}, "a sample rate of 1 Hz"),
        ({"audio": {}}, "is not one of this Piper: KeyError('sample_rate')"),
        ({"phoneme_type": "runes"}, "is not one of this Piper"),
        ({"num_speakers": 7}, "does not belong to its model: that takes input, input_lengths, scales, not"),
        (
            {"phoneme_id_map": {"_": [1], "^": [1], "$": [1], "ɹ": [9_999], "ð": [9_999]}},
            "its files may be of two voices",
        ),
        ({"phoneme_id_map": {"a": [1]}}, "is not one of this Piper: KeyError('^')"),
        ({"phoneme_type": "thai"}, "needs the package “tltk” for its language; pip install 'piper-tts[th]'"),
        ({"phoneme_type": "pinyin"}, "g2pw.onnx, which is not there"),
    ],
)
def test_configuration_that_does_not_fit_is_told(change: dict[str, object], complaint: str, broken: Path) -> None:
    write_configuration(broken, **change)  # type: ignore[arg-type]
    assert complaint in message()


def test_kind_of_phonemes_is_read_as_some_voices_of_the_collection_have_it(broken: Path) -> None:
    plain = spoken(voice="en_US-bad-low")
    write_configuration(broken, phoneme_type="PhonemeType.ESPEAK")
    assert np.array_equal(spoken(voice="en_US-bad-low").clip.samples, plain.clip.samples)


def test_phoneme_that_a_voice_does_not_have_is_not_warned_of(broken: Path, caplog: pytest.LogCaptureFixture) -> None:
    known = json.loads(broken.with_name(f"{broken.name}.json").read_text())["phoneme_id_map"]
    write_configuration(broken, phoneme_id_map={phoneme: ids for phoneme, ids in known.items() if phoneme != "ð"})
    assert len(spoken(voice="en_US-bad-low").clip.samples)
    assert not caplog.records


def test_configuration_that_is_no_json_is_told_and_hides_no_voice(broken: Path) -> None:
    broken.with_name(f"{broken.name}.json").write_text("{")
    assert PiperEngine().voices()[0].languages == ("en-us",)
    assert "cannot be read" in message()


def test_model_larger_than_memory_is_refused_before_it_is_read(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "available_bytes", lambda: 1000)
    assert "needs about" in message()
    assert "are free" in message()


def answering(model: Path, op: str, **attributes: object) -> None:
    """The model's sound goes through one more node."""
    built = piper_model()
    last = next(node for node in built.graph.node if "output" in node.output)
    last.output[0] = "before"
    built.graph.node.append(helper.make_node(op, ["before"], ["output"], **attributes))
    onnx.save_model(built, model)


@pytest.mark.parametrize(
    ("op", "complaint"),
    [("Log", "gave samples that are no numbers"), ("Round", "came back silent")],
)
def test_model_that_gives_no_speech_is_told_with_its_voice(
    op: str, complaint: str, broken: Path, narrate: Narrate, article: Path
) -> None:
    answering(broken, op)
    failed = narrate(article, "--voice", "piper/en_US-bad-low")
    assert failed.code == 4
    assert "piper/en_US-bad-low" in failed.err
    assert complaint in failed.err
    assert not article.with_suffix(".mp3").exists()


def test_ten_minutes_for_a_word_are_no_speech(broken: Path, narrate: Narrate, article: Path) -> None:
    write_configuration(broken, inference={"length_scale": 40.0})
    failed = narrate(article, "--voice", "piper/en_US-bad-low")
    assert failed.code == 4
    assert "piper/en_US-bad-low" in failed.err
    assert "letters a second, which is no speech" in failed.err


def test_article_is_narrated_with_a_neural_voice(narrate: Narrate, article: Path) -> None:
    made = narrate(article, "--engine", "piper", "--jobs", 2, "--json")
    assert made.code == 0, made.err
    assert made.document["recorded"] == 5
    assert narrate(article, "--voice", "piper/en_US-tiny-low", "--json").document["recorded"] == 0
    redone = narrate("redo", article, 3, "--voice", "piper/en_GB-many-medium#2")
    assert redone.code == 0, redone.err
    assert json.loads(narrate("takes", article, 3, "--json").out)[1]["made_from"].startswith(
        "piper/en_GB-many-medium#2"
    )


def test_voice_with_another_model_is_not_held_against_its_takes(narrate: Narrate, article: Path, broken: Path) -> None:
    assert narrate(article, "--voice", "piper/en_US-bad-low").code == 0
    write_configuration(broken, inference={"length_scale": 1.5})
    heard_again = narrate("check", article, "--again", "--json")
    assert heard_again.code == 0
    assert "Takes of piper/en_US-bad-low were not spoken again: the voice has another model now." in heard_again.out
    broken.unlink()
    assert "Takes of piper/en_US-bad-low were not spoken again" in narrate("check", article, "--again", "--json").out


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are found through /proc")
def test_killed_run_goes_on_and_ends_where_an_unbroken_one_would(narrate: Narrate, article: Path, broken: Path) -> None:
    piper_voice(broken.parent, "en_US-slow-low", slowness=40)
    voice = ["--voice", "piper/en_US-slow-low", "--jobs", "1"]
    killed([str(article), "-o", "broken.mp3", *voice], 3.0)
    for name in ("broken.mp3", "whole.mp3"):
        done = narrate(article, "-o", name, *voice)
        assert done.code == 0, done.err
    assert Path("broken.mp3").read_bytes() == Path("whole.mp3").read_bytes()


def test_voice_follows_the_language_when_none_is_named(narrate: Narrate, article: Path) -> None:
    made = narrate(article, "--engine", "piper", "--language", "en-GB", "--json")
    assert made.code == 0, made.err
    assert narrate("takes", article, 1).out.split("piper/")[1].startswith("en_GB-many-medium")
