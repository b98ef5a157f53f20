"""What the names of Kokoro's voices say: language and gender."""

from narration.engines import Voice

LANGUAGES = {
    "a": ("en-us", "en-us"),
    "b": ("en-gb", "en-gb"),
    "e": ("es", "es"),
    "f": ("fr-fr", "fr"),
    "h": ("hi", "hi"),
    "i": ("it", "it"),
    "j": ("ja", "ja"),
    "p": ("pt-br", "pt-br"),
    "z": ("zh", "cmn"),
}
"""BCP 47, and what eSpeak NG calls it, by a voice's first letter."""
GENDERS = {"f": "female", "m": "male"}


def listed_voice(name: str) -> Voice:
    """A voice of that name, as its first two letters describe it."""
    language, _ = LANGUAGES.get(name[:1], ("und", ""))
    return Voice(name, (language,), name.partition("_")[2].capitalize(), GENDERS.get(name[1:2], ""))
