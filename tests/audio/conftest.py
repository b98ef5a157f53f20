"""What the tests of sound share: every registered format, and full tags."""

from importlib.metadata import entry_points

import pytest

from audio.episode import Format, Tags
from audio.packets import Codec
from tests.audio.episodes import jpeg_cover

FORMAT_NAMES = sorted(entry.name for entry in entry_points(group="narration.formats"))


@pytest.fixture(params=FORMAT_NAMES)
def file_format(request: pytest.FixtureRequest) -> Format:
    (entry,) = entry_points(group="narration.formats", name=request.param)
    return entry.load()


@pytest.fixture(params=["codec", "stereo_codec"])
def codec(request: pytest.FixtureRequest, file_format: Format) -> Codec:
    """The format's codec, of one channel and of two."""
    return getattr(file_format, request.param)


@pytest.fixture(scope="session")
def tags() -> Tags:
    return Tags(
        title="Größe ist relativ",
        author="Ada Lovelace",
        date="2026-11-05",
        language="de-AT",
        description="Zwei Zeilen,\nund 漢字 😀.",
        cover=jpeg_cover(),
    )
