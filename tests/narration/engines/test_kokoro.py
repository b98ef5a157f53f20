"""Kokoro's real loading code, on a model and voices of a few kilobytes."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
import pytest

from narration.engines import Delivery, Speech
from narration.engines.kokoro import KokoroEngine
from narration.errors import EngineError, UsageError
from narration.places import VOICES_VARIABLE
from tests.narration.conftest import Narrate
from tests.narration.engines.tiny_voices import KOKORO_HOP, KOKORO_RATE_HZ, kokoro_voices

TEXT = "The first sentence of the 42 has seven words indeed — yes."
PHONEME = 4 * KOKORO_HOP


@pytest.fixture(autouse=True)
def _voices(tiny_voices: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VOICES_VARIABLE, str(tiny_voices))


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A model of its own, to be broken."""
    monkeypatch.setenv(VOICES_VARIABLE, str(tmp_path / "voices"))
    return kokoro_voices(tmp_path / "voices" / "kokoro", {"af_heart": 200.0})


def spoken(text: str = TEXT, voice: str = "af_heart", **delivery: float) -> Speech:
    return KokoroEngine().speak([text], Delivery(voice, **delivery))[0]  # type: ignore[arg-type]


def pitch_hz(speech: Speech) -> float:
    """The mean of all its pitches."""
    loud = speech.clip.samples[np.abs(speech.clip.samples) > 0.01]
    return float(np.count_nonzero(np.diff(np.signbit(loud))) / 2 * KOKORO_RATE_HZ / len(loud))


def message(voice: str = "af_heart") -> str:
    with pytest.raises(EngineError) as caught:
        spoken(voice=voice)
    return str(caught.value)


def test_voices_say_their_language_and_gender_and_the_best_comes_first() -> None:
    voices = KokoroEngine().voices()
    assert [(each.name, each.languages, each.gender) for each in voices] == [
        ("af_heart", ("en-us",), "female"),
        ("af_bella", ("en-us",), "female"),
        ("bm_george", ("en-gb",), "male"),
        ("ff_siwis", ("fr-fr",), "female"),
    ]


def test_words_are_timed_by_the_phonemes_lengths() -> None:
    speech = spoken()
    assert [TEXT[word.start : word.end] for word in speech.words] == TEXT.split()
    first, second = speech.words[:2]
    assert np.abs(speech.clip.samples[first.to_samples : second.from_samples]).max() < 0.05
    assert np.abs(speech.clip.samples[second.from_samples :][:PHONEME]).max() > 0.2


def test_model_that_tells_no_lengths_gives_no_times(broken: Path) -> None:
    kokoro_voices(broken.parent, {"af_heart": 200.0}, timed=False)
    assert spoken().words == ()


def test_blend_lies_between_its_voices() -> None:
    low, high, between = (pitch_hz(spoken("Aaa.", voice)) for voice in ("af_heart", "af_bella", "af_heart*3+af_bella"))
    assert between - low == pytest.approx((high - low) / 4, rel=0.15)


def test_language_is_the_voices() -> None:
    assert len(spoken("Paris oui", "ff_siwis").clip.samples) != len(spoken("Paris oui", "af_heart").clip.samples)


def test_no_phoneme_of_a_long_sentence_is_lost() -> None:
    """Each phoneme whistles as long as any other, so none is missing from twelve times as long a sound."""
    clause = "many more words come here, "
    short, long = (spoken(clause * count).clip.samples for count in (5, 60))
    heard_short, heard_long = (np.count_nonzero(np.abs(samples) > 0.01) for samples in (short, long))
    assert heard_long == pytest.approx(12 * heard_short, rel=0.02)


def test_long_sentence_is_cut_at_a_clause() -> None:
    speech = spoken("many more words come here, " * 60)
    words = speech.words
    assert len(words) == 300
    pauses = [one.from_samples - other.to_samples for other, one in pairwise(words)]
    assert max(pauses[n] for n in range(299) if n % 5 != 4) < 2 * PHONEME + KOKORO_HOP
    assert max(pauses[n] for n in range(299) if n % 5 == 4) >= KOKORO_RATE_HZ // 10


def test_pace_beyond_the_models_is_made_up_for() -> None:
    own, quick, slow = (spoken(speed=speed) for speed in (1.0, 4.0, 0.25))
    assert len(own.clip.samples) / len(quick.clip.samples) == pytest.approx(4, rel=0.15)
    assert len(slow.clip.samples) / len(own.clip.samples) == pytest.approx(4, rel=0.15)
    assert quick.words[-1].to_samples <= len(quick.clip.samples)


