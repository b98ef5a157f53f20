"""Whose voice a paragraph gets."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import pytest

from narration.audition import EngineReport
from narration.cast import Cast
from narration.engines import Voice
from narration.settings import Settings
from narration.take import Pronunciation
from narration.voices import VoiceName
from script.script import Segment, Span, Utterance
from tests.narration.values import script, segment

VOICES = tuple(Voice(name, (name,)) for name in ("de", "en-us", "en-gb", "fr"))


@pytest.mark.parametrize(
    ("voice", "asked", "language", "expected"),
    [
        ("", "", "", "en-us"),
        ("", "", "fr", "fr"),
        ("", "", "en-GB", "en-gb"),
        ("", "en-gb", "", "en-gb"),
        ("", "en-gb", "fr", "fr"),
        ("", "en-gb", "en-US", "en-gb"),
        ("", "en-gb", "ja", "en-gb"),
        ("", "", "ja", "en-us"),
        ("de", "en-gb", "fr", "de"),
    ],
)
def test_voice_follows_the_language_unless_the_author_says_whose(
    voice: str, asked: str, language: str, expected: str
) -> None:
    report: Future[EngineReport] = Future()
    report.set_result(EngineReport("1", 1.0, VOICES))
    segment = Segment(1, "paragraph", 0, 1, "A.", (), voice, None, 0.0, language)
    with ThreadPoolExecutor(1) as workers:
        cast = Cast(workers, {"tone": report})
        assert cast._segment_voice(segment, "en", Settings(engine="tone", voice=asked)).voice == expected


GIF = (Utterance("One."), Utterance("A jif.", (Span(0, 2, 5, 7), Span(2, 5, 7, 10, "dʒɪf"), Span(5, 6, 10, 11))))


@pytest.mark.parametrize(
    ("engine", "voice", "said", "notes"),
    [
        ("pyttsx3", "en-us", (Pronunciation(1, 2, 5, "dʒɪf"),), ()),
        ("tone", "low", (), ("“gif” is spelt “jif”: the voice tone/low does not take /dʒɪf/ (2 times).",)),
    ],
)
def test_word_is_said_by_its_sounds_where_the_voice_can_and_noted_where_it_cannot(
    engine: str, voice: str, said: tuple[Pronunciation, ...], notes: tuple[str, ...]
) -> None:
    segment = Segment(1, "paragraph", 0, 1, "One. A gif.", GIF, "", None, 0.0)
    with ThreadPoolExecutor(1) as workers:
        cast = Cast(workers)
        assert cast.pronunciations(segment, VoiceName(engine, voice)) == said
        assert cast.pronunciations(segment, VoiceName(engine, voice)) == said
        assert cast.notes() == notes


def spoken_by(name: str = "", kind: str = "paragraph", **others: object) -> Segment:
    return replace(segment(text="A.", speaker=name, **others), kind=kind)


def cast_voices(settings: Settings, *segments: Segment) -> tuple[list[str], tuple[str, ...]]:
    """The voice of each segment, and the notes; an engine with the voices above and two variants of each."""
    report: Future[EngineReport] = Future()
    report.set_result(EngineReport("1", 1.0, VOICES, variants=("+x", "+y")))
    with ThreadPoolExecutor(1) as workers:
        cast = Cast(workers, {"tone": report})
        whole = script(*segments)
        cast._fingerprints = {VoiceName("tone", each.name + end): "" for each in VOICES for end in ("", "+x", "+y")}
        return [sound.voice for sound in cast.sounds(whole, settings) if sound], cast.notes()


def test_names_of_the_cast_stand_for_voices_wherever_one_is_named() -> None:
    settings = Settings(
        engine="tone", cast={"Anna": "en-gb", "narrator": "fr"}, voices_for={"heading": "anna", "quote": "tone/de"}
    )
    segments = (
        spoken_by(),
        spoken_by(voice="ANNA"),
        spoken_by(kind="heading"),
        spoken_by(kind="quote"),
        spoken_by("Anna", kind="quote"),
        spoken_by("Anna", voice="de"),
        spoken_by("NARRATOR"),
    )
    assert cast_voices(settings, *segments) == (["fr", "en-gb", "en-gb", "de", "en-gb", "de", "fr"], ())
    assert cast_voices(replace(settings, voice="anna"), spoken_by())[0] == ["en-gb"]


def test_narrator_of_the_cast_reads_the_other_region_of_a_language_too() -> None:
    segments = (spoken_by(language="en-GB"), spoken_by(language="fr"))
    assert cast_voices(Settings(engine="tone", cast={"narrator": "en-us"}), *segments)[0] == ["en-us", "fr"]
    assert cast_voices(Settings(engine="tone"), *segments)[0] == ["en-gb", "fr"]


def test_speakers_without_a_voice_get_distinct_ones_and_a_note() -> None:
    segments = [spoken_by(name) for name in ("", "A", "B", "A", "C", "D", "E")]
    voices, notes = cast_voices(Settings(engine="tone", cast={"c": "en-us+x"}), *segments)
    assert voices == ["en-us", "en-us+y", "en-gb", "en-us+y", "en-us+x", "en-us", "en-us"]
    assert [note.partition(";")[0] for note in notes] == [
        "A speaks in tone/en-us+y",
        "B speaks in tone/en-gb",
        "D speaks in the narrator's voice, for there is no other",
        "E speaks in the narrator's voice, for there is no other",
    ]


def test_language_that_no_voice_speaks_is_noted_once() -> None:
    foreign = [spoken_by(language="ja"), spoken_by(language="ja"), spoken_by(language="fr")]
    voices, notes = cast_voices(Settings(engine="tone"), *foreign)
    assert voices == ["en-us", "en-us", "fr"]
    assert notes == ("The engine “tone” has no voice for the language “ja”; tone/en-us reads what is in it.",)


def test_voice_that_was_asked_for_is_not_doubted() -> None:
    settings = Settings(engine="tone", voice="de")
    assert cast_voices(settings, spoken_by(), spoken_by(voice="fr", language="ja")) == (["de", "fr"], ())
