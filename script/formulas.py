"""LaTeX's common mathematics in words."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from script.patterns import regex

_PART = regex(r"\\(?:[A-Za-z]+\*?|.)|\d+(?:[.,]\d+)*|\s+|.", re.DOTALL)
_ENVIRONMENT = regex(r"\\(?:begin|end)\{(?:align|aligned|equation|gather|gathered|split)\*?\}")
_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))
_SIZES = "left right big Big bigg Bigg bigl bigr Bigl Bigr limits nolimits displaystyle textstyle"
_SPACES = "quad qquad nonumber notag , ; : !"
_SILENT = {*(f"\\{name}" for name in f"{_SIZES} {_SPACES}".split()), "\\ ", "&", "~"}
_STYLE_NAMES = "mathbb mathrm mathbf mathit mathcal mathsf mathfrak boldsymbol bm rm bf it"
_WORD_NAMES = "text textrm textit textbf mbox operatorname operatorname*"
_STYLES = {f"\\{name}" for name in _STYLE_NAMES.split()}
_WORDS = {f"\\{name}" for name in _WORD_NAMES.split()}
_TWO_ARGUMENTS = {
    **dict.fromkeys(("\\frac", "\\dfrac", "\\tfrac", "\\cfrac"), "over"),
    **dict.fromkeys(("\\binom", "\\dbinom", "\\tbinom"), "choose"),
}
_POWERS = {"2": "squared", "3": "cubed", "\\circ": "degrees", "*": "star", "\\ast": "star"}
_PAUSES = {",": ",", ";": ",", ":": ",", ".": ",", "\\\\": ","}
_APPLIED = regex(r"[fghFGPEV]|\\(?:phi|psi|Phi|Psi|Gamma|zeta)")
_DEEPEST = 40
_LONGEST = 400  # parts; nobody can follow a longer formula by ear


class _UnknownError(ValueError):
    """Something in the formula that we have no words for."""


def in_words(latex: str, language: str) -> str | None:
    """A formula as it is said, None where something in it, or all of it in this language, has no words here."""
    forms = _languages().get(language)
    if not forms:
        return None
    parts = [each for each in _PART.findall(_ENVIRONMENT.sub("", latex)) if not each.isspace()]
    if not parts or len(parts) > _LONGEST:
        return None
    try:
        said = " ".join(_Formula(parts, forms, language).all())
    except _UnknownError:
        return None
    return re.sub(r"(?: ?,)+$", "", re.sub(r" (?=,)", "", " ".join(said.split()))).strip() or None


@cache
def _languages() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("formulas.toml").read_text("utf-8"))


class _Formula:
    """Reads parts from left to right, and gives words."""

    def __init__(self, parts: list[str], forms: dict[str, Any], language: str, depth: int = 0) -> None:
        self._parts = parts
        self._forms: dict[str, dict[str, str]] = forms
        self._language = language
        self._at = 0
        self._depth = depth

    def all(self) -> Iterator[str]:
        while self._at < len(self._parts):
            yield self._next()

    def _peek(self) -> str:
        return self._parts[self._at] if self._at < len(self._parts) else ""

    def _take(self) -> str:
        if self._at >= len(self._parts):
            raise _UnknownError
        self._at += 1
        return self._parts[self._at - 1]

    def _next(self) -> str:
        """The words of what comes next, with the scripts on it."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _UnknownError
        part = self._take()
        name = part.removeprefix("\\")
        if part.startswith("\\") and name in self._forms["big"]:
            said = self._ranged(name)
        elif part.startswith("\\") and name in self._forms["functions"]:
            said = self._function(name)
        else:
            said = self._scripted(self._plain(part))
            if _APPLIED.fullmatch(part) and self._peek() == "(":
                said = f"{said} {self._form('of')} {self._parenthesised()}"
        self._depth -= 1
        return said

    def _plain(self, part: str) -> str:
        if part in _SILENT:
            return self._delimiter(part)
        if part in {"{", "|"}:
            return self._until("}") if part == "{" else self._form("absolute", self._until("|"))
        if part[0].isdigit():
            return _number(part, self._language)
        known = _PAUSES.get(part) or self._forms["signs"].get(part)
        if known:
            return known
        return self._command(part) if part.startswith("\\") else self._letter(part)

    def _delimiter(self, part: str) -> str:
        """Nothing; the dot of an open side, as in left-dot, is none either."""
        if part in {"\\left", "\\right"} and self._peek() == ".":
            self._take()
        return ""

    def _letter(self, part: str) -> str:
        if part.isalpha():
            return part
        raise _UnknownError

    def _command(self, part: str) -> str:
        name = part.removeprefix("\\")
        if part in _TWO_ARGUMENTS:
            return self._form(_TWO_ARGUMENTS[part], self._argument(), self._argument())
        if part == "\\sqrt":
            return self._root()
        if part in _WORDS:
            return self._raw_argument()
        if part in _STYLES:
            return self._argument() if self._peek() == "{" else ""
        if name in self._forms["accents"]:
            return self._forms["accents"][name].format(self._argument())
        return self._forms["commands"].get(name) or self._unreadable()

    def _root(self) -> str:
        if self._peek() != "[":
            return self._form("root", self._argument())
        self._take()
        degree = "".join(iter(self._take, "]"))
        if degree not in self._forms["roots"]:
            raise _UnknownError
        return self._form("root_of", self._forms["roots"][degree], self._argument())

    def _scripted(self, said: str) -> str:
        """The words with indices and powers after them."""
        while said and self._peek() and self._peek() in "_^⁰¹²³⁴⁵⁶⁷⁸⁹":
            mark = self._take()
            script = self._form("sub", self._argument()) if mark == "_" else self._power(mark)
            said = f"{said} {script}"
        return said

    def _power(self, mark: str) -> str:
        if mark in _RAISED:
            exponent = [_RAISED[mark]]
            while self._peek() in _RAISED:
                exponent.append(_RAISED[self._take()])
            inner = ["".join(exponent)]
        else:
            inner = self._raw_parts()
        special = _POWERS.get(inner[0]) if len(inner) == 1 else None
        if special:
            return self._form(special)
        if set(inner) <= {"\\prime", "'"}:
            return " ".join(self._forms["signs"]["'"] for _ in inner)
        return self._form("power", self._within(inner))

    def _within(self, parts: list[str]) -> str:
        return " ".join(_Formula(parts, self._forms, self._language, self._depth + 1).all())

    def _ranged(self, name: str) -> str:
        """A sum, integral, limit … with what it goes over."""
        said = [self._forms["big"][name]]
        while self._peek() in {"_", "^", "\\limits", "\\nolimits"} and self._peek():
            mark = self._take()
            if mark not in {"_", "^"}:
                continue
            inner = self._raw_parts()
            words = self._within(inner)
            said.append(self._form(self._range(name, mark, inner), words))
        return " ".join([*said, self._form("ranged")])

    def _range(self, name: str, mark: str, inner: list[str]) -> str:
        if mark == "^":
            return "to"
        if name == "lim":
            return "as"
        begins = "=" in inner or self._peek() == "^"
        return "from" if begins else "over_range"

    def _function(self, name: str) -> str:
        said = self._forms["functions"][name]
        while self._peek() in {"_", "^"} and self._peek():
            if self._take() == "_":
                said = f"{said} {self._form('base' if name in {'log', 'lg'} else 'over_range', self._argument())}"
            else:
                said = f"{said} {self._power('^')}"
        if self._peek() == "(":
            return f"{said} {self._form('of')} {self._parenthesised()}"
        return said

    def _parenthesised(self) -> str:
        """What stands in parentheses after a function: said without them when it is one thing."""
        self._take()
        start = self._at
        inner = self._until(")")
        if self._at - start <= 2:
            return self._scripted(inner) if inner else inner
        signs = self._forms["signs"]
        return self._scripted(f"{signs['(']} {inner} {signs[')']}")

    def _argument(self) -> str:
        part = self._take()
        return self._until("}") if part == "{" else self._plain(part)

    def _until(self, closing: str) -> str:
        said: list[str] = []
        while self._peek() != closing:
            said.append(self._next())
        self._take()
        return " ".join(said)

    def _raw_parts(self) -> list[str]:
        """The parts of an argument, in braces or one."""
        part = self._take()
        if part != "{":
            if part in _STYLES or part in _TWO_ARGUMENTS:
                raise _UnknownError  # what belongs to it stands behind
            return [part]
        inner: list[str] = []
        depth = 1
        while depth:
            part = self._take()
            depth += (part == "{") - (part == "}")
            inner.append(part)
        return inner[:-1]

    def _unreadable(self) -> str:
        raise _UnknownError

    def _raw_argument(self) -> str:
        """Words in a formula; spaces went with the parts, so only one word can be told."""
        inner = self._raw_parts()
        if not all(each.isalnum() for each in inner):
            raise _UnknownError
        return "".join(inner)

    def _form(self, name: str, *arguments: str) -> str:
        return self._forms["forms"][name].format(*arguments)


def _number(digits: str, language: str) -> str:
    from script.speech import spoken

    return spoken(digits, language)
