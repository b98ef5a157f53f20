"""What happens to music inside a worker process: it is taken in, and laid around or under the speech.

Every function takes and returns plain picklable values, so any executor can run it.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np

from audio.clip import Clip, Samples, regrouped
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
_KEPT_S = 0.01  # of silence at each end
_PIECE_S = 60
_STRETCH = 441 * 2400  # samples looked at for silence at a time: whole hundredths of a second at the usual rates
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
    """The music of a file, lossless, without silence at its ends, in pieces of a minute. Raises AudioError."""
    from audio.errors import AudioError
    from audio.lossless import packed
    from audio.loudness import energies_of, integrated_lufs

    bounds = _bounds(job)
    if bounds is None:
        raise AudioError(f"{job.file} is silent from end to end; name a file with music in it.")
    pieces: list[bytes] = []

    def seconds() -> Iterator[Samples]:
        for piece in regrouped(_cut(_stretches(job), bounds), _PIECE_S * bounds.sample_rate_hz):
            within = piece if bounds.peak <= 1 else Clip(piece.samples / np.float32(bounds.peak), piece.sample_rate_hz)
            pieces.append(packed(within))
            yield from (each.samples for each in regrouped([within], bounds.sample_rate_hz))

    level_lufs = integrated_lufs(energies_of(seconds(), bounds.sample_rate_hz))
    n_samples = bounds.end - bounds.start
    return Recording(tuple(pieces), bounds.sample_rate_hz, n_samples, (), level_lufs, channels=job.channels)


@dataclass(frozen=True, slots=True)
class _Bounds:
    """From and to which sample a file is not silent, and its highest sample: beyond 1 it is turned down to that.

    So may surround sound be that was laid into two channels.
    """

    start: int
    end: int
    peak: float
    sample_rate_hz: int


def _stretches(job: MusicJob) -> Iterator[Clip]:
    from audio.decode import stretches

    return stretches(job.file, limit_s=_LONGEST_S, channels=job.channels)


def _bounds(job: MusicJob, peak: float = 1.0) -> _Bounds | None:
    """Those of the file, None when there is nothing but silence. peak: what is known of its highest sample."""
    from audio.edit import trimmed

    first = last = -1
    rate_hz = position = 0
    highest = 0.0
    for clip in regrouped(_stretches(job), _STRETCH):
        highest = max(highest, float(clip.samples.max()), -float(clip.samples.min()))
        rate_hz = clip.sample_rate_hz
        loud, silent = trimmed(Clip(clip.samples / np.float32(max(peak, 1.0)), rate_hz), keep_s=0)
        if loud.n_samples:
            first = position + silent if first < 0 else first
            last = position + silent + loud.n_samples
        position += clip.n_samples
    if highest > max(peak, 1.0):
        return _bounds(job, highest)
    keep = round(_KEPT_S * rate_hz)
    return None if first < 0 else _Bounds(max(0, first - keep), min(last + keep, position), highest, rate_hz)


def _cut(clips: Iterable[Clip], bounds: _Bounds) -> Iterator[Clip]:
    """The sound within the bounds."""
    position = 0
    for clip in clips:
        inside = clip.samples[..., max(bounds.start - position, 0) : max(bounds.end - position, 0)]
        position += clip.n_samples
        yield Clip(inside, clip.sample_rate_hz)


def heard(music: Recording, seconds: float) -> Recording:
    """As much of the music as a mix of that length plays before it begins anew."""
    from audio.music import CROSSFADE_S

    n_pieces = math.ceil((seconds + CROSSFADE_S + _MARGIN_S) / _PIECE_S)
    return replace(music, pieces=music.pieces[:n_pieces])


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
    speech, spoken = _laid(job)
    samples = _bed(job, spoken, len(speech))
    samples += speech  # in all channels alike
    del speech
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


def _bed(job: MixJob, spoken: Sequence[tuple[int, int]], n_samples: int) -> Samples:
    """The music for the whole mix, turned down where somebody speaks."""
    from audio.master import resample
    from audio.music import CROSSFADE_S, duck, fade, looped

    rate = job.mastering.codec.sample_rate_hz
    heard_s = n_samples / rate + CROSSFADE_S + _MARGIN_S
    clip = _clip(heard(job.music, n_samples / rate))
    clip = Clip(clip.samples[..., : round(heard_s * clip.sample_rate_hz)], clip.sample_rate_hz)
    music = np.empty((*clip.samples.shape[:-1], round(clip.n_samples * rate / clip.sample_rate_hz)), np.float32)
    resample(clip, rate, music)
    del clip
    music *= np.float32(10 ** ((_speech_lufs(job) - UNDER_LU - job.music.loudness_lufs) / 20))
    bed = looped(music, n_samples, rate)
    duck(bed, spoken, rate, DUCKED_DB)
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

    if len(music.pieces) == 1:
        return unpacked(music.pieces[0])
    shape = (music.n_samples,) if music.channels == 1 else (music.channels, music.n_samples)
    samples = np.empty(shape, np.float32)
    position = 0
    for piece in music.pieces:
        clip = unpacked(piece)
        samples[..., position : position + clip.n_samples] = clip.samples
        position += clip.n_samples
    return Clip(samples[..., :position], music.sample_rate_hz)
