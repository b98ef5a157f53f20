"""An episode of several voices, from the command line to the sound."""

from pathlib import Path

import numpy as np
import pytest

from audio.decode import decoded
from audio.loudness import clip_lufs
from narration.production import production
from narration.record import no_progress
from tests.narration.conftest import Narrate

INTERVIEW = """---
dialogue: true
cast: {narrator: tone/low}
---

# An interview

The two met at the harbour.

**ANNA:** Who lit the lamp?

**BEN:** Nobody whom I know.

ANNA: Then it was the keeper.
"""


def voices(path: Path) -> list[tuple[str, str]]:
    """The speaker and the voice of each segment, as the project keeps them."""
    with production(path, 1, no_progress) as opened:
        now = opened.snapshot()
        return [
            (segment.speaker, f"{sound.engine}/{sound.voice}")
            for segment, sound in zip(now.script.segments, now.sounds, strict=True)
            if sound
        ]


def test_interview_is_spoken_by_its_speakers(folder: Path, narrate: Narrate) -> None:
    (folder / "talk.md").write_text(INTERVIEW, "utf-8")
    made = narrate("make", "talk.md", "--json", "--cast", "Ben=tone/low", "--voice-for", "heading=ben")
    assert made.code == 0, made.err
    assert voices(folder / "talk.narration") == [
        ("", "tone/low"),
        ("", "tone/low"),
        ("ANNA", "tone/high"),
        ("BEN", "tone/low"),
        ("ANNA", "tone/high"),
    ]
    assert "The name before a speech is not said (3 times)." in made.document["notes"]
    assert [note for note in made.document["notes"] if note.startswith("ANNA speaks in tone/high")]


def test_redo_takes_a_name_of_the_cast(folder: Path, narrate: Narrate) -> None:
    (folder / "talk.md").write_text(INTERVIEW.replace("{narrator:", "{other: tone/high, narrator:"), "utf-8")
    assert narrate("make", "talk.md").code == 0
    assert narrate("redo", "talk.md", "2", "--voice", "other").code == 0
    assert "tone/high" in narrate("takes", "talk.md", "2").out


def test_front_matter_casts_no_program(folder: Path, narrate: Narrate) -> None:
    (folder / "talk.md").write_text(INTERVIEW.replace("tone/low", "'command:flite -o {out}'"), "utf-8")
    refused = narrate("make", "talk.md")
    assert refused.code == 2
    assert "which would run a program" in refused.err


def test_unknown_kind_is_told(folder: Path, narrate: Narrate) -> None:
    (folder / "talk.md").write_text(INTERVIEW, "utf-8")
    for option, value in (("--voice-for", "title=x"), ("--cast", "anna")):
        assert narrate("make", "talk.md", option, value).code == 2


SHORT = ("Who was it?", "Nobody I know.", "Let us go and see.", "The lamp is out.")
LONG = "The harbour was quiet that evening, and nobody on the pier had seen who lit the lamp."


def test_voices_are_equally_loud(folder: Path, narrate: Narrate) -> None:
    # These two differ by 2 LU of their own.
    cast = {"ANNA": "pyttsx3/en-us+f5", "BEN": "tone/high"}
    lines = [f"{name}: {text}" for text in (*SHORT, LONG) for name in cast]
    (folder / "talk.txt").write_text("\n\n".join(lines), "utf-8")
    options = [part for name, voice in cast.items() for part in ("--cast", f"{name}={voice}")]
    assert narrate("make", "talk.txt", "-o", "talk.flac", "--dialogue", *options).code == 0
    with production(folder / "talk.narration", 1, no_progress) as opened:
        line, _ = opened.timeline(folder / "talk.flac", opened.snapshot())
        segments = list(opened.heard(folder / "talk.flac", opened.snapshot(), line))
    sound = decoded(folder / "talk.flac")
    lufs = [
        clip_lufs(sound.samples[each.sentences[0].from_samples : each.sentences[-1].to_samples], sound.sample_rate_hz)
        for each in segments
    ]
    assert lufs[-2:] == [pytest.approx(-19, abs=0.5)] * 2
    anna, ben = np.mean(lufs[:-2:2]), np.mean(lufs[1:-2:2])
    assert abs(anna - ben) < 1.0, lufs
