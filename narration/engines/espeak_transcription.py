"""What eSpeak NG says for a text, in the International Phonetic Alphabet: what other engines' models are given."""

import re
from collections.abc import Sequence
from contextlib import closing

from narration.engines.espeak_library import Library, identifiers

_MARK = r"""[;!?¡¿—…"«»“”(){}\[\]]|[.,:](?!\d)"""
_MARKS = re.compile(rf"(\s*(?:{_MARK})+\s*)")
_SWITCH = re.compile(r"\([a-z-]+\)")  # eSpeak says where it goes over to another language


def transcriptions(texts: Sequence[str], voice: str) -> tuple[str, ...]:
    """What eSpeak NG's voice says for each text, in IPA, with the text's own marks where they stand.

    voice: a language, as eSpeak calls it, such as en-us or cmn. Raises EspeakError.
    """
    identifier = identifiers().get(voice, voice)  # before: there is one library in a process
    with closing(Library()) as library:
        library.set_voice(identifier)
        return tuple(_transcribed(text, library) for text in texts)


def _transcribed(text: str, library: Library) -> str:
    parts = _MARKS.split(text.replace("\0", " "))  # plain text and marks by turns
    for place in range(0, len(parts), 2):
        said = " ".join(library.clauses(parts[place])) if parts[place].strip() else ""
        parts[place] = _SWITCH.sub("", said).strip()
    return "".join(parts).strip()
