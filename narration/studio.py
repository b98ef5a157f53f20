"""What happens inside a worker process: an engine speaks, the clips are cut and joined, mastered and encoded.

Every function takes and returns plain picklable values, so any executor can run it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from audio.clip import Samples
from audio.errors import AudioError
from narration.cut import Piece, edited, one_recording
from narration.engines import Delivery, PhoneticEngine, Speech, is_quick, is_wordless
from narration.engines.resident import foreign, resident
from narration.errors import EngineError, UsageError
from narration.mastering import Calibration, Mastering, Pieces, encoded, loss_lu
from narration.take import Encoded, Recording, SentenceTime, Sound

if TYPE_CHECKING:
    from narration.check.measures import Shape

T = TypeVar("T")

_PIECE_CHARACTERS = 3000  # three minutes: a longer paragraph is recorded in pieces, so that memory stays flat
_TRUNCATED = 0.4  # of the expected duration; a voice's own sentences stay above 0.6
_RUNAWAY, _RUNAWAY_S = 20.0, 20.0  # times the expected duration, and seconds more: no text is read so long
_PACES = (2.0, 60.0)  # letters a second at a voice's own pace; people speak 10 to 20
_EXPECTED_AT_LEAST_S = 0.5  # shorter expectations say nothing
_CALIBRATION_TEXT = (
    "When the sunlight strikes raindrops in the air, they act as a prism and form a rainbow.",
    "The rainbow is a division of white light into many beautiful colours.",
    "People look, but no one ever finds the pot of gold at the end of it.",
)


@dataclass(frozen=True, slots=True)
class CalibrateJob:
    """Measure the voice of `sound` (its utterances do not matter)."""

    sound: Sound
    mastering: Mastering
    time_limit_s: float


@dataclass(frozen=True, slots=True, eq=False)
class AgainJob:
    """Speak what a take says again, and compare."""

    sound: Sound
    recording: Recording
    time_limit_s: float


@dataclass(frozen=True, slots=True)
class QuicklyAgainJob:
    """Speak again what engines say in no time."""

    sounds: tuple[Sound, ...]
    time_limit_s: float = 60.0


@dataclass(frozen=True, slots=True)
class TranscribeJob:
    """Ask how texts of a language, BCP 47, are pronounced by an engine."""

    texts: tuple[str, ...]
    language: str
    engine: str
    time_limit_s: float = 60.0


@dataclass(frozen=True, slots=True)
class RecordJob:
    """Speak, and encode.

    language: BCP 47, by which words are found in the sound; "" when a worker died over an earlier try.
    """

    sound: Sound
    mastering: Mastering
    calibration: Calibration
    time_limit_s: float
    language: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class JoinJob:
    """Make one take of sentences that were spoken one by one, and encode."""

    sentences: tuple[Speech, ...]
    whole: RecordJob
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
    """Take in a person's recording. paragraphs: the utterances of each that it is a recording of."""

    file: Path
    mastering: Mastering
    paragraphs: tuple[tuple[str, ...], ...]
    language: str = ""
    time_limit_s: float = 600.0


def calibrate(job: CalibrateJob) -> Calibration:
    """The voice's loudness in LUFS, pace in letters a second, and what limiter and codec take off its loudness."""
    from audio.loudness import clip_lufs

    sound = replace(job.sound.saying(_CALIBRATION_TEXT), variation=1)
    take = edited(_spoken(sound), sound.sentence_pause_s)
    speech_s = sum(time.to_samples - time.from_samples for time in take.sentences) / take.clip.sample_rate_hz
    if speech_s == 0:
        raise EngineError("it came back silent")
    letters_per_s = sum(letters(text) for text in _CALIBRATION_TEXT) / speech_s
    low, high = _PACES
    if not low <= letters_per_s / sound.speed <= high:
        raise EngineError(
            f"it speaks {letters_per_s / sound.speed:.1f} letters a second, which is no speech; "
            "its sample rate or its configuration is wrong"
        )
    own_lufs = clip_lufs(take.clip.samples, take.clip.sample_rate_hz)
    return Calibration(own_lufs, letters_per_s, loss_lu(take.clip, own_lufs, job.mastering))


def load(job: CalibrateJob) -> None:
    """Have the engine load the voice, by a word."""
    _spoken(job.sound.saying(("One.",)))


def record(job: RecordJob) -> tuple[Recording, Encoded]:
    """The take and its packets. Raises EngineError when a sentence is silent or cut short."""
    pause_s = job.sound.sentence_pause_s
    lengths = [len(utterance) for utterance in job.sound.utterances]
    parts = (job.sound.part(group[0], group[-1] + 1) for group in _grouped(range(len(lengths)), lengths))
    takes = (
        _recorded(job, part.utterances, edited(_spoken(part), pause_s, pause_s if index else 0.0))
        for index, part in enumerate(parts)
    )
    return _finished(takes, job)


