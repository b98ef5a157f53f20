"""Documents made to do harm, by the name of what they try."""

import io
import zipfile
from collections.abc import Callable, Mapping
from random import Random

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_LEVELS = "".join(f'<!ENTITY {name} "{f"&{inner};" * 10}">' for inner, name in zip("abdefghi", "bdefghic", strict=True))
BOMB = f'<!DOCTYPE d [<!ENTITY a "lol">{_LEVELS}]>'
OUTSIDE = '<!DOCTYPE d [<!ENTITY c SYSTEM "file:///etc/passwd"><!ENTITY % e SYSTEM "http://127.0.0.1:9/x.dtd"> %e;]>'
_SENTENCE = "The lamp was lit at dusk, and nobody saw who had done it on the 3rd of May 1924. "
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
_ODT = "application/vnd.oasis.opendocument.text"
_CONTAINER = '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>'


_FIRST = "<html><body><p>One.</p></body></html>"


def _zip(files: Mapping[str, bytes | str], link: str = "") -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in files.items():
            archive.writestr(name, held)
        if link:
            entry = zipfile.ZipInfo(link)
            entry.external_attr = 0o120777 << 16
            archive.writestr(entry, "/etc/passwd")
    return content.getvalue()


def docx(
    body: str = "<w:p><w:r><w:t>One.</w:t></w:r></w:p>",
    more: Mapping[str, bytes | str] = {},
    declaration: str = "",
    link: str = "",
) -> bytes:
    document = f'{declaration}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    kinds = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r" Type="{_OFFICE}/relationships/'
        'officeDocument" Target="word/document.xml"/></Relationships>'
    )
    parts = {"[Content_Types].xml": kinds, "_rels/.rels": relations, "word/document.xml": document}
    return _zip(parts | dict(more), link)


def epub(page: str = _FIRST, more: Mapping[str, bytes | str] = {}, link: str = "") -> bytes:
    item = '<item id="{}" href="{}" media-type="application/xhtml+xml"/>'
    items = item.format("a", "a.xhtml") + item.format("b", "../../../etc/passwd")
    spine = '<spine><itemref idref="a"/><itemref idref="b"/></spine>'
    package = f"<package><metadata/><manifest>{items}</manifest>{spine}</package>"
    parts = {"META-INF/container.xml": _CONTAINER, "b.opf": package, "a.xhtml": page}
    return _zip(parts | dict(more), link)


