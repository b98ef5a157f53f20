"""What `make` checks of its own work: the takes it recorded, and the file it wrote."""

from collections.abc import Iterable, Iterator

from narration.check.checking import manner
from narration.check.files import written_findings
from narration.check.findings import Finding, in_order
from narration.check.speech import SpokenSentence, speech_findings
from narration.production import Written
from narration.record import Taken


def made_findings(taken: Iterable[Taken], written: Written) -> tuple[Finding, ...]:
    """What is wrong with the takes and the file. The rest of the episode was checked when it was recorded."""
    takes = list(taken)
    letters_per_s = {manner(take.sound): take.letters_per_s for take in takes}
    findings = list(speech_findings(list(_sentences(takes, written)), letters_per_s))
    if written.changed:
        findings += written_findings(written.path, written.timeline)
    return in_order(findings)


def _sentences(takes: Iterable[Taken], written: Written) -> Iterator[SpokenSentence]:
    rate_hz = written.format.codec.sample_rate_hz
    for take in sorted(takes, key=lambda each: each.paragraph):
        start_s = written.timeline.starts_samples[take.paragraph - 1] / rate_hz
        for text, (from_s, to_s), measures in zip(take.sound.utterances, take.times_s, take.measures, strict=True):
            yield SpokenSentence(take.paragraph, text, manner(take.sound), start_s + from_s, start_s + to_s, measures)
