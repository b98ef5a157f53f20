"""Who speaks which segment: voices chosen, engines asked, every segment given its sound."""

from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace

from narration import audition
from narration.audition import EngineReport
from narration.errors import EngineError
from narration.settings import Settings
from narration.speakers import free_voices
from narration.take import Pronunciation, Sound
from narration.voices import VoiceName, chosen, has_voice_for, names_engine, same_language, voice_name
from narration.workers import WorkerError, outcome
from script.script import Script, Segment

SENTENCE_PAUSE_S = 0.35


@dataclass(slots=True)
class Cast:
    """The engines in use, asked once each, in workers."""

    workers: Executor
    _asked: dict[str, Future[EngineReport]] = field(default_factory=dict)
    _chosen: dict[tuple[str, str, str], VoiceName] = field(default_factory=dict)
    _fingerprints: dict[VoiceName, str] = field(default_factory=dict)
    _pronounceable: dict[tuple[VoiceName, str], bool] = field(default_factory=dict)
    _notes: Counter[str] = field(default_factory=Counter)
    _speakers: dict[str, VoiceName] = field(default_factory=dict)

    def expect(self, engine: str) -> None:
        """Ask the engine now, so that its answer is there when it is needed."""
        if engine not in self._asked:
            self._asked[engine] = self.workers.submit(audition.describe, audition.DescribeJob(engine))

    def expect_voice(self, settings: Settings) -> None:
        """Ask the engine that these settings name. Raises UsageError for a voice that is not the engine's."""
        cast = _in_cast(settings.voice or "narrator", settings)
        engine = "" if names_engine(cast) else settings.engine  # a voice of the cast may be another engine's
        self.expect(voice_name(cast or settings.voice, engine).engine)

    def report(self, engine: str) -> EngineReport:
        """What the engine says of itself. Raises EngineError when it can't work."""
        self.expect(engine)
        try:
            return outcome(self._asked[engine])
        except WorkerError as error:
            raise EngineError(f"The engine “{engine}” does not work here: {error}.") from error

    def voice(self, name: str, engine: str, language: str) -> VoiceName:
        """The voice meant by a name, or the one for the language without. Raises UsageError."""
        key = (name, engine, language)
        if key not in self._chosen:
            wanted = voice_name(name, engine)
            report = self.report(wanted.engine)
            self._chosen[key] = chosen(wanted, language, report.voices, takes_any_voice=report.takes_any_voice)
            spoken = language or "en"
            if not wanted.voice and not has_voice_for(spoken, report.voices):
                self._note_foreign(spoken, self._chosen[key])
        return self._chosen[key]

    def _note_foreign(self, language: str, voice: VoiceName) -> None:
        note = f"The engine “{voice.engine}” has no voice for the language “{language}”; {voice} reads what is in it."
        self._notes[note] = 1

    def sound(self, utterances: tuple[str, ...], voice: VoiceName, settings: Settings) -> Sound:
        """How these utterances sound in that voice."""
        return Sound(
            utterances=utterances,
            engine=voice.engine,
            engine_version=self.report(voice.engine).version,
            voice=voice.voice,
            fingerprint=self.fingerprint(voice),
            speed=settings.speed,
            volume=settings.volume,
            sentence_pause_s=settings.pauses.get("sentence", SENTENCE_PAUSE_S),
        )

    def fingerprint(self, voice: VoiceName) -> str:
        """What tells the voice's model from any other. Raises EngineError, UsageError for one that is not here."""
        if voice not in self._fingerprints:
            job = audition.FingerprintJob(voice.engine, voice.voice)
            try:
                self._fingerprints[voice] = outcome(self.workers.submit(audition.fingerprint, job))
            except WorkerError as error:
                raise EngineError(f"The voice {voice} cannot be read: {error}. Name another voice.") from error
        return self._fingerprints[voice]

    def memory_bytes(self, voices: Iterable[VoiceName]) -> int:
        """Memory that each worker takes for the models of these voices."""
        asked: dict[str, set[str]] = {}
        for voice in voices:
            asked.setdefault(voice.engine, set()).add(voice.voice)
        jobs = [
            self.workers.submit(audition.weight_bytes, audition.WeighJob(engine, tuple(sorted(names))))
            for engine, names in asked.items()
            if self.report(engine).holds_models
        ]
        return sum(outcome(job) for job in jobs)

    def sounds(self, script: Script, settings: Settings) -> tuple[Sound | None, ...]:
        """How each segment sounds; None for a break."""
        self._speakers = self._with_voices(script, settings)
        return tuple(self._segment_sound(segment, script.language, settings) for segment in script.segments)

    def _segment_sound(self, segment: Segment, language: str, settings: Settings) -> Sound | None:
        if not segment.utterances:
            return None
        voice = self._segment_voice(segment, language, settings)
        own = settings if segment.speed is None else replace(settings, speed=segment.speed)
        sound = self.sound(tuple(utterance.spoken for utterance in segment.utterances), voice, own)
        return replace(sound, pronunciations=self.pronunciations(segment, voice))

    def pronunciations(self, segment: Segment, voice: VoiceName) -> tuple[Pronunciation, ...]:
        """What that voice says by its sounds in the segment; what it should and cannot is noted."""
        return tuple(self._pronunciations(segment, voice))

    def _pronunciations(self, segment: Segment, voice: VoiceName) -> Iterator[Pronunciation]:
        wanted = [
            (Pronunciation(index, span.start, span.end, span.ipa), segment.text[span.from_start : span.from_end])
            for index, utterance in enumerate(segment.utterances)
            for span in utterance.spans
            if span.ipa
        ]
        self._ask_for(voice, {each.ipa for each, _ in wanted})
        for each, written in wanted:
            if self._pronounceable[voice, each.ipa]:
                yield each
            else:
                spelt = segment.utterances[each.utterance].spoken[each.start : each.end].strip()
                how = f"is spelt “{spelt}”" if spelt != written else "is said as it is written"
                self._notes[f"“{written}” {how}: the voice {voice} does not take /{each.ipa}/."] += 1

    def _ask_for(self, voice: VoiceName, ipa: set[str]) -> None:
        unknown = tuple(sorted(each for each in ipa if (voice, each) not in self._pronounceable))
        if unknown:
            job = audition.PronounceableJob(voice.engine, voice.voice, unknown)
            can = outcome(self.workers.submit(audition.pronounceable, job))
            self._pronounceable.update({(voice, each): each in can for each in unknown})

    def notes(self) -> tuple[str, ...]:
        """What the voices cannot say as it was wanted, one sentence each."""
        return tuple(
            note if count == 1 else f"{note.removesuffix('.')} ({count} times)." for note, count in self._notes.items()
        )

    def named(self, name: str, engine: str, language: str, settings: Settings) -> VoiceName:
        """The voice meant by a name, which may be one of the cast's. Raises UsageError."""
        meant = _in_cast(name, settings) or name
        return self.voice(meant, "" if names_engine(meant) else engine, language)

    def _with_voices(self, script: Script, settings: Settings) -> dict[str, VoiceName]:
        """The speakers of a dialogue with their voices: from the cast, else distinct ones, which is noted."""
        speakers = list(dict.fromkeys(segment.speaker for segment in script.segments if segment.speaker))
        if not speakers:
            return {}
        narrator = self._narrator(script.language, settings)
        cast = {
            each: self.named(each, settings.engine, script.language, settings)
            for each in speakers
            if _in_cast(each, settings)
        }
        report = self.report(narrator.engine)
        free = free_voices(narrator, script.language, report.voices, report.variants, {narrator, *cast.values()})
        for each in speakers:
            if each not in cast:
                cast[each] = next(free, narrator)
                whose = "the narrator's voice, for there is no other" if cast[each] == narrator else str(cast[each])
                self._notes[
                    f"{each} speaks in {whose}; `cast: {{{each}: VOICE}}` in the front matter sets another."
                ] = 1
        return cast

    def _narrator(self, language: str, settings: Settings) -> VoiceName:
        return self.named(settings.voice or _in_cast("narrator", settings), settings.engine, language, settings)

    def _segment_voice(self, segment: Segment, language: str, settings: Settings) -> VoiceName:
        """The voice asked for, the speaker's, or the kind's; else the narrator's.

        In a paragraph of another language that is the engine's voice for it, where it has one.
        """
        asked = segment.voice or ("" if segment.speaker else settings.voices_for.get(segment.kind, ""))
        if asked:
            return self.named(asked, settings.engine, segment.language or language, settings)
        if segment.speaker in self._speakers:
            return self._speakers[segment.speaker]
        narrator = settings.voice or _in_cast("narrator", settings)
        if segment.language and not (narrator and same_language(segment.language, language)):
            engine = self._narrator(language, settings).engine
            report = self.report(engine)
            if has_voice_for(segment.language, report.voices):
                return self.voice("", engine, segment.language)
            if not report.takes_any_voice:
                self._note_foreign(segment.language, self._narrator(language, settings))
        return self._narrator(language, settings)


def _in_cast(name: str, settings: Settings) -> str:
    """The voice that a name has in this article; "" for a name that has none."""
    return next((voice for each, voice in settings.cast.items() if each.casefold() == name.casefold()), "")
