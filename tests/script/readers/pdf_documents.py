"""Small PDF documents, made to order with the fonts that every viewer has."""

from dataclasses import dataclass

WIDTH, HEIGHT = 400, 600
FONTS = {"roman": "Times-Roman", "bold": "Times-Bold", "typewriter": "Courier"}


@dataclass(frozen=True)
class Text:
    """A line at a place, from the left and from the top of the page, in points."""

    words: str
    left: float = 50
    top: float = 100
    size: float = 10
    font: str = "roman"


def column(words, *, left=50, top=100, size=10, width=48, indent=0, pitch=12, hyphen=False):
    """The lines of a paragraph, `width` characters wide at most; with `hyphen`, words are divided at line ends."""
    lines, line = [], ""
    room = width - indent // 5
    for word in words.split():
        if len(line) + len(word) + 1 <= room:
            line = f"{line} {word}".strip()
            continue
        cut = min(room - len(line) - 2, len(word) - 3)
        if hyphen and cut > 2:
            line = f"{line} {word[:cut]}-"
        lines.append(line)
        line, room = word[cut:] if hyphen and cut > 2 else word, width
    lines.append(line)
    return [
        Text(each, left + (0 if number else indent), top + number * pitch, size) for number, each in enumerate(lines)
    ]


def pdf(*pages, bookmarks=(), title="", author="", rotate=0, locked=False):
    """The bytes of a document of pages of Text; bookmarks: (title, page, from the top in points)."""
    parts = ["<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>"]
    first_page = 8 + len(bookmarks)
    kids = " ".join(f"{first_page + 2 * number} 0 R" for number in range(len(pages)))
    parts.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    parts += [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>" for name in FONTS.values()
    ]
    parts.append(f"<< /Type /Outlines /First 8 0 R /Last {7 + len(bookmarks)} 0 R >>" if bookmarks else "<< >>")
    parts.append(f"<< /Title ({title}) /Author ({author}) /CreationDate (D:20210405120000Z) >>")
    for number, (name, page, top) in enumerate(bookmarks):
        following = f" /Next {9 + number} 0 R" if number + 1 < len(bookmarks) else ""
        place = f"[{first_page + 2 * page} 0 R /XYZ 0 {HEIGHT - top} 0]"
        parts.append(f"<< /Title ({name}) /Parent 6 0 R /Dest {place}{following} >>")
    for number, texts in enumerate(pages):
        parts += _page(texts, first_page + 2 * number + 1, rotate)
    return _file(parts, locked=locked)


def _page(texts, contents, rotate):
    drawn = "\n".join(_shown(text) for text in texts)
    if not texts:
        drawn = "0 0 100 100 re f"  # something drawn, as a scan is
    fonts = "<< /F0 3 0 R /F1 4 0 R /F2 5 0 R >>"
    box = f"/MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {rotate}"
    yield f"<< /Type /Page /Parent 2 0 R {box} /Resources << /Font {fonts} >> /Contents {contents} 0 R >>"
    yield f"<< /Length {len(drawn.encode('cp1252'))} >>\nstream\n{drawn}\nendstream"


def _shown(text):
    font = list(FONTS).index(text.font)
    return f"BT /F{font} {text.size} Tf {text.left} {HEIGHT - text.top} Td ({_escaped(text.words)}) Tj ET"


def _escaped(words):
    return words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _file(parts, *, locked):
    content, offsets = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        offsets.append(len(content))
        content += f"{number} 0 obj\n{part}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    start = len(content)
    key = "00" * 32  # fits no password
    lock = f" /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -4 >>" if locked else ""
    trailer = f"trailer << /Size {len(parts) + 1} /Root 1 0 R /Info 7 0 R{lock} >>\nstartxref\n{start}\n%%EOF\n"
    return content + f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()
