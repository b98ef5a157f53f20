"""Whether sentences sound like their words, by what the voice's own sentences teach about its sounds.

A sentence's sound is laid on what its own words should sound like, and on as much of what others should: right words
fit far better than any others do, wrong ones no better. Nothing is known of languages or voices beforehand.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from narration.check.measures import Shape
from narration.check.voice_sounds import FEWEST, SHORTEST_BLOCKS, VoiceSounds, speech_sounds
from narration.check.warping import Floats

_MISFIT_BLOCKS = (18, 60)
_MISFIT = (0.36, 0.4)  # of the usual fit, at so many blocks; right sentences stay above 0.5, in long episodes 0.75
_LITTLE_TAUGHT = (200, 500)  # speech sounds in all, from which a voice is hardly known, and known
_USUAL_AT_MOST = 0.5  # sentences that are much alike teach one another, but not the word that only one of them has
_DEVIATIONS = 3.0
_SPREAD, _SPREAD_WEIGHT = 0.32, 24.0  # what is usual in voices, and as many sentences as that counts for
_MOST_BLOCKS = 80  # longer sentences fit no more evenly
_CLEAR = 0.7
_POOR = _IN_PART = 0.6  # of the usual fit: what is below is looked at closer, and is that where a part fits so well
_PARTED_BLOCKS = 40  # shorter sentences are not parted
_KNOWN = 0.28  # usual fit of a voice whose sounds go with its words
_FEW_WRONG = 0.4  # of a voice's sentences; when more seem wrong, it is the words that are read otherwise


def fits(phones: Sequence[str], shapes: Sequence[Shape], paragraphs: Sequence[int]) -> Floats:
    """How much better each sentence fits its own words than others of the voice: a share of how far it is from these.

    About a half where the words are right, about 0 where they are not; NaN where nothing can be told. Where a part
    is right, as when a name is spelt out, it is something between. phones: what is
    to be said, in IPA, "" where it is not known; shapes: what is heard; paragraphs: their numbers, by which a sentence
    is kept from teaching how itself should sound.
    """
    result = np.full(len(phones), np.nan, np.float32)
    told = [n for n, (said, shape) in enumerate(zip(phones, shapes, strict=True)) if _can_tell(said, shape)]
    if len(told) < FEWEST:
        return result
    sounds = [speech_sounds(phones[index]) for index in told]
    voice = VoiceSounds(sounds, [shapes[index] for index in told], [paragraphs[index] for index in told])
    places = [place for place in range(len(told)) if voice.is_taught(place)]
    if not places:
        return result
    fit = np.array(list(voice.fits(places)))
    usual = float(np.median(fit))
    for at in np.flatnonzero(fit < _POOR * usual).tolist():
        place = places[at]
        if len(shapes[told[place]]) >= _PARTED_BLOCKS and voice.better_part(place) > _IN_PART * usual:
            fit[at] = _IN_PART * usual
    result[[told[place] for place in places]] = fit
    return result


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """How sentences of a voice fit their words. of: each one, as `fits` tells; usual: the median.

    spread: standard deviation of the fit of one block, that of n is less by √n; inf where too little is known to judge;
    known: how well the voice is known, from 0 to 1: a sound that was heard twice or thrice is easily mistaken.
    """

    of: Floats
    usual: float
    spread: float
    known: float = 1.0

    def limit(self, n_blocks: int) -> float:
        """The fit under which so much sound is not that of its words, by what is usual in its voice."""
        misfit = self.known * float(np.interp(n_blocks, _MISFIT_BLOCKS, _MISFIT)) * min(self.usual, _USUAL_AT_MOST)
        return min(misfit, self.usual - _DEVIATIONS * self.spread / float(np.sqrt(min(n_blocks, _MOST_BLOCKS))))

    def is_clear(self, index: int) -> bool:
        """Whether a sentence clearly sounds like its words, whatever else is odd about it."""
        return bool(np.isfinite(self.spread) and self.of[index] > _CLEAR * self.usual)


def known_fit(of: Floats, phones: Sequence[str], n_blocks: Sequence[int]) -> Fit:
    """What the fits of a voice's sentences tell, each of these phones and so many blocks."""
    is_told = ~np.isnan(of)
    told, blocks = of[is_told], np.array(n_blocks)[is_told]
    if len(told) < FEWEST:
        return Fit(of, 0.0, np.inf)
    usual = float(np.median(told))
    spread = 1.48 * float(np.median(np.abs(told - usual) * np.sqrt(np.minimum(blocks, _MOST_BLOCKS))))
    spread = (_SPREAD * _SPREAD_WEIGHT + spread * len(told)) / (_SPREAD_WEIGHT + len(told))
    n_sounds = sum(len(speech_sounds(said)) for said in phones)
    fit = Fit(of, usual, spread, float(np.interp(n_sounds, _LITTLE_TAUGHT, (0, 1))))
    n_wrong = sum(each < fit.limit(n) for each, n in zip(told.tolist(), blocks.tolist(), strict=True))
    return fit if usual >= _KNOWN and n_wrong <= _FEW_WRONG * len(told) else Fit(of, usual, np.inf)


def _can_tell(phones: str, shape: Shape) -> bool:
    return len(shape) >= SHORTEST_BLOCKS and any(map(str.isalpha, phones))
