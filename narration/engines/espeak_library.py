"""The eSpeak NG library that the espeakng-loader wheel carries, through its C interface (speak_lib.h).

eSpeak NG keeps state from one utterance to the next (pitch flutter, noise), so the same text would sound a little
different each time. A freshly loaded library has none: what is heard depends on the texts given to that copy alone.
"""

import _ctypes
import ctypes
import os
import re
from collections.abc import Iterable, Sequence
from contextlib import closing
from ctypes import CFUNCTYPE, POINTER, c_char, c_char_p, c_int, c_short, c_size_t, c_uint, c_void_p
from functools import cache
from pathlib import Path
from typing import Any

import espeakng_loader
from pyttsx3.voice import Voice

from narration.engines.espeak_phonemes import marked

NORMAL_RATE_WPM = 175
"""eSpeak NG's own pace (speak_lib.h, espeakRATE_NORMAL)."""

# speak_lib.h
_SYNCHRONOUS = 2
_DO_NOT_EXIT = 0x8000
_CHARS_UTF8, _PHONEMES = 1, 0x100
_AS_IPA = 2
_RATE, _VOLUME = 1, 2
_LIST_TERMINATED, _WORD, _CLAUSE_END = 0, 1, 5
_BUFFER_MS = 2000  # fewer, larger calls back into Python
_FIRST_UNSPACED = "\u2e80"  # CJK and its neighbours are written without spaces
_WARM_UP = "ah"


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", c_int),
        ("unique_identifier", c_uint),
        ("text_position", c_int),
        ("length", c_int),
        ("audio_position", c_int),
        ("sample", c_int),
        ("user_data", c_void_p),
        ("id", c_char * 8),
    )


