"""Numbers become words: the grammar of English numbers, and num2words' for the other languages.

English has its own: num2words takes 60 ms to import and 33 µs a number, this 2.5 µs.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from script.speech.counting import Scales, scales_of
from script.speech.language import Language

_LONGEST = 21  # digits that have a name; a longer number is said digit by digit


@dataclass(frozen=True, slots=True)
class Numbers:
    """The words for numbers in a language."""

    words: Mapping[str, Any]
    code: str = "en"
    scales: Scales | None = field(init=False)
    gap: str = field(init=False)
    """What parts two words: nothing in scripts without spaces."""
    pattern: str = field(init=False)
    """A regular expression for a number as it is written: thousands grouped or not, and its decimals."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "scales", scales_of(self.words))
        object.__setattr__(self, "gap", "" if self.words.get("unspaced") else " ")
        point, group, groups = (self.words[name] for name in ("decimal", "group", "spaced_groups"))
        spaced = rf"|\d{{1,3}}(?:[ \u202f]\d{{3}}){{{groups},12}}(?!\d)|\d{{1,3}} 000(?!\d)"
        grouped = rf"\d{{1,3}}(?:[{group}]\d{{3}}){{1,40}}(?!\d)"
        if "uneven_groups" in self.words:  # "12,34,567"
            grouped = rf"\d{{1,3}}(?:[{group}]\d{{2,3}}){{0,40}}[{group}]\d{{3}}(?!\d)"
        object.__setattr__(self, "pattern", rf"(?:{grouped}{spaced}|\d+)(?:[{point}]\d+)?")

    def plain(self, written: str) -> str:
        """The number without marks between its thousands and with a full stop for its decimal point."""
        ungrouped = re.sub(rf"[{self.words['group']} \u202f]", "", written)
        return ungrouped.replace(self.words["decimal"], ".")

    def cardinal(self, written: str, *, joint: bool = True) -> str:
        """A whole number in words: "42" gives "forty-two"; digit by digit when it begins with a zero or has no name.

        joint: whether "and" comes before the last tens.
        """
        digits = self.plain(written)
        if len(digits) > _LONGEST or (len(digits) > 1 and digits[0] == "0"):
            return self.spelled(digits)
        return self._counted(int(digits), joint=joint or self._always_joint)

    def ordinal(self, written: str, *, joint: bool = True) -> str:
        """A rank in words: "22" gives "twenty-second"."""
        digits = self.plain(written)
        if "ones" in self.words:
            return self._ranked(self.cardinal(digits, joint=joint))
        return self._known(int(digits), "ordinal") or self.cardinal(digits)

    def decimal(self, written: str, *, joint: bool = True) -> str:
        """A number with or without decimals in words: "3.14" gives "three point one four"."""
        whole, point, fraction = self.plain(written).partition(".")
        if point and len(fraction) <= self.words.get("named_decimals", 0):
            return self._known(f"{whole or 0}.{fraction}", "cardinal")
        said = self.cardinal(whole, joint=joint) if whole else ""
        return self.gap.join(filter(None, (said, self.words["point"], self._fraction(fraction)))) if point else said

    def _fraction(self, digits: str) -> str:
        """The figures behind the point: one by one, or as one number where the language counts so many of them."""
        if len(digits) > self.words.get("counted_decimals", 0):
            return self.spelled(digits)
        number = digits.lstrip("0")
        zeros = self.spelled(digits[: len(digits) - len(number)])
        return self.gap.join(filter(None, (zeros, self.cardinal(number) if number else "")))

    def spelled(self, digits: str) -> str:
        """The digits one by one."""
        return self.gap.join(self._counted(int(digit)) for digit in digits)

    def year(self, digits: str) -> str:
        """A year: "1990" gives "nineteen ninety", "2004" gives "two thousand four", "340" "three forty"."""
        if "year_form" in self.words and len(digits) == 4 and digits[0] == "1":
            return self._known(int(digits), "year") or self.cardinal(digits)
        if "century_form" in self.words and len(digits) == 4 and "11" <= digits[:2] < "20":
            years = self._counted(int(digits[2:])) if digits[2:] != "00" else ""
            return str(self.words["century_form"]).format(century=self._counted(int(digits[:2])), rest=years).strip()
        hundred = self.words.get("year_hundred")
        century, rest = int(digits[:-2] or 0), int(digits[-2:])
        if hundred is None or not century or len(digits) > 4 or (century % 10 == 0 and (rest < 10 or century < 10)):
            return self.cardinal(digits, joint=False)
        if rest == 0:
            return f"{self._counted(century)} {hundred}"
        return f"{self._counted(century)}{self.words.get('pair_joint', ' ')}{self.pair(digits[-2:])}"

    def pair(self, digits: str) -> str:
        """Two digits as they are said after others: "05" gives "oh five"."""
        number = self._counted(int(digits))
        return f"{self.words['oh']} {number}" if digits[0] == "0" and "oh" in self.words else number

    def in_pairs(self, digits: str) -> str:
        """A number of a house or a flight: "2788" gives "twenty-seven eighty-eight", "123" "one twenty-three"."""
        return (
            self.year(digits)
            if len(digits) == 4 or (len(digits) == 3 and digits[-2:] != "00")
            else self.cardinal(digits)
        )

    def several(self, cardinal: str) -> str:
        """The plural of a number in words: "ninety" gives "nineties"."""
        if cardinal.endswith("y"):
            return f"{cardinal[:-1]}ies"
        return f"{cardinal}es" if cardinal.endswith("x") else f"{cardinal}s"

    def in_form(self, name: str, written: str) -> str:
        """A number in another form that the language's data has: a case, a gender, Korea's own numerals.

        Above the greatest number that has the form, and with decimals, it is said as it is elsewhere.
        """
        form, digits = self.words["forms"][name], self.plain(written)
        if form["as"] == "digits":
            return self._ended(self.spelled(re.sub(r"\D", "", digits)), form)
        if "." in digits or int(digits) > form.get("most", int(digits)):
            return self.decimal(written)
        known = form.get("exact", {}).get(str(int(digits)))
        return str(known) if known else self._ended(self._formed(int(digits), form), form)

    def _formed(self, number: int, form: Mapping[str, Any]) -> str:
        if form["as"] == "ordinal" and "ones" in self.words:
            return self.ordinal(str(number))
        if self.scales or "ones" in self.words:
            return self._counted(number)
        options = tuple(form.get("options", {}).items())
        return self._known(number, form["as"], options) or self._counted(number)

    def _ended(self, said: str, form: Mapping[str, Any]) -> str:
        for ending, other in form.get("endings", {}).items():
            said = re.sub(ending, other, said)
        return said

    @property
    def _always_joint(self) -> bool:
        return bool(self.words.get("and_in_each_group", True))

    def _ranked(self, cardinal: str) -> str:
        cut = max(cardinal.rfind(" "), cardinal.rfind("-")) + 1
        head, last = cardinal[:cut], cardinal[cut:]
        known: str = self.words["ordinals"].get(last, "")
        if known:
            return head + known
        return head + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")

    def feminine(self, said: str) -> str:
        """The words for a number of things of feminine gender, where the language has other words for them."""
        for ending, other in self.words.get("feminine", {}).items():
            said = re.sub(rf"{ending}\b", other, said)
        return said

    def before_noun(self, said: str) -> str:
        """The words for a number of things, where one that ends it has a shorter form: "veintiún euros"."""
        for ending, other in self.words.get("before_noun", {}).items():
            said = re.sub(rf"{ending}\Z", other, said)
        return said

    def of_things(self, written: str) -> str:
        """The words for a number of things: "veintiún kilómetros", but "veintiuno coma uno"."""
        said = self.decimal(written)
        return said if self.words["decimal"] in written else self.before_noun(said)

    def before_large(self, said: str) -> str:
        """The words for a number as they are before "million": where one ends it, it may have another form."""
        for ending, other in self.words.get("before_large", {}).items():
            said = re.sub(rf"{ending}\Z", other, said)
        return said

    def _known(self, number: int | str, form: str, options: tuple[tuple[str, Any], ...] = ()) -> str:
        """What num2words says, as the language's data puts it right."""
        said = "" if self.scales else _num2words(number, str(self.words.get("engine", self.code)), form, options)
        for wrong, right in self.words.get("instead", {}).items():
            said = said.replace(wrong, right)
        for wrong, right in self.words.get("repairs", {}).items():
            said = re.sub(wrong, right, said)
        return " ".join(said.split())

    def _counted(self, number: int, *, joint: bool = True) -> str:
        """A number in words; joint: whether its last tens are joined with "and"."""
        if self.scales:
            return self.scales.counted(number)
        if "ones" not in self.words:
            return self._known(number, "cardinal") or self.spelled(str(number))
        if number < 20:
            return str(self.words["ones"][number])
        parts: list[str] = []
        for scale in self.words["scales"]:
            number, group = divmod(number, 1000)
            if group:
                ends = joint if not scale else bool(self.words["and_in_each_group"])
                more = number if not scale else 0
                parts.insert(0, f"{self._under_thousand(group, more, ends=ends)} {scale}".strip())
        return " ".join(parts)

    def _under_thousand(self, number: int, more: int, *, ends: bool) -> str:
        """Three digits in words; more: what stands before them; ends: whether "and" comes before the tens."""
        ones, tens, joint = self.words["ones"], self.words["tens"], self.words["and"]
        hundreds, rest = divmod(number, 100)
        parts = [f"{ones[hundreds]} {self.words['hundred']}"] if hundreds else []
        parts += [joint] if rest and ends and (hundreds or more) and joint else []
        if rest >= 20:
            parts.append(tens[rest // 10] + (f"-{ones[rest % 10]}" if rest % 10 else ""))
        elif rest:
            parts.append(ones[rest])
        return " ".join(parts)


@cache
def numbers_in(language: Language) -> Numbers | None:
    """The number words of a language, None when the voice is to read its digits."""
    words = language.table("numbers")
    return Numbers(words, language.code) if words else None


@lru_cache(4096)
def _num2words(number: int | str, code: str, form: str, options: tuple[tuple[str, Any], ...]) -> str:
    """What num2words says, "" where it has no such form for the number; options: case, gender, plural."""
    from num2words import num2words

    try:
        return str(num2words(number, lang=code, to=form, **dict(options))).replace(",", "")
    except (NotImplementedError, OverflowError, TypeError, KeyError, IndexError):
        return ""
