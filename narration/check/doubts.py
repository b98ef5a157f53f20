"""Sentences that say too little of their words, short headings mostly, held against what a quick engine says again.

Only an engine that says of itself that it is quick is asked, in the version that spoke, and only for paragraphs in
which something is doubtful. It says the same call the same way; what sounds otherwise was not spoken so.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from itertools import groupby

from narration import studio
from narration.check.findings import Finding
from narration.check.measures import Shape
from narration.check.repeats import difference_db
from narration.check.speech import SpokenSentence, found_at
from narration.errors import EngineError
from narration.take import Sound
from narration.workers import outcome

_AT_ONCE = 50  # paragraphs; of those of which the engine crashes nothing is known
_OTHERWISE_DB = 2.0  # on the average of a block's bands; the same words differ by next to nothing
_LONGER = 0.1  # or shorter, as a share


def doubt_findings(
    sentences: Sequence[SpokenSentence],
    doubtful: frozenset[SpokenSentence],
    sounds: Mapping[int, Sound],
    workers: Executor,
) -> Iterator[Finding]:
    """Doubtful sentences that the engine says otherwise. sounds: of the takes, by their paragraphs' numbers."""
    by_paragraph = {number: list(own) for number, own in groupby(sentences, key=lambda each: each.paragraph)}
    asked = [own for own in by_paragraph.values() if not doubtful.isdisjoint(own)]
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        up_to_doubt = [_up_to_doubt(sounds[own[0].paragraph], own, doubtful) for own in some]
        for own, said in zip(some, _said_again(up_to_doubt, workers), strict=True):
            for sentence, shape in zip(own, said, strict=False):
                if sentence in doubtful and _differ(sentence.measures.shape, shape):
                    yield found_at(sentence, "text", "error", "the engine says these words otherwise")


def _up_to_doubt(sound: Sound, own: Sequence[SpokenSentence], doubtful: frozenset[SpokenSentence]) -> Sound:
    """A paragraph's sound as far as its last doubtful sentence: an engine may go on from what it said before."""
    return sound.part(0, max(index for index, each in enumerate(own) if each in doubtful) + 1)


def _said_again(sounds: Sequence[Sound], workers: Executor) -> Sequence[Sequence[Shape]]:
    """The shapes of their sentences as they are said now; none of what cannot be said again."""
    try:
        return outcome(workers.submit(studio.quickly_again, studio.QuicklyAgainJob(tuple(sounds))))
    except EngineError:
        return [()] * len(sounds)


def _differ(one: Shape, other: Shape) -> bool:
    """Whether two sounds are not of the same words, spoken by the same engine."""
    n_blocks = min(len(one), len(other))
    if abs(len(one) - len(other)) > 1 + _LONGER * n_blocks:
        return True
    return n_blocks > 1 and difference_db(one, other) > _OTHERWISE_DB
