"""What a voice sounds like: a sentence or two, narrated like any article."""

import shutil
import tempfile
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path

from narration.errors import EngineError, UsageError
from narration.formats import format_for
from narration.inventory import voices
from narration.make import narrate
from narration.output import replace_file
from narration.voices import voice_name

_NAME = "preview"


def preview(voice: str, output: Path, text: str = "", language: str = "", speed: float = 1.0) -> None:
    """Write a sample of a voice; output: its suffix picks the format.

    text: what is said, by default a sample in the voice's language. Raises UsageError, EngineError, AudioError.
    """
    format_for(output)
    language = language or _language(voice)
    with tempfile.TemporaryDirectory(prefix="narration-") as folder:
        made = Path(folder, _NAME).with_suffix(output.suffix)
        source = made.with_suffix(".txt")
        source.write_text(text or sample(language), "utf-8")
        done = narrate(source, made, voice=voice, language=language, speed=speed, title=voice, chapters="none", jobs=1)
        if done.failed:
            raise EngineError(f"The voice {voice} cannot speak the sample: {done.failed[0].reason}.")
        with made.open("rb") as sound:
            replace_file(output, lambda out: shutil.copyfileobj(sound, out))


def sample(language: str) -> str:
    """A sample in the language, in English where there is none."""
    samples = _samples()
    return samples.get(language.lower()) or samples.get(language.partition("-")[0].lower()) or samples["en"]


@cache
def _samples() -> dict[str, str]:
    return dict(tomllib.loads((files("narration") / "samples.toml").read_text("utf-8")))


def _language(name: str) -> str:
    """The main language of a voice that is listed; English for any other."""
    wanted = voice_name(name)
    listed = {voice.name: voice for voice in voices(wanted.engine)}
    if not wanted.voice:
        raise UsageError(f"“{name}” is no voice. `narrate voices` lists them.")
    near = [
        each for each in listed if str(wanted) == each or str(wanted).startswith((f"{each}#", f"{each}+", f"{each}*"))
    ]
    return listed[near[0]].languages[0] if near else "en"
