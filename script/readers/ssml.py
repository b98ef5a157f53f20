"""Speech Synthesis Markup Language (W3C, SSML 1.1) becomes an article that is said as it is marked up."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar
from xml.etree.ElementTree import Element

from script.article import Article, Block, Override
from script.characters import tidy, visible
from script.errors import ArticleError
from script.patterns import regex
from script.reader import Document, reader
from script.readers.markup import tree
from script.readers.ssml_say_as import said_as

_PAUSES_S = {"none": 0.0, "x-weak": 0.1, "weak": 0.25, "medium": 0.5, "strong": 0.9, "x-strong": 1.5}  # 3.2.3
_RATES = {"x-slow": 0.5, "slow": 0.8, "medium": 1.0, "default": 1.0, "fast": 1.25, "x-fast": 1.6}  # 3.2.4
_TIME = regex(r"\+?(\d{1,6}(?:\.\d{0,6})?|\.\d{1,6})\s*(ms|s)")
_RATE = regex(r"([+-]?)(\d{1,4}(?:\.\d{0,6})?|\.\d{1,6})(%?)")
_LONGEST_PAUSE_S = 600.0
_UNREAD = {"metadata", "meta", "desc", "lexicon", "lookup", "mark"}


@reader("ssml", {"ssml": (".ssml",)})
def read(document: Document) -> Article:
    """The article in a document whose root is `speak`: a block for each paragraph, voice and pace.

    No entity is expanded and nothing outside is opened. Raises ArticleError when there is nothing to say in it.
    """
    root = tree(document.content, document.name)
    speak = next(root.iter("speak"), None)
    if speak is None:
        raise ArticleError(f"{document.name} is no SSML: it has no element <speak>. Give its format with --from.")
    flow = _Flow(speak.get("lang", ""))
    flow.walk(speak, _Manner())
    flow.end_block()
    if not any(block.text for block in flow.blocks):
        raise ArticleError(f"{document.name} has no text to read aloud.")
    notes = (note if count == 1 else f"{note.removesuffix('.')} ({count} times)." for note, count in flow.notes.items())
    return Article(
        title=document.stem_title(),
        language=speak.get("lang", ""),
        source=document.source,
        blocks=tuple(flow.blocks),
        notes=tuple(notes),
    )


@dataclass(frozen=True, slots=True)
class _Manner:
    """How the text at a place is said; language: "" for the document's."""

    voice: str = ""
    speed: float | None = None
    language: str = ""


