"""What is said of sentences that do not sound like their words."""

from dataclasses import replace

import numpy as np

from audio.contour import N_BANDS
from narration.check.measures import Measures
from narration.check.speech import SpokenSentence, speech_findings
from tests.narration.check.test_fit import HEARD, SAID, heard, phones


def sentence(number: int, text: str, said: str, shape) -> SpokenSentence:
    seconds = len(shape) / 20
    measures = Measures(seconds, 0.0, seconds, -20.0, 0.0, 0.0, 0.0, 0.0, -3.0, -3.0, -90.0, 0, 0.0, shape)
    return SpokenSentence(number, text, "a voice", 10.0 * number, 10.0 * number + seconds, measures, phones=said)


def misheard(sentences: list[SpokenSentence]) -> list[int | None]:
    return [each.paragraph for each in speech_findings(sentences) if each.kind in ("text", "repeat")]


EPISODE = [
    sentence(number, f"All of these {'letters' * 3} {number}.", said, shape)
    for number, (said, shape) in enumerate(zip(SAID, HEARD, strict=True), 1)
]
REFRAIN = phones()


def test_sentence_that_is_said_again_and_again_in_its_own_way_is_let_be():
    other = phones()
    refrains = [sentence(number, "Such is the refrain of it all.", REFRAIN, heard(other)) for number in range(101, 107)]
    assert misheard([*EPISODE, *refrains]) == []
    assert misheard([*EPISODE, *refrains[:1]]) == [101]


def test_one_of_those_that_is_not_like_the_others_is_found():
    sounds = [heard(REFRAIN) for _ in range(5)] + [heard(phones())]
    refrains = [sentence(101 + n, "Such is the refrain of it all.", REFRAIN, shape) for n, shape in enumerate(sounds)]
    assert misheard([*EPISODE, *refrains]) == [106]


def test_sound_of_one_colour_is_noise_even_if_it_is_the_colour_of_the_voice():
    rng = np.random.default_rng(1)
    colour_db = np.mean([shape.mean(axis=0) for shape in HEARD], axis=0)
    level_db = np.cumsum(rng.normal(0, 1, 30))[:, None]
    rumble = np.rint(np.clip(colour_db + level_db + rng.normal(0, 0.5, (30, N_BANDS)), -50, 10)).astype(np.int8)
    found = speech_findings([*EPISODE, sentence(101, EPISODE[0].text, EPISODE[0].phones, rumble)])
    assert [each.paragraph for each in found if each.kind == "noise"] == [101]


def with_pause(number: int, text: str, pause_s: float) -> SpokenSentence:
    spoken = sentence(number, text, "", HEARD[0])
    return replace(spoken, measures=replace(spoken.measures, pause_at_s=0.3, pause_s=pause_s))


def test_a_slow_voice_may_wait_at_a_sign_inside_a_sentence_and_nowhere_else():
    slow = [sentence(number, "Where is it now?", "", HEARD[0][:26]) for number in range(1, 31)]
    waiting = [with_pause(101, "“Why?” she said.", 0.65), with_pause(102, "Why so she said.", 0.65)]
    assert [each.paragraph for each in speech_findings([*slow, *waiting]) if each.kind == "pause"] == [102]
    too_long = with_pause(101, "“Why?” she said.", 0.9)
    assert [each.paragraph for each in speech_findings([*slow, too_long]) if each.kind == "pause"] == [101]
