"""How far found word times are from those that a voice itself tells, in milliseconds; what finding them costs.

    python benchmarks/word_times.py          # in the repository; needs Debian's flite, and the extra `align`

The voices: eSpeak NG, with its own word events; flite's slt and rms, which tell when each segment begins. What is
spread over eSpeak NG's sound is so by a reading in its British voice, and by the silences alone: its American voice
would read it as it was spoken.
"""

import time
from collections.abc import Callable, Iterator

import numpy as np
from measure import machine
from prose import paragraphs

import script
from audio.clip import Clip
from audio.edit import trimmed
from narration.engines import Delivery
from narration.engines.pyttsx3 import Pyttsx3Engine
from narration.word_times.aligned import aligned
from narration.word_times.likeness import laid_on
from narration.word_times.reference import readings
from narration.word_times.silences import between_silences
from narration.word_times.words import Timed, from_engine, later
from tests.narration.word_times import flite_voice

N_CHARACTERS = 6_000
Spoken = tuple[str, Clip, tuple[Timed, ...]]


def espeak(sentences: list[str]) -> Iterator[Spoken]:
    for text, speech in zip(sentences, Pyttsx3Engine().speak(sentences, Delivery("en-us")), strict=True):
        runs = [(word.start, word.end, word.from_samples, word.to_samples) for word in speech.words]
        yield trimmed_truth(text, speech.clip, runs)


def flite(voice: str) -> Callable[[list[str]], Iterator[Spoken]]:
    return lambda sentences: (trimmed_truth(text, *flite_voice.spoken(text, voice)) for text in sentences)


def trimmed_truth(text: str, clip: Clip, runs: object) -> Spoken:
    short, cut = trimmed(clip)
    return text, short, later(from_engine(text, runs), -cut)  # type: ignore[arg-type]


def by_reading(language: str) -> Callable[[str, Clip], list[int] | None]:
    def starts(text: str, clip: Clip) -> list[int] | None:
        read = readings([text], language)
        if read is None:
            return None
        at = np.array([word[2] for word in read[0].words], np.int64)
        return laid_on(clip, read[0].clip, at).tolist()

    return starts


def by_recogniser(text: str, clip: Clip) -> list[int] | None:
    found = aligned(text, clip)
    return [word[2] for word in found] if found else None


def by_silences(text: str, clip: Clip) -> list[int]:
    return [word[2] for word in between_silences([text], clip)[0]]


def measured(name: str, spoken: list[Spoken], starts: Callable[[str, Clip], list[int] | None]) -> None:
    off_ms: list[float] = []
    failed = 0
    duration_s = sum(clip.duration_s for _, clip, _ in spoken)
    starts(*spoken[0][:2])  # what is loaded once
    before = time.process_time()
    for text, clip, truth in spoken:
        found = starts(text, clip)
        failed += found is None
        # the first word begins with the sentence, wherever it is looked for
        off_ms += [1000 * (one - word[2]) / clip.sample_rate_hz for one, word in zip(found or (), truth, strict=False)][
            1:
        ]
    cost_ms = 1000 * (time.process_time() - before) / duration_s
    away = np.abs(off_ms) if off_ms else np.array([np.nan])
    print(
        f"{name:<34} {np.median(away):6.1f} {np.percentile(away, 90):6.0f}   {failed:3d} of {len(spoken)}"
        f"   {cost_ms:6.2f} ms/s"
    )


def main() -> None:
    text = [script.spoken(each) for paragraph in paragraphs(N_CHARACTERS) for each in script.sentences(paragraph)]
    sentences = [each.replace("“", '"').replace("”", '"').replace("ö", "o") for each in text]  # flite reads ASCII
    print(machine())
    print(f"{len(sentences)} sentences   {'':13} median    90%   not found    CPU time")
    voices = {"eSpeak NG en-us": espeak, "flite slt": flite("slt"), "flite rms": flite("rms")}
    for name, speak in voices.items():
        spoken = list(speak(sentences))
        measured(f"{name}, aligned", spoken, by_recogniser)
        measured(f"{name}, by a reading", spoken, by_reading("en-gb" if speak is espeak else "en-us"))
        measured(f"{name}, by silences", spoken, by_silences)


if __name__ == "__main__":
    main()
