"""What a check found, whoever reads it: a person at a terminal, a program, a browser."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from narration.check.again import again_findings
from narration.check.checking import Look, look
from narration.check.findings import Finding, in_order
from narration.check.listened import VoiceHearing, listened


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """An episode as it was looked at, and all findings. notes: what `--fix` did; hearings: what came of listening."""

    look: Look
    findings: tuple[Finding, ...]
    hearings: tuple[VoiceHearing, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return not any(finding.severity == "error" for finding in self.findings)

    def document(self) -> dict[str, Any]:
        """What `check --json` prints."""
        measured = asdict(self.look.measured) | {"listened": [asdict(each) for each in self.hearings]}
        findings = [asdict(finding) for finding in self.findings]
        return {"ok": self.ok, "findings": findings, "measured": measured, "notes": list(self.notes)}


@dataclass(frozen=True, slots=True)
class Closer:
    """How much closer to look than at measures. again: have the engine speak; listen: have a recogniser hear."""

    again: bool = False
    listen: bool = False


def checked(episode: str, closer: Closer, on_progress: Callable[[int, int], None]) -> Report:
    """The episode checked. Raises UsageError, ProjectError."""
    looked = look(episode)
    found = list(looked.findings)
    hearings: tuple[VoiceHearing, ...] = ()
    if closer.again:
        found += again_findings(looked, on_progress)
    if closer.listen:
        heard = listened(looked, on_progress)
        found += heard.findings
        hearings = heard.voices
    return Report(looked, in_order(found), hearings)
