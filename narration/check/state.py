"""Whether the project has a whole take of every paragraph, of the text that stands there now."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from narration.check.findings import Finding, shortened, warning
from narration.heard import said
from narration.plan import Plan, Step
from narration.project import ProjectFile, Take
from narration.snapshot import Snapshot
from script.script import Segment


def state_findings(project: ProjectFile, now: Snapshot, plan: Plan) -> Iterator[Finding]:
    """Paragraphs without a take, takes of something else than they say, and a source that was changed since."""
    takes = {take.id: take for take in project.takes()}
    for segment, step in zip(now.script.segments, plan.steps, strict=True):
        if step.action == "record":
            message = f"Paragraph {segment.number}, “{shortened(segment.text)}”, has no take: {step.why}."
            yield Finding(segment.number, "missing", "error", None, None, message)
        elif step.take is not None:
            yield from _take_findings(project, segment, step, takes[step.take])
    for note in plan.notes:
        yield warning("stale", note)
    yield from _source_findings(now)


def _take_findings(project: ProjectFile, segment: Segment, step: Step, take: Take) -> Iterator[Finding]:
    if take.sound is None:
        return
    number = segment.number
    if take.sound.key != take.key:
        message = f"The take of paragraph {number} was not made from what it is kept under; record it again."
        yield Finding(number, "text", "error", None, None, message)
    n_said, n_heard = len(said(segment, take.sound)), len(project.times(take.id).sentences)
    if n_said != n_heard:
        message = f"The take of paragraph {number} has {n_heard} sentences; {n_said} are to be said."
        yield Finding(number, "text", "error", None, None, message)
    chosen = step.chosen
    said_otherwise = chosen is not None and chosen.how in ("say", "pick", "voice")
    if take.sound.utterances != tuple(each.spoken for each in segment.utterances) and not said_otherwise:
        heard = shortened(" ".join(take.sound.utterances))
        message = f"The take of paragraph {number} was recorded from another text: “{heard}”."
        yield Finding(number, "text", "error", None, None, message)


def _source_findings(now: Snapshot) -> Iterator[Finding]:
    path = Path(now.source)
    if not now.digest or not path.is_file():
        return
    if hashlib.sha256(path.read_bytes()).hexdigest() != now.digest:
        yield warning(
            "source", f"{path} was changed after the episode was made; `narrate {path}` takes the changes in."
        )
