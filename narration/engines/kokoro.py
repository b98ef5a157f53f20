"""Kokoro's neural voices (kokoro-onnx): one model, and a file with the styles of all voices, in the folder of voices.

A voice's first letter is its language, its second the gender; several can be blended: `af_heart*0.7+af_bella*0.3`. The
model takes 510 phonemes at a time; a longer sentence is cut at a clause, and every phoneme is spoken.
"""

import _ctypes
import hashlib
import logging
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from kokoro_onnx import Kokoro
from kokoro_onnx.chunker import split_phonemes
from kokoro_onnx.config import SAMPLE_RATE, EspeakConfig
from numpy.typing import NDArray

from audio.clip import Clip
from audio.tempo import at_speed
from narration.engines import Delivery, Speech, Voice, WordTime, suggestion
from narration.engines.espeak_library import EspeakError
from narration.engines.espeak_transcription import transcriptions
from narration.engines.kokoro_names import LANGUAGES, listed_voice
from narration.engines.onnx_model import SeededSession, memory_of, read_model
from narration.engines.phoneme_words import PhonemeTime, word_times
from narration.errors import EngineError, UsageError
from narration.places import voices_folder

_MODEL, _VOICES = "kokoro-v1.0.onnx", "voices*.bin"
_INPUTS = ({"tokens", "style", "speed"}, {"input_ids", "style", "speed"})
_FIRST = "af_heart"  # the one its makers grade best
_STYLE_SHAPE = (1, 256)
_SPEEDS = (0.5, 2.0)  # what the model was trained for; beyond, the sound is stretched
_WHOLE_SPEEDS = (1.0, 1.0)  # of a model that takes whole numbers alone: all others are made by stretching
_BETWEEN_PIECES_S = 0.1
_SILENCE_S = 0.1  # what a text without anything to say becomes
_VARIATION_STEP = 12
_PART = re.compile(r"\s*([^*+\s]+)\s*(?:\*\s*([0-9]*\.?[0-9]+)\s*)?")


class KokoroEngine:
    """Speaks with Kokoro's voices, and blends of them."""

    patience_s = 120.0

    def __init__(self) -> None:
        self._folder = voices_folder("kokoro")
        self._loaded = lru_cache(maxsize=1)(_Loaded)

    @property
    def version(self) -> str:
        """Versions of kokoro-onnx and of onnxruntime."""
        return f"kokoro-onnx {package_version('kokoro-onnx')} onnxruntime {onnxruntime.__version__}"

    def voices(self) -> tuple[Voice, ...]:
        """Those of the voices file."""
        model = _model_file(self._folder)
        file = model and _voices_file(self._folder, model)
        if file is None:
            return ()
        with _styles(file) as styles:
            names = sorted(styles, key=lambda name: (name != _FIRST, name))
        return tuple(listed_voice(name) for name in names)

    def fingerprint(self, voice: str) -> str:
        """SHA-256 over the model and the styles that are blended. Raises EngineError, UsageError."""
        model, voices = _installed(self._folder)
        style, _ = _blended(voices, voice)
        with model.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256")
        digest.update(style.tobytes())
        return digest.hexdigest()

    def memory_bytes(self, voices: Sequence[str]) -> int:  # noqa: ARG002 - they have one model
        """What the model takes at work, whichever the voices."""
        return memory_of(_installed(self._folder)[0])

    def speak(self, utterances: Sequence[str], delivery: Delivery) -> tuple[Speech, ...]:
        """One Speech for each utterance, with its words' times where the model tells how long its phonemes last."""
        loaded = self._loaded(*_installed(self._folder))
        return tuple(loaded.spoken(utterance, delivery) for utterance in utterances)


def _model_file(folder: Path) -> Path | None:
    """The model in the folder: the full one before those that were made smaller."""
    there = sorted(folder.glob("*.onnx"), key=lambda file: (file.name != _MODEL, file.name))
    return there[0] if there else None


def _voices_file(folder: Path, model: Path) -> Path | None:
    """The voices file in the folder: that of the model's version before others."""

    def is_of_another(file: Path) -> bool:
        return file.stem.removeprefix("voices-") not in model.name

    return min(sorted(folder.glob(_VOICES), reverse=True), key=is_of_another, default=None)


def _installed(folder: Path) -> tuple[Path, Path]:
    model = _model_file(folder)
    voices = model and _voices_file(folder, model)
    if model is None or voices is None:
        missing = "model (….onnx)" if model is None else f"voices file ({_VOICES})"
        raise EngineError(
            f"Kokoro is not installed: there is no {missing} in {folder}. `narrate voices install kokoro`."
        )
    return model, voices


@contextmanager
def _styles(file: Path) -> Iterator[Any]:
    """The styles by name, each read when it is asked for. Raises EngineError for a file that is none of Kokoro's."""
    with ExitStack() as closing:
        try:
            opened = closing.enter_context(file.open("rb"))
            styles = np.load(opened)
        except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
            raise EngineError(_damaged(file)) from error
        if not isinstance(styles, np.lib.npyio.NpzFile):
            raise EngineError(_damaged(file))
        yield styles


def _damaged(file: Path) -> str:
    return f"The voices of Kokoro cannot be read: {file} is damaged or another file; `narrate voices install kokoro`."


