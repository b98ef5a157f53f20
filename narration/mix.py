"""Music that a person named is taken into the project, and mixes that are missing are made, in workers."""

import hashlib
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from pathlib import Path
from typing import TYPE_CHECKING

from audio.errors import AudioError
from narration import soundtrack
from narration.errors import ProjectError, UsageError
from narration.mastering import gain
from narration.score import Cue
from narration.soundtrack import JingleJob, MixJob, MusicJob, Spoken
from narration.workers import outcome

if TYPE_CHECKING:
    from narration.episode import Timeline
    from narration.plan import Step
    from narration.project import EncodedTake
    from narration.record import OnProgress, Studio
    from narration.settings import Settings
    from narration.shelf import Shelf
    from narration.take import Encoded, Recording


def taken_in(
    settings: "Settings", shelf: "Shelf | None", workers: Executor
) -> tuple[dict[str, str], dict[str, "Recording"]]:
    """The SHA-256 of the music of each role, and by that the music that the project does not have yet.

    Raises UsageError for a file that cannot be read, or has no music in it.
    """
    digests: dict[str, str] = {}
    new: dict[str, Recording] = {}
    for role, file in settings.soundtrack.items():
        path = Path(file)
        try:
            digest = digests[role] = hashlib.sha256(path.read_bytes()).hexdigest()
            if digest not in new and (shelf is None or shelf.music(digest, settings.channels) is None):
                new[digest] = outcome(workers.submit(soundtrack.take_in_music, MusicJob(path, settings.channels)))
        except OSError as error:
            raise UsageError(f"The {role} {path} cannot be opened: {error.strerror or error}.") from error
        except AudioError as error:
            raise UsageError(f"The {role} cannot be used: {error}") from error
    return digests, new


def mix(
    played: Sequence[Cue],
    line: "Timeline",
    steps: Sequence["Step"],
    encoded: Mapping[int, "EncodedTake"],
    studio: "Studio",
    on_progress: "OnProgress",
) -> None:
    """Make the mixes that the project does not have, and keep them one by one; those that nothing plays any more go.

    line: the episode without music.
    """
    shelf, key = studio.project.shelf, studio.mastering.key
    there = shelf.mixes(key)
    waiting = deque({cue.key: cue for cue in played if cue.key not in there}.values())
    total, done = len(waiting), 0
    running: dict[Future[Encoded], Cue] = {}
    while waiting or running:
        while waiting and len(running) < studio.n_workers:  # no more: each holds minutes of sound
            cue = waiting.popleft()
            running[_submitted(cue, line, steps, encoded, studio)] = cue
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            shelf.add_mix(running.pop(future).key, outcome(future))
            done += 1
            on_progress(done, total)
    shelf.keep_mixes(key, {cue.key for cue in played})


def _submitted(
    cue: Cue, line: "Timeline", steps: Sequence["Step"], encoded: Mapping[int, "EncodedTake"], studio: "Studio"
) -> "Future[Encoded]":
    music = studio.project.shelf.music(cue.music, studio.mastering.codec.channels)
    if music is None:
        raise ProjectError(
            f"The music in {studio.project.path} is damaged. `narrate make` with the same music takes it in again."
        )
    if cue.first == cue.last:
        return studio.workers.submit(soundtrack.jingle, JingleJob(music, studio.mastering))
    spoken = tuple(_spoken(cue, line, steps, encoded, studio))
    codec = studio.mastering.codec
    seconds = sum(each.n_frames + each.pause_frames for each in spoken) * codec.frame_samples / codec.sample_rate_hz
    return studio.workers.submit(soundtrack.mix, MixJob(spoken, soundtrack.heard(music, seconds), studio.mastering))


def _spoken(
    cue: Cue, line: "Timeline", steps: Sequence["Step"], encoded: Mapping[int, "EncodedTake"], studio: "Studio"
) -> Iterator[Spoken]:
    codec = line.episode.codec
    starts = [*line.starts_samples, line.episode.n_packets * codec.frame_samples]
    for index in range(cue.first, cue.last):
        n_frames = (starts[index + 1] - starts[index]) // codec.frame_samples
        take = steps[index].take
        if take is None:
            yield Spoken(None, 0.0, 0, n_frames)
            continue
        recording, sound = studio.project.recording(take), studio.project.sound(take)
        gain_db = gain(recording, studio.mastering, studio.calibration(sound) if sound else None)
        yield Spoken(recording, gain_db, encoded[take].n_packets, n_frames - encoded[take].n_packets)
