"""What decides how an article becomes a script."""

from dataclasses import dataclass, field, fields, replace
from math import isfinite
from typing import Literal, get_args

from script.article import Article
from script.errors import ArticleError
from script.script import SegmentKind

ChapterMode = Literal["auto", "headings", "paragraphs", "none"]
MAX_UTTERANCE = 1000  # characters; engines slow down or fail on much longer pieces
_LONGEST_PAUSE_S = 600.0


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
class ScriptSettings:
    """How to compose. language, title, author: instead of the article's own, "" to keep those.

    chapters: where they begin; utterance_characters: the longest text an engine is given at once, at least 50.
    """

    language: str = ""
    title: str = ""
    author: str = ""
    chapters: ChapterMode = "auto"
    pauses: Pauses = field(default_factory=Pauses)
    utterance_characters: int = MAX_UTTERANCE

    def __post_init__(self) -> None:
        if self.chapters not in get_args(ChapterMode):
            raise ValueError(f'Chapters cannot be "{self.chapters}"; they are {", ".join(get_args(ChapterMode))}.')
        if self.utterance_characters < 50:
            raise ValueError(f"An utterance of {self.utterance_characters} characters is too short; give at least 50.")


def settings_of(article: Article, base: ScriptSettings | None = None) -> ScriptSettings:
    """The base settings (None: the defaults) with what the article's front matter asks for laid over them.

    Understood are `chapters` and `pause.KIND`. Raises ArticleError when a value means nothing.
    """
    settings = base or ScriptSettings()
    for key, value in article.settings.items():
        try:
            if key == "chapters":
                settings = replace(settings, chapters=_mode(value))
            elif key.startswith("pause."):
                pauses = settings.pauses.with_(key.removeprefix("pause."), float(value.removesuffix("s")))
                settings = replace(settings, pauses=pauses)
        except ValueError as error:
            where = article.source or "the article"
            raise ArticleError(f"In the front matter of {where}, {key}: {value} is not understood. {error}") from error
    return settings


def _mode(value: str) -> ChapterMode:
    for mode in get_args(ChapterMode):
        if value.lower() == mode or (mode == "none" and value == "false"):
            found: ChapterMode = mode
            return found
    raise ValueError(f"Chapters are {', '.join(get_args(ChapterMode))}.")