def transcribed(job: TranscribeJob) -> tuple[str, ...]:
    """Each text in IPA, as eSpeak NG reads it.

    "" where the engine says no words, and where eSpeak NG has no voice for the language, or does not work here.
    """
    from narration.engines.espeak_library import EspeakError
    from narration.engines.espeak_transcription import transcriptions
    from narration.word_times.reference import voice_of

    try:
        voice = None if is_wordless(job.engine) else voice_of(job.language)
        return transcriptions(job.texts, voice) if voice else ("",) * len(job.texts)
    except (EspeakError, OSError):
        return ("",) * len(job.texts)


def differing(job: AgainJob) -> tuple[int, ...]:
    """The sentences, by index from 0, that the engine says otherwise than the take has them. Raises EngineError."""
    from narration.check.measures import sentence_clips

    again: list[Samples] = []
    for take in _again(job.sound):
        again += (take.clip.samples[time.from_samples : time.to_samples] for time in take.sentences)
    kept = [clip.samples for clip in sentence_clips(job.recording)]
    if len(kept) != len(again):
        return tuple(range(len(again)))
    pairs = enumerate(zip(kept, again, strict=True))
    return tuple(index for index, (one, other) in pairs if not _same(one, other))


def quickly_again(job: QuicklyAgainJob) -> "tuple[tuple[Shape, ...], ...]":
    """The shapes of what each sentence sounds like when it is said again; none where that is slow or not as it was."""
    quick = {engine for engine in {sound.engine for sound in job.sounds} if is_quick(engine)}
    return tuple(_as_it_was(sound) if sound.engine in quick else () for sound in job.sounds)


def _as_it_was(sound: Sound) -> "tuple[Shape, ...]":
    """The shapes of its sentences; none where the engine is another by now, or cannot say them any more."""
    try:
        with foreign(sound.engine):
            engine = resident(sound.engine)
            now = engine.version, engine.fingerprint(sound.voice)
        return tuple(_shapes(sound)) if now == (sound.engine_version, sound.fingerprint) else ()
    except (EngineError, UsageError):
        return ()


def _shapes(sound: Sound) -> "Iterator[Shape]":
    from audio.contour import contour
    from narration.check.measures import clip_measures

    for take in _again(sound):
        rate_hz = take.clip.sample_rate_hz
        yield from (each.shape for each in clip_measures(contour(take.clip.samples, rate_hz), rate_hz, take.sentences))


def _again(sound: Sound) -> Iterator[Piece]:
    """What the engine says of this now, piece by piece."""
    lengths = [len(utterance) for utterance in sound.utterances]
    for index, group in enumerate(_grouped(range(len(lengths)), lengths)):
        part = sound.part(group[0], group[-1] + 1)
        yield edited(_spoken(part), sound.sentence_pause_s, sound.sentence_pause_s if index else 0.0)


def _same(one: Samples, other: Samples) -> bool:
    """Whether two sounds are one, but for how a model rounds with another number of threads."""
    return len(one) == len(other) and bool(np.allclose(one, other, atol=0.01))


def sentence(job: RecordJob) -> Speech:
    """The one sentence of the job as it was spoken. Raises EngineError when it is silent or cut short."""
    spoken = _spoken(job.sound)
    _checked(job, job.sound.utterances, edited(spoken, 0.0))
    return spoken[0]


def join(job: JoinJob) -> tuple[Recording, Encoded]:
    """One take, and its packets, of sentences that were spoken one by one: as if it had been done at once."""
    sound = job.whole.sound
    pause_s = sound.sentence_pause_s
    spoken = tuple(zip(sound.utterances, job.sentences, strict=True))
    groups = _grouped(spoken, [len(utterance) for utterance in sound.utterances])
    takes = (
        _timed(job.whole, said, edited(speeches, pause_s, pause_s if index else 0.0))
        for index, (said, speeches) in enumerate(zip(*group, strict=True) for group in groups)
    )
    return _finished(takes, job.whole)


def take_in(job: TakeInJob) -> tuple[tuple[Recording, ...], Encoded]:
    """A person's recording, silence trimmed off its ends, as one of each paragraph, and its packets.

    Raises AudioError when it is silent.
    """
    from audio.decode import decoded
    from audio.edit import joined, trimmed
    from narration.word_times.timing import told_apart

    clip, _ = trimmed(decoded(job.file))
    if not len(clip.samples):
        raise AudioError(f"{job.file} is silent from end to end; nothing was taken in.")
    clip, _ = joined([clip], 0.0)
    take = Piece(clip, (SentenceTime(0, len(clip.samples)),))
    recording = one_recording([take.packed()])
    recordings = tuple(
        replace(recording, sentences=told_apart(utterances, clip, job.language)) for utterances in job.paragraphs
    )
    return recordings, encoded([lambda: clip], recording, job.mastering, None)


