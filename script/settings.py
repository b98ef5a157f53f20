"""What decides how an article becomes a script."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from math import isfinite
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from script.errors import ArticleError
from script.script import SegmentKind

if TYPE_CHECKING:
    from script.article import Article
    from script.lexicon import Entry

ChapterMode = Literal["auto", "headings", "paragraphs", "none"]
MAX_UTTERANCE = 1000  # characters; engines slow down or fail on much longer pieces
_LONGEST_PAUSE_S = 600.0
CAST = "cast."
CASTING = (CAST, "voice-for.")
"""What the names of settings begin with that say who speaks what."""


@dataclass(frozen=True, slots=True)
class Pauses:
    """Silence after each kind of segment, and before a chapter's heading, in seconds from 0 to 600."""

    heading: float = 1.0
    paragraph: float = 0.7
    item: float = 0.45
    quote: float = 0.7
    caption: float = 0.7
    break_: float = 1.8
    chapter: float = 1.5

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            if not (isfinite(value) and 0 <= value <= _LONGEST_PAUSE_S):
                raise ValueError(f"The pause {each.name.rstrip('_')} is {value} s; it must be from 0 to 600 s.")

    def after(self, kind: SegmentKind) -> float:
        """Seconds of silence after a segment of this kind."""
        pause_s: float = getattr(self, "break_" if kind == "break" else kind)
        return pause_s

    def with_(self, kind: str, pause_s: float) -> "Pauses":
        """These pauses with another for a kind; raises ValueError for an unknown kind or a wrong length."""
        name = "break_" if kind == "break" else kind
        if name not in {each.name for each in fields(self)} or kind == "break_":
            known = ", ".join(each.name.rstrip("_") for each in fields(self))
            raise ValueError(f'There is no pause "{kind}"; these are: {known}.')
        return replace(self, **{name: pause_s})


@dataclass(frozen=True, slots=True)
class Policies:
    """What is said of what is not prose. Whatever is left out or shortened is noted in the script.

    code: announced with its number of lines, read line by line, or skipped. tables: read row by row up to five columns
    and ten rows, else, or always, announced with caption and size. footnotes: skipped, read after the paragraph with
    their mark, or before the next heading. figures: their caption, else their alternative text. math: in words as far
    as they are known, or announced. citations: "(Smith et al., 2020)" and "[12]". urls: by the name of the host.
    emoji: by name, each once in a run.
    """

    code: Literal["announce", "read", "skip"] = "announce"
    tables: Literal["read", "announce", "skip"] = "read"
    footnotes: Literal["skip", "inline", "end"] = "skip"
    figures: Literal["caption", "skip"] = "caption"
    math: Literal["words", "announce", "skip"] = "words"
    citations: Literal["skip", "read"] = "skip"
    urls: Literal["host", "skip"] = "host"
    emoji: Literal["name", "skip"] = "name"

    def __post_init__(self) -> None:
        for name, known in POLICIES.items():
            if getattr(self, name) not in known:
                raise ValueError(f'{name} cannot be "{getattr(self, name)}"; it is one of {", ".join(known)}.')

    def with_(self, values: Mapping[str, Any]) -> "Policies":
        """These policies with others by name; raises ValueError for a value that none may have."""
        return replace(self, **values)

    def chosen(self) -> dict[str, str]:
        """Those that are not the usual ones."""
        values = {name: str(getattr(self, name)) for name in POLICIES}
        return {name: value for name, value in values.items() if value != POLICIES[name][0]}


POLICIES: Final[dict[str, tuple[str, ...]]] = {each.name: get_args(each.type) for each in fields(Policies)}
"""The names of the policies and what each may be, the usual one first."""


@dataclass(frozen=True, slots=True)
class ScriptSettings:
    """How to compose. language, title, author: instead of the article's own, "" to keep those.

    chapters: where they begin; lexicon: how words are said, a later entry over an earlier one;
    utterance_characters: the longest text an engine is given at once, at least 50;
    policies: for what is not prose; dialogue: names before a colon tell who speaks; cast: names that do so even when
    they stand there once.
    """

    language: str = ""
    title: str = ""
    author: str = ""
    chapters: ChapterMode = "auto"
    pauses: Pauses = field(default_factory=Pauses)
    utterance_characters: int = MAX_UTTERANCE
    lexicon: "tuple[Entry, ...]" = ()
    policies: Policies = field(default_factory=Policies)
    dialogue: bool = False
    cast: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.chapters not in get_args(ChapterMode):
            raise ValueError(f'Chapters cannot be "{self.chapters}"; they are {", ".join(get_args(ChapterMode))}.')
        if self.utterance_characters < 50:
            raise ValueError(f"An utterance of {self.utterance_characters} characters is too short; give at least 50.")


def settings_of(article: "Article", base: ScriptSettings | None = None) -> ScriptSettings:
    """The base settings (None: the defaults) with what the article's front matter asks for laid over them.

    Understood are `chapters`, `pause.KIND`, `dialogue`, `cast.NAME` and the policies by name.
    Raises ArticleError when a value means nothing.
    """
    settings = base or ScriptSettings()
    for key, value in article.settings.items():
        try:
            if key == "chapters":
                settings = replace(settings, chapters=_mode(value))
            elif key.startswith("pause."):
                pauses = settings.pauses.with_(key.removeprefix("pause."), float(value.removesuffix("s")))
                settings = replace(settings, pauses=pauses)
            elif key == "dialogue":
                settings = replace(settings, dialogue=value.lower() == "true")
            elif key.startswith(CAST):
                settings = replace(settings, cast=(*settings.cast, key.removeprefix(CAST)))
            elif is_policy(key, value):
                settings = replace(settings, policies=settings.policies.with_({key: value.lower()}))
        except ValueError as error:
            where = article.source or "the article"
            raise ArticleError(f"In the front matter of {where}, {key}: {value} is not understood. {error}") from error
    return settings


def is_policy(name: str, value: str) -> bool:
    """Whether a line of front matter sets a policy; `math: true` and the like are meant for other programs."""
    return name in POLICIES and value.lower() not in {"true", "false"}


def _mode(value: str) -> ChapterMode:
    for mode in get_args(ChapterMode):
        if value.lower() == mode or (mode == "none" and value == "false"):
            found: ChapterMode = mode
            return found
    raise ValueError(f"Chapters are {', '.join(get_args(ChapterMode))}.")
