"""Small episodes for tests: parts held in memory, tones with known onsets, and files decoded again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO

import av
import numpy as np

from audio.clip import Samples
from audio.episode import Chapter, Cover, Episode, Format, Tags
from audio.packets import Codec, Packets

LEAD_FRAMES = 2
TAIL_S = 0.1


@dataclass(frozen=True, slots=True)
class MemoryPart:
    """A part whose packets are held in memory."""

    held: Packets

    @property
    def n_packets(self) -> int:
        return len(self.held.sizes)

    @property
    def n_bytes(self) -> int:
        return len(self.held.payload)

    def packets(self) -> Packets:
        return self.held


def tone(codec: Codec, n_frames: int, hertz: float, onset_samples: int | None = None) -> Samples:
    """Silence, a tone from onset_samples to TAIL_S before the end, silence: n_frames of the codec.

    Of two channels the right one is a fifth higher and quieter.
    """
    if codec.channels == 2:
        left, right = (_tone(codec, n_frames, each, onset_samples) for each in (hertz, 1.5 * hertz))
        return np.stack([left, right * np.float32(0.7)])
    return _tone(codec, n_frames, hertz, onset_samples)


def _tone(codec: Codec, n_frames: int, hertz: float, onset_samples: int | None) -> Samples:
    n_samples = n_frames * codec.frame_samples
    onset = LEAD_FRAMES * codec.frame_samples if onset_samples is None else onset_samples
    end = n_samples - int(TAIL_S * codec.sample_rate_hz)
    time_s = np.arange(n_samples) / codec.sample_rate_hz
    sound = 0.25 * np.sin(2 * np.pi * hertz * time_s)
    sound[:onset] = sound[end:] = 0
    return sound.astype(np.float32)


@cache
def tone_part(codec: Codec, n_frames: int = 12, hertz: float = 440, onset_samples: int | None = None) -> MemoryPart:
    """One encoded tone; the same arguments are encoded once only."""
    return MemoryPart(codec.encode(tone(codec, n_frames, hertz, onset_samples)))


def part_starts(codec: Codec, parts: Sequence[MemoryPart]) -> list[int]:
    """Where each part starts on the timeline, in samples."""
    return [codec.frame_samples * sum(part.n_packets for part in parts[:n]) for n in range(len(parts))]


def chapters(n_chapters: int, n_samples: int, title: Callable[[int], str] = "Chapter {}".format) -> tuple[Chapter, ...]:
    """Chapters over the episode, evenly, numbered from 1, at positions that are whole in no other unit."""
    return tuple(Chapter(title(n + 1), n * n_samples // n_chapters) for n in range(n_chapters))


def episode(
    codec: Codec, n_parts: int = 3, *, n_chapters: int = 0, tags: Tags | None = None, n_frames: int = 12
) -> Episode:
    """Tones of rising pitch, one to a part."""
    parts = tuple(tone_part(codec, n_frames, 300 + 20 * (n % 8)) for n in range(n_parts))
    bare = Episode(codec, parts, (), tags or Tags())
    return Episode(codec, parts, chapters(n_chapters, bare.n_samples), bare.tags)


def file_bytes(file_format: Format, written: Episode) -> bytes:
    """The file that the format makes of the episode."""
    out = BytesIO()
    file_format.write(written, out)
    return out.getvalue()


def decoded(data: bytes) -> Samples:
    """All the sound that a player makes of the file, at the file's own rate."""
    with av.open(BytesIO(data)) as container:
        assert isinstance(container, av.container.InputContainer)
        floats = av.AudioResampler(format="fltp")
        frames = [frame_samples(frame, floats) for frame in container.decode(audio=0)]
    return np.concatenate(frames, axis=-1) if frames else np.zeros(0, np.float32)


def frame_samples(frame: av.AudioFrame, floats: av.AudioResampler) -> Samples:
    """A frame's sound, in one channel or two; floats: a resampler to fltp, the same for all frames of a file."""
    (planes,) = floats.resample(frame)
    sound = planes.to_ndarray()
    return sound[0] if len(sound) == 1 else sound


def jpeg_cover(size: int = 64) -> Cover:
    """A small picture in JPEG."""
    context = av.CodecContext.create("mjpeg", "w")
    assert isinstance(context, av.VideoCodecContext)
    context.width = context.height = size
    context.pix_fmt = "yuvj420p"
    context.time_base = 1
    picture = av.VideoFrame.from_ndarray(np.full((size, size, 3), 90, np.uint8), "rgb24")
    packets = [*context.encode(picture.reformat(format="yuvj420p")), *context.encode(None)]
    return Cover(b"".join(map(bytes, packets)), "image/jpeg", size, size)
