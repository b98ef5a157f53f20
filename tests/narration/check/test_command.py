"""The command, its documents and its exit codes."""

from pathlib import Path

from tests.narration.check.planted import FAULTS, plant, recordings, taken_apart
from tests.narration.conftest import Narrate, written


def silence_paragraph_3(episode: Path) -> None:
    spoken = taken_apart(recordings(episode)[3])
    plant(episode, {3: FAULTS["silence"](spoken, 0, spoken.sentences[0]).recording()})


def test_episode_that_is_whole_ends_with_0(episode: Path, narrate: Narrate) -> None:
    ran = narrate("check", episode)
    assert ran.code == 0
    assert "9 paragraphs, 15 sentences" in ran.out
    assert "nothing is wrong" in ran.out


def test_document_tells_each_finding_with_its_time(episode: Path, narrate: Narrate) -> None:
    silence_paragraph_3(episode)
    ran = narrate("check", episode, "--json")
    assert ran.code == 4
    assert ran.document["ok"] is False
    found = next(each for each in ran.document["findings"] if each["kind"] == "silent")
    assert set(found) == {"paragraph", "kind", "severity", "start_s", "end_s", "message"}
    assert found["paragraph"] == 3
    assert 0 < found["start_s"] < found["end_s"]
    assert ran.document["measured"]["sentences"] == 15


def test_findings_are_shown_as_a_table(episode: Path, narrate: Narrate) -> None:
    silence_paragraph_3(episode)
    ran = narrate("check", episode)
    assert ran.code == 4
    assert "nothing is heard" in " ".join(ran.out.split())


def test_source_that_was_changed_is_a_warning(article: Path, narrate: Narrate) -> None:
    narrate(article, "--voice", "tone/low")
    article.write_text(article.read_text("utf-8") + "\nMore.\n", "utf-8")
    ran = narrate("check", article, "--json")
    assert ran.code == 0
    assert [each["kind"] for each in ran.document["findings"]] == ["source"]


def test_episode_that_was_never_made_is_a_usage_error(narrate: Narrate, folder: Path) -> None:
    written(folder / "article.txt", ["A paragraph of which there is no sound yet."])
    ran = narrate("check", "article.txt")
    assert ran.code == 2
    assert "There is no episode of article.txt yet" in ran.err
    ran = narrate("check", "nosuch.md")
    assert ran.code == 2
    assert "There is no file nosuch.md, and no episode of it" in ran.err
