"""What will be read: numbered segments, chapters, and the doubts found on the way."""

from dataclasses import dataclass, field
from typing import Literal

from script.article import Override, Picture

SegmentKind = Literal["heading", "paragraph", "item", "quote", "caption", "break"]


@dataclass(frozen=True, slots=True)
class Span:
    """A trace: spoken[start:end] of an utterance says text[from_start:from_end] of the segment.

    ipa: how to pronounce it, in the International Phonetic Alphabet, for an engine that can; "" as spelt.
    """

    start: int
    end: int
    from_start: int
    from_end: int
    ipa: str = ""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence as an engine is given it, at most MAX_UTTERANCE characters.

    spoken: plain text. spans: for runs of spoken characters, the characters of Segment.text they came from,
    rising and not overlapping.
    """

    spoken: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """One numbered piece of the script: a paragraph, heading, item, quotation, caption or break.

    number: 1..N in reading order; chapter: number of its chapter, from 1; text: as written;
    utterances: as spoken, empty only for a break; voice: "" for the episode's; speed: None for the episode's;
    pause_after_s: silence behind it, in seconds; language: BCP 47 where it differs, "" for the script's;
    overrides: characters of the text that the author wants said in another way, already so in the utterances;
    lexicon: the entries that apply to it, by their spelling; speaker: whose speech it is in a dialogue, by the label
    that the text begins with, which is not spoken; "" for the narrator; pictures: those that it describes, or that
    stand behind it without words of their own.
    """

    number: int
    kind: SegmentKind
    level: int
    chapter: int
    text: str
    utterances: tuple[Utterance, ...]
    voice: str
    speed: float | None
    pause_after_s: float
    language: str = ""
    overrides: tuple[Override, ...] = ()
    lexicon: tuple[str, ...] = ()
    speaker: str = ""
    pictures: tuple[Picture, ...] = field(default=(), compare=False)  # it reads the same without them

    @property
    def spoken(self) -> str:
        """The exact text an engine is given, sentences joined by a space.

        An engine that can is given the sounds beside it that `ipa` of a span names.
        """
        return " ".join(utterance.spoken for utterance in self.utterances)


@dataclass(frozen=True, slots=True)
class ScriptChapter:
    """A chapter and the numbers of its first and last segment."""

    number: int
    title: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Script:
    """What will be read.

    language: BCP 47; notes: what was left out, shortened or doubtful, one sentence each.
    policies: those for what is not prose that are not the usual ones, by name; casting: what the front matter says of
    who speaks what, as it stands there.
    """

    title: str
    author: str
    date: str
    language: str
    description: str
    chapters: tuple[ScriptChapter, ...]
    segments: tuple[Segment, ...]
    notes: tuple[str, ...]
    policies: tuple[tuple[str, str], ...] = ()
    casting: tuple[tuple[str, str], ...] = ()

    def language_of(self, number: int) -> str:
        """The language of the segment of that number, BCP 47."""
        return self.segments[number - 1].language or self.language
