"""How sentences are pronounced: asked of eSpeak NG, which reads nearly every language, in a worker.

Nothing is spoken for it. It crashes on some text; of what it crashed on nothing is known.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace

from narration import studio
from narration.check.speech import SpokenSentence
from narration.check.voice_sounds import FEWEST
from narration.errors import EngineError
from narration.workers import outcome

_AT_ONCE = 200
_CRY = re.compile(r"([^\W\d_])\1{3}")


def with_phones(sentences: Sequence[SpokenSentence], workers: Executor) -> list[SpokenSentence]:
    """The sentences with their phones, but for a person's own recording, and engines that say no words.

    Of voices that say too little to be learned nothing is asked. Of a cry, “Brrrr” or “aaaah”, nothing is known either:
    each voice utters it in its own way.
    """
    said = list(sentences)
    n_sentences = Counter(each.voice for each in sentences)
    by_speaker: dict[tuple[str, str], list[int]] = {}
    for place, each in enumerate(sentences):
        if each.voice and n_sentences[each.voice] >= FEWEST and not _CRY.search(each.text.lower()):
            by_speaker.setdefault((each.language, each.voice.partition("/")[0]), []).append(place)
    for (language, engine), places in by_speaker.items():
        texts = [sentences[place].text for place in places]
        for place, phones in zip(places, _phones(texts, language, engine, workers), strict=True):
            said[place] = replace(said[place], phones=phones)
    return said


def _phones(texts: Sequence[str], language: str, engine: str, workers: Executor) -> Iterator[str]:
    for start in range(0, len(texts), _AT_ONCE):
        some = tuple(texts[start : start + _AT_ONCE])
        try:
            yield from outcome(workers.submit(studio.transcribed, studio.TranscribeJob(some, language, engine)))
        except EngineError:  # it crashed, or hung
            yield from ("" for _ in some)
