"""Any program that makes sound of text, run once for each sentence.

The voice is the command itself, as a template: `flite -voice slt -o {out} {text_file}`. It is cut into arguments as a
shell would (shlex) and run without one, so nothing in a text is ever taken for a command. What a document may not do,
start programs, is kept from it in narration/reading.py and narration/consent.py.
"""

import ctypes
import hashlib
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np

from audio.clip import Clip
from audio.errors import AudioError
from audio.tempo import at_speed
from narration.engines import Delivery, Speech, Voice
from narration.errors import EngineError

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_KNOWN = ("out", "text_file", "text", "speed", "volume", "variation")
_SHELLS = {"sh", "bash", "dash", "zsh", "ksh", "fish", "cmd", "powershell", "pwsh"}
_SHARE_OF_PATIENCE = 0.8  # the rest is for what a worker does beside; it would be killed without saying why
_TAIL_BYTES = 2000
_LONGEST_S, _LONGEST_S_PER_CHARACTER = 20.0, 1.0  # a sound longer than that is not of this text
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG, prctl(2)


class CommandEngine:
    """Speaks by running a program that a person named."""

    version = "command 1"
    patience_s = 60.0
    takes_any_voice = True

    def voices(self) -> tuple[Voice, ...]:
        """None of its own: a command is written where a voice is named."""
        return ()

    def fingerprint(self, voice: str) -> str:
        """SHA-256 of the program. Raises EngineError for one that is not there, and for a template that can't be."""
        program = _template(voice).program
        with program.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def speak(self, utterances: Sequence[str], delivery: Delivery) -> tuple[Speech, ...]:
        """One Speech for each utterance, one run of the program each; speed and volume are made up for afterwards.

        Where the template has `{speed}` or `{volume}` the program does that itself.
        """
        template = _template(delivery.voice)
        characters = sum(map(len, utterances))
        limit_s = _SHARE_OF_PATIENCE * self.patience_s * (1 + characters / 200)
        return tuple(Speech(_spoken(template, utterance, delivery, limit_s)) for utterance in utterances)


@dataclass(frozen=True, slots=True)
class _Template:
    """A command, cut into arguments. words: with their placeholders, the program first."""

    command: str
    words: tuple[str, ...]
    program: Path

    @property
    def placeholders(self) -> frozenset[str]:
        return frozenset(name for word in self.words for name in _PLACEHOLDER.findall(word))

    def filled(self, values: Mapping[str, str]) -> list[str]:
        """The arguments; a text is never one that looks like an option."""
        arguments = [_PLACEHOLDER.sub(lambda found: values[found[1]], word) for word in self.words[1:]]
        marked = [
            f" {argument}" if word.startswith("{text}") and argument.startswith("-") else argument
            for word, argument in zip(self.words[1:], arguments, strict=True)
        ]
        return [str(self.program), *marked]


def _template(command: str) -> _Template:
    """The command's parts. Raises EngineError for one that can't be run."""
    try:
        words = tuple(shlex.split(command))
    except ValueError as error:
        raise EngineError(f"The command “{command}” cannot be read ({error}); look at its quotation marks.") from error
    if not words:
        raise EngineError("No command is named. Write --engine 'command:flite -voice slt -o {out} {text_file}'.")
    found = shutil.which(words[0])
    if found is None:
        raise EngineError(f"The program “{words[0]}” is not here; install it, or give its whole path.")
    template = _Template(command, words, Path(found).absolute())
    unknown = sorted(template.placeholders - set(_KNOWN))
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in _KNOWN)
        raise EngineError(f"The command “{command}” has the placeholder {{{unknown[0]}}}; there are {known}.")
    if "text" in template.placeholders and Path(words[0]).stem.lower() in _SHELLS:
        raise EngineError(f"The command “{command}” would let a shell run the text; give it {{text_file}} instead.")
    return template


def _spoken(template: _Template, utterance: str, delivery: Delivery, limit_s: float) -> Clip:
    text = utterance.replace("\0", " ").encode("utf-8", "replace")
    with tempfile.TemporaryDirectory(prefix="narration-") as folder:
        out, text_file = Path(folder, "sound.wav"), Path(folder, "text.txt")
        text_file.write_bytes(text)
        values = {
            "out": str(out),
            "text_file": str(text_file),
            "text": text.decode(),
            "speed": f"{delivery.speed:g}",
            "volume": f"{delivery.volume:g}",
            "variation": str(delivery.variation),
        }
        _run(template, template.filled(values), text_file, out, limit_s)
        clip = _heard(out, template, _LONGEST_S + _LONGEST_S_PER_CHARACTER * len(utterance) / delivery.speed)
    if "speed" not in template.placeholders:
        clip = at_speed(clip, delivery.speed)
    if "volume" in template.placeholders or delivery.volume == 1:
        return clip
    return Clip(clip.samples * np.float32(delivery.volume), clip.sample_rate_hz)


def _run(template: _Template, arguments: list[str], text_file: Path, out: Path, limit_s: float) -> None:
    """Run the program; the text is also its standard input. Raises EngineError when it fails or hangs.

    Without `{out}` in the template its standard output is the sound; else that is noise.
    """
    with text_file.open("rb") as given, out.open("wb") as sound:
        to_stdout = "out" not in template.placeholders
        try:
            process = subprocess.Popen(  # noqa: S603 - no shell, and a person named this program
                arguments,
                stdin=given,
                stdout=sound if to_stdout else subprocess.PIPE,
                stderr=subprocess.PIPE if to_stdout else subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_end_with_parent(),  # noqa: PLW1509 - a worker has but one thread that starts programs
            )
        except OSError as error:
            raise EngineError(f"the program {template.program} cannot be started: {error.strerror}") from error
        noise = _Noise(process.stderr if to_stdout else process.stdout)
        try:
            code = process.wait(limit_s)
        except subprocess.TimeoutExpired:
            raise EngineError(
                f"{_named(template)} did not end within {limit_s:.0f} s and was stopped{noise.told()}"
            ) from None
        finally:
            _end(process)
    if code:
        how = f"exit code {code}" if code > 0 else signal.Signals(-code).name
        raise EngineError(f"{_named(template)} failed ({how}){noise.told()}")
    if not out.stat().st_size:
        raise EngineError(f"{_named(template)} wrote no sound into {{out}}{noise.told()}")


def _named(template: _Template) -> str:
    return f"the command “{template.command}”"


def _end_with_parent() -> Callable[[], None] | None:
    """What a new process does first, on Linux: ask to be killed when the worker is."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and what it has started."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):  # all gone; macOS says so in its own way
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class _Noise:
    """The last of what a program printed, gathered while it runs."""

    def __init__(self, stream: IO[bytes] | None) -> None:
        assert stream is not None
        self._tail = b""
        self._thread = threading.Thread(target=self._gather, args=(stream,), daemon=True)
        self._thread.start()

    def _gather(self, stream: IO[bytes]) -> None:
        with stream:
            while chunk := os.read(stream.fileno(), 1 << 16):
                self._tail = (self._tail + chunk)[-_TAIL_BYTES:]

    def told(self) -> str:
        """What was printed, as the end of a sentence."""
        self._thread.join(1.0)
        text = " ".join(self._tail.decode("utf-8", "replace").split())
        return f"; it printed: “{text}”" if text else ", and printed nothing"


def _heard(out: Path, template: _Template, limit_s: float) -> Clip:
    from audio.decode import decoded

    try:
        return decoded(out, name="its sound", limit_s=limit_s)
    except AudioError as error:
        raise EngineError(f"{_named(template)} ended well, but {error}") from error
