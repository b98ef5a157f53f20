"""The contract of every engine that is registered, kept by each one alike."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from narration.engines import (
    Delivery,
    Engine,
    PhoneticEngine,
    Speech,
    engine_names,
    is_quick,
    is_wordless,
    load_engine,
    suggestion,
)
from narration.errors import EngineError, UsageError
from narration.places import VOICES_VARIABLE
from narration.take import Pronunciation
from narration.workers import WorkerError, Workers, outcome, started_workers
from tests.narration.engines.test_command import ALL

TEXTS = (
    "The first sentence has seven words indeed.",
    "A second one, with a comma, follows it.",
    "Third: numbers like 42, and “quoted” words.",
)
HOSTILE = {
    "asterisks": "***",
    "emoji": "😀 and 👩‍👩‍👧",
    "markup": "<b>bold</b> & <speak>words</speak> [[phonemes]]",
    "one long word": "a" * 900,
    "controls": "one\x01two\x1b[0m three\u202efour\u200bfive",
    "zero": "one\0two",
    "newlines": "one\ntwo\r\n\n\tthree",
    "no letters": "— … ;",
    "all scripts": "Ünï 日本語 Привет مرحبا हिन्दी ไทย 𓀀",
    "surrogate": "one \udce9 two",
    "a thousand characters": "Words and more words. " * 45,
}


@cache
def engine(name: str) -> Engine:
    return load_engine(name)


@pytest.fixture(autouse=True, scope="module")
def _tiny_voices(tiny_voices: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VOICES_VARIABLE, str(tiny_voices))
        yield


@pytest.fixture(params=engine_names())
def spoken(request: pytest.FixtureRequest) -> Engine:
    try:
        return engine(request.param)
    except EngineError as error:
        pytest.skip(str(error))


def voice(of: Engine) -> str:
    """A voice for English, or the first there is; for an engine that lists none, one written for this suite."""
    if getattr(of, "takes_any_voice", False):
        return ALL
    names = [each.name for each in of.voices() if "en-us" in each.languages or "en" in each.languages]
    return "en-us" if "en-us" in names else (names or [of.voices()[0].name])[0]


def said(of: Engine, *texts: str, **delivery: float) -> tuple[Speech, ...]:
    return of.speak(texts or TEXTS, Delivery(voice(of), **delivery))  # type: ignore[arg-type]


def samples(speeches: tuple[Speech, ...]) -> list[bytes]:
    return [speech.clip.samples.tobytes() for speech in speeches]


def test_version_says_something(spoken: Engine) -> None:
    assert spoken.version.strip()


def test_patience_is_some_seconds(spoken: Engine) -> None:
    assert 0 < spoken.patience_s < 600


def test_voices_have_a_name_of_their_own_and_a_language(spoken: Engine) -> None:
    voices = spoken.voices()
    assert voices or getattr(spoken, "takes_any_voice", False)
    assert len({each.name for each in voices}) == len(voices)
    assert all(each.languages and all(code == code.lower() for code in each.languages) for each in voices)


def test_fingerprint_is_the_same_each_time(spoken: Engine) -> None:
    assert spoken.fingerprint(voice(spoken)) == spoken.fingerprint(voice(spoken))


def test_each_utterance_gets_a_speech_at_one_rate(spoken: Engine) -> None:
    speeches = said(spoken)
    assert len(speeches) == len(TEXTS)
    assert len({speech.clip.sample_rate_hz for speech in speeches}) == 1
    assert all(speech.clip.duration_s > 1 and np.abs(speech.clip.samples).max() > 0.01 for speech in speeches)


def test_none_of_many_utterances_is_lost(spoken: Engine) -> None:
    texts = [f"Sentence {number}." for number in range(100)]
    speeches = said(spoken, *texts)
    assert len(speeches) == 100
    assert all(speech.clip.samples.any() for speech in speeches)


def test_same_call_gives_the_same_samples_whatever_was_spoken_before(spoken: Engine) -> None:
    first = samples(said(spoken))
    said(spoken, "Something else, at another pace!", speed=1.4, variation=3, volume=0.5)
    assert samples(said(spoken)) == first


def test_new_process_gives_the_same_samples(spoken: Engine, request: pytest.FixtureRequest) -> None:
    name = request.node.callspec.params["spoken"]
    code = (
        "import hashlib, json, sys; from narration.engines import Delivery, load_engine;"
        "name, voice, texts = json.loads(sys.argv[1]);"
        "clips = [s.clip.samples.tobytes() for s in load_engine(name).speak(texts, Delivery(voice))];"
        "print(hashlib.sha256(b''.join(clips)).hexdigest())"
    )
    argument = json.dumps([name, voice(spoken), TEXTS])
    done = subprocess.run([sys.executable, "-c", code, argument], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == hashlib.sha256(b"".join(samples(said(spoken)))).hexdigest()


def test_words_rise_lie_inside_the_clip_and_are_words_of_the_text(spoken: Engine) -> None:
    for text, speech in zip(TEXTS, said(spoken), strict=True):
        position = at = 0
        for word in speech.words:
            assert position <= word.start < word.end <= len(text)
            assert at <= word.from_samples <= word.to_samples <= len(speech.clip.samples)
            assert text[word.start : word.end].strip()
            position, at = word.end, word.to_samples


def test_words_that_are_timed_are_all_words(spoken: Engine) -> None:
    for text, speech in zip(TEXTS, said(spoken), strict=True):
        heard = [text[word.start : word.end] for word in speech.words]
        assert heard in ([], text.split())


def test_speed_changes_the_length(spoken: Engine) -> None:
    slow, own, fast = (said(spoken, speed=speed)[0].clip.duration_s for speed in (0.7, 1.0, 1.5))
    assert slow > 1.15 * own
    assert fast < 0.87 * own


def test_variation_is_another_take(spoken: Engine) -> None:
    takes = {samples(said(spoken, variation=variation))[0] for variation in (1, 2, 3)}
    assert len(takes) == 3


def test_volume_makes_it_quieter(spoken: Engine) -> None:
    loud, quiet = (np.abs(said(spoken, volume=volume)[0].clip.samples).max() for volume in (1.0, 0.3))
    assert quiet < 0.6 * loud


def test_every_voice_that_is_listed_speaks(spoken: Engine) -> None:
    silent = [
        each.name
        for each in spoken.voices()
        if not spoken.speak(("One two three.",), Delivery(each.name))[0].clip.samples.any()
    ]
    assert silent == []


def test_unknown_voice_is_told_by_its_name(spoken: Engine) -> None:
    with pytest.raises((EngineError, UsageError), match="nosuch"):
        spoken.speak(TEXTS, Delivery("nosuch"))
    assert samples(said(spoken))  # and it still speaks


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_gets_a_speech_and_harms_nothing_after_it(text: str, spoken: Engine) -> None:
    before = samples(said(spoken))
    speeches = said(spoken, "Before.", text, "After.")
    assert len(speeches) == 3
    assert speeches[2].clip.samples.any()
    assert samples(said(spoken)) == before


def phonetic() -> Iterator[PhoneticEngine]:
    """The engines here that say words by their sounds."""
    for name in engine_names():
        with suppress(EngineError):
            found = engine(name)
            if isinstance(found, PhoneticEngine) and found.can_pronounce("ˈbiːtɹɪs", voice(found)):
                yield found


def test_words_are_said_by_their_sounds_in_their_place() -> None:
    texts = ("First Beatrice is here.", "Then she, (Beatrice), left.")
    wanted = (Pronunciation(0, 6, 14, "ˈbiːtɹɪs"), Pronunciation(1, 11, 19, "ˈhɛdə"))
    for each in phonetic():
        delivery = Delivery(voice(each))
        speeches, plain = each.pronounce(texts, wanted, delivery), each.speak(texts, delivery)
        for text, speech, without in zip(texts, speeches, plain, strict=True):
            assert speech.clip.samples.tobytes() != without.clip.samples.tobytes()
            assert [text[word.start : word.end] for word in speech.words] in ([], text.split())
        assert samples(each.pronounce(texts, wanted, delivery)) == samples(speeches)
        assert samples(each.pronounce(texts, (), delivery)) == samples(plain)


@pytest.mark.parametrize("ipa", ["", "/", "ǃ", "ma˥", "\0", "]]", "ˈ", "ː" * 50])
def test_what_is_no_transcription_is_refused(ipa: str) -> None:
    assert not any(each.can_pronounce(ipa, voice(each)) for each in phonetic())


@pytest.fixture(scope="module")
def workers(_tiny_voices: None) -> Iterator[Workers]:
    with started_workers(1) as started:
        yield started


@pytest.mark.parametrize("n_letters", [100, 110, 125, 150, 175, 200])
def test_run_of_dotted_letters_is_spoken_or_reported_and_never_ends_us(
    n_letters: int, spoken: Engine, request: pytest.FixtureRequest, workers: Workers
) -> None:
    job = Utter(request.node.callspec.params["spoken"], voice(spoken), "A." * n_letters)
    future = workers.submit(speak, job)
    with suppress(WorkerError):
        assert outcome(future) > 0
    assert outcome(workers.submit(speak, replace(job, text="Words."))) > 0


@dataclass(frozen=True)
class Utter:
    """One text for one engine, in a worker."""

    engine_name: str
    voice_name: str
    text: str
    time_limit_s: float = 60.0


def speak(job: Utter) -> int:
    speech = load_engine(job.engine_name).speak([job.text], Delivery(job.voice_name))[0]
    return len(speech.clip.samples)


def test_unknown_engine_names_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"There is no engine “tune”\. The nearest are: tone"):
        load_engine("tune")


def test_suggestion_says_how_many_more_there_are() -> None:
    assert suggestion("x", ["b", "a", "c"], 2) == "The nearest are: a, b (3 in all)."
    assert suggestion("x", []) == "There are none."


def test_an_engine_says_that_it_says_no_words() -> None:
    assert [name for name in ("pyttsx3", "tone", "nosuch") if is_wordless(name)] == ["tone"]


def test_espeak_says_that_it_is_quick_and_programs_do_not() -> None:
    assert [name for name in ("pyttsx3", "command", "piper", "nosuch") if is_quick(name)] == ["pyttsx3"]


@pytest.mark.usefixtures("stranger")
@pytest.mark.parametrize("name", ["unfinished", "missing"])
def test_an_engine_that_cannot_be_loaded_is_not_taken_for_wordless(name: str) -> None:
    assert not is_wordless(name)


@pytest.mark.usefixtures("stranger")
@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("missing", "“faulty_engine_that_is_not_there”, which “faulty” did not bring; install it."),
        ("incomplete", "“incomplete_engine_that_is_not_there”: pip install 'faulty[incomplete]'."),
    ],
)
def test_what_a_stranger_s_engine_needs_comes_from_its_own_package(name: str, remedy: str) -> None:
    with pytest.raises(EngineError) as told:
        load_engine(name)
    assert str(told.value) == f"The engine “{name}” needs the package {remedy}"
