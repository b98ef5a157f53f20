"""What a reader brings: metadata and blocks in reading order."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, Optional

BlockKind = Literal["heading", "paragraph", "item", "quote", "caption", "code", "table", "figure", "footnote", "break"]


@dataclass(frozen=True, slots=True)
class Override:
    """How the characters text[start:end] of a block are said: `say` as plain words, or `ipa` as phonemes.

    language: BCP 47, when they are in another one; silent: not at all; formula: they are LaTeX, said as the policy
    for mathematics has it.
    """

    start: int
    end: int
    say: str = ""
    ipa: str = ""
    language: str = ""
    silent: bool = False
    formula: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that the article shows.

    place: its path beside the source, or inside it where that is an archive, or its address; nobody has read it.
    description: its alternative text.
    """

    place: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What a table holds: its caption if it has one, its headers, () without, and the cells of its rows."""

    caption: Optional["Block"]
    headers: tuple["Block", ...]
    rows: tuple[tuple["Block", ...], ...]

    @property
    def columns(self) -> int:
        """The number of cells in its longest row."""
        return max(map(len, (self.headers, *self.rows)), default=0)


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the article: its visible text in one line, and what the author asked for it.

    Of code the text has its lines, of a table its cells; what is said of these, of figures and of footnotes is for the
    policies of the script to decide. level: 1-6 for headings, the nesting depth for items and quotes, else 0.
    voice: "" for the episode's own. speed: relative to the voice's own pace, None for the episode's.
    pause_s: seconds of silence after it, None for its kind's. table: what a table holds.
    footnotes: those whose marks stood in the text. speaker: whose speech it is in a dialogue, as the label in the text
    names them; "" for the narrator. pictures: those that it describes, or that stand behind it without words of
    their own.
    """

    kind: BlockKind
    text: str
    level: int = 0
    language: str = ""
    voice: str = ""
    speed: float | None = None
    pause_s: float | None = None
    overrides: tuple[Override, ...] = ()
    table: Table | None = None
    footnotes: tuple["Block", ...] = ()
    speaker: str = ""
    pictures: tuple[Picture, ...] = ()

    def holding(self, pieces: Iterable["Block | str"]) -> "Block":
        """This block with the text, overrides and footnotes of the pieces instead of its own, one after the other."""
        texts: list[str] = []
        overrides: list[Override] = []
        footnotes: list[Block] = []
        length = 0
        for piece in pieces:
            if isinstance(piece, Block):
                overrides += (
                    replace(each, start=each.start + length, end=each.end + length) for each in piece.overrides
                )
                footnotes += piece.footnotes
            texts.append(piece if isinstance(piece, str) else piece.text)
            length += len(texts[-1])
        return replace(self, text="".join(texts), overrides=tuple(overrides), footnotes=tuple(footnotes))


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it was written.

    language: BCP 47 or ""; date: as written; notes: doubts found while reading.
    settings: what the front matter says of the narration itself (voice, speed, chapters, pause ...), as text.
    cover: the bytes of the picture that goes with it, b"" for none; picture: where that is to be had on the web,
    relative to the source, when it is not in the source itself: nobody has fetched it.
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
    picture: str = ""

    def text(self) -> str:
        """The visible text in reading order, paragraphs parted by blank lines."""
        return "\n\n".join(block.text for block in self.blocks if block.text)
