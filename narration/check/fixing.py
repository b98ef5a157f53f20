"""Paragraphs that are not right, recorded again: another take, and the better one by the same measures is kept."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from narration.check.findings import Finding
from narration.check.report import Closer, Report, checked
from narration.errors import EngineError
from narration.production import episode_paragraphs, production
from narration.project import Choice, ProjectFile
from narration.record import OnProgress, no_progress
from narration.revise import Project

_CLOSER = ("words", "text")  # kinds that a closer look finds in takes

Check = Callable[[], Report]


def fixed(episode: str, report: Report, n_times: int, closer: Closer, on_progress: OnProgress) -> Report:
    """The episode after up to so many rounds of recording what is not right, its files written anew.

    A person's own recording is left alone. Raises what recording and writing raise.
    """
    project = Project.open(episode)
    notes: list[str] = []

    def check() -> Report:
        return checked(episode, closer, no_progress)

    for number in range(1, n_times + 1):
        wrong = _wrong(report)
        if not wrong:
            break
        report = _again(project, report, sorted(wrong), check, on_progress)
        left = wrong & _wrong(report)
        better = f"right now: {', '.join(map(str, sorted(wrong - left)))}" if wrong - left else "none is right yet"
        notes.append(f"Round {number}: recorded again {', '.join(map(str, sorted(wrong)))}; {better}.")
    notes += _write(project, report.look.files)
    return replace(check(), notes=tuple(notes))


def _wrong(report: Report) -> set[int]:
    """The paragraphs whose takes are not right, but for a person's own recordings."""
    own = {each.number for each in report.look.heard if each.take is not None and not each.voice}
    found = (*report.look.of_takes, *(each for each in report.findings if each.kind in _CLOSER))
    return {each.paragraph for each in found if each.severity == "error" and each.paragraph is not None} - own


def _again(project: Project, before: Report, numbers: list[int], check: Check, on_progress: OnProgress) -> Report:
    """The paragraphs recorded once more; where that made nothing better, the take from before is chosen again."""
    takes = {each.number: each.take for each in before.look.heard}
    revised = project.redo(numbers, on_progress=on_progress, write=False)
    if revised.failed:
        raise EngineError(" ".join(map(str, revised.failed)))
    after = check()
    worse = [
        number
        for number in numbers
        if takes.get(number) is not None and _faults(after, number) >= _faults(before, number)
    ]
    if not worse:
        return after
    with ProjectFile(project.path) as file:
        paragraphs = episode_paragraphs(after.look.now)
        for number in worse:
            take, paragraph = takes[number], paragraphs[number - 1]
            assert take is not None
            file.choose(paragraph.key, paragraph.occurrence, Choice(take, "redo", paragraph.text))
    return check()


def _faults(report: Report, number: int) -> tuple[int, float]:
    """How much is wrong with a paragraph: its errors, and how many seconds they cover."""
    found = [each for each in _of_paragraph(report.findings, number) if each.severity == "error"]
    return len(found), sum((each.end_s or 0.0) - (each.start_s or 0.0) for each in found)


def _of_paragraph(findings: Iterable[Finding], number: int) -> Iterable[Finding]:
    return (each for each in findings if each.paragraph == number)


def _write(project: Project, files: Iterable[Path]) -> list[str]:
    """Write the files anew, also those that look as if they had not been touched."""
    paths = list(files)
    with production(project.path, 0, no_progress) as opened:
        opened.write(paths, opened.snapshot(), anew=True)
        return [*opened.notes, f"Written: {', '.join(map(str, paths))}."]
