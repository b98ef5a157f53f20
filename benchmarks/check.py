"""Faults planted in takes, and how many of them `narrate check` finds; and what it says where nothing is wrong.

    python benchmarks/check.py [--voices VOICE ...] [--articles N] [--listen VOICE ...] [--folder FOLDER]

Ten articles (benchmarks/articles), each in every voice. Every sentence of every third paragraph is once dropped,
doubled, cut off half-way, replaced by silence, by noise, by a rumble, by the sentence of another article that comes
closest to it in length; and every such paragraph once gets the take of another one. A fault counts as found when an
error names its paragraph. For `--listen` a flite voice says sentences with one word dropped, doubled or swapped.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line has it

from measure import machine

from audio.decode import decoded
from narration.check.checking import Look, look, sentence_findings, sounds_of
from narration.check.listening import word_faults
from narration.check.measures import take_measures
from narration.check.speech import SpokenSentence
from narration.project import ProjectFile
from narration.workers import Workers, started_workers
from tests.narration.check.planted import FAULTS, recordings, taken_apart

NARRATE = str(Path(sys.executable).with_name("narrate"))
ARTICLES = sorted((Path(__file__).parent / "articles").glob("*.md"))
VOICES = ("pyttsx3/en-us", "pyttsx3/en-gb", "command:flite -voice slt -o {out} {text_file}")
EVERY = 3
SHORT_S = 1.0
WORDS = 4  # a sentence with fewer is not listened to here
N_WORD_FAULTS = 36
SEEDS = range(1, 7)
LOOKS = 3  # the fastest counts, as it is the least disturbed
TAKES = ("take of another article", "take of another paragraph")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--voices", nargs="*", default=VOICES)
    parser.add_argument("--listen", nargs="*", default=("rms", "slt"))
    parser.add_argument("--articles", type=int, default=len(ARTICLES))
    parser.add_argument("--folder", type=Path, help="where episodes are made, and found again")
    options = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as name:
        folder = options.folder or Path(name)
        projects = []
        for voice in options.voices:
            projects = [made(folder, article, voice) for article in ARTICLES[: options.articles]]
            planted_in(voice, projects)
        if options.listen:
            texts = [each.text for project in projects for each in look(str(project)).sentences]
            for voice in options.listen:
                words_planted_in(voice, [text for text in texts if len(text.split()) >= WORDS])


def made(folder: Path, article: Path, voice: str) -> Path:
    stem = "".join(character if character.isalnum() else "-" for character in voice)
    project = folder / f"{article.stem}-{stem}.narration"
    if not project.exists():
        command = [NARRATE, str(article), "-q", "--voice", voice, "-o", str(project.with_suffix(".mp3"))]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return project


def planted_in(voice: str, projects: list[Path]) -> None:
    looks = [look(str(project)) for project in projects]
    took_s = sum(min(seconds_of_look(project) for _ in range(LOOKS)) for project in projects)
    sound_s = sum(each.measured.duration_s for each in looks)
    alarms = [finding for each in looks for finding in each.findings]
    print(
        f"\n{voice}: {sound_s:.0f} s in {len(projects)} articles, looked at {sound_s / took_s:.0f} times as fast (CPU)"
    )
    print(f"findings where nothing is wrong: {len(alarms)}")
    for finding in alarms:
        print(f"  {finding.severity} {finding.kind}: {finding.message}")
    planted: Counter[tuple[str, bool]] = Counter()
    found: Counter[tuple[str, bool]] = Counter()
    missed = []
    with started_workers(1) as workers:
        for index, each in enumerate(looks):
            another = list(recordings(projects[index - 1]).values())
            for kind, seconds, text, findings, paragraph in faulty(each, another, workers):
                planted[kind, seconds < SHORT_S] += 1
                hit = any(finding.severity == "error" and finding.paragraph == paragraph for finding in findings)
                found[kind, seconds < SHORT_S] += hit
                if not hit:
                    missed.append((kind, seconds, text))
    for kind in (*FAULTS, *TAKES):
        long, short = (f"{found[kind, length]:4d} of {planted[kind, length]:4d}" for length in (False, True))
        print(f"  {kind:26} {long} of 1 s and more   {short} shorter ones")
    for kind, seconds, text in missed:
        print(f"    missed {kind}: {seconds:.2f} s {text[:70]}")


def seconds_of_look(project: Path) -> float:
    started = time.process_time()
    look(str(project))
    return time.process_time() - started


def faulty(each: Look, another: list, workers: Workers) -> Iterator[tuple[str, float, str, list, int]]:
    takes = recordings(each.project)
    with ProjectFile(each.project) as project:
        sounds = sounds_of(project, each.heard)
    others = [sentence for take in another for sentence in taken_apart(take).sentences]
    for count, (paragraph, recording) in enumerate(takes.items()):
        if count % EVERY:
            continue
        own = [sentence for sentence in each.sentences if sentence.paragraph == paragraph]
        spoken = taken_apart(recording)
        for index, said in enumerate(spoken.sentences):
            nearest = min(others, key=lambda other: abs(len(other) - len(said)))
            for kind, fault in FAULTS.items():
                measures = list(take_measures(fault(spoken, index, nearest).recording()))
                findings = list(sentence_findings(replaced(each.sentences, paragraph, measures), sounds, workers))
                yield kind, len(said) / spoken.rate_hz, own[index].text, findings, paragraph
        seconds, text = recording.n_samples / recording.sample_rate_hz, " ".join(sentence.text for sentence in own)
        for kind, there in zip(TAKES, (another, list(takes.values())), strict=True):
            alike = [
                take for take in there if take is not recording and len(take.sentences) == len(recording.sentences)
            ]
            if alike:
                nearest = min(alike, key=lambda take: abs(take.n_samples - recording.n_samples))
                measures = list(take_measures(nearest))
                findings = list(sentence_findings(replaced(each.sentences, paragraph, measures), sounds, workers))
                yield kind, seconds, text, findings, paragraph


def replaced(sentences: tuple[SpokenSentence, ...], paragraph: int, measures: list) -> list[SpokenSentence]:
    new = iter(measures)
    return [replace(each, measures=next(new)) if each.paragraph == paragraph else each for each in sentences]


def words_planted_in(voice: str, texts: list[str]) -> None:
    texts = list(dict.fromkeys(texts))
    n_words = n_alarms = 0
    sound_s = took_s = 0.0
    for text in texts:
        clip = said(voice, text)
        started = time.process_time()
        faults = word_faults(text, clip)
        took_s += time.process_time() - started
        sound_s += clip.duration_s
        n_words += len(text.split())
        n_alarms += len(faults or ())
        for fault in faults or ():
            print(f"    false alarm: “{fault.words}” {fault.change} in {text[:70]}")
    print(f"\n--listen, flite {voice}: {sound_s / took_s:.0f} times as fast as the sound (CPU)")
    print(f"  false alarms: {n_alarms} in {n_words} words, {200 * n_alarms / n_words:.2f} in 200")
    found = [word_faults_found(voice, texts, seed) for seed in SEEDS]
    print(f"  found on the average of {len(found)} seeds: {sum(found) / len(found):.1f} of {N_WORD_FAULTS}")


def word_faults_found(voice: str, texts: list[str], seed: int) -> int:
    rng = random.Random(seed)
    hits: Counter[str] = Counter()
    for count, text in enumerate(rng.sample(texts, N_WORD_FAULTS)):
        change, spoilt = with_word_fault(text, count, rng)
        hit = bool(word_faults(text, said(voice, spoilt)))
        hits[change] += hit
        if not hit:
            print(f"    missed {change}: {spoilt[:90]}")
    print(f"  seed {seed}: {sum(hits.values())} of {N_WORD_FAULTS} ({dict(hits)}, of {N_WORD_FAULTS // 3} each)")
    return sum(hits.values())


def with_word_fault(text: str, count: int, rng: random.Random) -> tuple[str, str]:
    words = text.split()
    places = [place for place in range(len(words) - 1) if words[place].lower() != words[place + 1].lower()]
    place = rng.choice(places)
    before, one, two, after = words[:place], words[place], words[place + 1], words[place + 2 :]
    change = ("dropped", "doubled", "swapped")[count % 3]
    middle = {"dropped": [two], "doubled": [one, one, two], "swapped": [two, one]}[change]
    return change, " ".join([*before, *middle, *after])


def said(voice: str, text: str):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "said.wav"
        subprocess.run(["flite", "-voice", voice, "-t", text, "-o", str(out)], check=True)
        return decoded(out)


if __name__ == "__main__":
    main()
