"""Headings over notes that are told elsewhere, or not at all."""

import re
from collections.abc import Sequence

from script.article import Block
from script.patterns import regex

_NOTES = regex(
    r"(?:foot|end)?notes?(?: and references)?|references|citations|(?:fu(?:ß|ss)|end)noten?|anmerkungen|einzelnachweise"
    r"|notes (?:de bas de page|et références)|références|notas(?: al pie| de rodapé)?|referencias|referências"
    r"|note(?: a piè di pagina)?|riferimenti|voetnoten|noten|referenties|(?:fot|slut)?noter|referenser|przypisy"
    r"|примечания|сноски|脚注|注释|注釈|각주",
    re.IGNORECASE,
)


def without_empty_notes(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without headings that announce notes and have nothing under them."""
    kept: list[Block] = []
    following: Block | None = None
    for block in reversed(blocks):
        bare = following is None or (following.kind == "heading" and following.level <= block.level)
        if not (block.kind == "heading" and bare and _NOTES.fullmatch(block.text.strip(" .:"))):
            kept.append(block)
            following = block
    return kept[::-1]
