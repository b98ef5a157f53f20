"""The default engine: pyttsx3, with the system's own voices on Windows and macOS and eSpeak NG elsewhere.

pyttsx3's hazards and what is done about each: its eSpeak driver loses paragraphs (our own driver takes its place); it
swallows errors in callbacks (they come back through its topic "error" and are raised here); one engine lives in a
process (so do we: an engine never leaves its worker); an unknown voice is ignored (names are checked before); macOS
writes AIFF under any name, and some drivers return before the file is whole (it is read by content, once it has
stopped growing).
"""

import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Any

import numpy as np
import pyttsx3
import pyttsx3.drivers

from audio.clip import Clip
from audio.errors import AudioError
from narration.engines import Delivery, Speech, Voice, WordTime
from narration.errors import EngineError
from narration.take import Pronunciation

_SYSTEM_DRIVERS = {"win32": "sapi5", "darwin": "nsss"}
_SYSTEM_RATE_WPM = 200  # pyttsx3's own default for the drivers of Windows and macOS
_SETTLED_S, _PATIENCE_S = 0.25, 30.0


class Pyttsx3Engine:
    """Speaks through pyttsx3."""

    patience_s = 10.0
    quick = sys.platform not in _SYSTEM_DRIVERS  # eSpeak NG is

    def __init__(self, driver: str | None = None) -> None:
        """driver: a pyttsx3 driver's name; by default the system's own, or eSpeak NG where there is none."""
        driver = driver or _SYSTEM_DRIVERS.get(sys.platform, "")
        self._embedded = not driver
        if self._embedded:
            from narration.engines import espeak_driver, espeak_library

            driver = espeak_driver.NAME
            sys.modules.setdefault(f"pyttsx3.drivers.{driver}", espeak_driver)
            self._normal_rate_wpm = espeak_library.NORMAL_RATE_WPM
        else:
            self._normal_rate_wpm = _SYSTEM_RATE_WPM
        self._driver = driver
        try:
            self._engine: Any = pyttsx3.Engine(driver)
        except (ImportError, OSError, RuntimeError) as error:
            raise EngineError(f"pyttsx3 cannot start its driver “{driver}”: {error}") from error
        self._errors: list[BaseException] = []
        self._engine.connect("error", lambda name, exception: self._errors.append(exception))  # noqa: ARG005

    @property
    def version(self) -> str:
        """pyttsx3's version, the driver's name and, for eSpeak NG, the library's version."""
        parts = ["pyttsx3", package_version("pyttsx3"), self._driver]
        if self._embedded:
            parts += [self._engine.getProperty("version"), "loader", package_version("espeakng-loader")]
        return " ".join(parts)

    @property
    def variants(self) -> tuple[str, ...]:
        """Endings that make another speaker of any voice; none but with eSpeak NG."""
        return ("+f2", "+m3", "+f4", "+m7", "+f5", "+m1", "+f3", "+m4") if self._embedded else ()

    def voices(self) -> tuple[Voice, ...]:
        """The voices of the system, or of eSpeak NG: there also as “NAME+VARIANT”, such as en-us+f3."""
        return tuple(
            Voice(str(voice.id), tuple(_codes(voice.languages)), str(voice.name or ""), str(voice.gender or ""))
            for voice in self._engine.getProperty("voices")
        )

    def fingerprint(self, voice: str) -> str:  # noqa: ARG002 - the version says it all
        """Empty: the voice comes with the version."""
        return ""

    def speak(self, utterances: Sequence[str], delivery: Delivery) -> tuple[Speech, ...]:
        """One Speech for each utterance, all spoken in one run of pyttsx3's loop."""
        return self.pronounce(utterances, (), delivery)

    def can_pronounce(self, ipa: str, voice: str) -> bool:
        """Whether eSpeak NG's voice has all these sounds; the drivers of other systems take none."""
        return self._embedded and bool(self._engine.getProperty("mnemonics")(ipa, voice))

    def pronounce(
        self, utterances: Sequence[str], pronunciations: Sequence[Pronunciation], delivery: Delivery
    ) -> tuple[Speech, ...]:
        """As `speak`, with words said by their sounds."""
        self._errors.clear()
        self._engine.setProperty("voice", delivery.voice)
        self._engine.setProperty("rate", round(self._normal_rate_wpm * delivery.speed))
        self._engine.setProperty("volume", delivery.volume)
        if self._embedded:
            spoken = self._speak_embedded(utterances, pronunciations, delivery)
        else:
            spoken = self._speak_to_files(utterances, delivery)
        if self._errors:
            raise EngineError(f"pyttsx3 ({self._driver}) could not speak: {self._errors[0]}") from self._errors[0]
        if len(spoken) != len(utterances):
            raise EngineError(f"pyttsx3 ({self._driver}) spoke {len(spoken)} of {len(utterances)} sentences.")
        return spoken

    def _speak_embedded(
        self, utterances: Sequence[str], pronunciations: Sequence[Pronunciation], delivery: Delivery
    ) -> tuple[Speech, ...]:
        mnemonics = self._engine.getProperty("mnemonics")
        sounds: list[list[tuple[int, int, str]]] = [[] for _ in utterances]
        for each in pronunciations:
            sounds[each.utterance].append((each.start, each.end, mnemonics(each.ipa, delivery.voice)))
        heard: list[Speech] = []

        def receive(samples: bytes, sample_rate_hz: int, words: list[tuple[int, int, int, int]], **_: object) -> None:
            floats = np.frombuffer(samples, "<i2").astype(np.float32) / np.float32(32768)
            heard.append(Speech(Clip(floats, sample_rate_hz), tuple(WordTime(*word) for word in words)))

        token = self._engine.connect("audio", receive)
        try:
            self._engine.setProperty("variation", delivery.variation)
            for utterance, own in zip(utterances, sounds, strict=True):
                self._engine.setProperty("sounds", own)
                self._engine.say(utterance)
            self._engine.runAndWait()
        finally:
            self._engine.disconnect(token)
        return tuple(heard)

    def _speak_to_files(self, utterances: Sequence[str], delivery: Delivery) -> tuple[Speech, ...]:
        if delivery.voice not in [str(voice.id) for voice in self._engine.getProperty("voices")]:
            raise EngineError(f"pyttsx3 ({self._driver}) has no voice “{delivery.voice}”.")
        spoken = []
        with tempfile.TemporaryDirectory(prefix="narration-") as folder:
            for number, utterance in enumerate(utterances):
                file = Path(folder) / f"{number}.{'aiff' if self._driver == 'nsss' else 'wav'}"
                self._engine.save_to_file(utterance, str(file))
                self._engine.runAndWait()  # one file a run: some drivers keep only the last
                spoken.append(Speech(_settled(file, self._errors)))
        return tuple(spoken)


def _settled(file: Path, errors: Sequence[BaseException]) -> Clip:
    """The file's sound once it can be read and has stopped growing."""
    from audio.decode import decoded

    deadline = time.monotonic() + _PATIENCE_S
    size = -1
    while time.monotonic() < deadline and not errors:
        now = file.stat().st_size if file.exists() else 0
        if now and now == size:
            try:
                return decoded(file)
            except AudioError:
                pass  # a header without its sound yet; the deadline ends the wait
        size = now
        time.sleep(_SETTLED_S)
    reason = errors[0] if errors else f"it wrote no sound within {_PATIENCE_S:.0f} s"
    raise EngineError(f"pyttsx3 could not speak: {reason}")


def _codes(languages: Sequence[Any]) -> list[str]:
    """Language codes as drivers give them: text, or eSpeak's bytes behind a priority byte; “en_US” becomes “en-us”."""
    codes = []
    for language in languages or ():
        text = language.decode("utf-8", "ignore") if isinstance(language, bytes) else str(language)
        text = text.strip("\x00\x01\x02\x03\x04\x05\x06\x07\x08\t").replace("_", "-").lower()
        if text:
            codes.append(text)
    return codes
