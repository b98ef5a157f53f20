"""A program that whistles: 40 ms a letter, into a file or to standard output, and misbehaves when it is told to."""

import math
import sys
import time
import wave
from array import array
from pathlib import Path

RATE_HZ = 16_000


def main(out: str, text_file: str, speed: str = "1", volume: str = "1", variation: str = "1", how: str = "") -> None:
    text = Path(text_file).read_text("utf-8") if text_file != "-" else sys.stdin.read()
    print("What a lovely day!", flush=True)
    print("no voice of that name", file=sys.stderr, flush=True)
    if how == "hangs":
        time.sleep(600)
    if how == "fails":
        sys.exit(3)
    if how == "chatters":
        for _ in range(20_000):
            print("la" * 50)
    if how == "silent":
        return
    letters = 15_000 if how == "ten minutes" else len(text) + 20
    n_samples = round(0.04 * letters * RATE_HZ / float(speed))
    pitch = 2 * math.pi * (200 + 10 * int(variation)) / RATE_HZ
    one_second = [round(9_000 * float(volume) * math.sin(pitch * n)) for n in range(RATE_HZ)]
    samples = array("h", one_second * (n_samples // RATE_HZ + 1))[:n_samples]
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(samples.tobytes())


main(*sys.argv[1:])