def encode(job: EncodeJob) -> Encoded:
    """The take's packets, at the loudness asked for, with the decoded sound measured."""
    from audio.lossless import unpacked

    pieces = [partial(unpacked, piece) for piece in job.recording.pieces]
    return encoded(pieces, job.recording, job.mastering, job.calibration)


def _finished(takes: Iterable["Piece"], job: RecordJob) -> tuple[Recording, Encoded]:
    """The takes of a paragraph's pieces as one recording, and its packets; only one piece is unpacked at a time."""
    from audio.lossless import unpacked

    packed = []
    for take in takes:
        packed.append(take.packed())
        clip = take.clip
        del take
    recording = one_recording(packed)
    pieces: Pieces = [lambda: clip] if len(packed) == 1 else [partial(unpacked, piece.flac) for piece in packed]
    return recording, encoded(pieces, recording, job.mastering, job.calibration)


def _spoken(sound: Sound) -> tuple[Speech, ...]:
    """What the engine says. Raises EngineError when that is not one sound for each utterance, all of one kind."""
    delivery = Delivery(sound.voice, sound.speed, sound.volume, sound.variation)
    with foreign(sound.engine):
        engine = resident(sound.engine)
        if sound.pronunciations and isinstance(engine, PhoneticEngine):
            speeches = tuple(engine.pronounce(sound.utterances, sound.pronunciations, delivery))
        else:
            speeches = tuple(engine.speak(sound.utterances, delivery))
    if len(speeches) != len(sound.utterances):
        raise EngineError(f"it spoke {len(speeches)} of {len(sound.utterances)} sentences")
    if len({speech.clip.sample_rate_hz for speech in speeches}) != 1:
        raise EngineError("it spoke at several sample rates")
    if not all(np.isfinite(speech.clip.samples).all() for speech in speeches):
        raise EngineError("it gave samples that are no numbers")
    return speeches


def _grouped(items: Sequence[T], lengths: Sequence[int]) -> list[tuple[T, ...]]:
    """The items in order, in groups of at most _PIECE_CHARACTERS, or of one that is longer."""
    groups: list[list[T]] = []
    room = 0
    for item, length in zip(items, lengths, strict=True):
        if not groups or length > room:
            groups.append([])
            room = _PIECE_CHARACTERS
        groups[-1].append(item)
        room -= length
    return [tuple(group) for group in groups]


def _recorded(job: RecordJob, utterances: Sequence[str], take: Piece) -> Piece:
    """The take with its words' times. Raises EngineError when a sentence is silent or cut short."""
    return _timed(job, utterances, _checked(job, utterances, take))


def _timed(job: RecordJob, utterances: Sequence[str], take: Piece) -> Piece:
    """The take with times for the words that the engine gave none for."""
    if all(time.words for time in take.sentences):
        return take
    from narration.word_times.timing import with_words

    return replace(take, sentences=with_words(utterances, take.sentences, take.clip, job.language))


def _checked(job: RecordJob, utterances: Sequence[str], take: Piece) -> Piece:
    """The take itself. Raises EngineError when a sentence is silent or cut short."""
    for utterance, time in zip(utterances, take.sentences, strict=True):
        seconds = (time.to_samples - time.from_samples) / take.clip.sample_rate_hz
        _check_whole(utterance, seconds, job.calibration.letters_per_s)
    return take


def _check_whole(utterance: str, seconds: float, letters_per_s: float) -> None:
    """Raise EngineError when the utterance, and nothing else, cannot have been spoken in that time."""
    n_letters = letters(utterance)
    if n_letters and seconds == 0:
        raise EngineError("it came back silent")
    expected_s = n_letters / letters_per_s
    if expected_s >= _EXPECTED_AT_LEAST_S and seconds < _TRUNCATED * expected_s:
        raise EngineError(f"it was cut short ({seconds:.1f} s, expected about {expected_s:.1f} s)")
    if n_letters and seconds > _RUNAWAY * expected_s + _RUNAWAY_S:
        raise EngineError(f"it went on for {seconds:.0f} s, where about {expected_s:.1f} s were expected")


def letters(text: str) -> int:
    """How many letters and digits the text has, by which a voice's pace is told."""
    return sum(character.isalnum() for character in text)
