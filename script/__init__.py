"""Pure text: an article becomes a script. Imports nothing of ours."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from script.article import Article, Block, BlockKind, Override
    from script.boundaries import sentences
    from script.editable import written
    from script.errors import ArticleError
    from script.fetching import fetch
    from script.reader import Fetched
    from script.reading import formats, read
    from script.script import Script, ScriptChapter, Segment, SegmentKind, Span, Utterance
    from script.segments import compose
    from script.settings import MAX_UTTERANCE, ChapterMode, Pauses, Policies, ScriptSettings, settings_of
    from script.speech import spoken

__all__ = [
    "MAX_UTTERANCE",
    "Article",
    "ArticleError",
    "Block",
    "BlockKind",
    "ChapterMode",
    "Fetched",
    "Override",
    "Pauses",
    "Policies",
    "Script",
    "ScriptChapter",
    "ScriptSettings",
    "Segment",
    "SegmentKind",
    "Span",
    "Utterance",
    "compose",
    "fetch",
    "formats",
    "read",
    "sentences",
    "settings_of",
    "spoken",
    "written",
]

_HOMES = {
    "article": ("Article", "Block", "BlockKind", "Override"),
    "boundaries": ("sentences",),
    "editable": ("written",),
    "errors": ("ArticleError",),
    "fetching": ("fetch",),
    "reader": ("Fetched",),
    "reading": ("formats", "read"),
    "script": ("Script", "ScriptChapter", "Segment", "SegmentKind", "Span", "Utterance"),
    "segments": ("compose",),
    "settings": ("MAX_UTTERANCE", "ChapterMode", "Pauses", "Policies", "ScriptSettings", "settings_of"),
    "speech": ("spoken",),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the names in __all__, each from its module when first asked for
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"script.{home}"), name)
    raise AttributeError(f"module 'script' has no attribute '{name}'")
