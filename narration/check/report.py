"""What a check found, whoever reads it: a person at a terminal, a program, a browser."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

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


def checked(episode: str, *, listen: bool, on_progress: Callable[[int, int], None]) -> Report:
    """The episode checked, and listened to when that is wanted. Raises UsageError, ProjectError."""
    looked = look(episode)
    if not listen:
        return Report(looked, looked.findings)
    heard = listened(looked, on_progress)
    return Report(looked, in_order([*looked.findings, *heard.findings]), heard.voices)
