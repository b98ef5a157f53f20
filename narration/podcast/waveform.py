"""A picture of the episode's sound: bars of its level, from the loudness that is kept with the packets."""

from collections.abc import Mapping

import numpy as np

from narration.podcast.programme import Programme
from narration.project import EncodedTake

WAVEFORM = "waveform.svg"
N_BARS = 300
_STEP_S, _BLOCK_S = 0.1, 0.4  # ITU-R BS.1770-4: blocks of 400 ms that overlap by 75 %
_FLOOR_DB, _TOP_DB = -50.0, -12.0
_HEIGHT = 100
_GREY = "#767676"  # 4.5 : 1 on white and on black alike


def levels(
    programme: Programme, encoded: Mapping[int, EncodedTake], channels: int, n_bars: int = N_BARS
) -> tuple[float, ...]:
    """How loud each part of the episode is, from 0 to 1: the loudest block in it, on a scale of decibels.

    encoded: by take, with the energies of its blocks; an hour of them takes 150 kB. channels: whose energies those are.
    """
    energies = np.zeros(n_bars)
    rate_hz = programme.sample_rate_hz
    for _, heard in programme.segments:
        if heard.take is not None:
            blocks = np.frombuffer(encoded[heard.take].energies, "<f4").astype(np.float64)
            middles = heard.from_samples + (np.arange(len(blocks)) * _STEP_S + _BLOCK_S / 2) * rate_hz
            bars = np.minimum(middles * n_bars // programme.n_samples, n_bars - 1).astype(int)
            np.maximum.at(energies, bars, blocks)
    decibels = 10 * np.log10(np.maximum(energies / channels, 1e-12))
    return tuple(np.clip((decibels - _FLOOR_DB) / (_TOP_DB - _FLOOR_DB), 0.02, 1.0).round(3).tolist())


def waveform_svg(bars: tuple[float, ...]) -> str:
    """The bars as a picture that can be drawn out to any width."""
    strokes = "".join(
        f"M{4 * number + 2} {_HEIGHT * (1 - level) / 2:.1f}v{_HEIGHT * level:.1f}" for number, level in enumerate(bars)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {4 * len(bars)} {_HEIGHT}" preserveAspectRatio="none">'
        f'<path d="{strokes}" stroke="{_GREY}" stroke-width="2.4" stroke-linecap="round"/></svg>\n'
    )
