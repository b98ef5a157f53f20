"""Piper's neural voices (piper-tts), each a model file and its configuration in the folder of voices.

piper-tts is under the GPL; it is an extra, and never leaves its worker process. Its models are given their noise
(narration/engines/onnx_model.py), and tell how long each phoneme lasts, by which words are timed to the sample.
"""

import hashlib
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from piper import PiperConfig, PiperVoice, SynthesisConfig
from piper.config import PhonemeType
from piper.patch_voice_with_alignment import add_alignment_output
from piper.phoneme_ids import phonemes_to_ids

from audio.clip import Clip
from narration.engines import Delivery, Speech, Voice, suggestion
from narration.engines.onnx_model import SeededSession, memory_of, read_model
from narration.engines.phoneme_words import PhonemeTime, word_times
from narration.errors import EngineError, UsageError
from narration.places import voices_folder

_SUFFIX = ".onnx"
_WORDS_KNOWN = 4096  # a text has the same few hundred again and again
_RATES_HZ = (8_000, 96_000)
_INPUTS = {"input", "input_lengths", "scales"}
_PACKAGES = {
    PhonemeType.PINYIN: "piper-tts[zh]",
    PhonemeType.JAPANESE: "piper-tts[ja]",
    PhonemeType.THAI: "piper-tts[th]",
}
_CHINESE_MODEL = Path("g2pW", "g2pw.onnx")
_SILENCE_S = 0.1  # what a text without anything to say becomes


class PiperEngine:
    """Speaks with the Piper voices in the folder; `NAME#SPEAKER` is one speaker of a voice that has several."""

    patience_s = 60.0

    def __init__(self) -> None:
        self._folder = voices_folder("piper")
        self._loaded = cache(_Loaded)

    @property
    def version(self) -> str:
        """Versions of piper-tts and of onnxruntime."""
        return f"piper-tts {package_version('piper-tts')} onnxruntime {onnxruntime.__version__}"

    def voices(self) -> tuple[Voice, ...]:
        """One for each model file in the folder."""
        return tuple(_listed(file) for file in sorted(self._folder.glob(f"*{_SUFFIX}")))

    def fingerprint(self, voice: str) -> str:
        """SHA-256 over the model and its configuration. Raises UsageError for a speaker that it has not."""
        name, speaker = _parts(voice)
        files = _files(self._folder, name)
        _speaker_id(_configuration(files.configuration, name), speaker, name)
        digest = hashlib.sha256()
        for file in (files.model, files.configuration):
            with file.open("rb") as opened:
                digest.update(hashlib.file_digest(opened, "sha256").digest())
        return digest.hexdigest()

    def memory_bytes(self, voices: Sequence[str]) -> int:
        """What the voices' models take at work together; speakers of one voice have one."""
        return sum(memory_of(_files(self._folder, name).model) for name in {_parts(voice)[0] for voice in voices})

    def speak(self, utterances: Sequence[str], delivery: Delivery) -> tuple[Speech, ...]:
        """One Speech for each utterance, with its words' times where the model tells how long its phonemes last."""
        name, speaker = _parts(delivery.voice)
        loaded = self._loaded(_files(self._folder, name), name)
        return tuple(loaded.spoken(utterance, delivery, speaker) for utterance in utterances)


@dataclass(frozen=True, slots=True)
class _Files:
    model: Path
    configuration: Path


def _files(folder: Path, name: str) -> _Files:
    """The voice's two files. Raises EngineError when they are not there."""
    files = _Files(folder / f"{name}{_SUFFIX}", folder / f"{name}{_SUFFIX}.json")
    for file in (files.model, files.configuration):
        if not file.is_file():
            raise EngineError(
                f"The voice piper/{name} is not installed: there is no {file}. `narrate voices install piper/{name}`."
            )
    return files


def _parts(voice: str) -> tuple[str, str]:
    name, _, speaker = voice.partition("#")
    return name, speaker


def _listed(model: Path) -> Voice:
    """The voice as its configuration describes it, or, where that cannot be read, its file's name."""
    name = model.name.removesuffix(_SUFFIX)
    try:
        values = _values(model.with_name(f"{model.name}.json"), name)
    except EngineError:
        values = {}
    language = values.get("language")
    code = str(language.get("code", "")) if isinstance(language, Mapping) else ""
    speakers = values.get("num_speakers", 1)
    described = f"{speakers} speakers, {name}#0 and so on" if isinstance(speakers, int) and speakers > 1 else ""
    return Voice(name, ((code or name.partition("-")[0]).replace("_", "-").lower(),), described)


def _values(file: Path, name: str) -> dict[str, Any]:
    try:
        values = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise EngineError(
            f"The configuration of the voice piper/{name} cannot be read: {file} ({error}). "
            f"`narrate voices install piper/{name}` brings it again."
        ) from error
    if not isinstance(values, dict):
        raise EngineError(f"The configuration of the voice piper/{name}, {file}, is not one of Piper.")
    return values