class _Flow:
    """Gathers blocks: a new one for each paragraph, and wherever voice, pace or language change or a pause stands."""

    def __init__(self, language: str) -> None:
        self.blocks: list[Block] = []
        self.notes: Counter[str] = Counter()
        self._language = language
        self._manner = _Manner()
        self._pieces: list[str] = []
        self._length = 0
        self._overrides: list[Override] = []

    def walk(self, element: Element, manner: _Manner) -> None:
        """Take in what stands in an element."""
        self._say(element.text, manner)
        for child in element:
            self._child(child, manner)
            self._say(child.tail, manner)

    def end_block(self) -> None:
        """Make a block of what was gathered."""
        text, overrides = tidy(visible("".join(self._pieces)), tuple(self._overrides))
        if text:
            manner = self._manner
            self.blocks.append(
                Block("paragraph", text, 0, manner.language, manner.voice, manner.speed, overrides=overrides)
            )
        self._pieces, self._length, self._overrides = [], 0, []

    def _child(self, child: Element, manner: _Manner) -> None:
        kind = str(child.tag)
        if kind in self._WALKS:
            self._WALKS[kind](self, child, manner)
        elif kind == "audio":
            self.notes["A recorded sound was left out."] += 1
            self.walk(child, manner)
        elif kind not in _UNREAD:
            self.walk(child, manner)

    def _say(self, text: str | None, manner: _Manner) -> None:
        if not text:
            return
        if text.strip() and manner != self._manner:
            self.end_block()
            self._manner = manner
        self._pieces.append(text)
        self._length += len(text)

    def _paragraph(self, element: Element, manner: _Manner) -> None:
        self.end_block()
        self.walk(element, self._in_language(element, manner))
        self.end_block()

    def _sentence(self, element: Element, manner: _Manner) -> None:
        self._say(" ", manner)
        self.walk(element, self._in_language(element, manner))
        self._say(" ", manner)

    def _in_language(self, element: Element, manner: _Manner) -> _Manner:
        language = element.get("lang", "")
        return replace(manner, language="" if language == self._language else language) if language else manner

    def _voice(self, element: Element, manner: _Manner) -> None:
        name = element.get("name", "").split()
        asked = replace(manner, voice=name[0] if name else manner.voice)
        if not name and (element.get("gender") or element.get("age")):
            self.notes["A voice is asked for by gender or age, which is not followed; give it a name."] += 1
        self.walk(element, self._in_language(element, asked))

    def _prosody(self, element: Element, manner: _Manner) -> None:
        ignored = sorted({"pitch", "volume", "range", "contour", "duration"}.intersection(element.keys()))
        for name in ignored:
            self.notes[f"The {name} of a prosody element is not followed."] += 1
        rate = element.get("rate")
        speed = self._speed(rate, manner.speed) if rate else manner.speed
        self.walk(element, replace(manner, speed=speed))

    def _speed(self, rate: str, outer: float | None) -> float | None:
        """The pace of a rate, where 1.0 is the voice's own; relative ones count from the pace outside."""
        found = _RATE.fullmatch(rate.strip())
        if rate.strip() in _RATES:
            return _RATES[rate.strip()]
        if found:
            sign, number, percent = found[1], float(found[2]), found[3]
            value = number / 100 if percent else number
            speed = value if not sign else (outer or 1.0) * (1 + value if sign == "+" else 1 - value)
            if 0.1 <= speed <= 10:
                return round(speed, 4)
        self.notes[f"The rate “{rate[:40]}” is not understood; the pace stays."] += 1
        return outer

    def _break(self, element: Element, manner: _Manner) -> None:
        time = _TIME.fullmatch(element.get("time", "").strip())
        if time:
            pause_s = float(time[1]) / (1000 if time[2] == "ms" else 1)
        else:
            pause_s = _PAUSES_S.get(element.get("strength", "medium"), 0.5)
        self._say(" ", manner)
        self.end_block()
        if self.blocks and pause_s:
            before = self.blocks[-1].pause_s or 0.0
            self.blocks[-1] = replace(self.blocks[-1], pause_s=min(before + pause_s, _LONGEST_PAUSE_S))

    def _override(self, element: Element, manner: _Manner, override: Override | None) -> None:
        """Say what stands in an element, all of it, as the override has it; None: as it stands."""
        text = "".join(element.itertext())
        start = self._length if manner == self._manner else 0
        self._say(text, manner)
        if override and text.strip():
            self._overrides.append(replace(override, start=start, end=start + len(text)))

    def _substitute(self, element: Element, manner: _Manner) -> None:
        alias = element.get("alias", "").strip()
        self._override(element, manner, Override(0, 0, alias, silent=not alias))

    def _phoneme(self, element: Element, manner: _Manner) -> None:
        ipa = element.get("ph", "").strip()
        if element.get("alphabet", "ipa").lower() != "ipa" or not ipa:
            self.notes["A pronunciation in another alphabet than IPA is not followed."] += 1
            ipa = ""
        self._override(element, manner, Override(0, 0, ipa=ipa) if ipa else None)

    def _say_as(self, element: Element, manner: _Manner) -> None:
        kind, form = element.get("interpret-as", ""), element.get("format", "")
        said = said_as("".join(element.itertext()).strip(), kind, form, manner.language or self._language or "en")
        if said is None:
            self.notes[f"Text to be said as “{kind[:40]}” is said by the usual rules."] += 1
        self._override(element, manner, Override(0, 0, said) if said else None)

    def _foreign(self, element: Element, manner: _Manner) -> None:
        language = element.get("lang", "")
        if len(element) == 0 and any("".join(self._pieces).strip()):
            self._override(element, manner, Override(0, 0, language=language) if language else None)
        else:
            self.walk(element, self._in_language(element, manner))

    _WALKS: ClassVar[dict[str, Callable[["_Flow", Element, _Manner], None]]] = {
        "p": _paragraph,
        "paragraph": _paragraph,
        "s": _sentence,
        "sentence": _sentence,
        "voice": _voice,
        "prosody": _prosody,
        "break": _break,
        "sub": _substitute,
        "phoneme": _phoneme,
        "say-as": _say_as,
        "lang": _foreign,
    }
