"""When every word is heard: checked against what a decoder hears of the finished file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import numpy as np
import pytest

import narration
from narration.episode import Timeline
from narration.heard import HeardSegment
from narration.production import production
from narration.record import no_progress
from script.script import Segment
from tests.narration.conftest import Narrate, written
from tests.narration.test_revise import recording

ARTICLE = (
    "Der Lamp\n========",
    "The lamp was lit at dusk. Nobody, on 5 May, saw who had done it.",
    "* * *",
    "A second paragraph stands here. It has “quoted” words; 12 km of road—and more.",
)


@contextmanager
def heard(path: Path) -> Iterator[tuple[Timeline, tuple[Segment, ...], tuple[HeardSegment, ...]]]:
    """The timeline of a file, and its segments as written and as heard."""
    with production(path.with_suffix(".narration"), 1, no_progress) as opened:
        now = opened.snapshot()
        line, _ = opened.timeline(path, now)
        yield line, now.script.segments, tuple(opened.heard(path, now, line))


def levels(path: Path, rate_hz: int) -> np.ndarray:
    """The decoded file's envelope, one value a sample, by an independent decoder."""
    with av.open(str(path)) as container:
        resampler = av.AudioResampler("flt", "mono", rate_hz)
        frames = [out for frame in container.decode(audio=0) for out in resampler.resample(frame)]
        samples = np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames])
    width = rate_hz // 500  # 2 ms
    return np.sqrt(np.convolve(samples**2, np.ones(width) / width, "same"))


@pytest.mark.parametrize("suffix", [".mp3", ".m4b", ".opus", ".flac"])
def test_words_of_a_file_sound_when_they_are_said_to(folder: Path, suffix: str) -> None:
    path = (folder / "article").with_suffix(suffix)
    narration.narrate(written(folder / "article.txt", ARTICLE), path, voice="tone/low", jobs=1)
    with heard(path) as (line, _, segments):
        rate_hz = line.episode.codec.sample_rate_hz
        level = levels(path, rate_hz)
        off_s = []
        for word in (word for segment in segments for sentence in segment.sentences for word in sentence.words):
            # Each letter is a bump of 60 ms: the first has its middle 30 ms into the word.
            bump = level[word.from_samples : word.from_samples + round(0.06 * rate_hz)]
            off_s.append(float((bump * np.arange(len(bump))).sum() / bump.sum()) / rate_hz - 0.030)
        assert abs(np.median(off_s)) < 0.001
        assert np.abs(off_s).max() < 0.006  # an encoder smears the quiet edges


@pytest.mark.parametrize("suffix", [".mp3", ".opus"])
def test_sentences_of_espeak_begin_and_end_when_they_are_said_to(folder: Path, suffix: str) -> None:
    path = (folder / "article").with_suffix(suffix)
    narration.narrate(written(folder / "article.txt", ARTICLE), path, voice="pyttsx3/en-us", jobs=1)
    with heard(path) as (line, _, segments):
        rate_hz = line.episode.codec.sample_rate_hz
        loud = levels(path, rate_hz) > 0.01
        for sentence in (sentence for segment in segments for sentence in segment.sentences):
            before = loud[sentence.from_samples - rate_hz // 50 : sentence.from_samples]
            within = loud[sentence.from_samples : sentence.to_samples]
            after = loud[sentence.to_samples : sentence.to_samples + rate_hz // 50]
            assert not before.any()
            assert not after.any()
            assert np.argmax(within) < 0.04 * rate_hz
            assert np.argmax(within[::-1]) < 0.04 * rate_hz


def test_every_segment_is_heard_in_its_place(folder: Path) -> None:
    path = folder / "article.mp3"
    narration.narrate(written(folder / "article.txt", ARTICLE), path, voice="tone/low", jobs=1)
    with heard(path) as (line, script, segments):
        assert [each.number for each in segments] == [1, 2, 3, 4]
        assert [each.from_samples for each in segments] == list(line.starts_samples)
        assert [each.voice for each in segments] == ["tone/low", "tone/low", "", "tone/low"]
        assert segments[2].take is None
        for segment, one in zip(script, segments, strict=True):
            assert [sentence.spoken for sentence in one.sentences] == [each.spoken for each in segment.utterances]
            marks = [
                mark
                for sentence in one.sentences
                for word in sentence.words
                for mark in (word.from_samples, word.to_samples)
            ]
            assert [one.from_samples, *marks, one.to_samples] == sorted([one.from_samples, *marks, one.to_samples])
            assert {sentence.source for sentence in one.sentences} <= {"exact"}


def test_spoken_words_trace_to_the_written_ones(folder: Path) -> None:
    path = folder / "article.mp3"
    narration.narrate(written(folder / "article.txt", ARTICLE), path, voice="tone/low", jobs=1)
    with heard(path) as (_, script, segments):
        pairs = [
            (sentence.spoken[word.start : word.end], word.written and script[1].text[slice(*word.written)])
            for sentence in segments[1].sentences
            for word in sentence.words
        ]
    assert [spoken for spoken, text in pairs if spoken == text] == [
        "The",
        "lamp",
        "was",
        "lit",
        "at",
        "dusk",
        "Nobody",
        "on",
        "saw",
        "who",
        "had",
        "done",
        "it",
    ]
    assert {text for spoken, text in pairs if spoken != text} == {"5 May"}


def test_other_words_than_the_written_trace_to_none(folder: Path, narrate: Narrate) -> None:
    path = folder / "article.mp3"
    narration.narrate(written(folder / "article.txt", ARTICLE), path, voice="tone/low", jobs=1)
    assert narrate("redo", path, 2, "--say", "Something else. It is short.").code == 0
    with heard(path) as (_, _, segments):
        assert [sentence.spoken for sentence in segments[1].sentences] == ["Something else.", "It is short."]
        assert {word.written for sentence in segments[1].sentences for word in sentence.words} == {None}


def test_person_s_recording_is_shared_out_among_the_written_words(folder: Path, narrate: Narrate) -> None:
    path = folder / "article.mp3"
    narration.narrate(written(folder / "article.txt", ARTICLE), path, voice="tone/low", jobs=1)
    assert narrate("redo", path, 2, "--from", recording(folder / "own.wav", 3.0)).code == 0
    with heard(path) as (line, script, segments):
        own = segments[1]
        assert (own.voice, {sentence.source for sentence in own.sentences}) == ("", {"spread"})
        assert [sentence.spoken for sentence in own.sentences] == [each.spoken for each in script[1].utterances]
        length_s = (own.sentences[-1].to_samples - own.sentences[0].from_samples) / line.episode.codec.sample_rate_hz
        assert length_s == pytest.approx(3.0, abs=0.05)
