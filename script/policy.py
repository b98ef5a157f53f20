"""What is said of what is not prose: the one place where code, tables, figures, notes and formulas become words."""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from script.article import Block, BlockKind, Override
from script.asides import addresses, citations, cites, emoji_runs
from script.boundaries import base_language
from script.formulas import in_words
from script.patterns import regex
from script.settings import Policies
from script.speech import spoken

_MOST_COLUMNS = 5  # a listener follows five columns and ten rows at most
_MOST_ROWS = 10
_RULE = regex(r"(?:[*_\-=~#•·.–—+⁂☙❧❦]\s*){3,}|[⁂☙❧❦§]")
# Words behind which a sentence needs the number of what it cites: "see [3]", "Ref. [3]".
_LEANING = regex(
    r"(?<!\w)(?:(?P<called>Refs?\.|refs?\.) ?|(?:see|also|in|by|from|of|to|with|cf\.|e\.g\.|and|or|per"
    r"|siehe|vgl\.|nach|von|und|voir|dans|selon|et|véase|ver|en|según|vedi|secondo|cfr\.|zie|см\.) ?)\Z",
    re.IGNORECASE,
)
_LONGEST_LEANING = 10
_PLURALS = ({"s": "", "es": ""}, {"s": "s", "es": "es"})
_ORNAMENTED = {"paragraph", "caption"}


