"""What a person chose: one frozen value, made once from flags, front matter, file and defaults."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, get_args

from narration.commands import COMMAND_ENGINE, is_command
from narration.edited_toml import edited_toml
from narration.errors import UsageError
from script.script import SegmentKind
from script.settings import POLICIES, ChapterMode, is_policy

FILE_NAME = "narration.toml"
CHAPTERS: tuple[str, ...] = get_args(ChapterMode)
PAUSES = ("sentence", "paragraph", "heading", "item", "quote", "caption", "break", "chapter")
KINDS = tuple(kind for kind in get_args(SegmentKind) if kind != "break")
SOUNDTRACK = ("intro", "music", "chime", "outro")
NONE = ("none", "false", "no")
"""What is said instead of a file where none is wanted."""
PROFILES = {"podcast": -19.0, "audiobook": -19.0, "acx": -20.0, "raw": None}
"""Loudness targets in LUFS of mono sound; raw leaves the level as it was recorded."""
_STEREO_LU = 3.0  # that much more in stereo: each channel is then what the only one of a mono file would be


@dataclass(frozen=True, slots=True)
class Settings:
    """How an article is narrated.

    speed: 1.0 is the voice's own pace; volume: 0 to 1; pauses: seconds by kind, over the defaults;
    policies: by name, over the defaults, what is said of what is not prose;
    cast: voices by the names they have in this article, that of the narrator among them;
    voices_for: voices by kind of segment, in place of the narrator's; dialogue: names before a colon tell who speaks;
    lexicon: files that say how words are said, a later one over an earlier one;
    intro, music, chime, outro: files of music before, under, between the chapters of and behind the episode;
    stereo: two channels, for the music's sake, the voice in the middle;
    loudness_lufs: the file's own, None for the profile's; jobs: worker processes, 0 for one per core.
    """

    voice: str = ""
    engine: str = ""
    speed: float = 1.0
    volume: float = 1.0
    chapters: ChapterMode = "auto"
    pauses: Mapping[str, float] = field(default_factory=dict)
    policies: Mapping[str, str] = field(default_factory=dict)
    profile: str = "podcast"
    loudness_lufs: float | None = None
    title: str = ""
    author: str = ""
    language: str = ""
    cover: str = ""
    jobs: int = 0
    lexicon: tuple[str, ...] = ()
    cast: Mapping[str, str] = field(default_factory=dict)
    voices_for: Mapping[str, str] = field(default_factory=dict)
    dialogue: bool = False
    intro: str = ""
    music: str = ""
    chime: str = ""
    outro: str = ""
    stereo: bool = False

    def __post_init__(self) -> None:
        require_speed(self.speed)
        _within("volume", self.volume, 0.0, 1.0)
        _within("jobs", self.jobs, 0, 256)
        _one_of("chapters", self.chapters, CHAPTERS)
        _one_of("profile", self.profile, tuple(PROFILES))
        for kind, seconds in self.pauses.items():
            _one_of("pause", kind, PAUSES)
            _within(f"pause {kind}", seconds, 0.0, 60.0)
        for name, value in self.policies.items():
            _one_of(name, value, POLICIES[name])
        for kind in self.voices_for:
            _one_of("voice-for", kind, KINDS)
        if self.loudness_lufs is not None:
            _within("loudness", self.loudness_lufs, -40.0, -5.0)

    @property
    def target_lufs(self) -> float | None:
        """The loudness each paragraph is brought to, in LUFS of the file; None leaves it as recorded."""
        of_mono = PROFILES[self.profile]
        if self.loudness_lufs is not None or of_mono is None:
            return self.loudness_lufs
        return of_mono + _STEREO_LU if self.stereo else of_mono

    @property
    def channels(self) -> int:
        """How many channels the episode has."""
        return 2 if self.stereo else 1

    @property
    def soundtrack(self) -> dict[str, str]:
        """The music files, by where they play."""
        return {role: file for role in SOUNDTRACK if (file := getattr(self, role))}

    @property
    def ceiling_dbtp(self) -> float:
        """The highest true peak of the decoded file: -1 dBTP; ACX asks for -3 dB."""
        return -3.0 if self.profile == "acx" else -1.0

    def with_(self, values: Mapping[str, Any], source: str) -> "Settings":
        """These settings with others over them, by the names of the command line's options.

        values: text or numbers by option name; `pause` is a table, or `pause.KIND` a number, and so are `cast` and
        `voice-for`; `lexicon`, a sequence of files, is added to the others. Raises UsageError that names the source.
        """
        changes: dict[str, Any] = {}
        tables = {name: dict(getattr(self, attribute)) for name, (attribute, _) in _TABLES.items()}
        policies = dict(self.policies)
        try:
            for name, value in _one_voice(values).items():
                table, _, key = name.replace("_", "-").partition(".")
                if table in _TABLES and (key or isinstance(value, Mapping)):
                    of = _TABLES[table][1]
                    entries = {name.partition(".")[2]: value} if key else value
                    tables[table] |= {str(each): of(entry) for each, entry in entries.items()}
                elif is_policy(name, str(value)):
                    policies[name] = str(value).lower()
                elif name == "lexicon":
                    changes["lexicon"] = (*self.lexicon, *value)
                elif name in _OPTIONS:
                    attribute, parse = _OPTIONS[name]
                    changes[attribute] = parse(value)
            changes |= {attribute: tables[name] for name, (attribute, _) in _TABLES.items()}
            return replace(self, **changes, policies=policies)
        except (TypeError, ValueError, UsageError) as error:
            raise UsageError(f"{source}: {error}") from error


def _one_voice(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values with `engine = command:TEMPLATE` as the voice that it is.

    So it takes the place of whatever voice was named before, and no bare voice is ever taken for a command.
    """
    engine = str(values.get("engine") or "")
    if not is_command(engine):
        return values
    if engine == COMMAND_ENGINE or values.get("voice"):
        raise UsageError("the engine “command” is written with what it runs: command:flite -o {out} {text_file}")
    return {**values, "engine": "", "voice": engine}


