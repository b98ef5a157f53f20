"""The smallest pieces that captions are put together from: written words, and when they are heard."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from audio.formats.tag_text import time_ms
from narration.heard import HeardSegment
from narration.podcast.plain_text import plain
from narration.podcast.programme import Programme
from narration.podcast.speakers import speakers
from script.script import Segment

_LONGEST_MS = 7000
_LONGEST_CHARACTERS = 21  # of one piece: two lines have room for it, also in wide characters
_LABEL_CHARACTERS = 20
# Scripts without spaces may break anywhere, but not before a closing mark or a small letter, nor behind an opening one.
_WIDE = "\u2e80-\u312f\u31a0-\ua4cf\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b16f\U00020000-\U0003ffff"
_CLOSING = "、。，．：；！？）］｝〉》」』】〕〗’”…‥・ーぁぃぅぇぉゃゅょゎっァィゥェォャュョヮッ々,.:;!?)\\]}"
_OPENING = "（［｛〈《「『【〔〖‘“(\\[{"
_ATOM = re.compile(rf"[{_OPENING}]*[{_WIDE}][{_CLOSING}]*|[^\s{_WIDE}]+(?:(?<=[{_OPENING}])[{_WIDE}][{_CLOSING}]*)?")
_CLAUSE = re.compile(r"[,;:–—)\]»”、，；：）」』][\"'”’»)\]]*$")

Ends = Literal["segment", "sentence", "clause", ""]


@dataclass(frozen=True, slots=True)
class Atom:
    """A written word, or a character where words are written without spaces, and when it is heard.

    glued: no space stands before it; ends: what ends with it; speaker, label: who says it, and that name, with a colon,
    where another one spoke before; repeats: it is the one before it once more, as it is said for longer than a cue.
    """

    text: str
    glued: bool
    from_ms: int
    to_ms: int
    segment: int
    ends: Ends = ""
    speaker: str = ""
    label: str = ""
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    """Characters of a text that are heard as one, and when."""

    start: int
    end: int
    from_samples: int
    to_samples: int
    last: bool

    def at(self, position: int) -> int:
        """When the character is heard, in samples: they share the time evenly."""
        length = max(self.end - self.start, 1)
        position = min(max(position, self.start), self.end)
        return self.from_samples + (self.to_samples - self.from_samples) * (position - self.start) // length


def chapter_atoms(programme: Programme) -> Iterator[tuple[list[Atom], int, int]]:
    """For each chapter its atoms, in the order they are heard, and where it starts and ends, in milliseconds."""
    names, rate_hz = speakers(programme), programme.sample_rate_hz
    before = ""
    for chapter in programme.chapters:
        atoms: list[Atom] = []
        for segment, heard in programme.segments[chapter.first - 1 : chapter.last]:
            speaker = names.get(segment.number, "")
            label = f"{_shortened(speaker)}: " if speaker and speaker != before else ""
            found = _segment_atoms(segment, heard, speaker, rate_hz)
            if found:
                found[0] = replace(found[0], label=label)
                before = speaker
            atoms += found
        yield atoms, time_ms(chapter.start_samples, rate_hz), time_ms(chapter.end_samples, rate_hz)


def _segment_atoms(segment: Segment, heard: HeardSegment, speaker: str, rate_hz: int) -> list[Atom]:
    text, said = _text_and_times(segment, heard)
    atoms: list[Atom] = []
    for (start, end), overlapping in _overlapping(pieces(text), said):
        words = plain(text[start:end])
        if not words or (not overlapping and any(map(str.isalnum, words))):
            continue
        glued = follows_without_space(text, start) and bool(atoms)
        before_ms = atoms[-1].to_ms if atoms else time_ms(heard.from_samples, rate_hz)
        from_ms = max(time_ms(overlapping[0].at(start), rate_hz), before_ms) if overlapping else before_ms
        to_ms = max(time_ms(overlapping[-1].at(end), rate_hz), from_ms) if overlapping else from_ms
        last = bool(overlapping) and overlapping[-1].last and overlapping[-1].end <= end
        ends: Ends = "sentence" if last else "clause" if _CLAUSE.search(words) else ""
        atoms.append(Atom(words, glued, from_ms, to_ms, segment.number, ends, speaker))
    if not any(atom.from_ms < atom.to_ms for atom in atoms):
        return []
    atoms[-1] = replace(atoms[-1], ends="segment")
    return [piece for atom in _leaning(atoms) for piece in _repeated(atom)]


def _overlapping(
    places: Iterable[tuple[int, int]], said: Sequence[_Said]
) -> Iterator[tuple[tuple[int, int], list[_Said]]]:
    """Each place with what is said of it; both in the order of their starts."""
    first = behind = 0
    for start, end in places:
        while behind < len(said) and said[behind].start < end:
            behind += 1
        while first < behind and said[first].end <= start:
            first += 1
        yield (start, end), [each for each in said[first:behind] if start < each.end]


def _leaning(atoms: list[Atom]) -> list[Atom]:
    """Marks that are not said stand with what is before them; those at the start with what follows."""
    first = next(atom for atom in atoms if atom.from_ms < atom.to_ms)
    return [replace(a, from_ms=first.from_ms, to_ms=first.from_ms) if a.to_ms < first.from_ms else a for a in atoms]


def _repeated(atom: Atom) -> list[Atom]:
    """The atom as often as its time is that of a cue: a formula may be said for longer than a cue may stand."""
    n = -(-(atom.to_ms - atom.from_ms) // _LONGEST_MS)
    if n <= 1:
        return [atom]
    borders = [atom.from_ms + (atom.to_ms - atom.from_ms) * k // n for k in range(n + 1)]
    return [
        replace(atom, from_ms=start, to_ms=end, repeats=k > 0, glued=atom.glued and k == 0)
        for k, (start, end) in enumerate(pairwise(borders))
    ]


def _text_and_times(segment: Segment, heard: HeardSegment) -> tuple[str, list[_Said]]:
    """The text to show and when its parts are heard: the written one, unless a take says other words."""
    said: dict[tuple[int, int], _Said] = {}
    for sentence in heard.sentences:
        traced = [word for word in sentence.words if word.written and word.written[0] < word.written[1]]
        for word in traced:
            assert word.written
            known = said.get(word.written)
            start = known.from_samples if known else word.from_samples
            last = word is traced[-1]
            said[word.written] = _Said(*word.written, start, max(start, word.to_samples), last)
    if said:
        return segment.text, sorted(said.values(), key=lambda each: each.start)
    return _spoken(heard)


def _spoken(heard: HeardSegment) -> tuple[str, list[_Said]]:
    text, said = "", []
    for sentence in heard.sentences:
        offset = len(text) + bool(text)
        text = f"{text} {sentence.spoken}" if text else sentence.spoken
        for word in sentence.words:
            last = word is sentence.words[-1]
            said.append(_Said(offset + word.start, offset + word.end, word.from_samples, word.to_samples, last))
    return text, said


def pieces(text: str, longest: int = _LONGEST_CHARACTERS) -> Iterator[tuple[int, int]]:
    """Where the pieces of a text stand between which a line may end; one that is longer than that is cut."""
    for match in _ATOM.finditer(text):
        for start in range(match.start(), match.end(), longest):
            yield start, min(start + longest, match.end())


def follows_without_space(text: str, start: int) -> bool:
    """Whether a piece of the text stands right behind another one."""
    return start > 0 and not text[start - 1].isspace()


def _shortened(name: str) -> str:
    return name if len(name) <= _LABEL_CHARACTERS else f"{name[: _LABEL_CHARACTERS - 1].rstrip()}…"
