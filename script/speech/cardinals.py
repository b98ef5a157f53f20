"""Numbers become words: the grammar of English numbers over the words of its data file."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from script.speech.language import Language

_LONGEST = 18  # digits that have a name; a longer number is said digit by digit


@dataclass(frozen=True, slots=True)
class Numbers:
    """The words for numbers in a language."""

    words: Mapping[str, Any]

    def cardinal(self, digits: str) -> str:
        """A whole number in words: "42" gives "forty-two". digits: ASCII digits, with commas or without.

        Digit by digit when it begins with a zero or is too long to have a name.
        """
        plain = digits.replace(",", "")
        if len(plain) > _LONGEST or (len(plain) > 1 and plain[0] == "0"):
            return self.spelled(plain)
        return self._counted(int(plain))

    def ordinal(self, digits: str) -> str:
        """A rank in words: "22" gives "twenty-second"."""
        return self.ranked(self.cardinal(digits))

    def ranked(self, cardinal: str) -> str:
        """The rank that goes with a number in words: "twenty-two" gives "twenty-second"."""
        cut = max(cardinal.rfind(" "), cardinal.rfind("-")) + 1
        head, last = cardinal[:cut], cardinal[cut:]
        known: str = self.words["ordinals"].get(last, "")
        if known:
            return head + known
        return head + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")

    def several(self, cardinal: str) -> str:
        """The plural of a number in words: "ninety" gives "nineties"."""
        return (
            f"{cardinal[:-1]}ies" if cardinal.endswith("y") else f"{cardinal}{'es' if cardinal.endswith('x') else 's'}"
        )

    def decimal(self, number: str) -> str:
        """A number with or without a decimal point in words: "3.14" gives "three point one four"."""
        whole, dot, fraction = number.partition(".")
        said = self.cardinal(whole) if whole else ""
        if not dot:
            return said
        return f"{said} {self.words['point']} {self.spelled(fraction)}".strip()

    def spelled(self, digits: str) -> str:
        """The digits one by one."""
        ones = self.words["ones"]
        return " ".join(ones[int(digit)] for digit in digits)

    def year(self, digits: str) -> str:
        """Four digits as a year: "1990" gives "nineteen ninety", "2004" gives "two thousand four"."""
        century, rest = int(digits[:2]), int(digits[2:])
        if (century % 10 == 0 and rest < 10) or century < 10:
            return self.cardinal(digits)
        if rest == 0:
            return f"{self._counted(century)} {self.words['hundred']}"
        oh = f"{self.words['oh']} " if rest < 10 else ""
        return f"{self._counted(century)} {oh}{self._counted(rest)}"

    def _counted(self, number: int) -> str:
        if number == 0:
            return str(self.words["ones"][0])
        parts: list[str] = []
        for scale in self.words["scales"]:
            number, group = divmod(number, 1000)
            if group:
                parts.insert(0, f"{self._under_thousand(group)} {scale}".strip())
        return " ".join(parts)

    def _under_thousand(self, number: int) -> str:
        ones, tens = self.words["ones"], self.words["tens"]
        hundreds, rest = divmod(number, 100)
        parts = [f"{ones[hundreds]} {self.words['hundred']}"] if hundreds else []
        if rest >= 20:
            parts.append(tens[rest // 10] + (f"-{ones[rest % 10]}" if rest % 10 else ""))
        elif rest:
            parts.append(ones[rest])
        return " ".join(parts)


@cache
def numbers_in(language: Language) -> Numbers | None:
    """The number words of a language, None when the voice is to read its digits."""
    words = language.table("numbers")
    return Numbers(words) if words else None
