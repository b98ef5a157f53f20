"""What can go wrong while narrating, beside articles (script.ArticleError) and sound (audio.AudioError).

Exception
├── UsageError      what was asked for cannot be done as asked: unknown voice, format, paragraph number, project
├── EngineError     an engine could not speak
└── ProjectError    the project file could not be read, written or locked
"""


class UsageError(Exception):
    """What was asked for cannot be done as asked; the message names it and the nearest thing that can."""


class EngineError(Exception):
    """An engine could not speak; the message says which, what, and the remedy."""


class ProjectError(Exception):
    """The project file could not be used; the message says which, why, and the remedy."""


class ProjectWriteError(ProjectError):
    """The project file could not be written; what was in it stays."""


class DamagedTakeError(ProjectError):
    """A stored recording or its packets do not have the checksum they were stored with."""