class _VoiceRecord(ctypes.Structure):
    _fields_ = (
        ("name", c_char_p),
        ("languages", c_void_p),
        ("identifier", c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("xx1", ctypes.c_ubyte),
        ("score", c_int),
        ("spare", c_void_p),
    )


_Callback = CFUNCTYPE(c_int, POINTER(c_short), c_int, POINTER(_Event))


class EspeakError(RuntimeError):
    """The eSpeak NG library refused a call."""


class Library:
    """One loaded copy of the library; `close` takes it out of the process again, with all its state."""

    def __init__(self) -> None:
        self._dll = ctypes.CDLL(espeakng_loader.get_library_path())
        self._heard = bytearray()
        self._events: list[tuple[int, int, int, int]] = []
        self._reads_mnemonics = False
        self._callback = _Callback(self._receive)
        data = espeakng_loader.get_data_path()
        self.sample_rate_hz: int = self._dll.espeak_Initialize(
            _SYNCHRONOUS, _BUFFER_MS, os.fsencode(data), _DO_NOT_EXIT
        )
        if self.sample_rate_hz <= 0:
            self.close()
            raise EspeakError(
                f"eSpeak NG cannot read its data in {data} ({len(data)} characters; it takes at most about 150): "
                "install into a shorter path."
            )
        self._dll.espeak_ng_SetRandSeed(ctypes.c_long(1))  # else the clock: variants with breath in them have noise
        self._dll.espeak_SetSynthCallback(self._callback)
        self._dll.espeak_Info.restype = c_char_p
        self._dll.espeak_ListVoices.restype = POINTER(POINTER(_VoiceRecord))
        self._dll.espeak_Synth.argtypes = [
            c_char_p, c_size_t, c_uint, c_int, c_uint, c_uint, c_void_p, c_void_p,
        ]  # fmt: skip
        self._dll.espeak_TextToPhonemes.argtypes = [POINTER(c_char_p), c_int, c_int]
        self._dll.espeak_TextToPhonemes.restype = c_char_p

    def _receive(self, samples: Any, n_samples: int, events: Any) -> int:
        if samples and n_samples:
            self._heard += ctypes.string_at(samples, n_samples * 2)
        i = 0
        while events[i].type != _LIST_TERMINATED:
            event = events[i]
            self._events.append((event.type, event.text_position, event.length, event.sample))
            i += 1
        return 0

    def version(self) -> str:
        """The library's version."""
        return str(self._dll.espeak_Info(None).decode())

    def voices(self) -> dict[str, Voice]:
        """By the identifier that selects it, each language's first voice."""
        records = self._dll.espeak_ListVoices(None)
        voices: dict[str, Voice] = {}
        i = 0
        while records[i]:
            record = records[i].contents
            i += 1
            languages = _languages(record.languages)
            identifier = record.identifier.decode()
            if not languages or not _has_dictionary(identifier, languages[0]):
                continue
            gender = {1: "male", 2: "female"}.get(record.gender, "")
            if languages[0] not in (voice.id for voice in voices.values()):
                voices[identifier] = Voice(languages[0], record.name.decode(), languages, gender, record.age)
        return voices

    def set_voice(self, name: str) -> None:
        """Speak with the voice of that identifier from now on. Raises EspeakError."""
        if self._dll.espeak_SetVoiceByName(name.encode()) != 0:
            raise EspeakError(f"eSpeak NG has no voice “{name}”.")

    def set_rate(self, words_per_minute: int) -> None:
        """Speak at that pace from now on."""
        self._dll.espeak_SetParameter(_RATE, words_per_minute, 0)

    def set_volume(self, percent: int) -> None:
        """Speak at that volume from now on."""
        self._dll.espeak_SetParameter(_VOLUME, percent, 0)

    def warm_up(self) -> None:
        """Speak something into the air, which leaves eSpeak's flutter at another phase: another take."""
        self._synthesized(_WARM_UP, _CHARS_UTF8)

    def synthesize(
        self, text: str, sounds: Sequence[tuple[int, int, str]] = (), language: str = ""
    ) -> tuple[bytes, list[tuple[int, int, int, int]]]:
        """Samples as 16-bit mono, and (start, end, first sample, last sample) of each word.

        sounds: mnemonics in which text[start:end] is said, in order and apart; language: the voice's.
        """
        if not sounds:
            samples = self._synthesized(text, _CHARS_UTF8)
            return samples, _words(text, self._events, len(samples) // 2)
        with_sounds = marked(text, sounds, language)
        samples = self._synthesized(with_sounds.text, _CHARS_UTF8 | _PHONEMES)
        words = _words(with_sounds.text, self._events, len(samples) // 2)
        places = [_whole_words(text, *with_sounds.place(start, end)) for start, end, _, _ in words]
        return samples, _apart((*place, at, until) for place, (_, _, at, until) in zip(places, words, strict=True))

    def _synthesized(self, text: str, flags: int) -> bytes:
        self._heard.clear()
        self._events.clear()
        data = text.encode("utf-8", "replace")
        status = self._dll.espeak_Synth(data, len(data) + 1, 0, 1, 0, flags, None, None)
        if status != 0:
            raise EspeakError(f"eSpeak NG could not speak (status {status}).")
        return bytes(self._heard)

    def phonemes(self, mnemonics: str) -> str:
        """What the voice says for mnemonics, in IPA."""
        if not self._reads_mnemonics:  # espeak_TextToPhonemes does as the last synthesis was told to
            self._synthesized(_WARM_UP, _CHARS_UTF8 | _PHONEMES)
            self._reads_mnemonics = True
        return "".join(self.clauses(f"[[{mnemonics}]]"))

    def clauses(self, text: str) -> list[str]:
        """What the voice says for a text, in IPA, clause by clause."""
        rest = c_char_p(text.encode("utf-8", "replace"))
        said = []
        while rest.value is not None:
            said.append((self._dll.espeak_TextToPhonemes(ctypes.byref(rest), _CHARS_UTF8, _AS_IPA) or b"").decode())
        return said

    def close(self) -> None:
        """Unload the library."""
        self._dll.espeak_Terminate()
        unload = getattr(_ctypes, "dlclose", None) or _ctypes.FreeLibrary  # type: ignore[attr-defined]
        unload(self._dll._handle)  # noqa: SLF001 - ctypes offers no other way to unload


@cache
def identifiers() -> dict[str, str]:
    """By language, what selects the library's voice for it; a voice has several: “cmn”, “zh”. It must not be loaded."""
    with closing(Library()) as library:
        voices = library.voices()
    also = {str(code): identifier for identifier, voice in reversed(voices.items()) for code in voice.languages}
    return also | {str(voice.id): identifier for identifier, voice in voices.items()}


def _languages(pairs: int | None) -> list[str]:
    """Language codes out of eSpeak's list: a priority byte and a zero-ended string each, ended by a zero byte."""
    languages = []
    address = pairs or 0
    while address and ctypes.string_at(address, 1) != b"\0":
        code = ctypes.string_at(address + 1)
        languages.append(code.decode().lower())
        address += 2 + len(code)
    return languages


def _has_dictionary(identifier: str, language: str) -> bool:
    """Whether the wheel has what the voice pronounces by: MBROLA's voices and a few languages are listed without."""
    data = Path(espeakng_loader.get_data_path())
    try:
        description = (data / "lang" / identifier).read_text("utf-8")
    except OSError:
        return False
    named = re.search(r"^dictionary\s+(\S+)", description, re.MULTILINE)
    return (data / f"{named[1] if named else language.split('-', maxsplit=1)[0]}_dict").is_file()


def _words(text: str, events: list[tuple[int, int, int, int]], n_samples: int) -> list[tuple[int, int, int, int]]:
    """Words of the text with where each starts and ends in the sound.

    eSpeak reports several words for one number and none of the length for a quoted one, so an event only says which
    word of the text has begun; that word ends in the sound where the next event stands.
    """
    marks = [(position - 1, sample) for kind, position, _, sample in events if kind in (_WORD, _CLAUSE_END)]
    kinds = [kind for kind, *_ in events if kind in (_WORD, _CLAUSE_END)]
    untils = [sample for _, sample in marks[1:]] + [n_samples]
    words: list[tuple[int, int, int, int]] = []
    for kind, (position, sample), until in zip(kinds, marks, untils, strict=True):
        start, end = _word_around(text, position)
        if kind == _CLAUSE_END or start == end:
            continue
        words.append((start, end, sample, until))
    return _apart(words)


def _apart(words: Iterable[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """The words, with those that overlap in the text taken together."""
    apart: list[tuple[int, int, int, int]] = []
    for start, end, sample, until in words:
        if apart and apart[-1][1] > start:
            apart[-1] = (apart[-1][0], max(apart[-1][1], end), apart[-1][2], until)
        else:
            apart.append((start, end, sample, until))
    return apart


def _word_around(text: str, position: int) -> tuple[int, int]:
    """The run between spaces that holds the position; in scripts written without spaces, the one character."""
    if not 0 <= position < len(text) or text[position].isspace():
        return position, position
    if text[position] >= _FIRST_UNSPACED:
        return position, position + 1
    start, end = position, position + 1
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The words that have a part in text[start:end], as `_word_around` has them."""
    first, last = _word_around(text, start), _word_around(text, max(end - 1, start))
    return min(start, first[0]), max(end, last[1])
