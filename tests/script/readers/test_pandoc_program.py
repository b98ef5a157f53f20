"""Pandoc gets so much processor time and no more; time that others take is not counted."""

import sys

import pytest

from script.errors import ArticleError
from script.readers import pandoc_program
from tests.script.hostile_documents import DOCUMENTS


@pytest.mark.skipif(sys.platform != "linux", reason="processor time is limited by prlimit")
def test_document_that_takes_too_long_is_refused_by_processor_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc_program, "_TIME_LIMIT_S", 0.5)
    monkeypatch.setattr(pandoc_program, "_BUSY", 1000.0)
    with pytest.raises(ArticleError, match=r"brackets\.md took pandoc more than 2 s; simplify or divide it"):
        pandoc_program.syntax_tree(DOCUMENTS["brackets.md"](), "markdown", "brackets.md")


def test_pandoc_that_does_not_end_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc_program, "_TIME_LIMIT_S", 0.001)
    monkeypatch.setattr(pandoc_program, "_BUSY", 1.0)
    with pytest.raises(ArticleError, match="more than"):
        pandoc_program.syntax_tree(b"# A title", "markdown", "a.md")
