"""Pure text: an article becomes a script. Imports nothing of ours."""

from script.article import Article, Block, BlockKind, Override
from script.errors import ArticleError
from script.reading import formats, read
from script.script import Script, ScriptChapter, Segment, SegmentKind, Span, Utterance
from script.segments import compose
from script.sentences import sentences
from script.settings import MAX_UTTERANCE, ChapterMode, Pauses, ScriptSettings, settings_of
from script.speech import verbalised

__all__ = [
    "MAX_UTTERANCE",
    "Article",
    "ArticleError",
    "Block",
    "BlockKind",
    "ChapterMode",
    "Override",
    "Pauses",
    "Script",
    "ScriptChapter",
    "ScriptSettings",
    "Segment",
    "SegmentKind",
    "Span",
    "Utterance",
    "compose",
    "formats",
    "read",
    "sentences",
    "settings_of",
    "spoken",
]


def spoken(text: str, language: str = "en") -> str:
    """What is said for a piece of prose: numbers, signs and abbreviations in words, the rest as it stands."""
    return verbalised(text, language).text
