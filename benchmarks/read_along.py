"""How far the marked word is from the heard one, in Chromium, at several speeds, from the start and after a seek.

    python benchmarks/read_along.py

Words are whistles at known times. What is heard is taken from the audio element through Web Audio, where a processor
finds each onset to the sample; a word counts as seen when the frame after the one that marked it begins. That way of
the sound is longer than the one to the loudspeaker, of which the browser's clock knows: by how much is measured on the
same sound as WAV, which has no decoder's delay, and taken off.
"""

import tempfile
import wave
from pathlib import Path

import av
import numpy as np
from browser import chromium, served
from measure import machine
from playwright.sync_api import Browser, Page

from audio.codecs.mp3 import Mp3Codec
from audio.episode import Episode, Part, Tags
from audio.formats.mp3 import Mp3Format
from audio.packets import Packets
from narration.heard import HeardSegment, HeardSentence, HeardWord
from narration.podcast.page import write_page
from narration.podcast.programme import Programme, ProgrammeChapter
from script.script import Segment

CODEC = Mp3Codec()
RATE_HZ = CODEC.sample_rate_hz
SECONDS, WHISTLE_S = 120, 0.14
PLAYED_S = 8
FRAME_MS = 1000 / 60

LISTEN = """async () => {
  const source = `
    class Onsets extends AudioWorkletProcessor {
      constructor() { super(); this.quiet = 0; }
      process([[samples]]) {
        if (!samples) this.quiet += 128;
        else samples.forEach((sample, index) => {
          if (Math.abs(sample) < 0.03) this.quiet += 1;
          else {
            if (this.quiet > 0.04 * sampleRate) this.port.postMessage((currentFrame + index) / sampleRate);
            this.quiet = 0;
          }
        });
        return true;
      }
    }
    registerProcessor("onsets", Onsets);`;
  const context = new AudioContext();
  await context.resume();
  await context.audioWorklet.addModule(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  const element = context.createMediaElementSource(player.audio);
  const node = new AudioWorkletNode(context, "onsets");
  element.connect(node);
  element.connect(context.destination);
  window.onsets = [];
  node.port.onmessage = ({ data }) => {
    const { contextTime, performanceTime } = context.getOutputTimestamp();
    onsets.push(performanceTime + (data - contextTime) * 1000);
  };
  window.ticks = [];
  window.seen = [];
  let marked = [];
  const { marks } = player.highlighter;
  const mark = marks.mark.bind(marks);
  marks.mark = (sentence, word) => { mark(sentence, word); if (word) marked.push(word.toString()); };
  let before = 0;
  const frame = () => {
    const now = performance.now();
    ticks.push([now, player.audio.currentTime]);
    seen.push(...marked.map((word) => [word, now, now - before]));
    before = now;
    marked = [];
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}"""


class Sound:
    """Whistles with silences between them, encoded."""

    def __init__(self) -> None:
        chance = np.random.default_rng(3)
        samples = np.zeros(CODEC.frame_samples * round(SECONDS * RATE_HZ / CODEC.frame_samples), "f4")
        length = int(WHISTLE_S * RATE_HZ)
        starts = []
        position = RATE_HZ // 2
        while position + RATE_HZ < len(samples):
            starts.append(position)
            tone = np.sin(2 * np.pi * chance.uniform(300, 1500) * np.arange(length) / RATE_HZ)
            samples[position : position + length] = 0.4 * tone * np.minimum(1, np.arange(length) / (RATE_HZ / 1000))
            position += length + int(chance.uniform(0.16, 0.4) * RATE_HZ)
        self.starts = starts
        self._packets = CODEC.encode(samples)
        self.n_packets, self.n_bytes = len(self._packets.sizes), len(self._packets.payload)

    def packets(self) -> Packets:
        """The packets themselves."""
        return self._packets


