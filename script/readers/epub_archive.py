"""The files in an EPUB's archive, read without trusting it."""

import lzma
import posixpath
import zlib
from io import BytesIO
from urllib.parse import unquote, urlsplit
from zipfile import BadZipFile, ZipFile, ZipInfo

from script.errors import ArticleError
from script.readers.markup import tree

_MOST_FILES = 20_000
_LARGEST_FILE = 32 * 2**20  # bytes, unpacked; a long novel's text has one or two million
_LARGEST_WHOLE = 256 * 2**20
_FAULTS = (
    BadZipFile,
    NotImplementedError,
    RuntimeError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
)
# EPUB 3.3, 4.3: obfuscated fonts are no obstacle. Everything else that is encrypted is locked.
_OBFUSCATION = {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"}


class Archive:
    """An EPUB's files by path; nothing is ever unpacked to disk.

    Raises ArticleError when it is no archive, locked, or larger than any book.
    """

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        self._read = 0
        try:
            self._zip = ZipFile(BytesIO(content))
            entries = self._zip.infolist()
        except _FAULTS as error:
            raise ArticleError(f"{name} is damaged: its archive cannot be opened. Download it again.") from error
        if len(entries) > _MOST_FILES:
            raise ArticleError(f"{name} holds more than {_MOST_FILES} files, which no document does; it is not read.")
        self._entries: dict[str, ZipInfo] = {}
        for entry in entries:
            self._entries.setdefault(_key(entry.filename), entry)
        self._refuse_locked()

    def __contains__(self, path: str) -> bool:
        return _key(path) in self._entries

    def ending(self, suffix: str) -> list[str]:
        """The paths that end so, in the archive's order."""
        return [entry.filename for entry in self._entries.values() if entry.filename.lower().endswith(suffix)]

    @property
    def is_locked(self) -> bool:
        """Whether a file in it needs a password."""
        return any(entry.flag_bits & 1 for entry in self._entries.values())

    def unpacked_bytes(self, suffixes: tuple[str, ...]) -> int:
        """How many bytes the files with these suffixes say that they unpack to."""
        return sum(entry.file_size for entry in self._entries.values() if entry.filename.endswith(suffixes))

    def content(self, path: str) -> bytes:
        """The bytes of a file, b"" when there is none of this name in any mixture of case.

        Raises ArticleError when it is damaged, locked or too large.
        """
        entry = self._entries.get(_key(path))
        if not entry:
            return b""
        try:
            with self._zip.open(entry) as file:
                content = file.read(_LARGEST_FILE + 1)
        except _FAULTS as error:
            locked = entry.flag_bits & 1
            remedy = "it is locked with a password" if locked else "download the book again"
            raise ArticleError(f"{self.name} is damaged: {path} in it cannot be read; {remedy}.") from error
        self._read += len(content)
        if len(content) > _LARGEST_FILE or self._read > _LARGEST_WHOLE:
            raise ArticleError(f"{self.name} unpacks to far more than a book holds, at {path}; it is not read.")
        return content

    def _refuse_locked(self) -> None:
        content = self.content("META-INF/encryption.xml")
        if not content.strip():
            return
        methods = {
            element.get("algorithm", "")
            for data in tree(content, self.name).iter("encrypteddata")
            for element in data.iter("encryptionmethod")
        }
        if methods - _OBFUSCATION:
            raise ArticleError(
                f"{self.name} is protected against copying (DRM), so its text cannot be read; "
                "use a copy without protection."
            )


def resolved(base: str, reference: str) -> tuple[str, str]:
    """The path within the archive that a reference in the file `base` leads to, and its fragment.

    ("", "") when it leads out of the book.
    """
    try:
        parts = urlsplit(reference.strip())
    except ValueError:
        return "", ""
    if parts.scheme or parts.netloc:
        return "", ""
    if not parts.path:
        return base, unquote(parts.fragment)
    path = posixpath.normpath(posixpath.join("/", posixpath.dirname(base), unquote(parts.path)))
    return path.lstrip("/"), unquote(parts.fragment)


def _key(path: str) -> str:
    return path.replace("\\", "/").lstrip("/").casefold()
