"""Whose voice a paragraph gets."""

from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from narration.cast import Cast
from narration.engines import Voice
from narration.settings import Settings
from narration.studio import EngineReport
from narration.take import Pronunciation
from narration.voices import VoiceName
from script.script import Segment, Span, Utterance

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
