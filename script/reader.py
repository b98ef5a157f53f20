"""What a reader is given, and what it promises."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from script.article import Article
from script.decoding import Decoded, decoded
from script.errors import ArticleError

MOST_TEXT_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Document:
    """A source as bytes.

    format: by name; name: for messages ("article.md"); stem: for a title, and source, its path: "" without a file.
    entry: which of several articles in it is meant, counted from 1; None: none was named.
    """

    content: bytes
    format: str
    name: str = "the text"
    stem: str = ""
    source: str = ""
    entry: int | None = None

    def __post_init__(self) -> None:
        """Refuse an empty source, whatever its format."""
        if not self.content.strip():
            raise ArticleError(f"{self.name} is empty; there is nothing to read.")

    def decoded(self) -> Decoded:
        """The content as text; raises ArticleError when it is binary, blank or beyond all reading."""
        if len(self.content) > MOST_TEXT_BYTES:
            raise ArticleError(
                f"{self.name} is {len(self.content) / 1e6:.0f} MB of text, more than eighty hours of sound; "
                f"split it into files of at most {MOST_TEXT_BYTES // 1_000_000} MB."
            )
        found = decoded(self.content, self.name)
        if not found.text.strip():
            raise ArticleError(f"{self.name} is empty; there is nothing to read.")
        return found

    def stem_title(self) -> str:
        """A title made from the file's name: "police-tears.txt" gives "Police tears"."""
        words = " ".join(self.stem.replace("_", " ").replace("-", " ").split())
        return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a web address led to. address: as it was asked for; format: as the server names it, "" when it does not.

    content: text is in UTF-8, with its mark, where the server said which encoding it has.
    """

    content: bytes
    address: str
    format: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """A named reader: the formats it takes, with the file suffixes of each, and the function that reads them.

    What an entry point of the group `narration.readers` leads to.
    """

    name: str
    formats: Mapping[str, tuple[str, ...]]
    function: Callable[[Document], Article]

    def __call__(self, document: Document) -> Article:
        """The article in the document; raises ArticleError when it cannot be read."""
        return self.function(document)


def reader(name: str, formats: Mapping[str, tuple[str, ...]]) -> Callable[[Callable[[Document], Article]], Reader]:
    """A decorator that makes a Reader of a function from Document to Article."""

    def named(function: Callable[[Document], Article]) -> Reader:
        return Reader(name, formats, function)

    return named
