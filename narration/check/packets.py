"""Whether a file has the project's packets, all of them, in order, and nothing else.

What is in its place to the byte has been heard when it was recorded; only what is not is worth a closer look.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audio.codecs.flac import FlacCodec
from audio.errors import AudioError
from audio.packets import Codec, Packets
from narration.check.findings import Finding, error
from narration.check.read_back import packets
from narration.episode import Timeline
from narration.heard import HeardSegment

Hashes = NDArray[np.int64]

_OURS = 0.2  # a file with fewer of our packets was not written by us
_SAMPLE_BYTES = 2
_PAUSE = 0  # stands for a paragraph's number where there is none


def packet_findings(path: Path, line: Timeline, heard: Sequence[HeardSegment]) -> Iterator[Finding]:
    """Where the file's packets are not those of the timeline."""
    codec = line.episode.codec
    expected = _hashes(chain.from_iterable(_kept(path, part.packets(), codec) for part in line.episode.parts))
    try:
        found = _hashes(_stored(path, codec))
    except AudioError as damage:
        yield error("file", str(damage))
        return
    if np.array_equal(expected, found):
        return
    owners = np.full(len(expected), _PAUSE)
    for segment in heard:
        owners[segment.from_samples // codec.frame_samples : segment.to_samples // codec.frame_samples] = segment.number
    frame_s = codec.frame_samples / codec.sample_rate_hz
    yield from _differences(path, expected, found, owners, frame_s)


def _hashes(pieces: Iterable[bytes]) -> Hashes:
    return np.fromiter(map(hash, pieces), np.int64)


def _kept(path: Path, part: Packets, codec: Codec) -> Iterator[bytes]:
    """The packets of a part as the file should hold them."""
    if path.suffix.lower() == ".wav":
        return _frames(FlacCodec(channels=codec.channels).decode_wave(part), codec)
    ends = np.cumsum(part.sizes, dtype=np.int64).tolist()
    whole = (part.payload[start:end] for start, end in zip([0, *ends], ends, strict=False))
    return map(_form(path), whole)


def _stored(path: Path, codec: Codec) -> Iterator[bytes]:
    """The packets of the file."""
    if path.suffix.lower() == ".wav":
        return _frames(b"".join(packets(path)), codec)
    return map(_form(path), packets(path))


def _frames(sound: bytes, codec: Codec) -> Iterator[bytes]:
    """A WAV file's sound, cut where the packets it was decoded from were."""
    n_bytes = codec.frame_samples * codec.channels * _SAMPLE_BYTES
    return (sound[start : start + n_bytes] for start in range(0, len(sound), n_bytes))


def _form(path: Path) -> Callable[[bytes], bytes]:
    return _without_number if path.suffix.lower() == ".flac" else bytes


def _without_number(frame: bytes) -> bytes:
    """A FLAC frame without what counts it: the number in its header, in UTF-8's manner, and the two checksums."""
    first = frame[4]
    n_bytes = 1 if first < 0x80 else 8 - (first ^ 0xFF).bit_length()
    return frame[4 + n_bytes + 1 : -2]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a paragraph is found. share: of its packets that are there; at: packet of the file where it begins."""

    number: int
    start: int
    end: int
    share: float
    at: int
    n_times: int


def _differences(path: Path, expected: Hashes, found: Hashes, owners: Hashes, frame_s: float) -> Iterator[Finding]:
    single = _standing_once(expected)
    if np.isin(expected[single], found).mean() < _OURS:
        yield error(
            "file", f"{path.name} is not as it was written: its sound was encoded again, or is of something else."
        )
        return
    places = list(_places(expected, found, owners, single))
    for place in places:
        yield from _place_findings(path, place, frame_s)
    whole = [place for place in places if place.share == 1]
    yield from _order_findings(path, whole, frame_s)
    if all(place.share == 1 and place.n_times == 1 for place in places):
        late_s = (len(found) - len(expected)) * frame_s
        longer = f"{abs(late_s):.2f} s {'longer' if late_s > 0 else 'shorter'}"
        yield error("packets", f"The pauses of {path.name} are not as they were written; it is {longer}.")


def _standing_once(expected: Hashes) -> NDArray[np.bool_]:
    """Which packets are like no other: silence stands everywhere."""
    values, counts = np.unique(expected, return_counts=True)
    return np.isin(expected, values[counts == 1])


def _places(expected: Hashes, found: Hashes, owners: Hashes, single: NDArray[np.bool_]) -> Iterator[_Place]:
    """Where each paragraph's packets are in the file; told by those that are like no other."""
    order = np.argsort(found, kind="stable")
    ordered = found[order]
    edges = np.flatnonzero(np.diff(owners)) + 1
    for start, end in zip([0, *edges.tolist()], [*edges.tolist(), len(owners)], strict=True):
        telling = np.flatnonzero(single[start:end]) + start
        if owners[start] == _PAUSE or not len(telling):
            continue
        left = np.searchsorted(ordered, expected[telling], side="left")
        right = np.searchsorted(ordered, expected[telling], side="right")
        there = right > left
        share = float(there.mean())
        at = int(np.median(order[left[there]] - (telling[there] - start))) if there.any() else -1
        n_times = int(np.median((right - left)[there])) if there.any() else 0
        yield _Place(int(owners[start]), start, end, share, at, n_times)


def _place_findings(path: Path, place: _Place, frame_s: float) -> Iterator[Finding]:
    start_s, end_s = round(place.start * frame_s, 3), round(place.end * frame_s, 3)
    if place.share == 0:
        message = f"Paragraph {place.number} is not in {path.name}."
        yield Finding(place.number, "missing", "error", start_s, end_s, message)
    elif place.share < 1:
        lost_s = (1 - place.share) * (end_s - start_s)
        message = (
            f"Paragraph {place.number} is not whole in {path.name}: about {lost_s:.2f} s of it are missing or changed."
        )
        yield Finding(place.number, "missing", "error", start_s, end_s, message)
    elif place.n_times > 1:
        message = f"Paragraph {place.number} stands {place.n_times} times in {path.name}."
        yield Finding(place.number, "repeat", "error", start_s, end_s, message)


def _order_findings(path: Path, places: Sequence[_Place], frame_s: float) -> Iterator[Finding]:
    for before, after in pairwise(places):
        if after.at < before.at:
            message = f"Paragraph {after.number} is heard before paragraph {before.number} in {path.name}."
            start_s, end_s = round(before.start * frame_s, 3), round(after.end * frame_s, 3)
            yield Finding(after.number, "order", "error", start_s, end_s, message)
