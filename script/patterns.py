"""Regular expressions that are compiled when they are first searched for: of two hundred a text needs half."""

import re
from typing import Any, AnyStr, Generic, cast


def regex(written: AnyStr, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[AnyStr]:
    """The regular expression, compiled when the first thing is asked of it."""
    return cast("re.Pattern[AnyStr]", _Late(written, flags))


class _Late(Generic[AnyStr]):
    """Stands for a compiled pattern. What was asked of that is kept: from the second time on it is as quick."""

    def __init__(self, written: AnyStr, flags: re.RegexFlag) -> None:
        self._written: AnyStr = written
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a pattern has under that name
        value = getattr(re.compile(self._written, self._flags), name)
        setattr(self, name, value)
        return value
