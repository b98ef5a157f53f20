"""What happens to music inside a worker process: it is taken in, and laid around or under the speech.

Every function takes and returns plain picklable values, so any executor can run it.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np

from audio.clip import Clip, Samples
from audio.packets import Codec
from narration.mastering import Mastering, encoded, laid, spread_lu
from narration.take import Encoded, Recording

UNDER_LU = 12.0
"""How much quieter than the speech the bed is while nobody speaks."""
DUCKED_DB = 8.0
"""How much further it goes down while somebody does: 20 LU under the speech, as broadcasters ask for."""
_LONGEST_S = 1800.0
_FADE_IN_S, _FADE_OUT_S = 1.5, 3.0
_JINGLE_FADE_IN_S, _JINGLE_FADE_OUT_S = 0.02, 1.0
_REST_S = 0.4  # of silence behind music that stands alone
_MARGIN_S = 1.0  # of music that is not heard any more, for the resampler's sake


@dataclass(frozen=True, slots=True)
class MusicJob:
    """Take in a music file, in so many channels."""

    file: Path
    channels: int
    time_limit_s: float = 600.0


@dataclass(frozen=True, slots=True, eq=False)
class JingleJob:
    """Encode music that stands alone."""

    music: Recording
    mastering: Mastering
    time_limit_s: float = 600.0


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """A paragraph of a mix. gain_db: brings it to its loudness; n_frames: of its clip; pause_frames: behind it."""

    recording: Recording | None
    gain_db: float
    n_frames: int
    pause_frames: int


@dataclass(frozen=True, slots=True, eq=False)
class MixJob:
    """Lay music under paragraphs that follow each other, and encode them as one."""

    spoken: tuple[Spoken, ...]
    music: Recording
    mastering: Mastering
    time_limit_s: float = 600.0


def take_in_music(job: MusicJob) -> Recording:
    """The music of a file, lossless, without silence at its ends. Raises AudioError."""
    from audio.decode import decoded
    from audio.edit import trimmed
    from audio.errors import AudioError
    from audio.lossless import packed
    from audio.loudness import clip_lufs

    clip, _ = trimmed(_within_full_scale(decoded(job.file, limit_s=_LONGEST_S, channels=job.channels)))
    if not clip.n_samples:
        raise AudioError(f"{job.file} is silent from end to end; name a file with music in it.")
    level_lufs = clip_lufs(clip.samples, clip.sample_rate_hz)
    return Recording((packed(clip),), clip.sample_rate_hz, clip.n_samples, (), level_lufs, channels=clip.channels)


def _within_full_scale(clip: Clip) -> Clip:
    """The clip, quieter where it goes beyond: as surround sound may that was laid into two channels."""
    peak = max(float(clip.samples.max(initial=0)), -float(clip.samples.min(initial=0)))
    return Clip(clip.samples / np.float32(peak), clip.sample_rate_hz) if peak > 1 else clip


def jingle(job: JingleJob) -> Encoded:
    """The music's packets, at the loudness of the speech, its ends faded, a moment of silence behind it."""
    return encoded([partial(_jingle, job.music)], job.music, job.mastering, None)


def _jingle(music: Recording) -> Clip:
    from audio.music import fade

    clip = _clip(music)
    rate = clip.sample_rate_hz
    samples = clip.samples.copy()
    fade(samples, round(_JINGLE_FADE_IN_S * rate), min(round(_JINGLE_FADE_OUT_S * rate), clip.n_samples // 2))
    rest = np.zeros((*samples.shape[:-1], round(_REST_S * rate)), np.float32)
    return Clip(np.concatenate([samples, rest], axis=-1), rate)


def mix(job: MixJob) -> Encoded:
    """The paragraphs' packets with the music under them: as many as without, every word where it was."""
    speech, heard = _laid(job)
    samples = _bed(job, heard, len(speech))
    samples += speech  # in all channels alike
    return laid(samples, job.mastering)


def _laid(job: MixJob) -> tuple[Samples, list[tuple[int, int]]]:
    """The speech, of one channel, where it is in the episode, and where somebody speaks."""
    codec = job.mastering.codec
    n_frames = sum(each.n_frames + each.pause_frames for each in job.spoken)
    samples = np.zeros(n_frames * codec.frame_samples, np.float32)
    heard: list[tuple[int, int]] = []
    position = 0
    for each in job.spoken:
        start = position
        position += each.n_frames * codec.frame_samples
        if each.recording:
            heard += _speak(each.recording, each.gain_db, codec, samples[start:position], start)
        position += each.pause_frames * codec.frame_samples
    return samples, heard


def _speak(recording: Recording, gain_db: float, codec: Codec, out: Samples, start: int) -> Iterator[tuple[int, int]]:
    """Fill a paragraph's place with its speech; its sentences, counted from the start of the mix."""
    from audio.lossless import unpacked
    from audio.master import mastered

    in_take = in_clip = 0
    for piece in recording.pieces:
        clip = unpacked(piece)
        speech, lead = mastered(clip, gain_db, math.inf, codec)
        out[in_clip : in_clip + len(speech)] = speech
        for sentence in recording.sentences:
            if in_take <= sentence.from_samples < in_take + clip.n_samples:
                ratio, at = codec.sample_rate_hz / clip.sample_rate_hz, start + in_clip + lead
                times = (sentence.from_samples - in_take, sentence.to_samples - in_take)
                yield at + round(times[0] * ratio), at + round(times[1] * ratio)
        in_take += clip.n_samples
        in_clip += len(speech)


def _bed(job: MixJob, heard: Sequence[tuple[int, int]], n_samples: int) -> Samples:
    """The music for the whole mix, turned down where somebody speaks."""
    from audio.master import resample
    from audio.music import CROSSFADE_S, duck, fade, looped

    rate = job.mastering.codec.sample_rate_hz
    clip = _clip(job.music)
    heard_s = n_samples / rate + CROSSFADE_S + _MARGIN_S
    clip = Clip(clip.samples[..., : round(heard_s * clip.sample_rate_hz)], clip.sample_rate_hz)
    music = np.empty((*clip.samples.shape[:-1], round(clip.n_samples * rate / clip.sample_rate_hz)), np.float32)
    resample(clip, rate, music)
    music *= np.float32(10 ** ((_speech_lufs(job) - UNDER_LU - job.music.loudness_lufs) / 20))
    bed = looped(music, n_samples, rate)
    duck(bed, heard, rate, DUCKED_DB)
    fade(bed, round(_FADE_IN_S * rate), round(_FADE_OUT_S * rate))
    return bed


def _speech_lufs(job: MixJob) -> float:
    """How loud the speech of the mix is."""
    if job.mastering.target_lufs is not None:
        return job.mastering.target_lufs
    takes = [each.recording for each in job.spoken if each.recording]
    return median(take.loudness_lufs + spread_lu(take, job.mastering.codec) for take in takes)


def _clip(music: Recording) -> Clip:
    from audio.lossless import unpacked

    (piece,) = music.pieces
    return unpacked(piece)
