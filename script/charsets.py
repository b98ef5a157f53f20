"""Text in an encoding that a web page, a web server or a message names."""

from script.patterns import regex

# The labels of the Encoding Standard (encoding.spec.whatwg.org, section 4.2) that Python knows too; its other codecs
# are left alone, since some of them decode what is no text at all.
_KNOWN = regex(
    r"windows-(?:874|125[0-8])|cp(?:125[0-8]|437|85[0-9]|866|932|949)|iso-?8859-\d\d?|latin-?\d"
    r"|koi8-[ru]|gb2312|gbk|gb18030|big5(?:-hkscs)?|euc-(?:jp|kr)|shift_jis|iso-2022-(?:jp|kr)|mac-?roman|tis-620"
    r"|utf-?(?:8|16|32)(?:-?[lb]e)?"
)
_SYNONYMS = {
    "": "utf-8",
    "ascii": "windows-1252",
    "us-ascii": "windows-1252",
    "ansi_x3.4-1968": "windows-1252",
    "iso-8859-1": "windows-1252",
    "iso8859-1": "windows-1252",
    "latin1": "windows-1252",
    "latin-1": "windows-1252",
    "utf8mb4": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "shift-jis": "shift_jis",
    "sjis": "shift_jis",
    "x-sjis": "shift_jis",
    "windows-31j": "cp932",
    "ks_c_5601-1987": "cp949",
    "x-gbk": "gbk",
    "macintosh": "mac-roman",
    "windows-874": "cp874",
}


def text_labelled(content: bytes, label: str) -> str | None:
    """The content in the encoding of that name; None when the name is unknown or plainly wrong.

    A label that is not UTF-8's is taken to be a server's default where the content is UTF-8 beyond doubt; one that is
    UTF-8's is wrong where it is not. Bytes that mean nothing are left out.
    """
    name = label.strip().strip("\"'").lower()
    encoding = _SYNONYMS.get(name, name)
    if not _KNOWN.fullmatch(encoding):
        return None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None if encoding.startswith(("utf-8", "utf8")) else content.decode(encoding, "ignore")
    return text if not content.isascii() else content.decode(encoding, "ignore")
