"""The timeline: what is on it, sample by sample."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.clip import Samples
from audio.episode import Cover, Tags
from audio.packets import Packets
from narration.episode import Timeline, timeline
from narration.plan import Step, paragraphs
from narration.project import EncodedTake
from script.script import ScriptChapter, Segment
from tests.narration.values import script, segment, sound

RATE_HZ, FRAME = 44_100, 1152


@dataclass(frozen=True)
class StubCodec:
    """Each frame is one packet of a byte."""

    key: str = "stub"
    sample_rate_hz: int = RATE_HZ
    frame_samples: int = FRAME
    delay_samples: int = 100
    headroom_db: float = 0.0
    channels: int = 1

    def encode(self, samples: Samples) -> Packets:
        assert len(samples) % FRAME == 0
        n_frames = len(samples) // FRAME
        return Packets(np.ones(n_frames, np.uint32), bytes(n_frames))

    def decode(self, packets: Packets) -> Samples:
        return np.zeros(len(packets.sizes) * FRAME - self.delay_samples, np.float32)


def laid(segments: list[Segment], n_packets: list[int], tags: Tags | None = None, **others: object) -> Timeline:
    """The timeline of segments whose takes have so many packets; a break has none."""
    texts = [each.text for each in segments]
    spoken = paragraphs(texts, [sound(text) if text else None for text in texts])
    steps = [Step(each, "reuse", "", each.number) if each.sound else Step(each, "pause", "") for each in spoken]
    energies = np.full(3, 0.01, "<f4").tobytes()
    encoded = {
        number: EncodedTake(number, number, count, count, -float(number), energies, 1000 + number, ((0, 0),))
        for number, count in enumerate(n_packets, 1)
    }

    def read(number: int) -> Packets:
        count = encoded[number].n_packets
        return Packets(np.ones(count, np.uint32), b"x" * count)

    return timeline(script(*segments, **others), steps, encoded, StubCodec(), read, tags or Tags("Title"))


cases = st.lists(st.tuples(st.booleans(), st.integers(1, 400), st.floats(0, 10)), min_size=1, max_size=12)


def segments_of(case: list[tuple[bool, int, float]]) -> list[Segment]:
    return [
        segment(number, f"Text {number}." if speaks else "", pause_s)
        for number, (speaks, _, pause_s) in enumerate(case, 1)
    ]


@given(cases)
def test_clips_and_pauses_add_up_to_the_episode(case: list[tuple[bool, int, float]]) -> None:
    line = laid(segments_of(case), [count for _, count, _ in case])
    read = [part.packets() for part in line.episode.parts]
    assert [len(packets.sizes) for packets in read] == [part.n_packets for part in line.episode.parts]
    assert [len(packets.payload) for packets in read] == [part.n_bytes for part in line.episode.parts]
    assert sum(len(packets.sizes) for packets in read) * FRAME - 100 == line.episode.n_samples
    assert line.duration_s == line.episode.n_samples / RATE_HZ


@given(cases)
def test_starts_rise_in_whole_frames_from_nothing(case: list[tuple[bool, int, float]]) -> None:
    line = laid(segments_of(case), [count for _, count, _ in case])
    assert line.starts_samples[0] == 0
    assert all(one <= other for one, other in pairwise(line.starts_samples))
    assert all(start % FRAME == 0 for start in line.starts_samples)


@given(st.floats(0.2, 10), st.integers(1, 99), st.integers(1, 99))
def test_pause_does_not_depend_on_the_clip_before_it(pause_s: float, one: int, other: int) -> None:
    segments = [segment(1, "One.", pause_s), segment(2, "Two.")]
    pauses = {laid(segments, [count, 5]).starts_samples[1] - count * FRAME for count in (one, other)}
    assert len(pauses) == 1


@given(st.floats(0.2, 10))
def test_pause_with_what_the_clips_bring_is_what_was_asked_for(pause_s: float) -> None:
    line = laid([segment(1, "One.", pause_s), segment(2, "Two.")], [10, 10])
    heard = line.starts_samples[1] - 10 * FRAME + 0.1 * RATE_HZ + 2 * FRAME
    assert abs(heard - pause_s * RATE_HZ) <= FRAME / 2


@given(st.floats(0, 10))
def test_break_is_as_long_as_was_asked_for(pause_s: float) -> None:
    line = laid([segment(1, "", pause_s), segment(2, "Two.")], [0, 10])
    assert abs(line.starts_samples[1] - pause_s * RATE_HZ) <= FRAME / 2


def test_chapters_start_where_their_first_segment_does() -> None:
    chapters = (ScriptChapter(1, "One", 1, 2), ScriptChapter(2, "Two", 3, 3))
    segments = [segment(number, f"Text {number}.") for number in (1, 2, 3)]
    line = laid(segments, [5, 6, 7], chapters=chapters)
    assert [(each.title, each.start_samples) for each in line.episode.chapters] == [
        ("One", 0), ("Two", line.starts_samples[2]),
    ]  # fmt: skip


def test_loudest_peak_is_the_episode_s() -> None:
    assert laid([segment(1, "One."), segment(2, "Two.")], [5, 6]).true_peak_dbtp == -1.0


def test_equal_pauses_are_encoded_once() -> None:
    line = laid([segment(1, "One."), segment(2, "Two.")], [5, 6])
    assert line.episode.parts[1].packets() is line.episode.parts[3].packets()


def test_fingerprint_is_the_same_for_the_same() -> None:
    segments = [segment(1, "One."), segment(2, "Two.")]
    assert laid(segments, [5, 6]).fingerprint == laid(segments, [5, 6]).fingerprint


@pytest.mark.parametrize(
    ("segments", "tags", "chapters"),
    [
        ([segment(1, "One.", 2.0), segment(2, "Two.")], Tags("Title"), ()),
        ([segment(1, "One.")], Tags("Title"), ()),
        ([segment(1, "One."), segment(2, "Two.")], Tags("Other"), ()),
        ([segment(1, "One."), segment(2, "Two.")], Tags("Title", cover=Cover(b"png", "image/png", 1, 1)), ()),
        ([segment(1, "One."), segment(2, "Two.")], Tags("Title"), (ScriptChapter(1, "Other", 1, 2),)),
    ],
    ids=["pause", "paragraph", "title", "cover", "chapter"],
)
def test_fingerprint_changes_with_all_that_decides_the_file(
    segments: list[Segment], tags: Tags, chapters: tuple[ScriptChapter, ...]
) -> None:
    first = laid([segment(1, "One."), segment(2, "Two.")], [5, 6])
    others = {"chapters": chapters} if chapters else {}
    assert laid(segments, [5, 6], tags, **others).fingerprint != first.fingerprint
