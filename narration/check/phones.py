"""How sentences are pronounced: asked of eSpeak NG, which reads nearly every language, in a worker.

Nothing is spoken for it. It crashes on some text; of what it crashed on nothing is known.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace

from narration import studio
from narration.check.speech import SpokenSentence
from narration.errors import EngineError
from narration.workers import outcome

_AT_ONCE = 200
_WORDLESS = "tone/"  # voices that are tones: their sentences sound like no words


def with_phones(sentences: Sequence[SpokenSentence], workers: Executor) -> list[SpokenSentence]:
    """The sentences with their phones, but for those of a person's own recording and of tones."""
    said = list(sentences)
    for language in dict.fromkeys(each.language for each in sentences):
        places = [place for place, each in enumerate(sentences) if each.language == language and _speaks(each.voice)]
        texts = [sentences[place].text for place in places]
        for place, phones in zip(places, _phones(texts, language, workers), strict=True):
            said[place] = replace(said[place], phones=phones)
    return said


def _speaks(voice: str) -> bool:
    return bool(voice) and not voice.startswith(_WORDLESS)


def _phones(texts: Sequence[str], language: str, workers: Executor) -> Iterator[str]:
    for start in range(0, len(texts), _AT_ONCE):
        some = tuple(texts[start : start + _AT_ONCE])
        try:
            yield from outcome(workers.submit(studio.transcribed, studio.TranscribeJob(some, language)))
        except EngineError:  # it crashed, or hung
            yield from ("" for _ in some)
