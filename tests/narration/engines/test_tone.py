"""The smallest engine does what it says."""

import numpy as np
import pytest

from narration.engines import Delivery
from narration.engines.tone import ToneEngine
from narration.errors import EngineError


def test_every_letter_lasts_60_ms_and_every_space_30() -> None:
    (speech,) = ToneEngine().speak(["abc de"], Delivery("low"))
    assert speech.clip.duration_s == pytest.approx(5 * 0.06 + 2 * 0.03, abs=1e-3)
    assert [(word.start, word.end) for word in speech.words] == [(0, 3), (4, 6)]


def test_high_is_an_octave_over_low() -> None:
    crossings = []
    for voice in ("low", "high"):
        (speech,) = ToneEngine().speak(["a" * 50], Delivery(voice))
        crossings.append(np.count_nonzero(np.diff(np.signbit(speech.clip.samples))))
    assert crossings[1] == pytest.approx(2 * crossings[0], rel=0.1)


def test_empty_text_is_short_silence() -> None:
    (speech,) = ToneEngine().speak([""], Delivery("low"))
    assert not speech.clip.samples.any()


def test_unknown_voice_is_refused() -> None:
    with pytest.raises(EngineError, match="no voice “middle”"):
        ToneEngine().speak(["a"], Delivery("middle"))
