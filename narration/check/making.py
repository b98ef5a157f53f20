"""What `make` and `redo` check of their own work: the takes they recorded, and, of `make`, the file it wrote."""

from narration.check.files import written_findings
from narration.check.findings import Finding, in_order
from narration.check.takes import TakesCheck
from narration.production import Written


def made_findings(takes: TakesCheck, written: Written) -> tuple[Finding, ...]:
    """What is wrong with the takes and the file. The rest of the episode was checked when it was recorded."""
    findings = taken_findings(takes, written)
    if written.changed:
        findings = in_order([*findings, *written_findings(written.path, written.timeline)])
    return findings


def taken_findings(takes: TakesCheck, written: Written | None) -> tuple[Finding, ...]:
    """What is wrong with the takes; at no time where no file has them yet."""
    return in_order(takes.findings(_starts_s(written) if written else None))


def _starts_s(written: Written) -> list[float]:
    rate_hz = written.format.codec.sample_rate_hz
    return [start / rate_hz for start in written.timeline.starts_samples]
