"""What happens inside a worker process: an engine speaks, the clips are cut and joined, mastered and encoded.

Every function takes and returns plain picklable values, so any executor can run it.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from audio.clip import Clip
from audio.errors import AudioError
from audio.packets import Codec
from narration.engines import Delivery, Engine, Speech, Voice, WordTime, load_engine
from narration.errors import EngineError
from narration.take import Encoded, Recording, SentenceTime, Sound

MEASURABLE_S = 3.0
"""A shorter take has no loudness of its own worth the name (research: up to 3 LU off); it takes its voice's gain."""

_TRUNCATED = 0.4  # of the expected duration; a voice's own sentences stay above 0.6
_EXPECTED_AT_LEAST_S = 0.5  # shorter expectations say nothing
_ATTEMPTS = 4  # to bring the decoded true peak under the ceiling; the codec's headroom makes one the rule
_CALIBRATION_TEXT = (
    "When the sunlight strikes raindrops in the air, they act as a prism and form a rainbow.",
    "The rainbow is a division of white light into many beautiful colours.",
    "People look, but no one ever finds the pot of gold at the end of it.",
)


@dataclass(frozen=True, slots=True)
class EngineReport:
    """What an engine says of itself. patience_s: seconds after which 200 characters are taken for a hang."""

    version: str
    patience_s: float
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    """A voice's own level and pace, measured on a fixed text; encoding_loss_lu: how much quieter the codec makes it."""

    loudness_lufs: float
    letters_per_s: float
    encoding_loss_lu: float


@dataclass(frozen=True, slots=True)
class Mastering:
    """How a take becomes packets. target_lufs: None leaves the level alone; ceiling_dbtp: of the decoded sound."""

    codec: Codec
    target_lufs: float | None
    ceiling_dbtp: float
    version: int = 1

    @property
    def key(self) -> str:
        """All that decides the packets of a take, beside the take and its voice."""
        values = [str(getattr(self, f.name)) for f in fields(self) if f.name != "codec"]
        return " ".join([self.codec.key, *values])


@dataclass(frozen=True, slots=True)
class DescribeJob:
    """Ask an engine for its version and voices."""

    engine: str
    time_limit_s: float = 60.0


@dataclass(frozen=True, slots=True)
class CalibrateJob:
    """Measure the voice of `sound` (its utterances do not matter)."""

    sound: Sound
    mastering: Mastering
    time_limit_s: float


@dataclass(frozen=True, slots=True)
class RecordJob:
    """Speak, and encode."""

    sound: Sound
    mastering: Mastering
    calibration: Calibration
    time_limit_s: float


@dataclass(frozen=True, slots=True, eq=False)
class JoinJob:
    """Make one take of recordings of its sentences, and encode."""

    sentences: tuple[Recording, ...]
    sentence_pause_s: float
    mastering: Mastering
    calibration: Calibration
    time_limit_s: float = 600.0


@dataclass(frozen=True, slots=True, eq=False)
class EncodeJob:
    """Encode a take that is there. calibration: None for a person's recording."""

    recording: Recording
    mastering: Mastering
    calibration: Calibration | None
    time_limit_s: float = 600.0


@dataclass(frozen=True, slots=True)
class TakeInJob:
    """Take in a person's recording."""

    file: Path
    mastering: Mastering
    time_limit_s: float = 600.0


@lru_cache(maxsize=2)
def _engine(name: str) -> Engine:
    return load_engine(name)


def describe(job: DescribeJob) -> EngineReport:
    """The engine's version and voices."""
    engine = _engine(job.engine)
    return EngineReport(engine.version, engine.patience_s, engine.voices())


def fingerprint(engine: str, voice: str) -> str:
    """What decides the voice's sound beside the engine's version."""
    return _engine(engine).fingerprint(voice)


def calibrate(job: CalibrateJob) -> Calibration:
    """The voice's loudness in LUFS, pace in letters a second, and what the codec takes off its loudness."""
    from audio.loudness import clip_lufs

    sound = replace(job.sound, utterances=_CALIBRATION_TEXT, variation=1)
    recording = _edited(_spoken(sound), sound.sentence_pause_s, lambda _index, _seconds: None)
    speech_s = sum(time.to_samples - time.from_samples for time in recording.sentences) / recording.sample_rate_hz
    letters = sum(_letters(text) for text in _CALIBRATION_TEXT)
    level = Calibration(recording.loudness_lufs, letters / speech_s, 0.0)
    if job.mastering.target_lufs is None:
        return level
    encoded = _mastered(_unpacked(recording), recording.loudness_lufs, job.mastering, 0.0)
    heard = clip_lufs(encoded.heard, job.mastering.codec.sample_rate_hz)
    return replace(level, encoding_loss_lu=round(job.mastering.target_lufs - heard, 2))


def record(job: RecordJob) -> tuple[Recording, Encoded]:
    """The take and its packets. Raises EngineError when a sentence is silent or cut short."""

    def check(index: int, seconds: float) -> None:
        _whole(job.sound.utterances[index], seconds, job.calibration.letters_per_s)

    recording = _edited(_spoken(job.sound), job.sound.sentence_pause_s, check)
    return recording, encode(EncodeJob(recording, job.mastering, job.calibration))


