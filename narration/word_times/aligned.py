"""Words found in English sound by pocketsphinx, whose wheel carries a model: the optional extra `align`.

It steps by 10 ms over windows of 25.6 ms; where one window is the last of a word and the next the first of another, the
border lies between their middles.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np

from audio.clip import Clip
from narration.engines.espeak_library import EspeakError
from narration.engines.espeak_transcription import transcriptions
from narration.word_times.words import Timed, words

_RATE_HZ = 16_000
_STEP = 160
_BORDER = 125  # (410 - 160) / 2
_MARGIN = 10 * _STEP  # of silence at either end, which the model expects

# eSpeak NG's IPA for American English in the model's phones (CMUdict's), longer signs first.
_PHONES = {
    "aɪ": "AY", "aʊ": "AW", "eɪ": "EY", "oʊ": "OW", "ɔɪ": "OY", "tʃ": "CH", "dʒ": "JH", "oːɹ": "AO R", "l̩": "AH L",
    "n̩": "AH N", "i": "IY", "ɪ": "IH", "ᵻ": "IH", "u": "UW", "ʊ": "UH", "ɛ": "EH", "e": "EH", "æ": "AE", "a": "AA",
    "ɑ": "AA", "ɒ": "AA", "ɔ": "AO", "o": "OW", "ʌ": "AH", "ə": "AH", "ɐ": "AH", "ɜ": "ER", "ɚ": "ER", "ɝ": "ER",
    "p": "P", "b": "B", "t": "T", "d": "D", "k": "K", "ɡ": "G", "g": "G", "f": "F", "v": "V", "θ": "TH", "ð": "DH",
    "s": "S", "z": "Z", "ʃ": "SH", "ʒ": "ZH", "h": "HH", "m": "M", "n": "N", "ŋ": "NG", "l": "L", "ɹ": "R", "r": "R",
    "j": "Y", "w": "W", "ɾ": "T", "ʔ": "T", "x": "K",
}  # fmt: skip
_PHONE = re.compile("|".join(_PHONES))


def is_alignable(language: str) -> bool:
    """Whether words of this language can be found: English ones, where pocketsphinx is installed."""
    return language.lower().replace("_", "-").partition("-")[0] == "en" and find_spec("pocketsphinx") is not None


def aligned(text: str, clip: Clip) -> tuple[Timed, ...] | None:
    """The words of an English text in the clip in which it is heard; None where they cannot be found in it."""
    places = words(text)
    names = pronounced(text)
    if not names:
        return None
    decoder = recogniser()
    try:
        decoder.set_align_text(" ".join(names))
        decoder.start_utt()
        decoder.process_raw(model_sound(clip), full_utt=True)
        decoder.end_utt()
        segments = [segment for segment in decoder.seg() or () if segment.word[0] not in "<[("]
    except RuntimeError:  # what it raises when no way through the words fits the sound
        return None
    if len(segments) != len(places):
        return None
    scale = clip.sample_rate_hz / _RATE_HZ
    borders = [
        [min(max(round((frame * _STEP + _BORDER - _MARGIN) * scale), 0), len(clip.samples)) for frame in frames]
        for frames in ((segment.start_frame, segment.end_frame + 1) for segment in segments)
    ]
    return tuple((start, end, at, to) for (start, end), (at, to) in zip(places, borders, strict=True))


def pronounced(text: str) -> tuple[str, ...]:
    """The words of an English text as the recogniser knows them; none when it cannot be told how one of them sounds."""
    names = tuple(_name(text[start:end]) for start, end in words(text))
    return names if _are_pronounced(names) else ()


@cache
def recogniser() -> Any:  # noqa: ANN401 - pocketsphinx has no types
    """The decoder, one for the process, with its English model."""
    import pocketsphinx

    return pocketsphinx.Decoder(lm=None, loglevel="FATAL")


def _name(word: str) -> str:
    """A word as the dictionary has it."""
    return word.lower().replace("’", "'").replace("‐", "-").replace("‑", "-")


def model_sound(clip: Clip) -> bytes:
    """The clip as the recogniser takes it: 16 kHz, 16 bits, 100 ms of silence at either end."""
    from soxr import resample

    from audio.pcm import int16_of

    samples = resample(clip.samples, clip.sample_rate_hz, _RATE_HZ)
    return int16_of(np.pad(samples, _MARGIN).astype(np.float32)).tobytes()


def _are_pronounced(names: Sequence[str]) -> bool:
    """Whether the dictionary has all these words; those it lacked get a pronunciation, where they have one."""
    decoder = recogniser()
    for name in dict.fromkeys(names):
        if decoder.lookup_word(name) is None:
            phones = _compound(name) or " ".join(_phones(name))
            if not phones:
                return False
            decoder.add_word(name, phones, True)  # noqa: FBT003 - pocketsphinx takes it by its place alone
    return True


def _compound(name: str) -> str:
    """The phones of a word that hyphens join, "" where the dictionary lacks a part of it."""
    parts = [recogniser().lookup_word(part) for part in name.split("-")]
    return " ".join(parts) if all(parts) else ""


def _phones(name: str) -> Iterator[str]:
    """How eSpeak NG says a word; nothing where it does not work."""
    with suppress(EspeakError, OSError):
        for sign in _PHONE.finditer(transcriptions([name], "en-us")[0]):
            yield _PHONES[sign[0]]
