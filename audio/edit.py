"""Clips cut and joined with pydub, counted in samples.

pydub's own positions are milliseconds, which at 22,050 Hz are no whole number of samples; so only its sample
slices are used here, and the one duration it is given (a fade) covers a piece that was cut to its length in
samples first.
"""

import warnings
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np

from audio.clip import Clip, interleaved
from audio.errors import AudioError
from audio.pcm import int16_of, samples_of

_CHUNK_S = 0.01  # a stretch counts as silent by its level over 10 ms
_FADE_MS = 4  # long enough that no edge clicks, short enough that no consonant goes
_SAMPLE_BYTES = 2
_SILENCED_DB = -120.0


@cache
def _audio_segment() -> Any:  # noqa: ANN401 - pydub has no types
    """The class of pydub, imported without the warnings its import gives."""
    with warnings.catch_warnings():
        # It looks for an ffmpeg program, which only its from_file and export need; neither is used here.
        warnings.filterwarnings("ignore", "Couldn't find ffmpeg or avconv", RuntimeWarning)
        # Python 3.11 and 3.12 announce that audioop leaves; from 3.13 on audioop-lts takes its place.
        warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
        # Its regular expressions are not raw strings: a warning whenever Python compiles them anew.
        warnings.filterwarnings("ignore", "invalid escape sequence", SyntaxWarning)
        warnings.filterwarnings("ignore", "invalid escape sequence", DeprecationWarning)
        from pydub import AudioSegment
    return AudioSegment


def trimmed(clip: Clip, threshold_db: float = -50.0, keep_s: float = 0.01) -> tuple[Clip, int]:
    """The clip without the silence at its ends, and how many samples were taken off the front.

    threshold_db: RMS level relative to full scale under which 10 ms count as silent. keep_s: silence left at
    each end. What remains is the clip's own samples, unrounded. A clip of nothing but silence becomes empty.
    """
    segment = _segment(clip)
    n_samples = clip.n_samples
    chunk = max(1, round(_CHUNK_S * clip.sample_rate_hz))
    keep = round(keep_s * clip.sample_rate_hz)
    starts = range(0, n_samples, chunk)
    first = _first_loud(segment, starts, chunk, threshold_db)
    if first is None:
        return Clip(clip.samples[..., :0], clip.sample_rate_hz), n_samples
    last = _first_loud(segment, reversed(starts), chunk, threshold_db)
    assert last is not None
    front = max(0, first - keep)
    return Clip(clip.samples[..., front : last + chunk + keep], clip.sample_rate_hz), front


def joined(clips: Sequence[Clip], pause_s: float) -> tuple[Clip, tuple[int, ...]]:
    """One clip of all of them, of one channel each, with silence between, and the sample at which each starts.

    Every clip fades in and out over 4 ms; one too short for both fades stays as it is. Between two clips lie
    exactly round(pause_s * rate) samples. The result is 16-bit sound. AudioError: no clip, or unequal rates.
    """
    rates = {clip.sample_rate_hz for clip in clips}
    if len(rates) != 1:
        rates_text = ", ".join(f"{rate} Hz" for rate in sorted(rates)) or "no clip at all"
        raise AudioError(f"Clips can be joined only at one sample rate, not {rates_text}; resample them first.")
    rate = rates.pop()
    pause = round(pause_s * rate)
    sound = bytearray()  # grows in place: pydub's own += copies all that came before
    starts: list[int] = []
    for clip in clips:
        if starts:
            sound += bytes(pause * _SAMPLE_BYTES)
        starts.append(len(sound) // _SAMPLE_BYTES)
        for piece in _faded(_segment(clip)):
            sound += piece
    return Clip(samples_of(np.frombuffer(sound, np.int16)), rate), tuple(starts)


def _segment(clip: Clip) -> Any:  # noqa: ANN401 - pydub has no types
    sound = interleaved(int16_of(clip.samples)).tobytes()
    return _audio_segment()(sound, sample_width=_SAMPLE_BYTES, frame_rate=clip.sample_rate_hz, channels=clip.channels)


def _first_loud(segment: Any, starts: Iterable[int], chunk: int, threshold_db: float) -> int | None:  # noqa: ANN401 - pydub has no types
    loud = (start for start in starts if segment.get_sample_slice(start, start + chunk).dBFS >= threshold_db)
    return next(loud, None)


def _faded(segment: Any) -> list[bytes]:  # noqa: ANN401 - pydub has no types
    """The segment in three pieces, its edges faded; as many samples as before."""
    n_samples = int(segment.frame_count())
    fade = int(segment.frame_count(ms=_FADE_MS))
    if n_samples < 2 * fade:
        return [segment.raw_data]
    head = segment.get_sample_slice(0, fade).fade(from_gain=_SILENCED_DB, start=0, duration=_FADE_MS)
    tail = segment.get_sample_slice(n_samples - fade).fade(to_gain=_SILENCED_DB, start=0, duration=_FADE_MS)
    return [head.raw_data, segment.get_sample_slice(fade, n_samples - fade).raw_data, tail.raw_data]
