"""Who speaks which segment: voices chosen, engines asked, every segment given its sound."""

from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace

from narration import studio
from narration.errors import EngineError
from narration.settings import Settings
from narration.studio import EngineReport
from narration.take import Pronunciation, Sound
from narration.voices import VoiceName, chosen, names_engine, same_language, voice_name
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

    def expect(self, engine: str) -> None:
        """Ask the engine now, so that its answer is there when it is needed."""
        if engine not in self._asked:
            self._asked[engine] = self.workers.submit(studio.describe, studio.DescribeJob(engine))

    def expect_voice(self, settings: Settings) -> None:
        """Ask the engine that these settings name."""
        self.expect(voice_name(settings.voice, settings.engine).engine)

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
        return self._chosen[key]

    def sound(self, utterances: tuple[str, ...], voice: VoiceName, settings: Settings) -> Sound:
        """How these utterances sound in that voice."""
        if voice not in self._fingerprints:
            job = studio.FingerprintJob(voice.engine, voice.voice)
            self._fingerprints[voice] = outcome(self.workers.submit(studio.fingerprint, job))
        return Sound(
            utterances=utterances,
            engine=voice.engine,
            engine_version=self.report(voice.engine).version,
            voice=voice.voice,
            fingerprint=self._fingerprints[voice],
            speed=settings.speed,
            volume=settings.volume,
            sentence_pause_s=settings.pauses.get("sentence", SENTENCE_PAUSE_S),
        )

    def memory_bytes(self, voices: Iterable[VoiceName]) -> int:
        """Memory that each worker takes for the models of these voices."""
        asked: dict[str, set[str]] = {}
        for voice in voices:
            asked.setdefault(voice.engine, set()).add(voice.voice)
        jobs = [
            self.workers.submit(studio.weight_bytes, studio.WeighJob(engine, tuple(sorted(names))))
            for engine, names in asked.items()
            if self.report(engine).holds_models
        ]
        return sum(outcome(job) for job in jobs)

    def sounds(self, script: Script, settings: Settings) -> tuple[Sound | None, ...]:
        """How each segment sounds; None for a break."""
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
            job = studio.PronounceableJob(voice.engine, voice.voice, unknown)
            can = outcome(self.workers.submit(studio.pronounceable, job))
            self._pronounceable.update({(voice, each): each in can for each in unknown})

    def notes(self) -> tuple[str, ...]:
        """What the voices cannot say as it was wanted, one sentence each."""
        return tuple(
            note if count == 1 else f"{note.removesuffix('.')} ({count} times)." for note, count in self._notes.items()
        )

    def _segment_voice(self, segment: Segment, language: str, settings: Settings) -> VoiceName:
        """The voice asked for; in a paragraph of another language the engine's voice for that, where it has one."""
        if segment.voice:
            return self.voice(
                segment.voice, "" if names_engine(segment.voice) else settings.engine, segment.language or language
            )
        if segment.language and not (settings.voice and same_language(segment.language, language)):
            engine = voice_name(settings.voice, settings.engine).engine
            spoken = (code for each in self.report(engine).voices for code in each.languages)
            if any(same_language(segment.language, code) for code in spoken):
                return self.voice("", engine, segment.language)
        return self.voice(settings.voice, settings.engine, language)
