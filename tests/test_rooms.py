"""The rooms of the house: who may import whom."""

import ast
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOMS = {"script": {"audio", "narration"}, "audio": {"script", "narration"}, "narration": {"tests"}}


def folder(room: str) -> Path:
    spec = find_spec(room)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def imports(path: Path, root: Path) -> Iterator[str]:
    package = path.relative_to(root).parts[:-1]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            yield ".".join([*above, *([node.module] if node.module else [])])


@pytest.mark.parametrize("room", ROOMS)
def test_room_imports_only_what_it_may(room):
    strays = {
        f"{path.relative_to(folder(room))} imports {name}"
        for path in folder(room).rglob("*.py")
        for name in imports(path, folder(room).parent)
        if name.partition(".")[0] in ROOMS[room]
    }
    assert strays == set()


def test_every_room_has_files_to_walk():
    assert all(list(folder(room).rglob("*.py")) for room in ROOMS)
