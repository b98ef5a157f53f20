"""Pandoc's inline elements become text with overrides."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any, ClassVar

from script.article import Override
from script.characters import DROPPED, tidy
from script.patterns import regex

Inline = dict[str, Any]

_PLAIN_FORMULA = regex(r"[A-Za-z0-9 .,=+<>²³-]{1,40}")
_RAISED = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_INDEX = regex(r"[\w+−=(),*-]{1,24}")
_DRIVE = regex(r"(?<![^\W_])[A-Za-z]:(?:\\|\Z)")
_COMMAND = regex(r"\\[A-Za-z]+ ?")
_LONGEST_PATH = 250
_SPACES = {"Space", "SoftBreak", "LineBreak"}
_LINE_BREAK_TAG = regex(r"</?(?:br|wbr)\b[^>]*>", re.IGNORECASE)


class InlineText:
    """Gathers the text of inline elements, what is said in another way, and counts what is left out."""

    def __init__(self, left_out: Counter[str]) -> None:
        self.footnotes: list[list[Any]] = []  # the block elements of each
        self._pieces: list[str] = []
        self._length = 0
        self._overrides: list[Override] = []
        self._overridden = False
        self._left_out = left_out

    def gathered(self, inlines: list[Inline]) -> tuple[str, tuple[Override, ...]]:
        """The text of the elements in one tidy line, and its overrides."""
        self._add_all(inlines)
        return tidy("".join(self._pieces), tuple(self._overrides))

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def _add_all(self, inlines: list[Inline]) -> None:
        for inline in inlines:
            kind = inline["t"]
            if kind == "Str":
                self._add(inline["c"])
            elif kind in _SPACES:
                self._add(" ")
            elif kind in self._WALKS:
                self._WALKS[kind](self, inline["c"])
            else:
                self._left_out[f"{kind} element"] += 1

    def _drop(self, what: str) -> None:
        self._left_out[what] += 1
        self._add(DROPPED)

    def _strikeout(self, _: list[Inline]) -> None:
        self._drop("struck-out text")

    def _superscript(self, content: list[Inline]) -> None:
        raised = content[0]["c"].translate(_RAISED) if len(content) == 1 and content[0]["t"] == "Str" else ""
        if raised and all(character in "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ" for character in raised):
            self._add(raised)
        else:
            self._add_all(content)

    def _subscript(self, content: list[Inline]) -> None:
        """An index, "H~2~O"; tildes behind a number or around more, "9:00~17:30、月~金", mark none."""
        before, start = self._last(1), len(self._pieces)
        self._add_all(content)
        if before.isdigit() or not _INDEX.fullmatch("".join(self._pieces[start:])):
            self._pieces.insert(start, "~")
            self._add("~")
            self._length += 1

    def _last(self, length: int) -> str:
        """The end of what is gathered, of at most so many characters."""
        return "".join(self._pieces[-length:])[-length:]

    def _quoted(self, content: list[Any]) -> None:
        opening, closing = "“”" if content[0]["t"] == "DoubleQuote" else "‘’"
        self._add(opening)
        self._add_all(content[1])
        self._add(closing)

    def _cite(self, content: list[Any]) -> None:
        if all(inline["t"] == "RawInline" for inline in content[1]):  # LaTeX's own command
            self._add(f"[{'; '.join('@' + each['citationId'] for each in content[0])}]")
        else:
            self._add_all(content[1])

    def _code(self, content: list[Any]) -> None:
        self._add(content[1])

    def _math(self, content: list[Any]) -> None:
        latex = content[1].strip()
        raised = latex.replace("^2", "²").replace("^3", "³")
        start = self._length
        self._add(raised if _PLAIN_FORMULA.fullmatch(raised) else latex)
        self._override(Override(start, self._length, formula=True))

    def _override(self, override: Override) -> None:
        """Keep an override, unless one that stands around it decides already."""
        if not self._overridden:
            self._overrides.append(override)

    def _raw(self, content: list[Any]) -> None:
        if _LINE_BREAK_TAG.fullmatch(content[1]):
            self._add(" ")
        elif content[1].startswith("<") and not content[1].startswith("<!--"):
            self._left_out["HTML tag"] += 1
        elif content[1].startswith("<!--"):
            self._drop("comment")
        elif (
            _COMMAND.fullmatch(content[1]) and not self._last(1).isspace() and _DRIVE.search(self._last(_LONGEST_PATH))
        ):
            self._add(content[1])  # of a path: C:\Programs\app.exe
        else:
            self._drop("raw command")

    def _linked(self, content: list[Any]) -> None:
        self._add_all(content[1])

    def _note(self, content: list[Any]) -> None:
        self.footnotes.append(content)
        self._add(DROPPED)

    def _span(self, content: list[Any]) -> None:
        (_, classes, pairs), inlines = content
        asked: dict[str, str] = dict(pairs)
        if "skip" in classes or asked.get("skip", "false").lower() not in {"false", "no", "0"}:
            self._drop("passage marked to be skipped")
            return
        said = {key: asked[key].strip() for key in ("say", "ipa") if key in asked}
        language = asked.get("lang", asked.get("language", ""))
        start = self._length
        outermost = bool(said or language) and not self._overridden
        self._overridden = self._overridden or outermost
        self._add_all(inlines)
        if outermost:
            self._overridden = False
            silent = not any(said.values()) and "say" in said
            self._override(Override(start, self._length, said.get("say", ""), said.get("ipa", ""), language, silent))

    _WALKS: ClassVar[dict[str, Callable[["InlineText", Any], None]]] = {
        "Emph": _add_all,
        "Strong": _add_all,
        "Underline": _add_all,
        "SmallCaps": _add_all,
        "Subscript": _subscript,
        "Superscript": _superscript,
        "Strikeout": _strikeout,
        "Quoted": _quoted,
        "Cite": _cite,
        "Code": _code,
        "Math": _math,
        "RawInline": _raw,
        "Link": _linked,
        "Image": _linked,
        "Note": _note,
        "Span": _span,
    }
