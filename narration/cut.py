"""What an engine spoke, cut and joined: the pieces of a take, before and after they are packed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from audio.clip import Clip, Samples
from narration.engines import Speech
from narration.take import Recording, SentenceTime

if TYPE_CHECKING:
    from narration.check.measures import Measures


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A piece of a take before it is packed: 16-bit sound, as it will come back from FLAC, and its sentences' times."""

    clip: Clip
    sentences: tuple[SentenceTime, ...]

    def packed(self) -> "PackedPiece":
        """The piece as it is kept, and what was measured of it."""
        from audio.contour import contour
        from audio.lossless import packed
        from audio.loudness import block_energies
        from narration.check.measures import clip_measures

        energies = block_energies(self.clip.samples, self.clip.sample_rate_hz)
        n_samples, rate_hz = len(self.clip.samples), self.clip.sample_rate_hz
        measures = tuple(clip_measures(contour(self.clip.samples, rate_hz), rate_hz, self.sentences))
        return PackedPiece(packed(self.clip), rate_hz, n_samples, self.sentences, energies, measures)


@dataclass(frozen=True, slots=True, eq=False)
class PackedPiece:
    """A piece of a take as FLAC; energies: of its 400 ms blocks."""

    flac: bytes
    sample_rate_hz: int
    n_samples: int
    sentences: tuple[SentenceTime, ...]
    energies: Samples
    measures: tuple["Measures", ...]


def one_recording(pieces: Sequence[PackedPiece]) -> Recording:
    """The pieces one behind the other."""
    from audio.loudness import integrated_lufs

    times: list[SentenceTime] = []
    start = 0
    for piece in pieces:
        times += [time.later(start) for time in piece.sentences]
        start += piece.n_samples
    loudness_lufs = integrated_lufs(np.concatenate([piece.energies for piece in pieces]))
    return Recording(
        tuple(piece.flac for piece in pieces),
        pieces[0].sample_rate_hz,
        start,
        tuple(times),
        loudness_lufs,
        tuple(each for piece in pieces for each in piece.measures),
    )


def edited(speeches: Sequence[Speech], pause_s: float, lead_s: float = 0.0) -> Piece:
    """The utterances, silence trimmed, joined into one clip that begins with lead_s of silence."""
    from audio.edit import joined, trimmed

    clips, cuts = zip(*(trimmed(speech.clip) for speech in speeches), strict=True)
    whole, starts = joined(clips, pause_s)
    lead = round(lead_s * whole.sample_rate_hz)
    if lead:
        whole = Clip(np.concatenate([np.zeros(lead, np.float32), whole.samples]), whole.sample_rate_hz)
    times = [
        SentenceTime(0, len(clip.samples), _words(speech, cut, len(clip.samples))).later(lead + start)
        for speech, clip, cut, start in zip(speeches, clips, cuts, starts, strict=True)
    ]
    return Piece(whole, tuple(times))


def _words(speech: Speech, cut: int, length: int) -> tuple[tuple[int, int, int, int], ...]:
    """The words' times in the trimmed clip: so many samples cut off its front, so many left."""
    return tuple(
        (word.start, word.end, min(max(word.from_samples - cut, 0), length), min(max(word.to_samples - cut, 0), length))
        for word in speech.words
    )
