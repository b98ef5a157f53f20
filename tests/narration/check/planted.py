"""Faults, planted in takes as an engine, a program or a disk might leave them behind."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from audio.clip import Clip
from audio.lossless import packed, unpacked
from audio.loudness import clip_lufs
from narration import snapshot
from narration.formats import format_for
from narration.mastering import encoded
from narration.plan import plan
from narration.production import episode_paragraphs, mastering
from narration.project import ProjectFile
from narration.snapshot import Snapshot
from narration.take import Recording, SentenceTime


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """A take taken apart: the sound of each of its sentences, and the samples of silence between them."""

    sentences: tuple[np.ndarray, ...]
    pause: int
    rate_hz: int

    def recording(self) -> Recording:
        """The take put together again."""
        pieces: list[np.ndarray] = []
        times = []
        position = 0
        for sentence in self.sentences:
            if pieces:
                pieces.append(np.zeros(self.pause, np.float32))
                position += self.pause
            times.append(SentenceTime(position, position + len(sentence)))
            pieces.append(sentence)
            position += len(sentence)
        clip = Clip(np.concatenate(pieces).astype(np.float32), self.rate_hz)
        return Recording((packed(clip),), self.rate_hz, position, tuple(times), clip_lufs(clip.samples, self.rate_hz))


def taken_apart(recording: Recording, pause_s: float = 0.35) -> Spoken:
    sound = np.concatenate([unpacked(piece).samples for piece in recording.pieces])
    sentences = tuple(sound[time.from_samples : time.to_samples] for time in recording.sentences)
    return Spoken(sentences, round(pause_s * recording.sample_rate_hz), recording.sample_rate_hz)


Fault = Callable[[Spoken, int, np.ndarray], Spoken]
"""What becomes of a take whose sentence of that index is at fault; the last: another sentence of the same voice."""


def _with(spoken: Spoken, index: int, sentence: np.ndarray) -> Spoken:
    return replace(spoken, sentences=(*spoken.sentences[:index], sentence, *spoken.sentences[index + 1 :]))


def dropped(spoken: Spoken, index: int, _: np.ndarray) -> Spoken:
    return _with(spoken, index, spoken.sentences[index][:0])


def doubled(spoken: Spoken, index: int, _: np.ndarray) -> Spoken:
    said = spoken.sentences[index]
    return _with(spoken, index, np.concatenate([said, np.zeros(spoken.pause, np.float32), said]))


def cut_off(spoken: Spoken, index: int, _: np.ndarray) -> Spoken:
    return _with(spoken, index, spoken.sentences[index][: len(spoken.sentences[index]) // 2])


def silenced(spoken: Spoken, index: int, _: np.ndarray) -> Spoken:
    return _with(spoken, index, np.zeros_like(spoken.sentences[index]))


def noisy(spoken: Spoken, index: int, _: np.ndarray) -> Spoken:
    said = spoken.sentences[index]
    noise = np.random.default_rng(index).standard_normal(len(said)) * np.sqrt(np.mean(said**2))
    return _with(spoken, index, noise.astype(np.float32))


def rumbling(spoken: Spoken, index: int, _: np.ndarray) -> Spoken:
    said = spoken.sentences[index]
    rumble = np.cumsum(np.random.default_rng(index).standard_normal(len(said)))
    rumble -= np.linspace(rumble[0], rumble[-1], len(rumble))
    rumble *= np.sqrt(np.mean(said**2)) / np.std(rumble)
    return _with(spoken, index, rumble.astype(np.float32))


def of_another_text(spoken: Spoken, index: int, another: np.ndarray) -> Spoken:
    return _with(spoken, index, another)


FAULTS: dict[str, Fault] = {
    "dropped": dropped,
    "doubled": doubled,
    "cut off half-way": cut_off,
    "silence": silenced,
    "noise": noisy,
    "rumble": rumbling,
    "another text": of_another_text,
}


def plant(path: Path, recordings: dict[int, Recording]) -> None:
    """Give paragraphs of a project these recordings, as if they had been recorded so; the files are left alone."""
    with ProjectFile(path) as project:
        now = _snapshot(project)
        takes = {take.id: take for take in project.takes()}
        mastering_ = mastering(format_for(Path(now.output)), now)
        for step in plan(episode_paragraphs(now), project.takes(), project.choices(), ()).steps:
            recording = recordings.get(step.paragraph.number)
            if recording is not None:
                pieces = [lambda piece=piece: unpacked(piece) for piece in recording.pieces]
                project.add_take(
                    step.paragraph.key, takes[step.take].sound, recording,
                    encoded(pieces, recording, mastering_, None), occurrence=step.paragraph.occurrence,
                    how="redo", text=step.paragraph.text,
                )  # fmt: skip


def recordings(path: Path) -> dict[int, Recording]:
    """The takes that the episode has, by paragraph."""
    with ProjectFile(path) as project:
        steps = plan(episode_paragraphs(_snapshot(project)), project.takes(), project.choices(), ()).steps
        return {step.paragraph.number: project.recording(step.take) for step in steps if step.take is not None}


def _snapshot(project: ProjectFile) -> Snapshot:
    made = project.made()
    assert made is not None
    return snapshot.unpacked(made)
