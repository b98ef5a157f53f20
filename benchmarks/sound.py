"""What the files hold, by ffmpeg's and PyAV's word: loudness, true peak, and where chapters start.

    python benchmarks/sound.py [--clips 1000] [--stereo]

Loudness and true peak: ffmpeg's ebur128 over the decoded file. Chapters: an episode of that many one-word paragraphs
of the whistling engine; the onset of each whistle in the decoded sound, and so of its clip, against the timeline.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import av
import numpy as np
import prose
from measure import machine, run

NARRATE = str(Path(sys.executable).with_name("narrate"))
FORMATS = ("mp3", "m4b", "opus", "flac", "wav")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--clips", type=int, default=1000)
    parser.add_argument("--stereo", action="store_true")
    given = parser.parse_args()
    clips, channels = given.clips, ["--stereo"] if given.stereo else []
    print(machine())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "article.txt").write_text(prose.article(20_000))
        (folder / "words.txt").write_text("\n\n".join(f"Whistle number {n} it is." for n in range(clips)))
        target = -16 if given.stereo else -19
        print(f"\nformat  loudness (target {target})  true peak (at most -1)   by ffmpeg's ebur128")
        for suffix in FORMATS:
            run([NARRATE, "article.txt", "-q", *channels, "-o", f"article.{suffix}"], folder)
            loudness, peak = ebur128(folder / f"article.{suffix}")
            print(f"{suffix:6}  {loudness:8.1f} LUFS          {peak:8.1f} dBTP")
        print(f"\nformat  largest distance of {clips} chapter starts from the timeline, after decoding")
        for suffix in FORMATS:
            command = [NARRATE, "words.txt", "--engine", "tone", "--json", "-q", *channels, "-o", f"words.{suffix}"]
            document = json.loads(run(command, folder).output)
            print(f"{suffix:6}  {chapters_off(folder / f'words.{suffix}', document)} samples")


def ebur128(path: Path) -> tuple[float, float]:
    command = ["ffmpeg", "-hide_banner", "-nostats", "-i", str(path), "-af", "ebur128=peak=true", "-f", "null", "-"]
    summary = subprocess.run(command, capture_output=True, text=True, check=True).stderr.rpartition("Summary:")[2]
    loudness, peak = re.search(r"I:\s+(\S+) LUFS", summary), re.search(r"Peak:\s+(\S+) dBFS", summary)
    assert loudness
    assert peak
    return float(loudness[1]), float(peak[1])


def chapters_off(path: Path, document: dict[str, object]) -> int:
    """Samples between where chapters are said to start and where their silence before the first whistle begins.

    The first whistle of every clip is the same, so its distance from the clip's start is the same: the spread of the
    distances is how far a chapter is off.
    """
    sound, rate_hz = decoded(path)
    chapters = document["chapters"]
    assert isinstance(chapters, list)
    starts = [round(chapter["start_s"] * rate_hz) for chapter in chapters]
    first = onset_shape(sound, starts[0], rate_hz)
    distances = [aligned(first, onset_shape(sound, start, rate_hz)) for start in starts]
    return max(abs(distance) for distance in distances)


def decoded(path: Path) -> tuple[np.ndarray, int]:
    """The sound of the file, of its last channel where it has two."""
    with av.open(str(path)) as container:
        planar = av.AudioResampler(format="fltp")
        frames = [each for frame in container.decode(audio=0) for each in planar.resample(frame)]
        rate_hz = container.streams.audio[0].rate
    return np.concatenate([frame.to_ndarray()[-1] for frame in frames]).astype(np.float64), rate_hz


def onset_shape(sound: np.ndarray, start: int, rate_hz: int) -> np.ndarray:
    return sound[start : start + rate_hz // 5]


def aligned(one: np.ndarray, other: np.ndarray) -> int:
    """The shift, in samples, at which the two are most alike."""
    n = min(len(one), len(other))
    spectrum = np.fft.rfft(one[:n], 2 * n) * np.conj(np.fft.rfft(other[:n], 2 * n))
    shift = int(np.argmax(np.fft.irfft(spectrum)))
    return shift if shift < n else shift - 2 * n


if __name__ == "__main__":
    main()
