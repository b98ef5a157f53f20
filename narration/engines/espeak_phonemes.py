"""The International Phonetic Alphabet in eSpeak NG's own mnemonics, and a text that holds words in these."""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Heard = Callable[[str], str]
"""What a voice says for mnemonics, in IPA, as the library itself tells it."""

_STRESS = {"ˈ": "'", "ˌ": ","}
_MARKS = {"ː": ":", "ʲ": ";", "\u0303": "~"}
_SCHWA = "ə"
# Length and place in finer grades than a voice has, joints, tie bars, syllables, feet.
_PASSED_OVER = re.compile(r"[ˑ.|‖‿ʰʱʷˠˤʼ˞'\u0300-\u0302\u0304-\u0326\u0328\u032a-\u036f]")
_ENDING = re.compile(r"['’]?s(?!\w)")
_NEED_NO_SPACE = {"", *"\t\n .,;:!?"}


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with mnemonics in double brackets in place of some words.

    edges: where each of its parts begins, in it and in the plain text; parts of plain text and mnemonics take turns.
    """

    text: str
    edges: tuple[tuple[int, int], ...] = ((0, 0),)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the plain text that text[start:end] stands for, a word in mnemonics as a whole."""
        return self._plain(start, to_end=False), self._plain(end, to_end=True)

    def _plain(self, position: int, *, to_end: bool) -> int:
        begun = (i for i, (at, _) in enumerate(self.edges) if at < position or (at == position and not to_end))
        index = max(begun, default=0)
        at, plain = self.edges[index]
        if index % 2 == 0:
            return plain + position - at
        return self.edges[index + 1][1] if to_end else plain


def marked(text: str, sounds: Sequence[tuple[int, int, str]], language: str) -> Marked:
    """The text with the characters of each (start, end, mnemonics), in order and apart, in mnemonics.

    eSpeak NG passes over mnemonics behind a bracket or quotation mark, so they stand between spaces; and it spells what
    is attached to them, so an "s" is taken in.
    """
    pieces: list[str] = []
    edges: list[tuple[int, int]] = []
    length = last = 0
    for start, end, said in sounds:
        ending = _ENDING.match(text, end)
        until = ending.end() if ending else end
        before = " " if start and not text[start - 1].isspace() else ""
        after = "" if text[until : until + 1] in _NEED_NO_SPACE else " "
        whole = f"{before}[[{said}{_genitive(said, language) if ending else ''}]]{after}"
        for piece, plain in ((_unbracketed(text[last:start]), last), (whole, start)):
            edges.append((length, plain))
            pieces.append(piece)
            length += len(piece)
        last = until
    return Marked("".join([*pieces, _unbracketed(text[last:])]), (*edges, (length, last)))


def mnemonics(ipa: str, language: str, heard: Heard) -> str:
    """The transcription as the voice takes it; "" when it has a sign that means nothing to the voice.

    A word without stress is stressed on its first full vowel: dictionaries leave it out in words of one syllable.
    """
    voice = _Voice(_code(language), heard)
    words = []
    for word in unicodedata.normalize("NFD", ipa).strip("/[] ").split():
        found = tuple(_sounds(_PASSED_OVER.sub("", word), voice))
        if not found or not all(each.mnemonics for each in found):
            return ""
        words.append("".join(_stressed(found)))
    return " ".join(words)


@dataclass(frozen=True, slots=True)
class _Sound:
    """A sound in mnemonics, "" for none. stress: before it, "" for none; full: a vowel that may be stressed."""

    mnemonics: str
    stress: str = ""
    full: bool = False


