"""Music around and under speech: looped, faded, and turned down while somebody speaks."""

from collections.abc import Sequence

import numpy as np

from audio.clip import Samples

CROSSFADE_S = 2.0  # where the end of the music goes over into its beginning
ATTACK_S = 0.4  # the music is down before the voice begins
RELEASE_S = 1.0  # and comes back behind it, slowly enough not to be heard to pump
_STRETCH = 1 << 18  # samples whose gain is worked out at a time

Spoken = Sequence[tuple[int, int]]
"""Where somebody speaks: samples from and to, rising."""


def looped(music: Samples, n_samples: int, sample_rate_hz: int) -> Samples:
    """The music for as long as is asked for, its end going over into its beginning at equal power.

    music: not empty. One that is long enough is cut; one under twice the crossfade is put end to end.
    """
    *channels, n_music = music.shape
    overlap = min(round(CROSSFADE_S * sample_rate_hz), n_music // 2)
    step = n_music - overlap
    out = np.zeros((*channels, n_samples), np.float32)
    phase = np.linspace(0, np.pi / 2, overlap, dtype=np.float32)

    def lay(at: int, samples: Samples) -> None:
        under = out[..., at : at + samples.shape[-1]]
        under += samples[..., : under.shape[-1]]

    for start in range(0, n_samples, step):
        lay(start, music[..., :overlap] * np.sin(phase) if start else music[..., :overlap])
        lay(start + overlap, music[..., overlap:step])
        lay(start + step, music[..., step:] * np.cos(phase))
    return out


def fade(samples: Samples, n_in: int, n_out: int) -> None:
    """Fade the sound in over its first samples and out over its last, in the array itself, by raised cosines."""
    n_samples = samples.shape[-1]
    n_in, n_out = min(n_in, n_samples), min(n_out, n_samples)
    samples[..., :n_in] *= _rising(n_in)
    samples[..., n_samples - n_out :] *= _rising(n_out)[::-1]


def duck(music: Samples, spoken: Spoken, sample_rate_hz: int, depth_db: float) -> None:
    """Turn the music down by depth_db while somebody speaks, in the array itself.

    It goes down in the ATTACK_S before, and comes back in the RELEASE_S behind; in a pause that is shorter than both
    it stays down.
    """
    attack, release = round(ATTACK_S * sample_rate_hz), round(RELEASE_S * sample_rate_hz)
    points: list[tuple[int, float]] = []
    for start, end in _together(spoken, attack + release):
        points += [(start - attack, 0.0), (start, -depth_db), (end, -depth_db), (end + release, 0.0)]
    if not points:
        return
    positions, gains_db = zip(*points, strict=True)
    for at in range(0, music.shape[-1], _STRETCH):
        some = music[..., at : at + _STRETCH]
        some *= 10 ** (np.interp(np.arange(at, at + some.shape[-1]), positions, gains_db).astype(np.float32) / 20)


def _together(spoken: Spoken, gap: int) -> Spoken:
    """The stretches, those no further apart than the gap being one."""
    runs: list[tuple[int, int]] = []
    for start, end in spoken:
        if runs and start - runs[-1][1] <= gap:
            runs[-1] = (runs[-1][0], max(end, runs[-1][1]))
        else:
            runs.append((start, end))
    return runs


def _rising(n_samples: int) -> Samples:
    phase = np.pi * (np.arange(n_samples, dtype=np.float32) + 0.5) / max(n_samples, 1)
    return (0.5 - 0.5 * np.cos(phase)).astype(np.float32)
