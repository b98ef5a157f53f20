"""The eSpeak NG driver, used as anybody uses pyttsx3."""

import sys
import time
import wave
from pathlib import Path
from typing import Any

import pytest
import pyttsx3

from narration.engines import espeak_driver

TEXT = "One, two, three."


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setitem(sys.modules, f"pyttsx3.drivers.{espeak_driver.NAME}", espeak_driver)
    return pyttsx3.init(espeak_driver.NAME)


def seconds(file: Path) -> float:
    with wave.open(str(file)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth()) == (1, 2)
        return sound.getnframes() / sound.getframerate()


def saved(engine: Any, file: Path, text: str = TEXT) -> bytes:
    engine.save_to_file(text, str(file))
    engine.runAndWait()
    return file.read_bytes()


def test_file_is_whole_when_run_and_wait_returns(engine: Any, tmp_path: Path) -> None:
    saved(engine, tmp_path / "short.wav")
    saved(engine, tmp_path / "long.wav", "A sentence of some length, said again and again. " * 60)
    assert 0.8 < seconds(tmp_path / "short.wav") < 3
    assert seconds(tmp_path / "long.wav") > 120


def test_several_files_may_be_queued_for_one_run(engine: Any, tmp_path: Path) -> None:
    for number in range(5):
        engine.save_to_file(f"Number {number}.", str(tmp_path / f"{number}.wav"))
    engine.runAndWait()
    assert [seconds(tmp_path / f"{number}.wav") > 0.5 for number in range(5)] == [True] * 5


def test_run_without_work_returns_and_writes_nothing(engine: Any, tmp_path: Path) -> None:
    saved(engine, tmp_path / "file.wav")
    (tmp_path / "file.wav").unlink()
    engine.runAndWait()
    assert list(tmp_path.iterdir()) == []


def test_same_text_gives_the_same_file_each_time(engine: Any, tmp_path: Path) -> None:
    first = saved(engine, tmp_path / "file.wav")
    saved(engine, tmp_path / "other.wav", "Something else.")
    assert saved(engine, tmp_path / "file.wav") == first


def test_breath_in_a_variant_is_the_same_whatever_the_clock_says(engine: Any, tmp_path: Path) -> None:
    engine.setProperty("voice", "en-us+f3")
    files = [tmp_path / "one.wav", tmp_path / "other.wav"]
    for file in files:
        engine.save_to_file("Hush.", str(file))
        engine.runAndWait()
        time.sleep(1.1)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_say_hands_over_samples_and_words(engine: Any) -> None:
    heard: list[dict[str, Any]] = []
    token = engine.connect("audio", lambda **sound: heard.append(sound))
    engine.say(TEXT, "a name")
    engine.runAndWait()
    engine.disconnect(token)
    assert [sound["name"] for sound in heard] == ["a name"]
    assert [TEXT[start:end] for start, end, *_ in heard[0]["words"]] == TEXT.split()
    assert heard[0]["words"][-1][3] <= len(heard[0]["samples"]) // 2


def test_callbacks_come_in_order_with_the_utterance_s_name(engine: Any, tmp_path: Path) -> None:
    heard: list[tuple[str, object]] = []
    engine.connect("started-utterance", lambda name: heard.append(("started", name)))
    engine.connect(
        "started-word", lambda name, location, length: heard.append((TEXT[location : location + length], name))
    )
    engine.connect("finished-utterance", lambda completed, **_: heard.append(("finished", completed)))
    engine.say(TEXT, "n")
    engine.runAndWait()
    assert heard == [("started", "n"), ("One,", "n"), ("two,", "n"), ("three.", "n"), ("finished", True)]


def test_properties_are_told_and_set(engine: Any, tmp_path: Path) -> None:
    assert (engine.getProperty("rate"), engine.getProperty("volume")) == (175, 1.0)
    own = len(saved(engine, tmp_path / "own.wav"))
    engine.setProperty("rate", 300)
    fast = len(saved(engine, tmp_path / "fast.wav"))
    engine.setProperty("rate", 175)
    assert fast < 0.7 * own
    assert len(saved(engine, tmp_path / "own.wav")) == own


def test_voice_can_be_set_with_a_variant(engine: Any, tmp_path: Path) -> None:
    plain = saved(engine, tmp_path / "plain.wav")
    for voice in ("de", "en-us+f3"):
        engine.setProperty("voice", voice)
        assert saved(engine, tmp_path / "other.wav") != plain
    engine.setProperty("voice", "en-us")
    assert saved(engine, tmp_path / "plain.wav") == plain


@pytest.mark.parametrize(("name", "value"), [("voice", "nosuch"), ("nosuch", 1)])
def test_what_cannot_be_set_is_an_error_and_not_a_crash(name: str, value: object, engine: Any, tmp_path: Path) -> None:
    errors: list[Exception] = []
    engine.connect("error", lambda exception, **_: errors.append(exception))
    engine.setProperty(name, value)
    engine.save_to_file(TEXT, str(tmp_path / "file.wav"))
    engine.runAndWait()
    assert errors
    engine.setProperty("voice", "en-us")
    assert saved(engine, tmp_path / "file.wav")


def test_place_that_cannot_be_written_is_an_error(engine: Any, tmp_path: Path) -> None:
    errors: list[Exception] = []
    engine.connect("error", lambda exception, **_: errors.append(exception))
    engine.save_to_file(TEXT, str(tmp_path / "nosuch" / "file.wav"))
    engine.runAndWait()
    assert isinstance(errors[0], FileNotFoundError)


def test_unknown_property_is_a_key_error(engine: Any) -> None:
    with pytest.raises(KeyError):
        engine.getProperty("nosuch")


def test_voices_have_an_id_that_can_be_set_and_clean_languages(engine: Any) -> None:
    voices = {voice.id: voice for voice in engine.getProperty("voices")}
    assert len(voices) > 100
    assert voices["en-us"].languages[0] == "en-us"
    assert voices["de"].name == "German"


def test_pyttsx3_own_driver_can_be_used_beside_it(engine: Any, tmp_path: Path) -> None:
    other = pyttsx3.engine.Engine("dummy")
    other.say("Nothing.")
    other.runAndWait()
    assert saved(engine, tmp_path / "file.wav")


def test_loop_of_a_caller_speaks_what_is_queued(engine: Any) -> None:
    heard: list[object] = []
    engine.connect("finished-utterance", lambda name, **_: heard.append(name))
    engine.startLoop(useDriverLoop=False)
    engine.say(TEXT, "n")
    engine.iterate()
    engine.say(TEXT, "m")
    engine.endLoop()
    assert heard == ["n", "m"]
    assert engine.proxy._driver._library is None


def test_stopping_at_the_start_of_an_utterance_harms_nothing(engine: Any, tmp_path: Path) -> None:
    token = engine.connect("started-utterance", lambda **_: engine.stop())
    saved(engine, tmp_path / "file.wav")
    engine.disconnect(token)
    assert saved(engine, tmp_path / "file.wav")
