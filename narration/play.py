"""Listening: the system's player is given the episode, or the rest of it from a paragraph on."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from audio.episode import stretch
from narration import places
from narration.errors import UsageError
from narration.production import Production, production
from narration.snapshot import Snapshot

PLAYERS = (
    ("mpv", "--no-video", "--really-quiet"),
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "error"),
    ("cvlc", "--play-and-exit", "--quiet"),
    ("afplay",),
    ("mplayer", "-really-quiet"),
    ("mpg123", "-q"),
    ("xdg-open",),
)
"""Programs that play a file, the most capable first; those that wait until it has ended before those that do not."""


def play(episode: str, number: int | None) -> None:
    """Play an episode, from paragraph `number` on. Raises UsageError when there is no player."""
    player = _player()
    with production(places.find_project(episode), 0, lambda _done, _total: None) as opened:
        now = opened.snapshot()
        output = next((output.path for output in opened.project.outputs() if output.path.exists()), Path(now.output))
        if not output.exists() or (number or 1) > 1:
            folder = Path(tempfile.mkdtemp(prefix="narration-"))
            output = _rest(opened, now, number or 1, folder / output.name)
    _start(player, output)


def play_file(write: Callable[[Path], None]) -> None:
    """Play what is written into a file of its own. Raises UsageError when there is no player."""
    player = _player()
    path = Path(tempfile.mkdtemp(prefix="narration-")) / "sound.mp3"
    write(path)
    _start(player, path)


def _rest(opened: Production, now: Snapshot, number: int, path: Path) -> Path:
    """The episode from that paragraph on, spliced into a file of its own."""
    line, format_ = opened.timeline(path, now)
    if not 1 <= number <= len(line.starts_samples):
        raise UsageError(f"There is no paragraph {number}; they go from 1 to {len(line.starts_samples)}.")
    rest = stretch(line.episode, line.starts_samples[number - 1], line.episode.n_samples)
    with path.open("wb") as out:
        format_.write(rest, out)
    return path


def _player() -> tuple[str, ...]:
    if sys.platform == "win32":
        return ()
    for command in PLAYERS:
        if shutil.which(command[0]):
            return command
    names = ", ".join(command[0] for command in PLAYERS[:-1])
    raise UsageError(
        f"There is no player here that can be started ({names}). Install one, or open the audio file yourself."
    )


def _start(player: tuple[str, ...], path: Path) -> None:
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 - the person's own player
        return
    if subprocess.run([*player, str(path)], check=False).returncode:  # noqa: S603 - a fixed list of players
        raise UsageError(f"The player {player[0]} could not play {path}. Open it yourself, or install another player.")
