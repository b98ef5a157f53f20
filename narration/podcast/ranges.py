"""The Range header of a request, as it is to be answered (RFC 9110, section 14)."""

import re

_MOST = 100  # ranges in one request; more is an attack on the server, and is answered with the whole file
_SPECIFIER = re.compile(r"\s*(?:(\d{1,19})-(\d{0,19})|-(\d{1,19}))\s*", re.ASCII)


def satisfiable(header: str, n_bytes: int) -> str:
    """The header with only those ranges that the file has; "" when the whole file is the answer.

    Ranges in another unit, and a header that is not well formed, are as if they were not there (section 14.2). When no
    range is satisfiable (section 14.1.2), the result names the first byte behind the file, which is answered with 416.
    """
    unit, equals, specifiers = header.partition("=")
    if unit.strip().lower() != "bytes" or not equals:
        return ""
    matches = [_SPECIFIER.fullmatch(each) for each in specifiers.split(",") if each.strip()]
    if not matches or len(matches) > _MOST:
        return ""
    ranges = []
    for match in matches:
        if match is None or (match[2] and int(match[2]) < int(match[1])):
            return ""
        first, last = _bounds(match, n_bytes)
        if first <= last:
            ranges.append(f"{first}-{last}")
    return f"bytes={', '.join(ranges) or f'{n_bytes}-'}"


def _bounds(match: re.Match[str], n_bytes: int) -> tuple[int, int]:
    """The first and the last byte that one specifier means; the first behind the last where the file has none."""
    if match[3]:
        return max(n_bytes - int(match[3]), 0) if int(match[3]) else n_bytes, n_bytes - 1
    return int(match[1]), min(int(match[2]), n_bytes - 1) if match[2] else n_bytes - 1
