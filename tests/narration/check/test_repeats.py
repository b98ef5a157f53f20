import numpy as np
import pytest

from audio.contour import N_BANDS
from narration.check.repeats import _ALIKE_DB, repeats

SOUND = np.random.default_rng(1).normal(0, 8, (40, N_BANDS)).astype(np.float16)
OTHER = np.random.default_rng(2).normal(0, 8, (40, N_BANDS)).astype(np.float16)


def test_the_same_sound_under_other_words_is_found():
    assert list(repeats(["The lamp was lit.", "Nobody came.", "Rain."], [SOUND, OTHER, SOUND])) == [(0, 2)]


@pytest.mark.parametrize(
    "texts",
    [
        ("The lamp was lit.", "The lamp was lit."),
        ("Paragraph four is read here.", "Paragraph eight is read here."),
        ("It was wet.", "It was wet!"),
    ],
)
def test_nearly_the_same_words_may_sound_alike(texts):
    assert list(repeats(texts, [SOUND, SOUND])) == []


def test_other_sounds_are_never_taken_for_one():
    assert list(repeats(["The lamp was lit.", "Nobody came."], [SOUND, OTHER])) == []


def test_sentences_that_begin_with_the_same_words_may_sound_alike_there():
    otherwise = SOUND.copy()
    otherwise[14:23] += 6  # carried, borrowed
    otherwise[31:] += 6  # valley, garden
    texts = ("Captain Rossi carried the valley.", "Captain Rossi borrowed the garden.")
    assert np.abs(SOUND - otherwise).mean() < _ALIKE_DB
    assert list(repeats(texts, [SOUND, otherwise])) == []
    assert list(repeats(texts, [SOUND, SOUND])) == [(0, 1)]
