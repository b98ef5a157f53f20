"""What a voice's own sentences teach is enough to tell right words from wrong ones."""

import numpy as np
import pytest

from audio.contour import N_BANDS
from narration.check.fit import fits, known_fit
from narration.check.measures import Shape
from narration.check.voice_sounds import FEWEST

RNG = np.random.default_rng(3)
SPECTRA = {phone: RNG.uniform(-40, 0, N_BANDS) for phone in "aeioumnpst"}
LENGTHS = dict(zip(SPECTRA, (3, 2, 3, 2, 3, 2, 1, 1, 2, 1), strict=True))
N_SENTENCES = 24


def phones() -> str:
    return " ".join("".join(RNG.choice(list(SPECTRA), 4)) for _ in range(6))


def heard(said: str) -> Shape:
    """Each phone for as long as it lasts, and as no two times alike as in speech."""
    blocks = [SPECTRA[phone] for phone in said if phone != " " for _ in range(LENGTHS[phone] + RNG.integers(2))]
    return np.rint(np.clip(np.array(blocks) + RNG.normal(0, 5, (len(blocks), N_BANDS)), -50, 10)).astype(np.int8)


SAID = [phones() for _ in range(N_SENTENCES)]
HEARD = [heard(said) for said in SAID]
N_BLOCKS = [len(shape) for shape in HEARD]
PARAGRAPHS = [index // 3 for index in range(N_SENTENCES)]


def test_sentences_that_sound_like_their_words_are_told_from_one_that_does_not():
    wrong = [*HEARD[:5], heard(phones()), *HEARD[6:]]
    fit = known_fit(fits(SAID, wrong, PARAGRAPHS), SAID, N_BLOCKS)
    assert [index for index in range(N_SENTENCES) if fit.of[index] < fit.limit(60)] == [5]
    assert all(fit.is_clear(index) for index in range(N_SENTENCES) if index != 5)
    assert not fit.is_clear(5)


def test_sentence_with_a_word_that_is_said_quite_otherwise_is_neither_clear_nor_wrong():
    spelt = heard("ta na pe ti mo nu sa")
    n = len(heard(SAID[5][:5]))
    partly = np.concatenate([HEARD[5][:-n], spelt])
    fit = known_fit(fits(SAID, [*HEARD[:5], partly, *HEARD[6:]], PARAGRAPHS), SAID, N_BLOCKS)
    assert fit.of[5] >= fit.limit(len(partly))
    assert not fit.is_clear(5)


def test_very_long_sound_of_a_single_sound_is_told_of_too():
    fit = fits(["a", *SAID[1:]], HEARD, PARAGRAPHS)
    assert not np.isnan(fit).any()


def test_a_sound_of_something_else_fits_no_words():
    noise = RNG.integers(-30, 0, (60, N_BANDS)).astype(np.int8)
    fit = known_fit(fits(SAID, [*HEARD[:5], noise, *HEARD[6:]], PARAGRAPHS), SAID, N_BLOCKS)
    assert fit.of[5] < fit.limit(60)


def test_nothing_is_told_where_there_is_too_little_to_learn_from():
    few = FEWEST - 1
    fit = known_fit(fits(SAID[:few], HEARD[:few], PARAGRAPHS[:few]), SAID[:few], N_BLOCKS[:few])
    assert np.isnan(fit.of).all()
    assert fit.limit(60) == -np.inf
    assert not fit.is_clear(0)


def test_voice_that_is_hardly_known_is_judged_less_strictly():
    few = 2 * FEWEST
    short = [said[:12] for said in SAID[:few]]
    own = [heard(said) for said in short]
    n_blocks, of = [len(shape) for shape in own], fits(short, own, PARAGRAPHS[:few])
    assert known_fit(of, short, n_blocks).limit(18) < known_fit(of, SAID, n_blocks).limit(18)


@pytest.mark.parametrize("said", ["", "—", "123"])
def test_nothing_is_told_of_a_sentence_that_is_not_known_to_be_pronounced(said: str):
    fit = fits([said, *SAID[1:]], HEARD, PARAGRAPHS)
    assert np.isnan(fit[0])
    assert not np.isnan(fit[1:]).any()


def test_nothing_is_told_of_a_sound_of_a_moment():
    fit = fits(SAID, [HEARD[0][:4], *HEARD[1:]], PARAGRAPHS)
    assert np.isnan(fit[0])


def test_voice_whose_sounds_have_nothing_to_do_with_the_words_is_not_judged():
    strange = [heard(phones()) for _ in SAID]
    assert known_fit(fits(SAID, strange, PARAGRAPHS), SAID, N_BLOCKS).limit(60) == -np.inf


def test_nothing_is_told_of_a_paragraph_that_no_others_teach():
    assert np.isnan(fits(SAID, HEARD, [1] * N_SENTENCES)).all()
    few = FEWEST - 1
    one_long = [*[1] * (N_SENTENCES - few), *range(2, 2 + few)]
    assert np.isnan(fits(SAID, HEARD, one_long)).tolist() == [True] * (N_SENTENCES - few) + [False] * few
