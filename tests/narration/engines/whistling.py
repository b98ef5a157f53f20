"""A program that whistles: 40 ms a letter, each its own note, into a file or to standard output.

It misbehaves when it is told to.
"""

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
    said = f"{text} and on to the ends."
    letters = said * (15_000 // len(said)) if how == "ten minutes" else said
    notes = {letter: note(letter, float(speed), float(volume), int(variation)) for letter in set(letters)}
    samples = b"".join(notes[letter] for letter in letters)
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(samples)


def note(letter: str, speed: float, volume: float, variation: int) -> bytes:
    n_samples = round(0.04 * RATE_HZ / speed)
    turn = 2 * math.pi * 200 * 2 ** ((ord(letter) + variation) % 24 / 12) / RATE_HZ
    loud = 0 if letter == " " else 9_000 * volume
    swell = (math.sin(math.pi * n / n_samples) for n in range(n_samples))
    return array("h", [round(loud * each * math.sin(turn * n)) for n, each in enumerate(swell)]).tobytes()


main(*sys.argv[1:])
