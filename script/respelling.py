"""The nearest spelling of a pronunciation, for voices that do not take the International Phonetic Alphabet."""

import unicodedata
from typing import Final

from script.boundaries import base_language
from script.patterns import regex

# How English spells a sound so that a voice says it again: where letters have several sounds, the safest of them.
_ENGLISH: Final = {
    "tʃ": "ch", "dʒ": "j", "ʃ": "sh", "ʒ": "zh", "θ": "th", "ð": "th", "ŋɡ": "ng", "ŋk": "nk", "ŋ": "ng", "ɡ": "g",
    "j": "y", "x": "kh", "χ": "kh", "ç": "h", "ɹ": "r", "ɾ": "r", "ʁ": "r", "ʀ": "r", "ɲ": "ny", "ʎ": "ly", "ɬ": "l",
    "ɫ": "l", "ʍ": "wh", "β": "v", "ɣ": "g", "q": "k", "ʔ": "", "ks": "x", "k": "k", "c": "k", "ɕ": "sh", "ʑ": "zh",
    "eɪ": "ay", "aɪ": "ye", "ɔɪ": "oy", "aʊ": "ow", "oʊ": "oh", "əʊ": "oh", "ɪə": "eer", "ɪɹ": "eer", "eə": "air",
    "ɛə": "air", "ɛɹ": "air", "ʊə": "oor", "ɑɹ": "ar", "ɔɹ": "or", "ju": "yoo",
    "ɔj": "oy", "aj": "ye", "ej": "ay", "tɕ": "ch", "dʑ": "j", "əɹ": "er", "ər": "er", "hw": "wh",
    "i": "ee", "ɪ": "i", "y": "ee", "e": "eh", "ɛ": "e", "æ": "a", "a": "ah", "ɑ": "ah", "ɒ": "o", "ɔ": "aw",
    "o": "oh", "ʊ": "oo", "u": "oo", "ʌ": "u", "ɐ": "uh", "ə": "a", "ɜ": "er", "ɝ": "er", "ɚ": "er", "ø": "er",
    "œ": "er", "ɨ": "i", "ʉ": "oo",
    **{letter: letter for letter in "bdfghlmnprstvwz"},
}  # fmt: skip
_SOUND = regex("|".join(sorted(_ENGLISH, key=len, reverse=True)))
_LAST_SCHWA = regex(r"ə\Z")
_UNSPELT = regex(r"[ˈˌːˑ.ˑ‿͜͡|‖]|[\u0300-\u036f]")  # stress, length, syllables, diacritics


def respelt(ipa: str, language: str) -> str:
    """A spelling that a voice of the language says nearly so; "" when there is none, or the language is not English."""
    if base_language(language) != "en":
        return ""
    words = []
    for word in unicodedata.normalize("NFD", ipa).strip("/[] ").split():
        sounds = _UNSPELT.sub("", word)
        if _SOUND.sub("", sounds):
            return ""
        words.append(_SOUND.sub(lambda match: _ENGLISH[match[0]], _LAST_SCHWA.sub("ɐ", sounds)))
    return " ".join(words)
