"""The words of a PDF with their places, as JSON: a program of its own, since what parses a PDF may hang or crash.

`python -m script.readers.pdf_words < document.pdf > words.json`
"""

import json
import sys
from collections.abc import Iterator
from ctypes import byref, c_int, create_string_buffer
from math import atan2, hypot, pi
from typing import Any

MOST_PAGES = 3_000
_MOST_CHARACTERS = 60_000  # of one page; a printed page has 3,000
_MOST_MEMORY_BYTES = 3 * 2**30
_MOST_BOOKMARKS = 2_000
_FORCE_BOLD = 1 << 18  # ISO 32000-1, table 123
_FIXED_PITCH = 1  # the same
_BOLD_WEIGHT = 600
_BOLD_NAMES = ("bold", "black", "cmbx", "heavy")
_TYPEWRITER_NAMES = ("courier", "mono", "nimbusmon", "cmtt", "consol", "menlo", "typewriter")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\x02": "-", "\xa0": " "}
_Box = tuple[float, float, float, float]


def main() -> None:
    """Print what the PDF on standard input holds, or the name of its fault: "password", "broken", "pages"."""
    _limit_memory()
    json.dump(contents(sys.stdin.buffer.read()), sys.stdout)


def _limit_memory() -> None:
    if sys.platform == "linux":  # elsewhere the limit does not exist, or cannot be set
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY_BYTES, _MOST_MEMORY_BYTES))


def contents(content: bytes) -> dict[str, Any]:
    """Metadata, bookmarks and pages with their words, or the fault that keeps them from being read."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(content)
        if len(document) > MOST_PAGES:
            return {"fault": "pages"}
        pages = [_page(document, index) for index in range(len(document))]
    except pypdfium2.PdfiumError as error:
        return {"fault": "password" if error.err_code == pdfium.FPDF_ERR_PASSWORD else "broken"}
    return {"metadata": document.get_metadata_dict(), "bookmarks": list(_bookmarks(document)), "pages": pages}


def _bookmarks(document: Any) -> Iterator[tuple[str, int, int, float | None]]:  # noqa: ANN401 - pypdfium2 has no types
    """Title, depth from 1, page from 0, and height above the page's foot in points, of each bookmark with a place."""
    for count, each in enumerate(document.get_toc(max_depth=6)):
        destination = each.get_dest()
        page = destination.get_index() if destination else None
        if count >= _MOST_BOOKMARKS:
            return
        if page is not None:
            mode, view = destination.get_view()
            del mode
            yield each.get_title(), each.level + 1, page, view[1] if len(view) > 1 and view[1] else None


def _page(document: Any, index: int) -> dict[str, Any]:  # noqa: ANN401 - the same
    import pypdfium2

    try:
        page = document[index]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return {"size": [0, 0], "drawn": True, "words": []}
    words = list(_words(text_page))
    drawn = any(True for _ in page.get_objects(max_depth=1))
    size = page.get_size() if page.get_rotation() in {0, 180} else page.get_size()[::-1]
    text_page.close()
    page.close()
    return {"size": size, "drawn": drawn, "words": words}


def _words(text_page: Any) -> Iterator[list[Any]]:  # noqa: ANN401 - the same
    """Each word: text, box (left, bottom, right, top in points), size, bold, typewriter, quarter turns, joined.

    joined: whether it goes on from the word before it without a space, as a raised mark of a note does.
    """
    import pypdfium2.raw as pdfium

    letters: list[str] = []
    boxes: list[_Box] = []
    first, joined = 0, False
    for index in range(min(text_page.count_chars(), _MOST_CHARACTERS)):
        letter = _letter(pdfium.FPDFText_GetUnicode(text_page, index))
        box = _box(pdfium, text_page, index) if letter.strip() else (0.0, 0.0, 0.0, 0.0)
        parted = not letter.strip()
        jumped = bool(boxes) and not parted and _is_elsewhere(boxes[-1], box)
        if letters and (parted or jumped):
            yield _word(pdfium, text_page, first, letters, boxes, joined=joined)
            joined = jumped and _is_raised_or_after(boxes[-1], box)
            letters, boxes = [], []
        if parted:
            joined = False
            continue
        first = first if letters else index
        letters.append(letter)
        boxes.append(box)
    if letters:
        yield _word(pdfium, text_page, first, letters, boxes, joined=joined)


def _letter(code: int) -> str:
    if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return "\ufffd"
    return _LIGATURES.get(chr(code), chr(code))


def _box(pdfium: Any, text_page: Any, index: int) -> _Box:  # noqa: ANN401 - the same
    rectangle = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text_page, index, byref(rectangle))
    return rectangle.left, rectangle.bottom, rectangle.right, rectangle.top


def _is_elsewhere(before: _Box, box: _Box) -> bool:
    """Whether a letter is of another size, in another line, or far from the one before it."""
    height, other = before[3] - before[1], box[3] - box[1]
    if not 0.8 < (other + 0.01) / (height + 0.01) < 1.25:
        return True
    reach = max(height, before[2] - before[0], 1.0)
    return abs(box[1] - before[1]) > reach or abs(box[0] - before[2]) > 2 * reach


def _is_raised_or_after(before: _Box, box: _Box) -> bool:
    """Whether a letter of another size stands close to the one before it, within its line."""
    height = before[3] - before[1]
    overlap = min(before[3], box[3]) - max(before[1], box[1])
    return overlap > 0.3 * min(height, box[3] - box[1]) and abs(box[0] - before[2]) < 0.3 * height


def _word(pdfium: Any, text_page: Any, first: int, letters: list[str], boxes: list[_Box], *, joined: bool) -> list[Any]:  # noqa: ANN401
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, first, byref(matrix))
    scale = hypot(matrix.c, matrix.d) or 1.0
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return [
        "".join(letters),
        *(round(edge, 2) for edge in (min(lefts), min(bottoms), max(rights), max(tops))),
        round(pdfium.FPDFText_GetFontSize(text_page, first) * scale, 2),
        *_bold_and_typewriter(pdfium, text_page, first),
        round(atan2(matrix.b, matrix.a) / (pi / 2)) % 4 if _is_straight(matrix) else -1,
        joined,
    ]


def _is_straight(matrix: Any) -> bool:  # noqa: ANN401 - a ctypes structure
    turns = atan2(matrix.b, matrix.a) / (pi / 2)
    return abs(turns - round(turns)) < 0.05


def _bold_and_typewriter(pdfium: Any, text_page: Any, index: int) -> tuple[bool, bool]:  # noqa: ANN401 - the same
    flags = c_int()
    name = create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(text_page, index, name, 128, byref(flags))
    called = name.value.decode("utf-8", "replace").lower()
    heavy = bool(flags.value & _FORCE_BOLD) or pdfium.FPDFText_GetFontWeight(text_page, index) >= _BOLD_WEIGHT
    typewriter = bool(flags.value & _FIXED_PITCH) or any(each in called for each in _TYPEWRITER_NAMES)
    return heavy or any(each in called for each in _BOLD_NAMES), typewriter


if __name__ == "__main__":
    main()
