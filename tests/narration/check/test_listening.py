"""A recogniser names the words that were not said, in a voice that it can follow."""

import shutil
import subprocess
from pathlib import Path

import pytest

from audio.clip import Clip
from audio.decode import decoded
from narration.check.listening import WordFault, word_faults
from tests.narration.conftest import Narrate

pytest.importorskip("pocketsphinx", reason="the extra `check` is not installed")
needs_flite = pytest.mark.skipif(shutil.which("flite") is None, reason="the program flite is not installed")

TEXT = "A small white dog ran onto the pitch and sat down in the centre circle."


@pytest.fixture
def say(tmp_path: Path):
    def said(text: str, voice: str = "rms") -> Clip:
        out = tmp_path / "said.wav"
        subprocess.run(["flite", "-voice", voice, "-t", text, "-o", out], check=True)
        return decoded(out)

    return said


@needs_flite
def test_nothing_is_said_of_a_sentence_that_is_whole(say) -> None:
    assert word_faults(TEXT, say(TEXT)) == ()


@needs_flite
@pytest.mark.parametrize(
    ("said", "change", "words"),
    [
        (TEXT.replace("white ", ""), "dropped", "white"),
        (TEXT.replace("sat", "sat sat"), "doubled", "sat"),
        (TEXT.replace("white dog", "dog white"), "swapped", "white"),
    ],
)
def test_word_that_was_not_said_as_written_is_named(say, said: str, change: str, words: str) -> None:
    faults = word_faults(TEXT, say(said))
    assert faults is not None
    assert [fault.change for fault in faults] == [change]
    assert words in faults[0].words


@needs_flite
def test_shortest_words_are_heard_twice_when_their_hiss_is(say) -> None:
    text = "Heat the oven to two hundred and forty degrees Celsius."
    faults = word_faults(text, say(text.replace("the", "the the"), "slt"))
    assert faults is not None
    assert [(fault.change, fault.words) for fault in faults] == [("doubled", "the")]


@needs_flite
@pytest.mark.parametrize("voice", ["rms", "slt"])
def test_shortest_vowel_is_heard_twice_when_it_lasts_so_long(say, voice: str) -> None:
    text = "In winter that left a great deal of night to sit and read in."
    faults = word_faults(text, say(text.replace("left a", "left a a"), voice))
    assert faults is not None
    assert [(fault.change, fault.words) for fault in faults] == [("doubled", "a")]
    assert word_faults(text, say(text, voice)) == ()


@needs_flite
def test_word_after_a_pause_is_not_taken_for_two(say) -> None:
    text = (
        "She was now only ten inches high, and her face brightened up at the thought that she was now the right size "
        "for going through the little door into that lovely garden."
    )
    assert word_faults(text, say(text, "rms")) == ()


@needs_flite
def test_word_that_would_lie_in_a_pause_is_not_believed(say) -> None:
    text = "It is more like a paper on which sound is written, and paper has a grain; it may be rough or smooth."
    assert word_faults(text, say(text, "slt")) == ()


@needs_flite
def test_word_is_named_with_its_time(say) -> None:
    clip = say(TEXT.replace("white ", ""))
    (fault,) = word_faults(TEXT, clip) or [WordFault("dropped", "", 0, 0)]
    assert 0.1 < fault.from_s < fault.to_s < clip.duration_s / 2


def test_voice_that_cannot_be_followed_is_told_and_not_blamed(episode: Path, narrate: Narrate) -> None:
    ran = narrate("check", episode, "--listen", "--json")
    assert ran.code == 0
    assert [each["kind"] for each in ran.document["findings"]] == ["unheard"]
    (hearing,) = ran.document["measured"]["listened"]
    assert not hearing["followed"]
