"""The rooms of the house: who may import whom."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = {"script": {"audio", "narration"}, "audio": {"script", "narration"}, "narration": {"tests"}}


def imports(path: Path) -> Iterator[str]:
    package = path.relative_to(ROOT).parts[:-1]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            yield ".".join([*above, *([node.module] if node.module else [])])


@pytest.mark.parametrize("room", ROOMS)
def test_room_imports_only_what_it_may(room):
    strays = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in (ROOT / room).rglob("*.py")
        for name in imports(path)
        if name.partition(".")[0] in ROOMS[room]
    }
    assert strays == set()


def test_every_room_has_files_to_walk():
    assert all(list((ROOT / room).rglob("*.py")) for room in ROOMS)
