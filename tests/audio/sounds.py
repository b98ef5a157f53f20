"""Sounds the tests are made of."""

from fractions import Fraction
from io import BytesIO

import av
import numpy as np
from numpy.typing import NDArray

from audio.clip import Samples


def sine(frequency_hz: float, level_dbfs: float, seconds: float, rate: int) -> Samples:
    time_s = np.arange(round(seconds * rate)) / rate
    return (10 ** (level_dbfs / 20) * np.sin(2 * np.pi * frequency_hz * time_s)).astype(np.float32)


def voice(seconds: float, rate: int, peak: float = 0.9) -> Samples:
    """Pulses at 110 Hz ringing at a vowel's formants, in syllables with gaps between: as peaky as speech."""
    n_samples = round(seconds * rate)
    time_s = np.arange(n_samples) / rate
    since_pulse_s = time_s % (1 / 110)
    ringing = sum(np.sin(2 * np.pi * formant * since_pulse_s) for formant in (600, 1100, 2600))
    syllables = np.clip(np.sin(2 * np.pi * 2.7 * time_s), 0, None) * (1 + 0.5 * np.sin(2 * np.pi * 0.3 * time_s))
    sound = ringing * np.exp(-since_pulse_s * 300) * syllables
    return (sound * peak / np.abs(sound).max()).astype(np.float32)


def media(
    channels: NDArray[np.float32], rate: int, container: str, codec: str, sample_format: str, *, video: bool = False
) -> bytes:
    """A media file of this sound, shape (n_channels, n_samples), perhaps with a picture that stands still."""
    file = BytesIO()
    with av.open(file, "w", format=container) as out:
        picture = out.add_stream("mpeg4", rate=25) if video else None
        stream = out.add_stream(codec, rate=rate)
        stream.format, stream.layout = sample_format, {1: "mono", 2: "stereo"}[len(channels)]
        if picture:
            picture.width, picture.height, picture.pix_fmt = 32, 32, "yuv420p"
            out.mux(picture.encode(av.VideoFrame(32, 32, "yuv420p")))
            out.mux(picture.encode(None))
        out.mux(stream.encode(_frame(channels, rate, sample_format)))
        out.mux(stream.encode(None))
    return file.getvalue()


def _frame(channels: NDArray[np.float32], rate: int, sample_format: str) -> av.AudioFrame:
    layout = {1: "mono", 2: "stereo"}[len(channels)]
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(channels), "fltp", layout)
    frame.sample_rate, frame.time_base, frame.pts = rate, Fraction(1, rate), 0
    (converted,) = av.AudioResampler(format=sample_format).resample(frame)
    return converted
