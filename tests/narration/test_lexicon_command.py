"""`narrate lexicon suggest`."""

from pathlib import Path

from tests.narration.conftest import Narrate


def test_names_are_written_to_be_filled_in(folder: Path, narrate: Narrate) -> None:
    (folder / "a.md").write_text("We saw Ely and Bath, and Bath again.")
    assert narrate("lexicon", "suggest", "a.md", "-o", "names.tsv").out == "names.tsv\n"
    assert [line.split("\t")[0] for line in (folder / "names.tsv").read_text("utf-8").splitlines()[1:]] == [
        "Bath",
        "Ely",
    ]


def test_filled_table_is_not_overwritten(folder: Path, narrate: Narrate) -> None:
    (folder / "a.md").write_text("We saw Ely.")
    (folder / "names.tsv").write_text("Ely\tEelee\n")
    assert narrate("lexicon", "suggest", "a.md", "-o", "names.tsv").code == 2
    assert narrate("lexicon", "suggest", "a.md", "--lexicon", "names.tsv", "--json").document == []


def test_names_are_listed_as_json(folder: Path, narrate: Narrate) -> None:
    (folder / "a.md").write_text("We saw Ely.")
    assert narrate("lexicon", "suggest", "a.md", "--json").document == [
        {"word": "Ely", "count": 1, "why": "name", "example": "We saw Ely."}
    ]
