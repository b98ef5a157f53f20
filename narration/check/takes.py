"""The takes that a run records, checked some hundred sentences at a time: ten hours take no more memory than one."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from typing import TYPE_CHECKING

from narration.check.findings import Finding

if TYPE_CHECKING:
    from narration.check.speech import SpokenSentence
    from narration.record import Taken

_ENOUGH_SENTENCES = 300  # to know a voice's habits by


class TakesCheck:
    """Takes are added as they are recorded; what is wrong with them is asked for in the end."""

    def __init__(self, workers: Executor) -> None:
        """workers: who tell how the sentences are pronounced."""
        self._workers = workers
        self._waiting: list[Taken] = []
        self._n_sentences = 0  # of those that wait
        self._found: list[Finding] = []

    def __bool__(self) -> bool:
        """Whether anything was recorded."""
        return bool(self._waiting)

    def add(self, taken: "Taken") -> None:
        """Count a take in. When enough wait, the first half of them is checked, and let go."""
        self._waiting.append(taken)
        self._n_sentences += len(taken.measures)
        if len(self._waiting) > 1 and self._n_sentences >= 2 * _ENOUGH_SENTENCES:
            half = len(self._waiting) // 2
            self._found += _findings(self._waiting[:half], self._workers)
            del self._waiting[:half]
            self._n_sentences = sum(len(each.measures) for each in self._waiting)

    def findings(self, starts_s: Sequence[float] | None) -> Iterator[Finding]:
        """What is wrong with all the takes. starts_s: when each paragraph is heard, None where no file has them yet."""
        for finding in (*self._found, *_findings(self._waiting, self._workers)):
            if starts_s is None:
                yield replace(finding, start_s=None, end_s=None)
                continue
            assert finding.paragraph is not None
            assert finding.start_s is not None
            assert finding.end_s is not None
            at_s = starts_s[finding.paragraph - 1]
            start_s, end_s = round(at_s + finding.start_s, 3), round(at_s + finding.end_s, 3)
            yield replace(finding, start_s=start_s, end_s=end_s)


def _findings(takes: Sequence["Taken"], workers: Executor) -> list[Finding]:
    """What is wrong with these takes, at times from the start of each one's paragraph."""
    from narration.check.checking import manner
    from narration.check.phones import with_phones
    from narration.check.speech import speech_findings

    letters_per_s = {manner(take.sound): take.letters_per_s for take in takes}
    in_order = sorted(takes, key=lambda each: each.paragraph)
    sentences = [said for take in in_order for said in _sentences(take)]
    return list(speech_findings(with_phones(sentences, workers), letters_per_s))


def _sentences(take: "Taken") -> Iterator["SpokenSentence"]:
    from narration.check.checking import manner
    from narration.check.speech import SpokenSentence

    for text, (from_s, to_s), measures in zip(take.sound.utterances, take.times_s, take.measures, strict=True):
        yield SpokenSentence(take.paragraph, text, manner(take.sound), from_s, to_s, measures, take.language)
