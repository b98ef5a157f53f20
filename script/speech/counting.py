"""Numbers by a language's own scales, for those num2words does not know: 万 and 亿 in Chinese, lakh in Hindi."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Scales:
    """How a language counts: words for the smallest numbers, and scales from the greatest down.

    zero: said for places that are empty inside a number, or ""; lone: how many of a scale need no number when they
    begin one ("十", not "一十"); doubled: the word for two of `doubled_from` and more, or "".
    """

    names: tuple[str, ...]
    scales: tuple[tuple[int, str], ...]
    joint: str = " "
    zero: str = ""
    lone: int = 0
    doubled: str = ""
    doubled_from: int = 0

    def counted(self, number: int, *, inner: bool = False) -> str:
        """A number in words; inner: whether it is said behind a greater part of one number."""
        if number < len(self.names):
            return self.names[number]
        value, name = next(scale for scale in self.scales if scale[0] <= number)
        head, rest = divmod(number, value)
        parts = [self._head(head, value, inner=inner), name]
        if rest:
            parts += [self.zero] if rest * 10 < value else []
            parts.append(self.counted(rest, inner=True))
        return self.joint.join(filter(None, parts))

    def _head(self, head: int, value: int, *, inner: bool) -> str:
        if head == 1 and value == self.lone and not inner:
            return ""
        if head == 2 and self.doubled and value >= self.doubled_from:
            return self.doubled
        return self.counted(head)


def scales_of(words: Mapping[str, Any]) -> Scales | None:
    """The scales in a language's number words, None when another grammar counts."""
    table = words.get("counting")
    if not table:
        return None
    scales = tuple((10 ** int(power), str(name)) for power, name in table["scales"].items())
    options = {key: value for key, value in table.items() if key not in {"names", "scales"}}
    return Scales(tuple(table["names"]), tuple(sorted(scales, reverse=True)), **options)