def _prose(n_bytes: int) -> bytes:
    paragraph = _SENTENCE * 6 + "\n\n"
    return (paragraph * (n_bytes // len(paragraph) + 1)).encode()[:n_bytes]


def _noise() -> bytes:
    signs = "\0\x01\x07\x1b\x7f\x85\u200b\u200d\u202e\u2066\u2069\ufeff\ufffe\u0301ab .\n"
    return "".join(Random(1).choices(signs, k=200_000)).replace("\0", "").encode()


_PAGE = "<html><body><p>One &c;.</p><img src='http://127.0.0.1:9/a'/></body></html>"
_FEED = "<rss><channel><item><title>A</title><description>One &c;.</description></item></channel></rss>"
_SPEECH = "<speak>One &c;.<audio src='/etc/passwd'/></speak>"
_BODY = "<w:p><w:r><w:t>One &c;.</w:t></w:r></w:p>"
_HEAD = b"From: a@b.example\nDate: Mon, 1 Jan 2024 00:00:00 +0000\nSubject: "


def _aliases() -> str:
    lines = [f"{chr(n + 1)}: &{chr(n + 1)} [{', '.join([f'*{chr(n)}'] * 9)}]\n" for n in range(97, 106)]
    return f"---\na: &a [x]\n{''.join(lines)}---\n\nText.\n"


def _declared(declaration: str, root: str, document: str) -> bytes:
    return (declaration.replace("DOCTYPE d", f"DOCTYPE {root}") + document).encode()


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "fifty-megabytes.txt": lambda: _prose(50_000_000),
    "fifty-megabytes.md": lambda: _prose(50_000_000),
    "fifty-megabytes.html": lambda: b"<html><body><p>" + _prose(50_000_000).replace(b"\n\n", b"</p><p>"),
    "one-line.txt": lambda: _prose(1_000_000).replace(b"\n", b" "),
    "one-word.txt": lambda: b"a" * 3_000_000,
    "one-word.md": lambda: b"a" * 3_000_000,
    "digits.txt": lambda: b"1" * 2_000_000,
    "dots.txt": lambda: b"A." * 1_000_000,
    "brackets.md": lambda: b"[" * 200_000,
    "brackets.txt": lambda: b"([" * 1_000_000,
    "stars.md": lambda: b"*a_" * 200_000,
    "quotes.md": lambda: b"> " * 1000 + b"deep",
    "lists.md": lambda: "".join(" " * 2 * n + "- a\n" for n in range(1000)).encode(),
    "accents.txt": lambda: b"a" + "\u0301".encode() * 500_000,
    "noise.txt": _noise,
    "surrogates.txt": lambda: b"One \xed\xa0\x80 two \xed\xb0\x80." * 1000,
    "surrogates.html": lambda: b"<p>One &#xD800; two \xed\xa0\x80 &#0; &#x1F; three.",
    "utf-16.txt": lambda: "Words \ud83d and more.".encode("utf-16", "surrogatepass") * 100,
    "divisions.html": lambda: b"<div>" * 1000 + b"One." + b"</div>" * 1000,
    "divisions-without-end.html": lambda: b"<div><p>" * 200_000 + b"One.",
    "tables.html": lambda: b"<table><tr><td>" * 1000 + b"One.",
    "attributes.html": lambda: b"<p " + b'a="b" ' * 500_000 + b">One.</p>",
    "notes.html": lambda: b"".join(
        b'<p id="n%d">L<sup><a href="#n%d">1</a></sup>.' % (n, n + 1) for n in range(20_000)
    ),
    "bomb.html": lambda: _declared(BOMB, "html", _PAGE),
    "outside.html": lambda: _declared(OUTSIDE, "html", _PAGE),
    "bomb.rss": lambda: _declared(BOMB, "rss", _FEED),
    "outside.rss": lambda: _declared(OUTSIDE, "rss", _FEED),
    "bomb.ssml": lambda: _declared(BOMB, "speak", _SPEECH),
    "outside.ssml": lambda: _declared(OUTSIDE, "speak", _SPEECH),
    "levels.ssml": lambda: b"<speak>" + b"<p>" * 1000 + b"deep",
    "bomb.fb2": lambda: _declared(
        BOMB, "d", "<FictionBook><body><section><p>One &c;.</p></section></body></FictionBook>"
    ),
    "bomb.docbook": lambda: _declared(BOMB, "article", "<article><para>One &c;.</para></article>"),
    "include.rst": lambda: b".. include:: /etc/passwd\n\n.. raw:: html\n   :file: /etc/passwd\n\nText.\n",
    "include.org": lambda: b"#+INCLUDE: /etc/passwd\n\nText.\n",
    "include.tex": lambda: b"\\input{/etc/passwd} \\include{/etc/passwd} Text.",
    "macros.tex": lambda: b"\\newcommand{\\a}{\\b\\b\\b\\b}\\newcommand{\\b}{\\a\\a\\a\\a}\\a Text.",
    "include.adoc": lambda: b"include::/etc/passwd[]\n\nText.\n",
    "aliases.md": lambda: _aliases().encode(),
    "parts.eml": lambda: (
        _HEAD + b"".join(b"\nContent-Type: multipart/mixed; boundary=%d\n\n--%d" % (n, n) for n in range(2000))
    ),
    "header.eml": lambda: _HEAD + b"x" * 5_000_000 + b"\n\nText.",
    "levels.ipynb": lambda: b'{"cells": ' + b"[" * 100_000,
    "bomb.docx": lambda: docx(more={"word/media/a.png": b"\0" * 400_000_000}),
    "bomb-document.docx": lambda: docx("<w:p><w:r><w:t>One. </w:t></w:r></w:p>" * 2_000_000),
    "bomb-entities.docx": lambda: docx(_BODY, declaration=BOMB),
    "entries.docx": lambda: docx(more={f"x{n}": "" for n in range(70_000)}),
    "paths.docx": lambda: docx(more={"../../evil": "x", "/evil": "x", "C:\\evil": "x"}, link="word/media/link"),
    "levels.docx": lambda: docx("<w:tbl><w:tr><w:tc>" * 1000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 1000),
    "truncated.docx": lambda: docx(more={"y": "z" * 2000})[:400],
    "encrypted.docx": lambda: _OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 4096,
    "encrypted.odt": lambda: _zip(
        {"mimetype": _ODT, "META-INF/manifest.xml": "<a><encryption-data/></a>", "content.xml": "?"}
    ),
    "old.doc": lambda: _OLE + "WordDocument".encode("utf-16-le") + b"\0" * 4096,
    "bomb.epub": lambda: epub("<html><body>" + "<p>One.</p>" * 10_000_000 + "</body></html>"),
    "bomb-entities.epub": lambda: epub(BOMB + _PAGE),
    "outside.epub": lambda: epub(OUTSIDE + _PAGE),
    "entries.epub": lambda: epub(more={f"x{n}": "" for n in range(70_000)}),
    "paths.epub": lambda: epub(more={"../../evil": "x", "/evil": "x"}, link="link.xhtml"),
    "levels.epub": lambda: epub("<html><body>" + "<ul><li>" * 1000 + "One." + "</li></ul>" * 1000 + "</body></html>"),
    "truncated.epub": lambda: epub()[:300],
    "truncated.pdf": lambda: b"%PDF-1.7\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n",
    "wrong.docx": lambda: b"<html><body><p>This is a page.</p></body></html>",
    "wrong.epub": lambda: b"Just text.",
    "wrong.md": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "wrong.txt": lambda: b"\x7fELF" + bytes(range(256)) * 20,
}
