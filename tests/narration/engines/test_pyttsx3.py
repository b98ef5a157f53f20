"""pyttsx3 with the drivers of other systems, played by one that misbehaves as they do."""

import io
import sys
import threading
import time
import types
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from narration.engines import Delivery
from narration.engines import pyttsx3 as engine_module
from narration.engines.pyttsx3 import Pyttsx3Engine
from narration.errors import EngineError

NAME = "narration_test_driver"
VOICE = "com.example.voice"
Writing = Callable[["Driver", str, Path], None]


class Driver:
    """pyttsx3's driver interface over a function that writes a file."""

    writing: Writing
    keeps_order: list[tuple[str, object]]

    def __init__(self, proxy: object) -> None:
        self.proxy = proxy
        self.properties: dict[str, object] = {"rate": 200, "volume": 1.0, "voice": VOICE}

    def destroy(self) -> None: ...

    def stop(self) -> None: ...

    def say(self, _: str) -> None:
        raise AssertionError("an episode is not said to a loudspeaker")

    def save_to_file(self, text: str, filename: str) -> None:
        type(self).writing(self, text, Path(filename))

    def getProperty(self, name: str) -> object:  # noqa: N802
        if name == "voices":
            return [
                types.SimpleNamespace(id=VOICE, name="Example", languages=["en_US"], gender=None),
                types.SimpleNamespace(id="bytes", name=None, languages=[b"\x05de"], gender="male"),
                types.SimpleNamespace(id="silent", name="", languages=None, gender=""),
            ]
        return self.properties[name]

    def setProperty(self, name: str, value: object) -> None:  # noqa: N802
        self.properties[name] = value
        type(self).keeps_order.append((name, value))

    def startLoop(self) -> None:  # noqa: N802
        self.proxy.setBusy(False)  # type: ignore[attr-defined]

    def endLoop(self) -> None: ...  # noqa: N802


@pytest.fixture
def speaking(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Writing], Pyttsx3Engine]]:
    """An engine over a driver that writes like this."""
    monkeypatch.setattr(engine_module, "_PATIENCE_S", 1.0)
    monkeypatch.setattr(engine_module, "_SETTLED_S", 0.05)

    def over(writing: Writing) -> Pyttsx3Engine:
        driver = type("TestDriver", (Driver,), {"writing": writing, "keeps_order": []})
        module = types.ModuleType(f"pyttsx3.drivers.{NAME}")
        module.buildDriver = driver  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, f"pyttsx3.drivers.{NAME}", module)
        return Pyttsx3Engine(NAME)

    return over


def sound(text: str, kind: str = "aiff") -> bytes:
    """A second for each letter, as a file of that kind."""
    file = io.BytesIO()
    with av.open(file, "w", format=kind) as out:
        stream = out.add_stream("pcm_s16be" if kind == "aiff" else "pcm_s16le", rate=8000, layout="mono")
        samples = np.full((1, 8000 * len(text)), 8000, np.int16)
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
        frame.sample_rate = 8000
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            out.mux(packet)
    return file.getvalue()


def write(_: Driver, text: str, file: Path) -> None:
    file.write_bytes(sound(text))


def write_late(_: Driver, text: str, file: Path) -> None:
    """In pieces, from a thread, after the call has returned."""
    whole = sound(text)

    def work() -> None:
        for start in range(0, len(whole), 5000):
            time.sleep(0.01)
            with file.open("ab") as out:
                out.write(whole[start : start + 5000])

    threading.Thread(target=work).start()


def write_nothing(_: Driver, text: str, file: Path) -> None: ...


def write_a_header(_: Driver, text: str, file: Path) -> None:
    file.write_bytes(sound(text)[:40])


def write_rubbish(_: Driver, text: str, file: Path) -> None:
    file.write_bytes(b"no sound at all" * 400)


def refuse(_: Driver, text: str, file: Path) -> None:
    raise OSError("the speech service is away")


