"""Stars that rate something: "★★★★☆", "4.5★", "★ 4.8"."""

import re
from collections.abc import Iterator

from script.patterns import regex
from script.speech import cldr
from script.speech.cardinals import Numbers, numbers_in
from script.speech.language import Language
from script.speech.rewriting import Rewrite, spaced

# One star alone is an ornament; ½ behind the full ones is half of one. An ornament takes the space before it with it.
_ROW = regex(r" ?(?<![★☆])(?=[★☆]{2}|★½)(★{1,10})(½?)(☆{0,10})(?![★☆])")
_BEHIND = regex(r"(?<![\w.,★☆/-])(\d{1,2}(?:[.,]\d{1,2})?) ?★(?![★☆½\w])")
_BEFORE = regex(r" ?(?<![\w★☆])★ ?(\d[.,]\d{1,2})(?![\w.,]*\d)")


def stars(text: str, language: Language) -> Iterator[Rewrite]:
    """A row of stars by how many are full, of how many where some are empty; a number with a star as so many stars."""
    numbers, table = numbers_in(language), language.table("stars")
    if not numbers or not table:
        return
    for match in _ROW.finditer(text):
        full, half, empty = (len(part) for part in match.groups())
        count = f"{full}{numbers.words['decimal']}5" if half else str(full)
        said = _counted(count, language, numbers)
        if empty:
            every = str(full + half + empty)
            of = numbers.in_form(table["all"], every) if "all" in table else numbers.cardinal(every)
            said = table["of"].format(stars=said, all=of)
        yield _in_place(text, match, said)
    for pattern in (_BEHIND, _BEFORE):
        for match in pattern.finditer(text):
            written = match[1].replace(".", numbers.words["decimal"]).replace(",", numbers.words["decimal"])
            yield _in_place(text, match, _counted(written, language, numbers))


def _in_place(text: str, match: re.Match[str], said: str) -> Rewrite:
    start, end = match.span()
    if match[0][0] == " ":
        return Rewrite(start, end, f" {said}" + " " * text[end : end + 1].isalnum())
    return spaced(text, start, end, said)


def _counted(written: str, language: Language, numbers: Numbers) -> str:
    """So many stars: "four stars", "vier Sterne"."""
    table, said = language.table("stars"), numbers.of_things(written)
    if "feminine" in table:
        said = numbers.feminine(said)
    plural = cldr.plural_form(language.tag, numbers.plain(written))
    return str(table.get(plural) or table["other"]).format(table.get("amounts", {}).get(written, said))
