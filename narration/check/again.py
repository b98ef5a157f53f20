"""Takes held against what the engine says now: the same call gives the same samples, so what differs was not spoken so.

As slow as the engine: with eSpeak NG that is a thousand times as fast as the sound. It finds what measures miss,
such as a word or two that differ.
"""

from collections.abc import Callable, Iterator

from narration import studio
from narration.cast import Cast
from narration.check.checking import Look, sounds_of
from narration.check.findings import Finding, shortened, warning
from narration.check.speech import SpokenSentence
from narration.errors import EngineError, UsageError
from narration.project import ProjectFile
from narration.take import Recording, Sound
from narration.voices import VoiceName
from narration.workers import outcome, started_workers


def again_findings(look: Look, on_progress: Callable[[int, int], None]) -> Iterator[Finding]:
    """The sentences that the engine says otherwise now; a warning for each voice that cannot be asked."""
    skipped: dict[VoiceName, str] = {}
    with ProjectFile(look.project) as project, started_workers() as workers:
        cast = Cast(workers)
        sounds = sounds_of(project, look.heard)
        for count, segment in enumerate(look.heard, 1):
            on_progress(count, len(look.heard))
            sound = sounds.get(segment.number)
            if segment.take is None or sound is None or (voice := VoiceName(sound.engine, sound.voice)) in skipped:
                continue
            try:
                job = _job(cast, voice, sound, project.recording(segment.take))
                differing = outcome(workers.submit(studio.differing, job))
            except (EngineError, UsageError) as failure:
                skipped[voice] = str(failure).rstrip(".")
                continue
            own = [each for each in look.sentences if each.paragraph == segment.number]
            yield from (_otherwise(own[min(index, len(own) - 1)]) for index in differing)
    for voice, why in skipped.items():
        yield warning("stale", f"Takes of {voice} were not spoken again: {why}.")


def _job(cast: Cast, voice: VoiceName, sound: Sound, recording: Recording) -> studio.AgainJob:
    """What a worker is asked. Raises EngineError, UsageError for a voice that is not here as it was then."""
    report = cast.report(sound.engine)
    if report.version != sound.engine_version:
        raise EngineError(f"they are of its version “{sound.engine_version}”, and here is “{report.version}”")
    if cast.fingerprint(voice) != sound.fingerprint:
        raise EngineError("the voice has another model now")
    return studio.AgainJob(sound, recording, report.time_limit_s(sum(map(len, sound.utterances))))


def _otherwise(said: SpokenSentence) -> Finding:
    message = (
        f"Paragraph {said.paragraph}, “{shortened(said.text)}”: the engine says it otherwise now; "
        "the take may be of other words."
    )
    return Finding(said.paragraph, "text", "error", round(said.start_s, 3), round(said.end_s, 3), message)