def _number(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        raise UsageError(f"“{value}” is not a number.") from None


def _whole(value: object) -> int:
    number = _number(value)
    if not number.is_integer():
        raise UsageError(f"“{value}” is not a whole number.")
    return int(number)


def _language(value: object) -> str:
    from script.languages import tag_of

    tag = tag_of(str(value))
    if not tag:
        raise UsageError(f"language is “{value}”; it is a BCP 47 tag, such as en-GB, or a language's name.")
    return tag


def _switch(value: object) -> bool:
    known = {"true": True, "false": False}
    if str(value).lower() not in known:
        raise UsageError(f"“{value}” is neither true nor false.")
    return known[str(value).lower()]


_OPTIONS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "voice": ("voice", str),
    "engine": ("engine", str),
    "speed": ("speed", _number),
    "volume": ("volume", _number),
    "chapters": ("chapters", str),
    "profile": ("profile", str),
    "loudness": ("loudness_lufs", _number),
    "title": ("title", str),
    "author": ("author", str),
    "language": ("language", _language),
    "cover": ("cover", str),
    "jobs": ("jobs", _whole),
    "lexicon": ("lexicon", tuple),
    "dialogue": ("dialogue", _switch),
    "stereo": ("stereo", _switch),
    **{role: (role, str) for role in SOUNDTRACK},
}
_TABLES: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "pause": ("pauses", _number),
    "cast": ("cast", str),
    "voice-for": ("voices_for", str),
}


def placed(values: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The settings with the files they name as seen from a folder: that of the file that names them."""
    seen = dict(values)
    if "lexicon" in seen:
        seen["lexicon"] = tuple(str(folder / name) for name in _names(seen["lexicon"]))
    for role in SOUNDTRACK:
        if role in seen:
            name = str(seen[role] or "none")
            seen[role] = "" if name.lower() in NONE else str(folder / name)
    return seen


def _names(value: object) -> tuple[str, ...]:
    """The files that a setting names: one, a list, or several parted by commas."""
    several = value if isinstance(value, (list, tuple)) else str(value).split(",")
    return tuple(name for each in several if (name := str(each).strip()))


def require_speed(speed: float) -> None:
    """Raise UsageError for a pace that no voice is asked for."""
    _within("speed", speed, 0.25, 4.0)


def _within(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise UsageError(f"{name} is {value:g}; it goes from {low:g} to {high:g}.")


def _one_of(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise UsageError(f"{name} is “{value}”; it is one of {', '.join(known)}.")


def settings_file(folder: Path) -> dict[str, Any]:
    """What narration.toml in the folder says; empty without one. Raises UsageError for one that can't be used."""
    path = folder / FILE_NAME
    try:
        values = edited_toml(path)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be used: {error}") from error
    unknown = sorted(set(values) - set(_OPTIONS) - set(POLICIES) - set(_TABLES))
    if unknown:
        known = ", ".join((*_OPTIONS, *POLICIES, *_TABLES))
        raise UsageError(f"{path} sets {', '.join(unknown)}, which is no option; it may set {known}.")
    return values


def stored(settings: Settings) -> dict[str, Any]:
    """The settings as plain values, for the project file; `Settings(**stored(s)) == s`."""
    return {
        f.name: (dict(value) if isinstance(value := getattr(settings, f.name), Mapping) else value)
        for f in fields(settings)
    }