@dataclass(slots=True)
class Policy:
    """The policies for one article, and the count of what they leave out or shorten: one note for each kind.

    cites: whether the article cites the way scholars do, so that "(Smith, 2020)" can be nothing else.
    """

    chosen: Policies
    language: str
    cites: bool = False
    notes: Counter[str] = field(default_factory=Counter)

    def applied(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        """The blocks that are said: prose and breaks alone, each formula with its words."""
        said = tuple(self._blocks(blocks))
        self.cites = cites(block.text for block in said)
        return said

    def _blocks(self, blocks: Sequence[Block]) -> Iterator[Block]:
        waiting: list[Block] = []
        for block in blocks:
            if block.kind == "heading":
                yield from waiting
                waiting = []
            for said in self._prose(block):
                yield replace(said, footnotes=())
                waiting += self._footnotes(said) if self.chosen.footnotes == "end" else ()
                yield from self._footnotes(said) if self.chosen.footnotes == "inline" else ()
                if self.chosen.footnotes == "skip" and said.footnotes:
                    self.notes["Left out: {n} footnote{s}."] += len(said.footnotes)
        yield from waiting

    def asides(self, text: str, language: str) -> list[Override]:
        """What the policies for citations, addresses and emoji have said otherwise in a tidy text, in order."""
        found = [*self._emoji(text, language), *self._urls(text), *self._citations(text)]
        return sorted(found, key=lambda each: (each.start, -each.end))

    def _emoji(self, text: str, language: str) -> Iterator[Override]:
        for start, end, names in emoji_runs(text, language):
            if self.chosen.emoji == "skip" or not names:
                self.notes["Left out: {n} run{s} of emoji."] += 1
                yield Override(start, end, silent=True)
            else:
                before = " " if text[start - 1 : start].isalnum() else ""
                after = " " if text[end : end + 1].isalnum() else ""
                yield Override(start, end, f"{before}{', '.join(names)}{after}")

    def _urls(self, text: str) -> Iterator[Override]:
        if self.chosen.urls == "skip":
            for start, end in addresses(text):
                self.notes["Left out: {n} web address{es}."] += 1
                yield Override(start, end, silent=True)

    def _citations(self, text: str) -> Iterator[Override]:
        for start, end in citations(text, sure=self.cites):
            numbered = text[start:end].strip().startswith("[") and "@" not in text[start:end]
            leaning = _LEANING.search(text, max(0, start - _LONGEST_LEANING), start) if numbered else None
            if self.chosen.citations == "skip" and not leaning:
                self.notes["Left out: {n} citation{s}."] += 1
                yield Override(start, end, silent=True)
            elif numbered:
                ahead = leaning.start("called") if leaning and leaning["called"] else start
                yield Override(ahead, end, f"{' ' * (ahead == start)}{self._numbered(text[start:end])}")

    def _numbered(self, citation: str) -> str:
        """What is said for "[3]" or "[1]–[3], [5]"."""
        numbers = re.sub(r"\](?=\[)", ", ", citation.strip()).replace("[", "").replace("]", "")
        return f"{self._words('reference')[not numbers.isdigit()]} {spoken(numbers, self.language)}"

    def told(self) -> tuple[str, ...]:
        """The notes."""
        return tuple(note.format(n=count, **_PLURALS[count > 1]) for note, count in self.notes.items())

    def _prose(self, block: Block) -> Iterator[Block]:
        kinds: dict[BlockKind, Callable[[Block], Iterator[Block]]] = {
            "code": self._code,
            "table": self._table,
            "figure": self._figure,
        }
        for said in kinds[block.kind](block) if block.kind in kinds else (block,):
            if said.kind in _ORNAMENTED and _RULE.fullmatch(said.text.strip()):
                yield replace(said, kind="break", text="", overrides=())
            else:
                yield self._with_formulas(said)

    def _code(self, block: Block) -> Iterator[Block]:
        lines = [line for line in block.text.split("\n") if line.strip()]
        if self.chosen.code == "read":
            yield from (replace(block, kind="item", level=1, text=line, overrides=()) for line in lines)
        elif self.chosen.code == "skip":
            self.notes["Left out: {n} code example{s}."] += 1
        else:
            self.notes["{n} code example{s} announced by the number of lines, not read."] += 1
            count = block.text.count("\n") + 1
            text = self._words("code")[count > 1].format(lines=count)
            yield replace(block, kind="caption", text=text, overrides=(), footnotes=())

    def _table(self, block: Block) -> Iterator[Block]:
        table = block.table
        if table is None:  # already in words
            yield replace(block, kind="item", level=1)
            return
        if self.chosen.tables == "skip":
            self.notes["Left out: {n} table{s}."] += 1
            return
        if table.caption:
            yield replace(table.caption, kind="caption", level=0)
        large = table.columns > _MOST_COLUMNS or len(table.rows) > _MOST_ROWS
        if large or self.chosen.tables == "announce":
            self.notes["{n} table{s} announced by caption and size, not read."] += 1
            sizes = {"rows": len(table.rows), "columns": table.columns}
            counted = {name: self._words(name)[size != 1].format(size) for name, size in sizes.items()}
            text = self._words("table").format(**counted)
            yield replace(block, kind="item", level=1, text=text, overrides=(), table=None, footnotes=())
            return
        for row in table.rows:
            said = replace(block, kind="item", level=1, table=None).holding(_row(table.headers, row))
            if said.text:
                yield said

    def _figure(self, block: Block) -> Iterator[Block]:
        if self.chosen.figures == "skip":
            self.notes["Left out: {n} picture{s}."] += 1
        else:
            self.notes["{n} picture{s} described by caption or alternative text."] += 1
            yield replace(block, kind="caption", level=0)

    def _footnotes(self, block: Block) -> Iterator[Block]:
        opening = self._words("footnote")
        for note in block.footnotes:
            said = replace(note, kind="caption", level=0).holding([opening, note])
            yield replace(self._with_formulas(said), footnotes=())

    def _with_formulas(self, block: Block) -> Block:
        if not any(each.formula for each in block.overrides):
            return block
        language = base_language(block.language or self.language)
        overrides = [self._formula(each, block.text, language) if each.formula else each for each in block.overrides]
        return replace(block, overrides=tuple(overrides))

    def _formula(self, formula: Override, text: str, language: str) -> Override:
        latex = text[formula.start : formula.end]
        if self.chosen.math == "skip":
            self.notes["Left out: {n} formula{s}."] += 1
            return Override(formula.start, formula.end, silent=True)
        said = in_words(latex, language) if self.chosen.math == "words" else None
        if said is None:
            self.notes["{n} formula{s} announced, not read."] += 1
            said = self._words("formula")
        return Override(formula.start, formula.end, said)

    def _words(self, name: str) -> Any:  # noqa: ANN401 - one form, or two for one and for more
        return announcements(self.language)[name]


def announcements(language: str) -> dict[str, Any]:
    """What is said in place of what is not prose, in this language if we have words in it, else in English."""
    known = _announcements()
    found: dict[str, Any] = known.get(base_language(language), known["en"])
    return found


@cache
def _announcements() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("announcements.toml").read_text("utf-8"))


def _row(headers: Sequence[Block], row: Sequence[Block]) -> Iterator[Block | str]:
    """The cells of a row that hold something, each after its header, parted by semicolons."""
    last = ""
    for index, cell in enumerate(row):
        if not cell.text:
            continue
        if last:
            yield "; "
        header = headers[index] if index < len(headers) else None
        if header and header.text:
            yield replace(header, footnotes=())
            yield ": "
        yield cell
        last = cell.text
    yield "" if not last or last[-1] in ".!?…" else "."
