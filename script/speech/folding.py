"""Digits and signs of other scripts and widths as the plain ones: "１２" and "१२" are 12.

Each character gives one, so that what is found in the folded text stands at the same place in the written one.
"""

import unicodedata

_WIDE = frozenset("％＄＃＆＋－．／：＝＠＜＞")  # not the comma, which parts clauses
_SIGNS = {"￥": "¥", "￡": "£", "￦": "₩", "￠": "¢"}
# With a dot or without, a pattern in which case does not count takes them for a plain i.
_LETTERS = {"İ": "I", "ı": "i"}


class _Folds(dict[int, int | str]):
    """What each character that has been met is folded to, by its code; most to itself."""

    def __missing__(self, code: int) -> int | str:
        sign = chr(code)
        plain: int | str = code
        if code > 0x7F and sign.isdecimal():
            plain = str(unicodedata.decimal(sign))
        elif "Ａ" <= sign <= "Ｚ" or "ａ" <= sign <= "ｚ" or sign in _WIDE:
            plain = unicodedata.normalize("NFKC", sign)
        elif sign.lower() != sign.casefold() and len(sign.casefold()) == 1:  # "ſ" is an s to a pattern too
            plain = sign.casefold()
        self[code] = _SIGNS.get(sign) or _LETTERS.get(sign) or plain
        return self[code]


_FOLDS = _Folds()


def folded(text: str) -> str:
    """The text, as long as it was, with plain digits, and plain letters and signs for those of full width."""
    return text if text.isascii() else text.translate(_FOLDS)