def _configuration(file: Path, name: str) -> PiperConfig:
    """Piper's own view of the configuration. Raises EngineError for one that can't be."""
    values = _values(file, name)
    try:
        configuration = PiperConfig.from_dict(values | {"phoneme_type": _phoneme_type(values)})
        rate_hz = int(configuration.sample_rate)
        phonemes_to_ids([], configuration.phoneme_id_map)  # it has what stands around every sentence
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise EngineError(
            f"The configuration of the voice piper/{name}, {file}, is not one of this Piper: {error!r}. "
            "Install the voice again, or a newer piper-tts."
        ) from error
    low, high = _RATES_HZ
    if not low <= rate_hz <= high:
        raise EngineError(
            f"The configuration of the voice piper/{name} gives a sample rate of {rate_hz} Hz; "
            f"voices have {low} to {high}. Install the voice again."
        )
    return configuration


def _phoneme_type(values: Mapping[str, Any]) -> str:
    """How the voice's texts become phonemes; some of the collection's voices have `PhonemeType.ESPEAK` there."""
    return str(values.get("phoneme_type", PhonemeType.ESPEAK.value)).rpartition(".")[2].lower()


def _speaker_id(configuration: PiperConfig, speaker: str, name: str) -> int | None:
    """The speaker's number, by number or name. Raises UsageError for one that the voice has not."""
    if not speaker:
        return None
    if speaker in configuration.speaker_id_map:
        return int(configuration.speaker_id_map[speaker])
    if speaker.isdecimal() and int(speaker) < configuration.num_speakers:
        return int(speaker)
    if configuration.num_speakers == 1:
        raise UsageError(f"The voice piper/{name} has no speaker “{speaker}”, for it has one alone: piper/{name}.")
    known = suggestion(speaker, configuration.speaker_id_map)
    raise UsageError(
        f"The voice piper/{name} has no speaker “{speaker}”: it has {configuration.num_speakers}, "
        f"{name}#0 to {name}#{configuration.num_speakers - 1}. {known}"
    )


class _Loaded:
    """A voice in memory."""

    def __init__(self, files: _Files, name: str) -> None:
        logging.getLogger("piper").setLevel(logging.ERROR)  # it warns of each phoneme that a voice does not have
        self._name = name
        configuration = _configuration(files.configuration, name)
        model = read_model(files.model, f"piper/{name}")
        with suppress(ValueError):  # it tells already, or it is no model that could
            add_alignment_output(model)
        self._session = SeededSession(model, files.model, f"piper/{name}")
        given = {each.name for each in self._session.get_inputs()}
        expected = _INPUTS | ({"sid"} if configuration.num_speakers > 1 else set())
        if given != expected:
            raise EngineError(
                f"The configuration of the voice piper/{name} does not belong to its model: that takes "
                f"{', '.join(sorted(given))}, not {', '.join(sorted(expected))}. Install the voice again."
            )
        if configuration.phoneme_type is PhonemeType.PINYIN and not (files.model.parent / _CHINESE_MODEL).is_file():
            # Piper would fetch it from the network, in the middle of a sentence.
            raise EngineError(
                f"The voice piper/{name} needs {files.model.parent / _CHINESE_MODEL}, which is not there. "
                f"Run `echo 你好 | python -m piper -m {name} -f hello.wav` in that folder once: it fetches it."
            )
        self._voice = PiperVoice(session=self._session, config=configuration, download_dir=files.model.parent)
        self._phonemes_of = lru_cache(maxsize=_WORDS_KNOWN)(self._phonemized)

    def spoken(self, utterance: str, delivery: Delivery, speaker: str) -> Speech:
        configuration = self._voice.config
        text = _plain(utterance)
        settings = SynthesisConfig(
            speaker_id=_speaker_id(configuration, speaker, self._name),
            length_scale=configuration.length_scale / delivery.speed,
            normalize_audio=False,  # by the loudest moment of each sentence; a paragraph's loudness is settled later
            volume=delivery.volume,
        )
        self._session.variation = delivery.variation
        try:
            chunks = list(self._voice.synthesize(text, settings, include_alignments=True))
        except ImportError as error:
            raise EngineError(
                f"the voice piper/{self._name} needs the package “{error.name}” for its language; "
                f"pip install '{_PACKAGES.get(configuration.phoneme_type, 'piper-tts')}'"
            ) from error
        rate_hz = configuration.sample_rate
        silence = np.zeros(round(_SILENCE_S * rate_hz), np.float32)
        samples = np.concatenate([np.atleast_1d(chunk.audio_float_array) for chunk in chunks] or [silence])
        return Speech(Clip(samples.astype(np.float32), rate_hz), self._words(text, chunks, len(samples)))

    def _words(self, text: str, chunks: Sequence[Any], n_samples: int) -> tuple[Any, ...]:
        times: list[PhonemeTime] = []
        at = 0
        for chunk in chunks:
            if not chunk.phoneme_alignments:
                return ()
            for each in chunk.phoneme_alignments:
                until = at + int(each.num_samples)
                times.append(PhonemeTime(each.phoneme, min(at, n_samples), min(until, n_samples)))
                at = until
            times.append(PhonemeTime(" ", at, at))
        return word_times(text, times, self._phonemes)

    def _phonemes(self, words: Sequence[str]) -> Iterator[tuple[str, ...]]:
        return map(self._phonemes_of, words)

    def _phonemized(self, word: str) -> tuple[str, ...]:
        return tuple(phoneme for sentence in self._voice.phonemize(word) for phoneme in sentence)


def _plain(text: str) -> str:
    """The text, as long as it was, without what Piper would take for phonemes, and what its phonemizer cannot take."""
    readable = text.encode("utf-8", "replace").decode().replace("\0", " ")
    return readable.replace("[[", "((").replace("]]", "))")
