"""A clip made ready for its codec: rate, level, peaks, and silence at both ends."""

import numpy as np

from audio.clip import Clip, Samples
from audio.limiter import limit
from audio.packets import Codec

_LEAD_FRAMES = 2  # what an encoder needs to settle: fewer, and AAC spoils the first consonant
_TAIL_S = 0.1  # fewer than 50 ms, and the last packets miss the end of the speech
_STRETCH = 1 << 16  # samples resampled at a time: no second clip-sized array exists


def mastered(clip: Clip, gain_db: float, ceiling_dbtp: float, codec: Codec) -> tuple[Samples, int]:
    """What Codec.encode takes, and how many samples of silence stand before the speech.

    The clip at the codec's sample rate, gain_db louder, no true peak above ceiling_dbtp (math.inf: no limit),
    two frames of silence before it, at least 100 ms after it, whole frames altogether.
    """
    rate = codec.sample_rate_hz
    lead = _LEAD_FRAMES * codec.frame_samples
    n_speech = round(len(clip.samples) * rate / clip.sample_rate_hz)
    n_frames = -(-(lead + n_speech + round(_TAIL_S * rate)) // codec.frame_samples)
    samples = np.zeros(n_frames * codec.frame_samples, np.float32)
    speech = samples[lead : lead + n_speech]
    resample(clip, rate, speech)
    speech *= np.float32(10 ** (gain_db / 20))
    limit(samples, rate, ceiling_dbtp)
    return samples, lead


def resample(clip: Clip, sample_rate_hz: int, out: Samples) -> None:
    """Fill out with the clip at another rate: soxr's HQ, passband 0.91 of the lower rate, 20 bits."""
    if clip.sample_rate_hz == sample_rate_hz:
        out[:] = clip.samples
        return
    from soxr import ResampleStream

    stream = ResampleStream(clip.sample_rate_hz, sample_rate_hz, 1, dtype="float32", quality="HQ")
    position = 0
    for start in range(0, len(clip.samples), _STRETCH):
        stretch = clip.samples[start : start + _STRETCH]
        done = stream.resample_chunk(stretch, last=start + _STRETCH >= len(clip.samples))
        done = done[: len(out) - position]
        out[position : position + len(done)] = done
        position += len(done)