def join(job: JoinJob) -> tuple[Recording, Encoded]:
    """One take out of its sentences' own recordings, and its packets."""
    speeches = tuple(
        Speech(_unpacked(sentence), tuple(WordTime(*word) for word in sentence.sentences[0].words))
        for sentence in job.sentences
    )
    recording = _edited(speeches, job.sentence_pause_s, lambda _index, _seconds: None)
    return recording, encode(EncodeJob(recording, job.mastering, job.calibration))


def take_in(job: TakeInJob) -> tuple[Recording, Encoded]:
    """A person's recording, silence trimmed off its ends, and its packets. Raises AudioError when it is silent."""
    from audio.decode import decoded
    from audio.edit import trimmed

    clip, _ = trimmed(decoded(job.file))
    if not len(clip.samples):
        raise AudioError(f"{job.file} is silent from end to end; nothing was taken in.")
    recording = recorded(clip)
    return recording, encode(EncodeJob(recording, job.mastering, None))


def encode(job: EncodeJob) -> Encoded:
    """The take's packets, at the loudness asked for, with the decoded sound measured."""
    recording, calibration = job.recording, job.calibration
    own = recording.n_samples >= MEASURABLE_S * recording.sample_rate_hz or calibration is None
    level_lufs = recording.loudness_lufs if own or calibration is None else calibration.loudness_lufs
    loss_lu = calibration.encoding_loss_lu if calibration else 0.0
    return _mastered(_unpacked(recording), level_lufs, job.mastering, loss_lu).encoded


@dataclass(frozen=True, slots=True, eq=False)
class _Mastered:
    encoded: Encoded
    heard: np.ndarray


def _mastered(clip: Clip, level_lufs: float, mastering: Mastering, loss_lu: float) -> _Mastered:
    """The clip's packets, and the decoded sound; limited again where the codec lifted a peak over the ceiling."""
    from audio.loudness import block_energies
    from audio.master import mastered
    from audio.true_peak import true_peak_dbtp

    codec = mastering.codec
    raw = mastering.target_lufs is None
    gain_db = 0.0 if mastering.target_lufs is None else mastering.target_lufs - level_lufs + loss_lu
    ceiling_dbtp = math.inf if raw else mastering.ceiling_dbtp - codec.headroom_db
    for _ in range(_ATTEMPTS):
        samples, lead_samples = mastered(clip, gain_db, ceiling_dbtp, codec)
        packets = codec.encode(samples)
        heard = codec.decode(packets)
        peak_dbtp = true_peak_dbtp(heard, codec.sample_rate_hz)
        if raw or peak_dbtp <= mastering.ceiling_dbtp:
            break
        ceiling_dbtp -= peak_dbtp - mastering.ceiling_dbtp + 0.1
    energies = block_energies(heard, codec.sample_rate_hz).astype("<f4").tobytes()
    sizes = packets.sizes.astype("<u4").tobytes()
    return _Mastered(Encoded(mastering.key, sizes, packets.payload, lead_samples, energies, peak_dbtp), heard)


def _spoken(sound: Sound) -> tuple[Speech, ...]:
    delivery = Delivery(sound.voice, sound.speed, sound.volume, sound.variation)
    try:
        return _engine(sound.engine).speak(sound.utterances, delivery)
    except EngineError:
        _engine.cache_clear()  # the next try gets a fresh engine
        raise


def recorded(clip: Clip, sentences: Sequence[SentenceTime] = ()) -> Recording:
    """A take of the clip as it is, for a person's recording too."""
    from audio.lossless import packed
    from audio.loudness import clip_lufs

    n_samples = len(clip.samples)
    times = tuple(sentences) or (SentenceTime(0, n_samples),)
    loudness_lufs = clip_lufs(clip.samples, clip.sample_rate_hz)
    return Recording(packed(clip), clip.sample_rate_hz, n_samples, times, loudness_lufs)


def _unpacked(recording: Recording) -> Clip:
    from audio.lossless import unpacked

    return unpacked(recording.flac)


def _edited(speeches: Sequence[Speech], pause_s: float, check: Callable[[int, float], None]) -> Recording:
    """The utterances, silence trimmed, joined into one take; `check` hears of each one's index and seconds."""
    from audio.edit import joined, trimmed

    clips, cuts = zip(*(trimmed(speech.clip) for speech in speeches), strict=True)
    for index, clip in enumerate(clips):
        check(index, clip.duration_s)
    whole, starts = joined(clips, pause_s)
    times = []
    for speech, clip, cut, start in zip(speeches, clips, cuts, starts, strict=True):
        length = len(clip.samples)
        words = tuple(
            (
                word.start,
                word.end,
                *(start + min(max(at - cut, 0), length) for at in (word.from_samples, word.to_samples)),
            )
            for word in speech.words
        )
        times.append(SentenceTime(start, start + length, words))
    return recorded(whole, times)


def _whole(utterance: str, seconds: float, letters_per_s: float) -> None:
    """Raise EngineError when the utterance cannot have been spoken whole in that time."""
    letters = _letters(utterance)
    if letters and seconds == 0:
        raise EngineError(f"it came back silent: “{utterance[:80]}”")
    expected_s = letters / letters_per_s
    if expected_s >= _EXPECTED_AT_LEAST_S and seconds < _TRUNCATED * expected_s:
        raise EngineError(f"it was cut short ({seconds:.1f} s, expected about {expected_s:.1f} s): “{utterance[:80]}”")


def _letters(text: str) -> int:
    return sum(character.isalnum() for character in text)
