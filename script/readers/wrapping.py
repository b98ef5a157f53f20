"""Lines become paragraphs again, whether the writer broke them by hand or not."""

from collections.abc import Container
from itertools import pairwise
from statistics import median

_WIDEST_WRAP = 120  # characters: nobody wraps by hand beyond it, so a longer line is a paragraph
_ENDS = (".", "!", "?", "…", ".”", "!”", "?”", '."', '!"', '?"', ".’", ".)", ":")


def paragraphs_of(lines: list[str]) -> list[list[str]]:
    """The lines between two blank lines, grouped into paragraphs.

    One paragraph when they look wrapped at a width; each line its own when they are too long for that,
    or all end as sentences do; else a line indented more than the one before begins a new one.
    """
    if len(lines) < 2:
        return [lines]
    if max(map(len, lines)) > _WIDEST_WRAP or (_all_end(lines) and not _is_wrapped(lines)):
        return [[line] for line in lines]
    return _indented_apart(lines)


def joined(lines: list[str], words: Container[str]) -> str:
    """The lines as one, a word divided at a line end made whole.

    The hyphen goes when the word stands undivided elsewhere in the text; kept, it is at worst hardly heard.
    """
    pieces = [lines[0].strip()]
    for line in lines[1:]:
        following = line.strip()
        pieces[-1], gap = _meeting(pieces[-1], following, words)
        pieces += [gap, following]
    return "".join(pieces)


def _meeting(line: str, following: str, words: Container[str]) -> tuple[str, str]:
    """The line, without a hyphen that only divides a word, and what parts it from the following one."""
    if line.endswith(("—", "--")) and not line.endswith((" —", " --")) and following[:1].isalnum():
        return line, ""
    if not (line.endswith(("-", "\u2010")) and line[-2:-1].isalpha() and following[:1].isalpha()):
        return line, " "
    before = line[:-1].rpartition(" ")[2].lstrip("(\"'“‘").lower()
    after = following.partition(" ")[0].rstrip(".,;:!?)\"'”’").lower()
    return (line[:-1] if following[0].islower() and before + after in words else line), ""


def _all_end(lines: list[str]) -> bool:
    return all(line.rstrip().endswith(_ENDS) for line in lines)


def _is_wrapped(lines: list[str]) -> bool:
    """Whether each line but the last is full: the next word would not have fitted within the longest."""
    width = max(len(line.rstrip()) for line in lines)
    return all(len(line.rstrip()) + 1 + len(after.split(maxsplit=1)[0]) > width for line, after in pairwise(lines))


def _indented_apart(lines: list[str]) -> list[list[str]]:
    indents = [len(line) - len(line.lstrip()) for line in lines]
    usual = median(indents)
    groups: list[list[str]] = []
    for line, indent in zip(lines, indents, strict=True):
        if not groups or (usual < indent <= usual + 8 and len(lines) > 2):
            groups.append([])
        groups[-1].append(line)
    return groups
