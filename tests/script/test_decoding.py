import pytest

from script import ArticleError
from script.decoding import decoded

TEXT = "Größe: “naïve”\ncafé"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_text_and_utf8_are_read_without_a_note(encoding):
    assert decoded(TEXT.encode(encoding), "a").text == TEXT
    assert decoded(TEXT.encode(encoding), "a").notes == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_known_by_its_nul_bytes(encoding):
    assert decoded(TEXT.encode(encoding), "a").text == TEXT


def test_other_bytes_are_windows_1252_with_a_note():
    found = decoded(TEXT.encode("cp1252"), "a.txt")
    assert found.text == TEXT
    assert found.notes == ("a.txt is not UTF-8 (line 1); it was read as Windows-1252.",)


def test_one_broken_character_does_not_make_utf8_something_else():
    found = decoded(b"\xff" + (TEXT * 3).encode(), "a.txt")
    assert found.text == TEXT * 3
    assert "line 1" in found.notes[0]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\u2028", "\x85"])
def test_every_line_end_becomes_a_newline(end):
    assert decoded(f"a{end}b".encode(), "a").text == "a\nb"


def test_form_feed_parts_like_a_blank_line():
    assert decoded(b"a\x0cb", "a").text == "a\n\nb"


@pytest.mark.parametrize("content", [b"a\0b", bytes(range(1, 32)) * 10, b"\x01\x02\x03\x04 text"])
def test_binary_is_refused(content):
    with pytest.raises(ArticleError, match=r"a\.bin is not text"):
        decoded(content, "a.bin")
