"""Small valid values, and strategies for any of them."""

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from audio.clip import Clip
from narration.take import Encoded, Pronunciation, Recording, SentenceTime, Sound
from script.article import Override
from script.script import Script, ScriptChapter, Segment, Span, Utterance

SOUND = Sound(("One.", "Two."), "tone", "tone 1", "low", "", 1.0, 1.0, 0.35)
ENCODED = Encoded(
    "mp3 -19", np.array([3, 2], "<u4").tobytes(), b"abcde", ((0, 2304),), np.zeros(2, "<f4").tobytes(), -2.5
)
RECORDING = Recording((b"flac", b"more"), 22_050, 44_100, (SentenceTime(0, 9, ((0, 3, 0, 9),)),), -20.5)


def sound(*utterances: str, **others: Any) -> Sound:
    return replace(SOUND, utterances=utterances or SOUND.utterances, **others)


def script(*segments: Segment, **others: Any) -> Script:
    chapters = (ScriptChapter(1, "All", 1, len(segments)),) if segments else ()
    return Script("Title", "Author", "2020", "en", "", others.pop("chapters", chapters), segments, ())


def segment(number: int = 1, text: str = "One.", pause_after_s: float = 0.7, **others: Any) -> Segment:
    utterances = (Utterance(text),) if text else ()
    kind = "paragraph" if text else "break"
    return replace(Segment(number, kind, 0, 1, text, utterances, "", None, pause_after_s), **others)  # type: ignore[arg-type]


def clip(seconds: float = 1.0, hertz: float = 220.0, rate_hz: int = 22_050) -> Clip:
    times = np.arange(round(seconds * rate_hz)) / rate_hz
    return Clip((0.3 * np.sin(2 * np.pi * hertz * times)).astype(np.float32), rate_hz)


spoken = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
counts = st.integers(0, 2**40)
seconds = st.floats(0, 60, allow_nan=False)
sounds = st.builds(
    Sound,
    utterances=st.lists(spoken, min_size=1, max_size=3).map(tuple),
    engine=spoken,
    engine_version=spoken,
    voice=spoken,
    fingerprint=spoken,
    speed=st.floats(0.25, 4),
    volume=st.floats(0, 1),
    sentence_pause_s=seconds,
    variation=st.integers(1, 99),
    pronunciations=st.lists(st.builds(Pronunciation, counts, counts, counts, spoken), max_size=2).map(tuple),
)
spans = st.builds(Span, counts, counts, counts, counts, spoken)
utterances = st.builds(Utterance, spoken, st.lists(spans, max_size=2).map(tuple))
overrides = st.builds(Override, counts, counts, spoken, spoken)
segments = st.builds(
    Segment,
    number=st.integers(1, 9999),
    kind=st.sampled_from(["heading", "paragraph", "item", "quote", "caption", "break"]),
    level=st.integers(0, 6),
    chapter=st.integers(1, 99),
    text=spoken,
    utterances=st.lists(utterances, max_size=3).map(tuple),
    voice=spoken,
    speed=st.none() | st.floats(0.25, 4),
    pause_after_s=seconds,
    language=spoken,
    overrides=st.lists(overrides, max_size=2).map(tuple),
)
scripts = st.builds(
    Script,
    title=spoken,
    author=spoken,
    date=spoken,
    language=spoken,
    description=spoken,
    chapters=st.lists(st.builds(ScriptChapter, counts, spoken, counts, counts), max_size=3).map(tuple),
    segments=st.lists(segments, max_size=3).map(tuple),
    notes=st.lists(spoken, max_size=2).map(tuple),
)