def _blended(file: Path, voice: str) -> tuple[NDArray[np.float32], str]:
    """The style, shape (rows, 1, 256), and the language of its first voice as eSpeak calls it."""
    parts = [_PART.fullmatch(part) for part in voice.split("+")]
    blend = [(part[1], float(part[2] or 1)) for part in parts if part]
    total = sum(weight for _, weight in blend)
    if len(blend) != len(parts) or total <= 0:
        raise UsageError(f"“{voice}” is no blend of voices; write af_heart*0.7+af_bella*0.3.")
    with _styles(file) as styles:
        for name, _ in blend:
            if name not in styles:
                raise UsageError(f"Kokoro has no voice “{name}”. {suggestion(name, styles)}")
        try:
            style = sum(np.asarray(styles[name], np.float32) * np.float32(weight / total) for name, weight in blend)
        except (ValueError, OSError, zipfile.BadZipFile) as error:
            raise EngineError(_damaged(file)) from error
    if np.shape(style)[1:] != _STYLE_SHAPE or not np.isfinite(style).all():
        raise EngineError(_damaged(file))
    return np.asarray(style, np.float32), LANGUAGES.get(blend[0][0][:1], LANGUAGES["a"])[1]


class _Loaded:
    """The model in memory."""

    def __init__(self, model: Path, voices: Path) -> None:
        logging.getLogger("kokoro_onnx").setLevel(logging.ERROR)
        self._voices = voices
        with _styles(voices):  # kokoro_onnx reads it as it is
            pass
        self._session = SeededSession(read_model(model, "kokoro"), model, "kokoro")
        given = {each.name: each.type for each in self._session.get_inputs()}
        if given.keys() not in _INPUTS:
            raise EngineError(
                f"{model} is no model of Kokoro: it takes {', '.join(sorted(given))}. `narrate voices install kokoro`."
            )
        self._speeds = _WHOLE_SPEEDS if "int" in given["speed"] else _SPEEDS
        # kokoro_onnx would load the library of eSpeak NG and keep it, with its state, which our own driver must be able
        # to throw away. We phonemize by that driver; what is loaded and kept here is any other library.
        other = EspeakConfig(lib_path=_ctypes.__file__)
        self._kokoro = Kokoro.from_session(self._session, str(voices), other)
        self._kokoro.voices.close()  # it is given styles, not names
        self._blended = lru_cache(maxsize=8)(_blended)

    def spoken(self, utterance: str, delivery: Delivery) -> Speech:
        style, language = self._blended(self._voices, delivery.voice)
        rows = np.clip(np.arange(len(style)) + _shift(delivery.variation), 0, len(style) - 1)
        speed = min(max(delivery.speed, self._speeds[0]), self._speeds[1])
        text = utterance.encode("utf-8", "replace").decode().replace("\0", " ")
        self._session.variation = delivery.variation
        pieces, times = [np.zeros(0, np.float32)], []
        at = 0
        for phonemes in split_phonemes(self._phonemes([text], language)[0]):
            if not self._kokoro.tokenizer.known(phonemes).strip():
                continue
            sound, timings = self._piece(phonemes, style[rows], speed)
            times += [
                PhonemeTime(each.phoneme, at + round(each.start * SAMPLE_RATE), at + round(each.end * SAMPLE_RATE))
                for each in timings
            ]
            times.append(PhonemeTime(" ", at + len(sound), at + len(sound)))
            gap = np.zeros(round(_BETWEEN_PIECES_S * SAMPLE_RATE), np.float32)
            pieces += [sound, gap]
            at += len(sound) + len(gap)
        samples = np.concatenate(pieces[:-1]) if at else np.zeros(round(_SILENCE_S * SAMPLE_RATE), np.float32)
        words = word_times(text, times, lambda each: self._phonemes(each, language)) if self._kokoro.has_timings else ()
        clip = Clip((samples * np.float32(delivery.volume)).astype(np.float32), SAMPLE_RATE)
        return _stretched(Speech(clip, words), delivery.speed / speed)

    def _piece(
        self, phonemes: str, style: NDArray[np.float32], speed: float
    ) -> tuple[NDArray[np.float32], Sequence[Any]]:
        sound, _, timings = self._kokoro.create_timed(
            phonemes, style, speed, is_phonemes=True, sentence_pause=0.0, clause_pause=0.0
        )
        return np.asarray(sound, np.float32), timings

    def _phonemes(self, texts: Sequence[str], language: str) -> list[str]:
        """The phonemes of each text, as far as the model knows them; eSpeak's as kokoro_onnx would ask for them."""
        try:
            said = transcriptions(texts, language)
        except EspeakError as error:
            raise EngineError(f"eSpeak NG, which phonemizes for Kokoro, failed: {error}") from error
        return [str(self._kokoro.tokenizer.known(" ".join(each.split()))).strip() for each in said]


def _shift(variation: int) -> int:
    """How many rows on the style is read: 0, 12, -12, 24 …; a row is the style of a text so many phonemes long."""
    return _VARIATION_STEP * (variation // 2) * (1 if variation % 2 == 0 else -1)


def _stretched(speech: Speech, speed: float) -> Speech:
    if speed == 1:
        return speech
    clip = at_speed(speech.clip, speed)
    words = (
        WordTime(word.start, word.end, *(min(round(at / speed), len(clip.samples)) for at in times))
        for word in speech.words
        if (times := (word.from_samples, word.to_samples))
    )
    return Speech(clip, tuple(words))
