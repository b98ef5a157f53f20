"""What `make` and `redo` check of their own work: the takes they recorded, and the files they wrote."""

from narration.check.files import written_findings
from narration.check.findings import Finding, in_order
from narration.check.takes import TakesCheck
from narration.production import Written


def made_findings(takes: TakesCheck, *written: Written) -> tuple[Finding, ...]:
    """What is wrong with the takes and the files. The rest of the episode was checked when it was recorded."""
    findings = list(takes.findings(_starts_s(written[0]) if written else None))
    for file in written:
        if file.changed:
            findings += written_findings(file.path, file.timeline)
    return in_order(findings)


def _starts_s(written: Written) -> list[float]:
    rate_hz = written.format.codec.sample_rate_hz
    return [start / rate_hz for start in written.timeline.starts_samples]
