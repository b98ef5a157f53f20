"""Files that people edit."""

import codecs
from pathlib import Path

import pytest

from narration.edited_toml import edited_toml


def test_byte_order_mark_is_no_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_bytes(codecs.BOM_UTF8 + 'title = "Ä"\r\n'.encode())
    assert edited_toml(tmp_path / "show.toml") == {"title": "Ä"}


def test_other_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_bytes('title = "Ä"'.encode("latin-1"))
    with pytest.raises(ValueError, match="not in UTF-8"):
        edited_toml(tmp_path / "show.toml")


def test_what_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text('title = "A"\ntitle\n')
    with pytest.raises(ValueError, match="line 2"):
        edited_toml(tmp_path / "show.toml")


def test_values_that_lie_too_deep_are_told(tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text(f"title = {'[' * 20_000}{']' * 20_000}")
    with pytest.raises(ValueError, match="too deep"):
        edited_toml(tmp_path / "show.toml")
