"""A pyttsx3 driver over the eSpeak NG library that the espeakng-loader wheel carries.

pyttsx3's own eSpeak driver returns before synthesis has ended and loses paragraphs. This one is synchronous: several
utterances go through one `runAndWait`, each with its samples and its words' positions in samples. Every `runAndWait`
starts from a freshly loaded library: what is heard depends on the texts of that run alone.
"""

import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import espeakng_loader

from narration.engines.espeak_library import NORMAL_RATE_WPM, EspeakError, Library
from narration.engines.espeak_phonemes import mnemonics

NAME = "narration_espeak"


def buildDriver(proxy: Any) -> "EspeakDriver":  # noqa: N802 - the name pyttsx3 looks for
    """The driver that pyttsx3 asks its driver module for."""
    return EspeakDriver(proxy)


class EspeakDriver:
    """pyttsx3's driver interface, done synchronously.

    `say` hands the sound to the topic "audio" (samples: 16-bit mono bytes, sample_rate_hz, words) instead of a
    loudspeaker; `save_to_file` writes it as a WAV file. Properties: rate, volume, voice, voices as in pyttsx3, and
    version; variation 2, 3 … gives other takes of the same text; sounds, for the texts that follow: (start, end,
    mnemonics) for each word that is said by its sounds; mnemonics gives these for a transcription and a voice.
    """

    def __init__(self, proxy: Any) -> None:
        self._proxy = proxy
        library = Library()
        try:
            voices = library.voices()
            self._version = library.version()
        finally:
            library.close()
        self._voices = list(voices.values())
        self._identifiers = {voice.id: identifier for identifier, voice in voices.items()}
        self._library: Library | None = None
        self._mnemonics: dict[tuple[str, str], str] = {}
        self._properties: dict[str, Any] = {
            "rate": NORMAL_RATE_WPM,
            "volume": 1.0,
            "voice": "en-us",
            "variation": 1,
            "sounds": (),
        }

    def destroy(self) -> None:
        """Let the library go."""
        self.endLoop()

    def say(self, text: str) -> None:
        """Speak into the topic "audio"."""
        samples, words, rate = self._spoken(text)
        self._proxy.notify("audio", samples=samples, sample_rate_hz=rate, words=words)
        self._proxy.notify("finished-utterance", completed=True)

    def save_to_file(self, text: str, filename: str) -> None:
        """Speak into a WAV file."""
        samples, _, rate = self._spoken(text)
        with Path(filename).open("wb") as out, wave.open(out, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate)
            file.writeframes(samples)
        self._proxy.notify("finished-utterance", completed=True)

    def _spoken(self, text: str) -> tuple[bytes, list[tuple[int, int, int, int]], int]:
        self._proxy.notify("started-utterance")  # first: whoever hears of it may stop us
        library = self._loaded()
        samples, words = library.synthesize(text, self._properties["sounds"], self._properties["voice"])
        for start, end, _, _ in words:
            self._proxy.notify("started-word", location=start, length=end - start)
        return samples, words, library.sample_rate_hz

    def _loaded(self) -> Library:
        if self._library is None:  # loaded by the first utterance, when all properties queued before it are known
            self._library = Library()
            for name in ("voice", "rate", "volume"):
                self._apply(self._library, name)
            for _ in range(1, int(self._properties["variation"])):
                self._library.warm_up()
        return self._library

    def mnemonics(self, ipa: str, voice: str) -> str:
        """A transcription as eSpeak NG writes it for the voice; "" when the voice has not all its sounds."""
        if (ipa, voice) not in self._mnemonics:
            self.endLoop()  # asked with a library of its own, of which a process has only one
            library = Library()
            try:
                library.set_voice(self._identified(voice))
                self._mnemonics[ipa, voice] = mnemonics(ipa, voice, library.phonemes)
            finally:
                library.close()
        return self._mnemonics[ipa, voice]

    def _apply(self, library: Library, name: str) -> None:
        value = self._properties[name]
        match name:
            case "voice":
                library.set_voice(self._identified(value))
            case "rate":
                library.set_rate(int(value))
            case "volume":
                library.set_volume(round(100 * float(value)))

    def _identified(self, name: str) -> str:
        """The voice as eSpeak NG finds it: by the identifier of its language, not by the language itself."""
        base, plus, variant = name.partition("+")
        if plus and not (Path(espeakng_loader.get_data_path()) / "voices" / "!v" / variant).is_file():
            raise EspeakError(f"eSpeak NG has no voice variant “{variant}”.")  # which it would pass over in silence
        return self._identifiers.get(base, base) + plus + variant

    def stop(self) -> None:
        """Unload the library, which a caller with a loop of its own ends in no other way.

        Nothing else is left to stop: an utterance has ended when the call that spoke it returns.
        """
        self.endLoop()

    def getProperty(self, name: str) -> Any:  # noqa: N802 - pyttsx3's name
        """A property's value; KeyError for an unknown one."""
        if name == "voices":
            return self._voices
        if name == "mnemonics":
            return self.mnemonics
        if name == "version":
            return self._version
        return self._properties[name]

    def setProperty(self, name: str, value: Any) -> None:  # noqa: N802 - pyttsx3's name
        """Set rate (words per minute), volume (0 to 1), voice (a name from voices, "+variant" allowed) or variation."""
        if name not in self._properties:
            raise KeyError(name)
        self._properties[name] = value
        if self._library is not None:
            self._apply(self._library, name)

    def startLoop(self) -> None:  # noqa: N802 - pyttsx3's name
        """Speak all that is queued, up to the endLoop that runAndWait put there."""
        self._proxy.setBusy(False)

    def endLoop(self) -> None:  # noqa: N802 - pyttsx3's name
        """Unload the library."""
        library, self._library = self._library, None
        if library is not None:
            library.close()

    def iterate(self) -> Iterator[None]:
        """For a caller with a loop of its own: everything queued is spoken at the first step."""
        self.startLoop()
        yield
