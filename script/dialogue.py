"""Who speaks: names before a colon, as in plays and interviews."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from script.article import Block
from script.patterns import regex

_KINDS = {"paragraph", "item", "quote"}
_PARTICLES = {"al", "bin", "da", "de", "del", "den", "der", "di", "du", "el", "la", "le", "of", "the", "van", "von"}
_NOTICES = {
    "NOTE",
    "WARNING",
    "TIP",
    "IMPORTANT",
    "CAUTION",
    "DANGER",
    "UPDATE",
    "EDIT",
    "EXAMPLE",
    "TODO",
    "PS",
    "TLDR",
}
_NAME = r"(?P<name>[^\W\d_][^\s:：()\[\]]*(?:[^\S\n][^\s:：()\[\]]+){0,3})"
_LABEL = regex(rf"{_NAME}\s*(?:[(\[][^()\[\]]{{1,60}}[)\]]\s*)?(?::(?=\s|\Z)|：)")
_WITHIN = regex(rf"(?<=[.!?…。！？”\"’')\]—-])\s+(?={_LABEL.pattern})")


def label_end(text: str) -> int:
    """Where the label that a speaker's text begins with ends, its colon taken in; 0 without one."""
    match = _LABEL.match(text)
    return match.end() if match else 0


def with_speakers(blocks: Sequence[Block], cast: Iterable[str]) -> Iterator[Block]:
    """The blocks, whose texts are tidy, with who speaks them; one of several speeches is cut into one for each.

    A name is a speaker's when it is in the cast, in capitals, or stands before a colon more than once.
    """
    found = Counter(_key(name) for block in blocks if block.kind in _KINDS for name in _labels(block.text))
    known = {_key(name) for name in cast} | {key for key, count in found.items() if count > 1}
    names: dict[str, str] = {}
    for block in blocks:
        if block.kind not in _KINDS:
            yield block
            continue
        for piece in _cut(block, known):
            name = _label(piece.text)
            spoken = name and _is_speaker(name, known)
            yield replace(piece, speaker=names.setdefault(_key(name), name)) if spoken else piece


def _cut(block: Block, known: set[str]) -> Iterator[Block]:
    """The block in pieces that begin with a speaker's label each, but for the first."""
    starts = (match.end() for match in _WITHIN.finditer(block.text))
    cuts = [start for start in starts if _is_speaker(_label(block.text[start:]), known)]
    if not cuts:
        yield block
        return
    for start, end in pairwise([0, *cuts, len(block.text)]):
        inside = (each for each in block.overrides if start <= each.start and each.end <= end)
        yield replace(
            block,
            text=block.text[start:end].rstrip(),
            overrides=tuple(replace(each, start=each.start - start, end=each.end - start) for each in inside),
            pause_s=block.pause_s if end == len(block.text) else None,
        )


def _labels(text: str) -> Iterator[str]:
    """The names in whatever looks like a label with a speech: at the start, and behind the end of a sentence."""
    starts = [0, *(match.end() for match in _WITHIN.finditer(text)), len(text)]
    for start, end in pairwise(starts):
        piece = text[start:end]
        if (name := _label(piece)) and any(map(str.isalnum, piece[label_end(piece) :])):
            yield name


def _label(text: str) -> str:
    """The name that the text begins with, before a colon; "" without one."""
    match = _LABEL.match(text)
    name = " ".join(match["name"].split()) if match else ""
    words = name.split()
    named = all(not word[0].islower() or word.lower() in _PARTICLES for word in words)
    return name if named and name.upper() not in _NOTICES else ""


def _is_speaker(name: str, known: set[str]) -> bool:
    return bool(name) and (_key(name) in known or (name.isupper() and sum(map(str.isalpha, name)) > 1))


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
