"""An engine that whistles instead of speaking: a test double, and the smallest example of an engine.

Every letter is 60 ms of a tone whose pitch follows the letter, every space a shorter silence; nothing is random.
"""

from collections.abc import Sequence

import numpy as np

from audio.clip import Clip
from narration.engines import Delivery, Speech, Voice, WordTime
from narration.errors import EngineError

_RATE_HZ = 22_050
_LETTER_S, _SPACE_S = 0.06, 0.03
_PITCH_HZ = {"low": 110.0, "high": 220.0}


class ToneEngine:
    """Two voices, “low” and “high”, that whistle any text."""

    version = "tone 1"
    patience_s = 10.0
    wordless = True

    def voices(self) -> tuple[Voice, ...]:
        """Both voices, for English."""
        return tuple(Voice(name, ("en",), f"A {name} whistle") for name in _PITCH_HZ)

    def fingerprint(self, voice: str) -> str:  # noqa: ARG002 - there is no model
        """Empty: there is no model."""
        return ""

    def speak(self, utterances: Sequence[str], delivery: Delivery) -> tuple[Speech, ...]:
        """One Speech for each utterance; words are what stands between spaces."""
        if delivery.voice not in _PITCH_HZ:
            raise EngineError(f"The tone engine has no voice “{delivery.voice}”.")
        return tuple(_whistled(utterance, delivery) for utterance in utterances)


def _whistled(utterance: str, delivery: Delivery) -> Speech:
    sounds: list[np.ndarray] = []
    words: list[WordTime] = []
    position = samples = 0
    for word in utterance.split(" "):
        tones = [_letter(letter, delivery) for letter in word]
        length = sum(len(tone) for tone in tones)
        if word:
            words.append(WordTime(position, position + len(word), samples, samples + length))
        gap = np.zeros(round(_SPACE_S * _RATE_HZ / delivery.speed))
        sounds += [*tones, gap]
        samples += length + len(gap)
        position += len(word) + 1
    return Speech(Clip(np.concatenate(sounds).astype(np.float32), _RATE_HZ), tuple(words))


def _letter(letter: str, delivery: Delivery) -> np.ndarray:
    n_samples = round(_LETTER_S * _RATE_HZ / delivery.speed)
    pitch_hz = _PITCH_HZ[delivery.voice] * 2 ** ((ord(letter) + delivery.variation) % 24 / 12)
    phase = 2 * np.pi * pitch_hz * np.arange(n_samples) / _RATE_HZ
    return 0.3 * delivery.volume * np.sin(phase) * np.hanning(n_samples)
