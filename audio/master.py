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
    two frames of silence before it, at least 100 ms after it, whole frames altogether; as many channels as before.
    """
    rate = codec.sample_rate_hz
    lead = _LEAD_FRAMES * codec.frame_samples
    n_speech = round(clip.n_samples * rate / clip.sample_rate_hz)
    n_frames = -(-(lead + n_speech + round(_TAIL_S * rate)) // codec.frame_samples)
    samples = np.zeros((*clip.samples.shape[:-1], n_frames * codec.frame_samples), np.float32)
    speech = samples[..., lead : lead + n_speech]
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

    stream = ResampleStream(clip.sample_rate_hz, sample_rate_hz, clip.channels, dtype="float32", quality="HQ")
    position = 0
    for start in range(0, clip.n_samples, _STRETCH):
        stretch = np.ascontiguousarray(clip.samples[..., start : start + _STRETCH].T)  # soxr has time first
        done = stream.resample_chunk(stretch, last=start + _STRETCH >= clip.n_samples)
        done = done[: out.shape[-1] - position]
        out[..., position : position + len(done)] = done.T
        position += len(done)
