"""A report as one HTML page: waveform, loudness, chapters, and every finding to be played.

Nothing is fetched from elsewhere; the audio file stands beside the page, by its relative path.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from narration.check.report import Report
from narration.output import replace_file
from narration.podcast.plain_text import clock
from narration.podcast.templating import templates
from narration.production import mastering
from narration.project import ProjectFile

_TEMPLATES = Path(__file__).parent / "templates"
_COLUMNS, _HEIGHT = 1600, 200
_HOP_S, _BLOCK_S, _SHORT_TERM_HOPS = 0.1, 0.4, 30  # ITU-R BS.1770-4; EBU Tech 3341: short-term is over 3 s
_OFFSET_LU = -0.691
_LOWEST_LUFS, _HIGHEST_LUFS = -40.0, -10.0
_FLOOR_DB, _TOP_DB = -50.0, -10.0
_AROUND_S = 0.5  # is played before and after a finding

Energies = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Mark:
    x: float
    start_s: float
    clock: str
    title: str


def write_page(path: Path, report: Report) -> None:
    """Write the page. Raises AudioError where it cannot be written."""
    page = html(report, path.parent).encode("utf-8", "replace")

    def write(out: BinaryIO) -> None:
        out.write(page)

    replace_file(path, write)


def html(report: Report, folder: Path) -> str:
    """The page, as it is to stand in that folder."""
    audio = report.look.path
    there = quote(Path(os.path.relpath(audio, folder)).as_posix()) if audio.exists() else ""
    heard = {
        each.voice: f"{each.as_written} of {each.heard}" + ("" if each.followed else ": cannot be followed")
        for each in report.hearings
    }
    return (
        templates(_TEMPLATES)
        .get_template("report.html")
        .render(
            title=report.look.now.script.title,
            ok=report.ok,
            audio=there,
            measured=report.look.measured,
            heard=heard,
            picture=_picture(report),
            rows=list(_rows(report)),
        )
    )


def _rows(report: Report) -> Iterator[dict[str, Any]]:
    duration_s = report.look.measured.duration_s
    for number, finding in enumerate(report.findings):
        start_s, end_s = finding.start_s, finding.end_s
        row: dict[str, Any] = {name: getattr(finding, name) for name in finding.__slots__}
        row |= {"number": number, "clock": "", "x": None}
        if start_s is not None and end_s is not None and duration_s:
            row |= {
                "clock": clock(round(start_s * 1000)),
                "from_s": round(max(start_s - _AROUND_S, 0), 3),
                "to_s": round(end_s + _AROUND_S, 3),
                "x": round(start_s / duration_s * _COLUMNS, 2),
                "width": round(max((end_s - start_s) / duration_s * _COLUMNS, 2), 2),
            }
        yield row


def _picture(report: Report) -> dict[str, Any]:
    """What is drawn: bars of the level, the curve of the loudness, marks of the chapters."""
    line = report.look.line
    empty: dict[str, Any] = {"width": _COLUMNS, "height": _HEIGHT, "wave": "", "loudness": "", "target": "", "lufs": ""}
    if line is None:
        return empty | {"marks": []}
    duration_s, rate_hz = line.duration_s, line.episode.codec.sample_rate_hz
    energies = _energies(report, duration_s)
    starts_s = [(chapter.title, chapter.start_samples / rate_hz) for chapter in line.episode.chapters]
    marks = [
        _Mark(round(start_s / duration_s * _COLUMNS, 2), round(start_s, 3), clock(round(start_s * 1000)), title)
        for title, start_s in starts_s
    ]
    target = _y(np.array([line.loudness_lufs]))[0]
    return empty | {
        "wave": _bars(energies),
        "loudness": _curve(energies),
        "target": f"M0 {target:.1f}H{_COLUMNS}",
        "lufs": f", {line.loudness_lufs:.1f} LUFS",
        "marks": marks,
    }


def _energies(report: Report, duration_s: float) -> Energies:
    """The mean squares of 400 ms blocks, one each 100 ms of the episode, 0 in pauses."""
    look = report.look
    assert look.line is not None
    rate_hz = look.line.episode.codec.sample_rate_hz
    energies = np.zeros(int(duration_s / _HOP_S) + 1)
    with ProjectFile(look.project) as project:
        encoded = project.encoded(mastering(look.format, look.now).key)
    for segment in look.heard:
        if segment.take is not None:
            blocks = np.frombuffer(encoded[segment.take].energies, "<f4")
            first = round((segment.from_samples / rate_hz + _BLOCK_S / 2) / _HOP_S)
            blocks = blocks[: len(energies) - first]
            energies[first : first + len(blocks)] = blocks
    return energies


def _bars(energies: Energies) -> str:
    edges = np.linspace(0, len(energies), min(_COLUMNS, len(energies)) + 1).astype(int)
    loudest = np.maximum.reduceat(energies, edges[:-1])
    decibels = 10 * np.log10(np.maximum(loudest, 1e-10))
    heights = np.clip((decibels - _FLOOR_DB) / (_TOP_DB - _FLOOR_DB), 0.005, 1) * _HEIGHT
    step = _COLUMNS / len(heights)
    return "".join(
        f"M{(index + 0.5) * step:.1f} {(_HEIGHT - height) / 2:.1f}v{height:.1f}" for index, height in enumerate(heights)
    )


def _curve(energies: Energies) -> str:
    sums = np.cumsum(np.concatenate([[0.0], energies]))
    width = min(_SHORT_TERM_HOPS, len(energies))
    means = (sums[width:] - sums[:-width]) / width
    lufs = _OFFSET_LU + 10 * np.log10(np.maximum(means, 1e-10))
    step = max(1, len(lufs) // _COLUMNS)
    places = (np.arange(len(lufs)) + width / 2) / len(energies) * _COLUMNS
    points = zip(places[::step].tolist(), _y(lufs[::step]).tolist(), strict=True)
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _y(lufs: Energies) -> Energies:
    shares: Energies = np.clip((_HIGHEST_LUFS - lufs) / (_HIGHEST_LUFS - _LOWEST_LUFS), 0, 1) * _HEIGHT
    return shares
