"""One episode, made once and copied for each test that spoils it."""

import shutil
from pathlib import Path

import pytest

from narration import narrate as make

ARTICLE = """# A walk

The path begins behind the church. It leads along a wall, and then, after half a mile, into the wood.

Nobody walks here in winter. The stones are wet and the bridge has lost its rail.

## The wood

It is dark under the trees. Birds are heard, but none are seen, and the stream is loud after rain.

Further up there is a hut with a green door. Somebody has written a name on it in chalk.

## The top

From the top you can see the sea. On a clear day there are ships on it, small as grains of rice.

Go back before it is dark. The last bus leaves at seven from the square in front of the inn.
"""


@pytest.fixture(scope="session")
def _episode(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("episode")
    (folder / "walk.md").write_text(ARTICLE, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NARRATION_HOME", str(folder / "home"))
        make(folder / "walk.md", author="A. Walker", voice="en-us")
    return folder


@pytest.fixture
def episode(_episode: Path, tmp_path: Path) -> Path:
    """The project file; source and mp3 stand beside it."""
    folder = shutil.copytree(_episode, tmp_path / "walk")
    return folder / "walk.narration"