@dataclass(frozen=True, slots=True)
class _Voice:
    """What a voice has of the mnemonics, as the library tells it."""

    language: str
    heard: Heard

    def said(self, sign: str) -> str:
        """The mnemonics for a sign, those of its parts where there are none for it as a whole, "" for neither."""
        vowel = _is_vowel(sign)
        own = _table().get(f"own of {self.language}", {})
        known = [each for each in own.get(sign) or _candidates(sign) if self.has(each, vowel=vowel)]
        if known or len(sign) == 1:
            exact = (each for each in known if self._alone(each, vowel=vowel) == sign)
            return next(exact, (known or [""])[0])
        parts = [self.said(each) for each in sign if each in _table()["vowels"] or each in _table()["consonants"]]
        return "".join(parts) if all(parts) else ""

    def has(self, mnemonics: str, *, vowel: bool) -> bool:
        """Whether all of them mean something: an unknown one is passed over, or ends what is said."""
        said = self._alone(mnemonics, vowel=vowel)
        return bool(said) and (len(mnemonics) == 1 or said != self._alone(mnemonics[:-1], vowel=vowel))

    def _alone(self, mnemonics: str, *, vowel: bool) -> str:
        """What is heard of them where nothing changes them: vowels within "f f", consonants before "a"."""
        before, after = ("f", "f") if vowel else ("", unicodedata.normalize("NFD", self.heard("a")))
        said = unicodedata.normalize("NFD", self.heard(f"f{mnemonics}f" if vowel else f"{mnemonics}a"))
        framed = said.startswith(before) and said.endswith(after)
        return said[len(before) : len(said) - len(after)] if framed else ""


def _sounds(signs: str, voice: _Voice) -> Iterator[_Sound]:
    """The sounds of a word; one without mnemonics, and none behind it, where a sign means nothing."""
    stress, position = "", 0
    while position < len(signs):
        match = _token().match(signs, position)
        if match is None:
            yield _Sound("")
            return
        position = match.end()
        if match["stress"]:
            stress = _STRESS[match["stress"]]
            continue
        sound = _sound(match, voice)
        syllable = _is_vowel(match["sign"]) or bool(match["syllabic"])
        yield _Sound(sound.mnemonics, stress if syllable else "", sound.full)
        stress = "" if syllable else stress


def _sound(match: re.Match[str], voice: _Voice) -> _Sound:
    sign, vowel = match["sign"], _is_vowel(match["sign"])
    said = voice.said(sign)
    for mark in match["marks"]:
        longer = said + _MARKS[mark]
        said = longer if voice.has(longer, vowel=vowel) else said
    if match["syllabic"]:  # a consonant that is a syllable: a faint vowel before it
        said = voice.said(_SCHWA) + said
    return _Sound(said, full=vowel and sign != _SCHWA)


def _stressed(sounds: Sequence[_Sound]) -> Iterator[str]:
    """The mnemonics, stressed on the first full vowel when nothing is."""
    is_stressed = any(each.stress == _STRESS["ˈ"] for each in sounds)
    first = None if is_stressed else next((each for each in sounds if each.full), None)
    for each in sounds:
        yield (_STRESS["ˈ"] if each is first else each.stress) + each.mnemonics


def _genitive(said: str, language: str) -> str:
    """The "s" behind a word: in English /ɪz/, /s/ or /z/, by its last sound."""
    if _code(language) != "en" or said[-1] in "ptkfT":
        return "s"
    return "Iz" if said[-1] in "szSZ" else "z"


def _unbracketed(text: str) -> str:
    """Of the same length, without brackets, which could begin mnemonics."""
    return text.replace("[", " ").replace("]", " ")


def _code(language: str) -> str:
    return language.partition("-")[0].lower()


def _is_vowel(sign: str) -> bool:
    return sign in _table()["vowels"]


def _candidates(sign: str) -> list[str]:
    return _table()["vowels" if _is_vowel(sign) else "consonants"][sign]


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    text = files("narration.engines").joinpath("espeak_phonemes.toml").read_text("utf-8")
    return tomllib.loads(unicodedata.normalize("NFD", text))


@cache
def _token() -> re.Pattern[str]:
    """A mark of stress, or a sign with what makes a syllable of it, lengthens or softens it."""
    known = sorted([*_table()["vowels"], *_table()["consonants"]], key=len, reverse=True)
    signs = "|".join(map(re.escape, known))
    return re.compile(f"(?P<stress>[ˈˌ])|(?P<sign>{signs})(?P<syllabic>\u0329?)(?P<marks>[{''.join(_MARKS)}]*)")