def main() -> None:
    print(machine())
    sound = Sound()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_page(published(sound, folder), folder)
        with served(folder) as root, chromium() as browser:
            address = f"{root}episodes/it/index.html"
            way = {speed: longer_way_ms(browser, address, sound, speed) for speed in (1.0, 2.0)}
            print(
                "by Web Audio the sound comes later:",
                ", ".join(f"{ms:.1f} ms at {speed} ×" for speed, ms in way.items()),
            )
            print(
                "\nthe word is seen, after it is heard:          median   earliest  latest   within 30 ms   late frames"
            )
            for speed in (1.0, 2.0):
                for place in (0, 0.2, 0.4, 0.6, 0.8):
                    late, missed = lateness_ms(browser, address, speed, place * SECONDS)
                    late += way[speed]
                    print(
                        f"{speed} ×, from {place * SECONDS:5.1f} s  {len(late):3} words   "
                        f"{np.median(late):15.1f} ms {late.min():7.1f} {late.max():8.1f}"
                        f"{np.mean(np.abs(late) <= 30):15.0%} {missed:15}"
                    )


def lateness_ms(browser: Browser, address: str, speed: float, from_s: float) -> tuple[np.ndarray, int]:
    """Of each word played from there, how long after its onset it was seen; how many came with a frame that was late.

    Those are counted and left out: the machine had other things to do.
    """
    page = listening(browser, address)
    played(page, speed, from_s)
    onsets, seen = np.array(page.evaluate("onsets")), page.evaluate("seen")
    page.context.close()
    times = [time for _, time, frame_ms in seen[2:-1] if frame_ms < 1.5 * FRAME_MS]
    return np.array([time - onsets[np.abs(onsets - time).argmin()] for time in times]), len(seen[2:-1]) - len(times)


def longer_way_ms(browser: Browser, address: str, sound: Sound, speed: float) -> float:
    """How much later an onset comes out of Web Audio than the element's clock says, of a file without delays."""
    page = listening(browser, address)
    page.evaluate("player.audio.src = 'it.wav'")
    played(page, speed, 10)
    onsets, clock = np.array(page.evaluate("onsets")), np.array(page.evaluate("ticks"))
    page.context.close()
    starts = np.array(sound.starts) / RATE_HZ
    at = np.interp(onsets[2:-1], clock[:, 0], clock[:, 1])
    nearest = starts[np.abs(starts[:, None] - at + 0.04 * speed).argmin(axis=0)]
    return float(np.median(at - nearest)) * 1000 / speed


def listening(browser: Browser, address: str) -> Page:
    page = browser.new_context(bypass_csp=True).new_page()
    page.goto(address)
    page.evaluate(LISTEN)
    return page


def played(page: Page, speed: float, from_s: float) -> None:
    page.evaluate(f"player.setSpeed({speed}); player.seek({from_s * 1000})")
    page.wait_for_timeout(1000)
    page.evaluate("onsets.length = seen.length = ticks.length = 0; player.play()")
    page.wait_for_timeout(1000 * PLAYED_S)
    page.evaluate("player.audio.pause()")
    page.wait_for_timeout(300)


def published(sound: Sound, folder: Path) -> Programme:
    """The programme of the whistles, one word each; their sound in the folder, as mp3 and as WAV."""
    path = folder / "episodes" / "it" / "it.mp3"
    path.parent.mkdir(parents=True)
    parts: list[Part] = [sound]
    with path.open("w+b") as out:
        Mp3Format().write(Episode(CODEC, parts, (), Tags()), out)
    with av.open(str(path)) as file:
        samples = np.concatenate([frame.to_ndarray()[0] for frame in file.decode(audio=0)])
    with wave.open(str(path.with_suffix(".wav")), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(RATE_HZ)
        wav.writeframes((samples * 32767).astype("<i2").tobytes())
    words, text = [], ""
    for number, start in enumerate(sound.starts):
        word = f"w{number}"
        span = (len(text), len(text) + len(word))
        words.append(HeardWord(*span, start, start + int(WHISTLE_S * RATE_HZ), span))
        text += f"{word} "
    sentence = HeardSentence(text, words[0].from_samples, words[-1].to_samples, tuple(words), "exact")
    segment = Segment(1, "paragraph", 0, 1, text.strip(), (), "", None, 0)
    n_samples = len(samples)
    return Programme(
        "key",
        "it",
        "Whistles",
        "",
        "",
        "en",
        "",
        path.name,
        "audio/mpeg",
        path.stat().st_size,
        RATE_HZ,
        n_samples,
        (ProgrammeChapter(1, "Whistles", 0, n_samples, 1, 1),),
        ((segment, HeardSegment(1, 1, "tone/high", 0, n_samples, (sentence,))),),
    )


if __name__ == "__main__":
    main()
