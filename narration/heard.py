"""When every word of the episode is heard: the one timeline that captions, page and checks read.

All positions are samples of the episode, at its codec's rate; the page and the captions convert them once, each on its
own border.
"""

from dataclasses import dataclass
from typing import Literal

WordSource = Literal["exact", "aligned", "spread"]
"""Where word times come from: the engine itself, a recogniser, or the sentence's length shared out among its words."""


@dataclass(frozen=True, slots=True)
class HeardWord:
    """One spoken word. start, end: its characters in the sentence's `spoken`; from_samples, to_samples: when heard.

    written: the characters of Segment.text that it says, None where it traces to none.
    """

    start: int
    end: int
    from_samples: int
    to_samples: int
    written: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class HeardSentence:
    """One utterance and when it is heard; source: where its words' times come from."""

    spoken: str
    from_samples: int
    to_samples: int
    words: tuple[HeardWord, ...]
    source: WordSource


@dataclass(frozen=True, slots=True)
class HeardSegment:
    """One segment of the script on the episode's timeline: its sentences, none for a break.

    number: the segment's; take: the project's id of the take that is heard, None for a break;
    from_samples, to_samples: of its clip, padding included, without the pause behind it;
    voice: `engine/voice`, "" for a person's own recording or a break.
    """

    number: int
    take: int | None
    voice: str
    from_samples: int
    to_samples: int
    sentences: tuple[HeardSentence, ...]
