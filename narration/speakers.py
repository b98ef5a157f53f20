"""Voices for the speakers of a dialogue whom nobody cast."""

from collections.abc import Container, Iterator, Sequence

from narration.engines import Voice
from narration.voices import VoiceName, same_language


def free_voices(
    narrator: VoiceName, language: str, voices: Sequence[Voice], variants: Sequence[str], taken: Container[VoiceName]
) -> Iterator[VoiceName]:
    """Voices of the language that nobody has yet, of the narrator's engine: always the same, in the same order.

    Variants of the narrator's own voice, where the engine has any, differ more than one accent from the next, and come
    first; then the voices that are listed.
    """
    base = narrator.voice.partition("+")[0]
    spoken = (voice.name for voice in voices if any(same_language(language, code) for code in voice.languages))
    for name in (*(base + variant for variant in variants), *spoken):
        voice = VoiceName(narrator.engine, name)
        if voice not in taken:
            yield voice
