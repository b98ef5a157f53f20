"""What comes of an engine that fails: retry, rescue, a clear report, and never an episode with a hole."""

from pathlib import Path

import pytest

from tests.narration.conftest import Narrate, written

pytestmark = pytest.mark.usefixtures("stranger")

TEXT = (
    "The first one is fine. And good.",
    "Here comes trouble for you. The rest of it is fine as can be.",
    "The third one is fine too.",
)
WHY = {
    "aborts": "the engine's process died (SIGABRT)",
    "leaves": "the engine's process died (exit code 3)",
    "refuses": "the engine refuses",
    "raises": "the engine “faulty” failed with StrangersError: bug and trouble",
    "silent": "it came back silent",
    "empty": "it came back silent",
    "short": "it was cut short (0.5 s, expected about 1.5 s)",
    "loses": "it spoke 0 of 1 sentences",
    "poison": "it gave samples that are no numbers",
}
HANGS = ("hangs", "holds")


@pytest.fixture
def article(folder: Path) -> Path:
    return written(folder / "article.txt", TEXT)


@pytest.mark.parametrize("voice", WHY)
def test_sentence_that_cannot_be_spoken_is_named_with_its_paragraph(
    voice: str, article: Path, narrate: Narrate
) -> None:
    ran = narrate(article, "--voice", f"faulty/{voice}")
    assert ran.code == 4
    expected = f"Paragraph 2 could not be recorded: {WHY[voice]}. The sentence is: “Here comes trouble for you.”"
    assert expected in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("voice", HANGS)
def test_hanging_sentence_is_named_with_its_paragraph(voice: str, folder: Path, narrate: Narrate) -> None:
    article = written(folder / "article.txt", ["Here comes trouble for you."])
    ran = narrate(article, "--voice", f"impatient/{voice}")
    assert ran.code == 4
    assert "did not answer within its time limit. The sentence is: “Here comes trouble for you.”" in ran.err


def test_failed_make_writes_no_file_and_says_so_in_json(article: Path, narrate: Narrate) -> None:
    ran = narrate(article, "--voice", "faulty/aborts", "--json")
    assert ran.code == 4
    assert ran.document["failed"] == [
        {
            "paragraph": 2,
            "sentence": "Here comes trouble for you.",
            "reason": WHY["aborts"],
            "voice": "faulty/aborts",
        }
    ]
    assert (ran.document["recorded"], ran.document["reused"], ran.document["paragraphs"]) == (2, 0, 3)
    assert not article.with_suffix(".mp3").exists()


def test_failed_make_leaves_the_old_file_as_it_was(article: Path, narrate: Narrate) -> None:
    assert narrate(article, "--voice", "tone/low").code == 0
    before = article.with_suffix(".mp3").read_bytes()
    assert narrate(article, "--voice", "faulty/refuses").code == 4
    assert article.with_suffix(".mp3").read_bytes() == before


def test_paragraphs_beside_the_failing_one_are_kept(article: Path, narrate: Narrate) -> None:
    narrate(article, "--voice", "faulty/refuses")
    plan = narrate(article, "--voice", "faulty/refuses", "--dry-run", "--json").document["plan"]
    assert [step["action"] for step in plan] == ["reuse", "record", "reuse"]


def test_other_words_for_the_failing_paragraph_complete_the_episode(article: Path, narrate: Narrate) -> None:
    narrate(article, "--voice", "faulty/aborts")
    ran = narrate("redo", article, 2, "--say", "Here comes something else for you.")
    assert (ran.code, ran.out.strip()) == (0, str(article.with_suffix(".mp3")))
    assert narrate(article, "--voice", "faulty/aborts", "--json").document["recorded"] == 0


def test_other_words_that_fail_as_well_are_reported(article: Path, narrate: Narrate) -> None:
    assert narrate(article, "--voice", "faulty/sound").code == 0
    before = article.with_suffix(".mp3").read_bytes()
    ran = narrate("redo", article, 1, "--voice", "faulty/refuses", "--say", "More trouble.")
    assert ran.code == 4
    assert "Paragraph 1 could not be recorded: the engine refuses. The sentence is: “More trouble.”" in ran.err
    assert article.with_suffix(".mp3").read_bytes() == before


@pytest.mark.parametrize("voice", ["second-try", "third-try", "late"])
def test_engine_that_works_when_tried_again_fails_nothing(voice: str, article: Path, narrate: Narrate) -> None:
    ran = narrate(article, "--voice", f"faulty/{voice}", "--jobs", 1, "--json")
    assert ran.code == 0, ran.err
    assert (ran.document["recorded"], ran.document["failed"]) == (3, [])


def test_paragraph_rescued_by_its_sentences_sounds_as_if_nothing_had_happened(article: Path, narrate: Narrate) -> None:
    narrate(article, "-o", "rescued.wav", "--voice", "faulty/third-try", "--jobs", 1, "--project", "a.narration")
    narrate(article, "-o", "sound.wav", "--voice", "faulty/sound", "--project", "b.narration")
    assert Path("rescued.wav").read_bytes() == Path("sound.wav").read_bytes()


@pytest.mark.parametrize(
    ("voice", "why"), [("mute", "it came back silent"), ("dead", "the engine's process died (SIGABRT)")]
)
def test_voice_that_cannot_speak_at_all_is_named(voice: str, why: str, article: Path, narrate: Narrate) -> None:
    ran = narrate(article, "--voice", f"faulty/{voice}")
    assert ran.code == 4
    assert f"The voice faulty/{voice} cannot be measured: {why}" in ran.err


def test_what_an_engine_prints_stays_out_of_the_result(article: Path, command: Narrate) -> None:
    ran = command(article, "--voice", "faulty/talks", "--json")
    assert ran.document["recorded"] == 3
    assert "lovely day" in ran.err


def test_engines_that_do_not_work_are_listed_with_why(narrate: Narrate) -> None:
    listed = {engine["name"]: engine for engine in narrate("engines", "--json").document}
    assert listed["tone"]["works"]
    assert "ZeroDivisionError: a stranger's bug" in listed["broken"]["problem"]
    assert "NoSuchClass" in listed["unfinished"]["problem"]
    assert "faulty_engine_that_is_not_there" in listed["missing"]["problem"]


@pytest.mark.parametrize("engine", ["broken", "unfinished", "missing"])
def test_engine_that_does_not_work_is_an_engine_error(engine: str, article: Path, narrate: Narrate) -> None:
    ran = narrate(article, "--engine", engine)
    assert ran.code == 4
    assert f"engine “{engine}”" in ran.err
    assert "Traceback" not in ran.err


def test_failing_paragraph_that_stands_twice_counts_twice_as_not_recorded(folder: Path, narrate: Narrate) -> None:
    article = written(folder / "article.txt", ["All trouble.", "A good one.", "All trouble."])
    document = narrate(article, "--voice", "faulty/refuses", "--json").document
    assert document["recorded"] == 1
    assert [failure["paragraph"] for failure in document["failed"]] == [1, 3]
