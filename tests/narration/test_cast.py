"""Whose voice a paragraph gets."""

from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from narration.cast import Cast
from narration.engines import Voice
from narration.settings import Settings
from narration.studio import EngineReport
from script.script import Segment

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
