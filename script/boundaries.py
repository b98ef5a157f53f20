"""Where sentences end."""

from collections.abc import Iterator

from script.characters import tidy


def sentences(text: str, language: str = "en") -> tuple[str, ...]:
    """The sentences of a text in order, without the white space between them."""
    whole = tidy(text)[0]
    return tuple(sentence for start, end in sentence_bounds(whole, language) if (sentence := whole[start:end].strip()))


def sentence_bounds(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a tidy text starts and ends; together they are the whole text.

    The rules are those of sentencex, made for Wikipedia's languages; one without any takes English ones.
    """
    import sentencex  # type: ignore[import-untyped]

    start = 0
    for sentence in sentencex.segment(base_language(language), text):
        end = start + len(sentence)
        yield start, end
        start = end
    if start < len(text):
        yield start, len(text)


def base_language(language: str) -> str:
    """The language of a BCP 47 tag without script, region and the rest: "en" for "en-GB"."""
    return language.replace("_", "-").partition("-")[0].strip().lower() or "en"
