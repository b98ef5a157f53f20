"""Which voice speaks: by name, or by the language of the text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from narration.commands import COMMAND_ENGINE, is_command, template
from narration.engines import Voice, engine_names, suggestion
from narration.errors import UsageError

DEFAULT_ENGINE = "pyttsx3"
INSTALLABLE = ("piper", "kokoro")
"""Engines whose voices are files to be fetched."""
_OWN_PART = re.compile(r"[+#*]")
PREFERRED = {"en": "en-us", "fr": "fr-fr", "nn": "nb"}
"""Where a bare language has several voices and its first is not the usual one, or only its nearest relative has any."""


@dataclass(frozen=True, slots=True)
class VoiceName:
    """A voice under its one name, `engine/voice`; voice: "" for the engine's own choice."""

    engine: str
    voice: str

    def __str__(self) -> str:
        return f"{self.engine}/{self.voice}"


def voice_name(name: str, engine: str = "") -> VoiceName:
    """The parts of `engine/voice`, or of a bare voice of that engine. Raises UsageError for an unknown engine.

    `command:TEMPLATE`, as a voice or as an engine, is the voice TEMPLATE of the engine “command”.
    """
    if is_command(engine) and engine != COMMAND_ENGINE:
        if name:
            raise UsageError(f"The voice “{name}” is not the command that the engine is; give one of the two.")
        return VoiceName(COMMAND_ENGINE, template(engine))
    prefix, rest = _parts(name)
    if prefix:
        if engine and engine != prefix:
            raise UsageError(f"The voice {name} is not one of the engine “{engine}”.")
        return VoiceName(prefix, rest)
    engine = engine or DEFAULT_ENGINE
    if engine not in engine_names():
        raise UsageError(f"There is no engine “{engine}”. {suggestion(engine, engine_names())}")
    return VoiceName(engine, name)


def names_engine(name: str) -> bool:
    """Whether a voice's name says which engine's it is."""
    return bool(_parts(name)[0])


def _parts(name: str) -> tuple[str, str]:
    """Engine and voice; the engine is "" where the name has none."""
    if is_command(name):
        return COMMAND_ENGINE, template(name)
    prefix, slash, rest = name.partition("/")
    return (prefix, rest) if slash and prefix in engine_names() else ("", name)


def chosen(wanted: VoiceName, language: str, voices: Sequence[Voice], *, takes_any_voice: bool = False) -> VoiceName:
    """The engine's voice of that name, or one for the language when none is named. Raises UsageError.

    takes_any_voice: whether the engine speaks in voices that it does not list.
    """
    if takes_any_voice and wanted.voice:
        return wanted
    if takes_any_voice and not voices:
        raise UsageError(
            f"The engine “{wanted.engine}” needs a voice to be named"
            + (
                ", a command: --engine 'command:flite -o {out} {text_file}'."
                if wanted.engine == COMMAND_ENGINE
                else "."
            )
        )
    if not voices:
        raise UsageError(f"The engine “{wanted.engine}” has no voice here. {_remedy(wanted)}")
    name = _named(wanted, voices) if wanted.voice else _for_language(language, voices)
    return VoiceName(wanted.engine, name)


def same_language(one: str, other: str) -> bool:
    """Whether two BCP 47 tags are of one language, its regions apart."""
    return one.replace("_", "-").lower().split("-")[0] == other.replace("_", "-").lower().split("-")[0]


def has_voice_for(language: str, voices: Sequence[Voice]) -> bool:
    """Whether one of the voices speaks the language, in whatever region."""
    return any(same_language(language, code) for voice in voices for code in voice.languages)


def _named(wanted: VoiceName, voices: Sequence[Voice]) -> str:
    """The voice of that name or description; +VARIANT, #SPEAKER or *WEIGHT behind a listed name is the engine's own."""
    names = {
        name.casefold(): voice.name for voice in reversed(voices) for name in (voice.description, voice.name) if name
    }
    for base in (wanted.voice, _OWN_PART.split(wanted.voice, maxsplit=1)[0]):
        if base.casefold() in names:
            return names[base.casefold()] + wanted.voice[len(base) :]
    near = suggestion(wanted.voice, [voice.name for voice in voices])
    raise UsageError(f"The engine “{wanted.engine}” has no voice “{wanted.voice}”. {near} {_remedy(wanted)}")


def _remedy(wanted: VoiceName) -> str:
    if wanted.engine in INSTALLABLE and wanted.voice:
        return f"`narrate voices install {wanted}` fetches it, if there is one of that name."
    if wanted.engine in INSTALLABLE:
        return "`narrate voices` lists those that can be installed."
    return "`narrate voices` lists all."


def _for_language(language: str, voices: Sequence[Voice]) -> str:
    """The voice whose language is nearest: the same tag, the usual one of that language, any of it, or English."""
    tag = language.replace("_", "-").lower() or "en"
    base = tag.split("-")[0]
    for wanted in (PREFERRED.get(tag, tag), PREFERRED.get(base, base), base, "en-us", "en"):
        for voice in voices:
            if wanted in voice.languages:
                return voice.name
        for voice in voices:
            if any(code.split("-")[0] == wanted for code in voice.languages):
                return voice.name
    return voices[0].name
