"""Narrates an article into a podcast-style episode, one paragraph at a time.

    import narration

    made = narration.narrate("article.md", "article.mp3", voice="en-gb")
    episode = narration.Project.open("article.md")
    episode.redo([4], narration.Request(say="Paragraph four, in other words."))

The command line is one caller of these functions among others. They are loaded when they are first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from narration.errors import EngineError, ProjectError, ProjectWriteError, UsageError
    from narration.inventory import engines, voices
    from narration.make import Made, narrate
    from narration.play import play
    from narration.podcast.publish import Published, publish
    from narration.reading import read_script
    from narration.revise import ListedTake, Project, Request, Revised

_HOMES = {
    "narrate": "make", "read_script": "reading", "Made": "make",
    "Project": "revise", "Request": "revise", "Revised": "revise", "ListedTake": "revise",
    "play": "play",
    "publish": "podcast.publish", "Published": "podcast.publish",
    "engines": "inventory", "voices": "inventory",
    "EngineError": "errors", "ProjectError": "errors", "ProjectWriteError": "errors", "UsageError": "errors",
}  # fmt: skip

__all__ = [
    "EngineError",
    "ListedTake",
    "Made",
    "Project",
    "ProjectError",
    "ProjectWriteError",
    "Published",
    "Request",
    "Revised",
    "UsageError",
    "engines",
    "narrate",
    "play",
    "publish",
    "read_script",
    "voices",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the module has under that name
    if name not in _HOMES:
        raise AttributeError(f"module “narration” has no attribute “{name}”")
    return getattr(import_module(f"narration.{_HOMES[name]}"), name)
