"""What the `img` elements of a web page name."""

from collections.abc import Iterator

from script.patterns import regex
from script.readers.web_page import Tree

# Where pages that load pictures late keep their address; until then `src` has none, or that of a blank one.
_LATE = ("data-src", "data-lazy-src", "data-original", "data-orig-src", "data-full-src")
_LATE_SETS = ("data-srcset", "data-lazy-srcset")
_CANDIDATE = regex(r"([^\s,]\S*+)(?:(?<=,)|([^,]*))")  # an address, and how large it is if that is said


def addresses(image: Tree) -> Iterator[str]:
    """The addresses of a picture, the one that was most likely meant first: it may stand in several files."""
    for name in (*_LATE, "src"):
        yield (image.get(name) or "").strip()
    around = next(image.iterancestors("picture"), None)
    for element in (image, *(() if around is None else around.iter("source"))):
        for name in (*_LATE_SETS, "srcset"):
            yield from _largest_first(element.get(name) or "")


def _largest_first(candidates: str) -> list[str]:
    """The addresses of a `srcset` (HTML Standard, section 4.8.4.2.1)."""
    found = sorted(_CANDIDATE.findall(candidates), key=lambda each: _size(each[1]), reverse=True)
    return [address.rstrip(",") for address, _ in found]


def _size(descriptor: str) -> float:
    try:
        return float(descriptor.strip()[:-1])
    except ValueError:  # none, or one of another kind
        return 1.0
