"""Faults planted in takes, and how many of them `narrate check` finds; and what it says of takes without a fault.

    python benchmarks/check.py [--voices VOICE ...] [--articles N]

Ten articles (benchmarks/articles), each in every voice; every sentence of every third paragraph is once dropped,
doubled, cut off half-way, replaced by silence, by noise, by a rumble, by a sentence of another article. A fault counts
as found when an error names its paragraph.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from measure import machine

from narration.check.checking import Look, look
from narration.check.measures import take_measures
from narration.check.speech import SpokenSentence, speech_findings
from tests.narration.check.planted import FAULTS, recordings, taken_apart

NARRATE = str(Path(sys.executable).with_name("narrate"))
ARTICLES = sorted((Path(__file__).parent / "articles").glob("*.md"))
VOICES = ("pyttsx3/en-us", "pyttsx3/en-gb", "command:flite -voice slt -o {out} {text_file}")
EVERY = 3
SHORT_S = 1.0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--voices", nargs="*", default=VOICES)
    parser.add_argument("--articles", type=int, default=len(ARTICLES))
    parser.add_argument("--folder", type=Path, help="where episodes are made, and found again")
    options = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as name:
        folder = options.folder or Path(name)
        for voice in options.voices:
            planted_in(voice, [made(folder, article, voice) for article in ARTICLES[: options.articles]])


def made(folder: Path, article: Path, voice: str) -> Path:
    stem = "".join(character if character.isalnum() else "-" for character in voice)
    project = folder / f"{article.stem}-{stem}.narration"
    if not project.exists():
        command = [NARRATE, str(article), "-q", "--voice", voice, "-o", str(project.with_suffix(".mp3"))]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return project


def planted_in(voice: str, projects: list[Path]) -> None:
    started = time.process_time()
    looks = [look(str(project)) for project in projects]
    took_s = time.process_time() - started
    sound_s = sum(each.measured.duration_s for each in looks)
    alarms = [finding for each in looks for finding in each.findings]
    print(f"\n{voice}: {sound_s:.0f} s of {len(projects)} articles, looked at {sound_s / took_s:.0f} times as fast")
    print(f"findings where nothing is wrong: {len(alarms)}")
    for finding in alarms:
        print(f"  {finding.severity} {finding.kind}: {finding.message}")
    planted, found, missed = Counter(), Counter(), []
    for index, each in enumerate(looks):
        another = list(recordings(projects[index - 1]).values())
        for kind, seconds, text, findings, paragraph in faulty(each, another):
            length = "short" if seconds < SHORT_S else "long"
            planted[kind, length] += 1
            hit = [f.kind for f in findings if f.severity == "error" and f.paragraph == paragraph]
            found[kind, length] += bool(hit)
            if not hit:
                missed.append((kind, round(seconds, 2), text))
    for kind in FAULTS:
        row = [f"{found[kind, length]:4d} of {planted[kind, length]:4d}" for length in ("long", "short")]
        print(f"  {kind:18} {row[0]} sentences of 1 s and more   {row[1]} shorter ones")
    for kind, seconds, text in missed[:40]:
        print(f"    missed {kind}: {seconds} s {text[:70]}")


def faulty(each: Look, another: list) -> Iterator[tuple[str, float, str, list, int]]:
    takes = recordings(each.project)
    others = [sentence for take in another for sentence in taken_apart(take).sentences]
    for count, (paragraph, recording) in enumerate(takes.items()):
        if count % EVERY:
            continue
        spoken = taken_apart(recording)
        for index, said in enumerate(spoken.sentences):
            nearest = min(others, key=lambda other: abs(len(other) - len(said)))
            for kind, fault in FAULTS.items():
                measures = list(take_measures(fault(spoken, index, nearest).recording()))
                sentences = replaced(each.sentences, paragraph, measures)
                seconds, text = (
                    len(said) / spoken.rate_hz,
                    [s for s in each.sentences if s.paragraph == paragraph][index].text,
                )
                yield kind, seconds, text, list(speech_findings(sentences)), paragraph


def replaced(sentences: tuple[SpokenSentence, ...], paragraph: int, measures: list) -> list[SpokenSentence]:
    new = iter(measures)
    return [replace(each, measures=next(new)) if each.paragraph == paragraph else each for each in sentences]


if __name__ == "__main__":
    main()
