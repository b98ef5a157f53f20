import numpy as np

from audio.contour import N_BANDS
from narration.check.repeats import heard_elsewhere

SOUND = np.random.default_rng(1).normal(0, 8, (40, N_BANDS)).astype(np.int8)
OTHER = np.random.default_rng(2).normal(0, 8, (40, N_BANDS)).astype(np.int8)
TEXTS = ("The lamp was lit.", "Nobody came.", "Rain.")


def test_the_sentence_whose_sound_is_heard_is_found():
    assert heard_elsewhere(2, TEXTS, [SOUND, OTHER, SOUND]) == 0
    assert heard_elsewhere(2, TEXTS, [SOUND, OTHER, SOUND[1:]]) == 0


def test_another_sound_is_nobodys():
    assert heard_elsewhere(1, TEXTS, [SOUND, OTHER, SOUND]) is None
    assert heard_elsewhere(0, TEXTS, [SOUND, OTHER, SOUND[:30]]) is None


def test_the_same_words_elsewhere_are_no_others():
    assert heard_elsewhere(0, ("It rains.", "It rains."), [SOUND, SOUND]) is None