def test_pace_of_a_model_that_takes_whole_numbers_alone_is_made_by_stretching(broken: Path) -> None:
    model = onnx.load_model(broken)
    model.graph.input[2].type.tensor_type.elem_type = onnx.TensorProto.INT32
    model.graph.node.insert(0, onnx.helper.make_node("Cast", ["speed"], ["pace"], to=onnx.TensorProto.FLOAT))
    for node in list(model.graph.node)[1:]:
        node.input[:] = ["pace" if name == "speed" else name for name in node.input]
    onnx.save_model(model, broken)
    own, quick, slow = (spoken(speed=speed) for speed in (1.0, 1.25, 0.8))
    assert len(own.clip.samples) / len(quick.clip.samples) == pytest.approx(1.25, rel=0.02)
    assert len(slow.clip.samples) / len(own.clip.samples) == pytest.approx(1.25, rel=0.02)


def test_voices_go_with_the_model_of_their_version(broken: Path) -> None:
    styles = (broken.parent / "voices-v1.0.bin").read_bytes()
    kokoro_voices(broken.parent, {"zf_001": 200.0})
    (broken.parent / "voices-v1.0.bin").rename(broken.parent / "voices-v1.1-zh.bin")
    (broken.parent / "voices-v1.0.bin").write_bytes(styles)
    assert [voice.name for voice in KokoroEngine().voices()] == ["af_heart"]
    broken.rename(broken.parent / "kokoro-v1.1-zh.onnx")
    assert [voice.name for voice in KokoroEngine().voices()] == ["zf_001"]


def test_files_of_the_first_version_are_found(broken: Path) -> None:
    broken.rename(broken.parent / "kokoro-v0_19.onnx")
    (broken.parent / "voices-v1.0.bin").rename(broken.parent / "voices.bin")
    assert len(spoken().clip.samples)


@pytest.mark.parametrize("voice", ["af_heart+", "af_heart*0", "*2", "af_heart*x"])
def test_blend_that_cannot_be_is_a_usage_error(voice: str) -> None:
    with pytest.raises(UsageError, match="is no blend of voices"):
        KokoroEngine().fingerprint(voice)


def test_unknown_voice_in_a_blend_names_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"no voice “af_hart”. The nearest are: af_heart"):
        KokoroEngine().fingerprint("af_bella+af_hart")


def test_fingerprint_is_of_the_model_and_the_styles_in_use(broken: Path) -> None:
    before = KokoroEngine().fingerprint("af_heart")
    kokoro_voices(broken.parent, {"af_heart": 200.0, "am_adam": 90.0})
    assert KokoroEngine().fingerprint("af_heart") == before
    kokoro_voices(broken.parent, {"af_heart": 201.0})
    assert KokoroEngine().fingerprint("af_heart") != before


def test_missing_files_are_named_with_how_to_install_them(broken: Path) -> None:
    (broken.parent / "voices-v1.0.bin").unlink()
    assert "there is no voices file" in message()
    broken.unlink()
    assert "there is no model" in message()
    assert KokoroEngine().voices() == ()


@pytest.mark.parametrize("name", ["kokoro-v1.0.onnx", "voices-v1.0.bin"])
def test_damaged_file_is_named(name: str, broken: Path) -> None:
    file = broken.parent / name
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    assert name in message()
    assert "narrate voices install kokoro" in message()


def test_styles_of_another_shape_are_damage(broken: Path) -> None:
    with (broken.parent / "voices-v1.0.bin").open("wb") as out:
        np.savez(out, af_heart=np.zeros((510, 128), np.float32))
    assert "is damaged or another file" in message()


def test_model_of_something_else_is_told(broken: Path) -> None:
    model = onnx.load_model(broken)
    for node in model.graph.node:
        node.input[:] = ["ids" if name == "tokens" else name for name in node.input]
    model.graph.input[0].name = "ids"
    onnx.save_model(model, broken)
    assert "is no model of Kokoro: it takes ids, speed, style" in message()


def test_article_is_narrated_with_a_blend(narrate: Narrate, article: Path) -> None:
    made = narrate(article, "--voice", "kokoro/af_heart*0.7+af_bella*0.3", "--json")
    assert made.code == 0, made.err
    assert made.document["recorded"] == 5