def report(driver: Driver, text: str, file: Path) -> None:
    driver.proxy.notify("error", exception=RuntimeError("reported"))  # type: ignore[attr-defined]


def report_late(driver: Driver, text: str, file: Path) -> None:
    threading.Timer(0.1, report, [driver, text, file]).start()


@pytest.mark.parametrize("writing", [write, write_late], ids=["at once", "late"])
def test_each_utterance_is_read_whole_by_content_whatever_its_name(
    writing: Writing, speaking: Callable[[Writing], Pyttsx3Engine]
) -> None:
    speeches = speaking(writing).speak(["abc", "d", "ef"], Delivery(VOICE))
    assert [speech.clip.duration_s for speech in speeches] == [3.0, 1.0, 2.0]
    assert all(speech.clip.sample_rate_hz == 8000 and speech.words == () for speech in speeches)


@pytest.mark.parametrize("writing", [write_nothing, write_a_header, write_rubbish])
def test_file_without_sound_is_an_engine_error(writing: Writing, speaking: Callable[[Writing], Pyttsx3Engine]) -> None:
    with pytest.raises(EngineError, match="wrote no sound within 1 s"):
        speaking(writing).speak(["abc"], Delivery(VOICE))


@pytest.mark.parametrize(
    ("writing", "words"), [(refuse, "the speech service is away"), (report, "reported"), (report_late, "reported")]
)
def test_what_the_driver_reports_is_what_is_raised(
    writing: Writing, words: str, speaking: Callable[[Writing], Pyttsx3Engine]
) -> None:
    with pytest.raises(EngineError, match=words):
        speaking(writing).speak(["abc"], Delivery(VOICE))


def test_engine_speaks_again_after_an_error(speaking: Callable[[Writing], Pyttsx3Engine]) -> None:
    def refuse_one(driver: Driver, text: str, file: Path) -> None:
        (refuse if text == "bad" else write)(driver, text, file)

    engine = speaking(refuse_one)
    with pytest.raises(EngineError):
        engine.speak(["a", "bad", "b"], Delivery(VOICE))
    assert len(engine.speak(["a", "b"], Delivery(VOICE))) == 2


def test_unknown_voice_is_refused_because_drivers_ignore_it(speaking: Callable[[Writing], Pyttsx3Engine]) -> None:
    with pytest.raises(EngineError, match="no voice “nosuch”"):
        speaking(write).speak(["abc"], Delivery("nosuch"))


def test_driver_is_told_voice_pace_and_volume(speaking: Callable[[Writing], Pyttsx3Engine]) -> None:
    engine = speaking(write)
    engine.speak(["abc"], Delivery(VOICE, speed=1.5, volume=0.5))
    told = engine._engine.proxy._driver.keeps_order
    assert told == [("voice", VOICE), ("rate", 300), ("volume", 0.5)]


def test_voices_have_plain_languages(speaking: Callable[[Writing], Pyttsx3Engine]) -> None:
    voices = {voice.name: voice for voice in speaking(write).voices()}
    assert voices[VOICE].languages == ("en-us",)
    assert voices["bytes"].languages == ("de",)
    assert (voices["silent"].languages, voices["silent"].description) == ((), "")


def test_version_names_the_driver(speaking: Callable[[Writing], Pyttsx3Engine]) -> None:
    assert NAME in speaking(write).version


def test_driver_that_is_not_there_is_an_engine_error() -> None:
    with pytest.raises(EngineError, match="cannot start its driver “nosuch”"):
        Pyttsx3Engine("nosuch")


def test_macos_is_given_the_name_of_what_it_writes(
    speaking: Callable[[Writing], Pyttsx3Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str] = []

    def note(driver: Driver, text: str, file: Path) -> None:
        names.append(file.suffix)
        write(driver, text, file)

    engine = speaking(note)
    monkeypatch.setattr(engine, "_driver", "nsss")
    engine.speak(["a"], Delivery(VOICE))
    assert names == [".aiff"]
