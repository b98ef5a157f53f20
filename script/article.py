"""What a reader brings: metadata and blocks in reading order."""

from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "quote", "caption", "code", "table", "break"]


@dataclass(frozen=True, slots=True)
class Override:
    """How the characters text[start:end] of a block are said: `say` as plain words, or `ipa` as phonemes."""

    start: int
    end: int
    say: str = ""
    ipa: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the article: its visible text in one line, and what the author asked for it.

    level: 1-6 for headings, the nesting depth for items and quotes, else 0. voice: "" for the episode's own.
    speed: relative to the voice's own pace, None for the episode's.
    pause_s: seconds of silence after it, None for its kind's.
    """

    kind: BlockKind
    text: str
    level: int = 0
    language: str = ""
    voice: str = ""
    speed: float | None = None
    pause_s: float | None = None
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it was written.

    language: BCP 47 or ""; date: as written; notes: doubts found while reading.
    settings: what the front matter says of the narration itself (voice, speed, chapters, pause ...), as text.
    cover: the bytes of the picture that goes with it, b"" for none.
    """

    title: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    description: str = ""
    source: str = ""
    blocks: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()
    settings: dict[str, str] = field(default_factory=dict)
    cover: bytes = field(default=b"", repr=False)

    def text(self) -> str:
        """The visible text in reading order, paragraphs parted by blank lines."""
        return "\n\n".join(block.text for block in self.blocks if block.text)
