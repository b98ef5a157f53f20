"""Lexicons: which files hold, and what a change in one records again."""

import os
from pathlib import Path

import pytest

from narration import lexicons
from narration.errors import UsageError
from narration.plan import paragraphs, plan
from narration.project import Take
from narration.settings import placed
from script.lexicon import Entry
from tests.narration.conftest import Narrate
from tests.narration.values import sound


def test_own_lexicon_comes_first_and_the_others_in_order(tmp_path: Path) -> None:
    Path(os.environ["NARRATION_HOME"]).mkdir(exist_ok=True)
    Path(os.environ["NARRATION_HOME"], "lexicon.tsv").write_text("a\t1st\n")
    (tmp_path / "b.csv").write_text("a,second")
    assert lexicons.entries([str(tmp_path / "b.csv")]) == (Entry(("a",), "1st"), Entry(("a",), "second"))


def test_own_lexicon_that_may_not_be_looked_for_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARRATION_HOME", "x" * 300)
    assert lexicons.entries([]) == ()


def test_files_are_sought_where_they_are_named(tmp_path: Path) -> None:
    assert placed({"lexicon": "a.tsv, b.pls", "speed": 1}, tmp_path) == {
        "lexicon": (str(tmp_path / "a.tsv"), str(tmp_path / "b.pls")),
        "speed": 1,
    }


@pytest.mark.parametrize(("content", "message"), [(None, "cannot be read"), ("x", "line 1: “x” has no tab")])
def test_lexicon_that_cannot_be_used_is_refused(tmp_path: Path, content: str | None, message: str) -> None:
    if content:
        (tmp_path / "a.tsv").write_text(content)
    with pytest.raises(UsageError, match=message):
        lexicons.entries([str(tmp_path / "a.tsv")])


@pytest.mark.parametrize(
    ("before", "now", "why"),
    [
        ((), ("Cam",), "lexicon entry “Cam” is new"),
        (("Cam",), (), "lexicon entry “Cam” no longer applies"),
        (("Cam", "Ely"), ("Cam", "Ely"), "lexicon entry “Cam” or “Ely” changed"),
        ((), (), "text changed"),
    ],
)
def test_plan_names_the_entry(before: tuple[str, ...], now: tuple[str, ...], why: str) -> None:
    earlier = paragraphs(["The Cam."], [sound("The Cam.")], [before])
    later = paragraphs(["The Cam."], [sound("The Kam.")], [now])
    assert earlier[0].sound
    takes = [Take(1, earlier[0].key, earlier[0].sound.key, earlier[0].sound, 1.0, -20.0)]
    assert [step.why for step in plan(later, takes, {}, earlier).steps] == [why]


def test_edited_lexicon_records_the_paragraphs_with_its_word_alone(folder: Path, narrate: Narrate) -> None:
    (folder / "a.md").write_text("---\nlexicon: w.tsv\n---\n\nThe Cam is long.\n\nThe Ouse is longer.\n")
    (folder / "w.tsv").write_text("Cam\tKam\n")
    assert narrate("a.md", "--engine", "tone", "--json").document["recorded"] == 2
    (folder / "w.tsv").write_text("Cam\tKemm\n")
    assert narrate("a.md", "--engine", "tone", "--json").document["recorded"] == 1
    again = narrate("a.md", "--engine", "tone", "--dry-run", "--json").document
    assert [step["why"] for step in again["plan"]] == ["unchanged", "unchanged"]
