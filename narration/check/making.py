"""What `make` checks of its own work: the takes it recorded, and the file it wrote."""

from narration.check.files import written_findings
from narration.check.findings import Finding, in_order
from narration.check.takes import TakesCheck
from narration.production import Written


def made_findings(takes: TakesCheck, written: Written) -> tuple[Finding, ...]:
    """What is wrong with the takes and the file. The rest of the episode was checked when it was recorded."""
    rate_hz = written.format.codec.sample_rate_hz
    findings = list(takes.findings([start / rate_hz for start in written.timeline.starts_samples]))
    if written.changed:
        findings += written_findings(written.path, written.timeline)
    return in_order(findings)
