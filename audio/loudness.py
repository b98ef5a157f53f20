"""How loud a clip is, after ITU-R BS.1770-4, and its RMS level.

The loudness of an episode follows from its takes: their block energies concatenated. The silence between them
needs no energies, because the gate at -70 LUFS takes it out again.
"""

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from audio.clip import Samples

if TYPE_CHECKING:
    from av.filter import Graph

Energies = NDArray[np.float32]
Biquad = tuple[float, float, float, float, float]

_HOPS_PER_BLOCK = 4  # blocks of 400 ms every 100 ms: 75 % overlap
_HOPS_PER_SECOND = 10
_OFFSET_LU = -0.691  # makes a 997 Hz sine of 0 dBFS read -3.01 LUFS
_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = -10.0
_DOT_SAMPLES = 8192  # float32 sums over stretches this short are exact to 0.0001 dB


def block_energies(samples: Samples, sample_rate_hz: int) -> Energies:
    """K-weighted mean square of every 400 ms block, one each 100 ms: float32, shape (n_blocks,).

    Of two channels the energies add up, so that a voice in both is 3.01 LU louder than in one. samples: 8 to 192 kHz.
    A clip shorter than a block counts as one; an empty clip has none. ITU-R BS.1770-4, Annex 1, equations 1 to 3.
    """
    seconds = (samples[..., at : at + sample_rate_hz] for at in range(0, samples.shape[-1], sample_rate_hz))
    return energies_of(seconds, sample_rate_hz)


def energies_of(seconds: Iterable[Samples], sample_rate_hz: int) -> Energies:
    """What block_energies gives, of sound that comes second by second: the last one may be shorter."""
    meters: tuple[_Meter, ...] = ()
    for second in seconds:
        channels = np.atleast_2d(second)
        meters = meters or tuple(_Meter(sample_rate_hz) for _ in channels)
        for meter, channel in zip(meters, channels, strict=True):
            meter.add(channel)
    return sum((meter.energies() for meter in meters[1:]), meters[0].energies()) if meters else np.zeros(0, np.float32)


class _Meter:
    """Adds up the energies of one channel."""

    def __init__(self, sample_rate_hz: int) -> None:
        self._rate_hz = sample_rate_hz
        self._edges = np.round(np.arange(_HOPS_PER_SECOND + 1) * sample_rate_hz / _HOPS_PER_SECOND).astype(np.intp)
        self._graph = _weighting_graph(sample_rate_hz)
        self._hops: list[NDArray[np.float64]] = []
        self._total = 0.0
        self._n_samples = 0

    def add(self, second: Samples) -> None:
        """The next second, in float64 inside: a whole clip would be three times its size."""
        weighted = _k_weighted(self._graph, second, self._rate_hz, self._n_samples)
        squares = np.square(weighted, out=weighted)
        whole_hops = int(np.searchsorted(self._edges, len(squares), side="right")) - 1
        self._total += float(squares.sum())
        self._n_samples += len(squares)
        if whole_hops:
            self._hops.append(np.add.reduceat(squares[: self._edges[whole_hops]], self._edges[:whole_hops]))

    def energies(self) -> Energies:
        """Those of all blocks."""
        sums = np.concatenate(self._hops) if self._hops else np.zeros(0)
        if len(sums) < _HOPS_PER_BLOCK:
            return np.full(min(1, self._n_samples), self._total / max(1, self._n_samples), np.float32)
        n_blocks = len(sums) - _HOPS_PER_BLOCK + 1
        blocks = sum((sums[hop : hop + n_blocks] for hop in range(_HOPS_PER_BLOCK)), np.zeros(n_blocks))
        samples_per_block = self._rate_hz * _HOPS_PER_BLOCK / _HOPS_PER_SECOND
        return (blocks / samples_per_block).astype(np.float32)


def integrated_lufs(energies: Energies) -> float:
    """Integrated loudness of all these blocks, gated twice, in LUFS; -inf when nothing is above -70 LUFS.

    A gain of g dB over the sound is a factor of 10 ** (g / 10) over its energies.
    ITU-R BS.1770-4, Annex 1, equations 4 to 7.
    """
    audible = energies > _energy(_ABSOLUTE_GATE_LUFS)
    if not audible.any():
        return -math.inf
    # averaged in float64 without a copy in it: a long episode has half a million blocks
    gate = energies.mean(dtype=np.float64, where=audible) * 10 ** (_RELATIVE_GATE_LU / 10)
    loud = audible & (energies > gate)
    return _OFFSET_LU + 10 * math.log10(energies.mean(dtype=np.float64, where=loud))


def clip_lufs(samples: Samples, sample_rate_hz: int) -> float:
    """Loudness of one clip in LUFS; of one under 400 ms, the level of all of it; -inf for silence.

    Under 3 s the figure may be 3 LU off the level of the speech around it.
    """
    return integrated_lufs(block_energies(samples, sample_rate_hz))


def sum_of_squares(samples: Samples) -> float:
    """The samples' squares added up, unweighted: parts add up to the whole, and silence adds 0."""
    stretches = (samples[start : start + _DOT_SAMPLES] for start in range(0, len(samples), _DOT_SAMPLES))
    return math.fsum(float(np.dot(stretch, stretch)) for stretch in stretches)


def rms_db(squares: float, n_samples: int) -> float:
    """RMS level in dB below full scale of n_samples whose squares add up to squares; -inf for silence."""
    return 10 * math.log10(squares / n_samples) if squares > 0 else -math.inf


def k_weighting(sample_rate_hz: int) -> tuple[Biquad, Biquad]:
    """The two filters of the K-weighting at any rate, each as b0, b1, b2, a1, a2 (a0 = 1).

    ITU-R BS.1770-4, Annex 1, tables 1 and 2 give them at 48 kHz; these are the analogue prototypes behind the
    tables, through the bilinear transform, with the constants that libebur128 and ffmpeg use.
    """
    shelf_q = 0.7071752369554196
    k = math.tan(math.pi * 1681.974450955533 / sample_rate_hz)
    high = 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    norm = 1 + k / shelf_q + k * k
    shelf = (
        (high + band * k / shelf_q + k * k) / norm,
        2 * (k * k - high) / norm,
        (high - band * k / shelf_q + k * k) / norm,
        2 * (k * k - 1) / norm,
        (1 - k / shelf_q + k * k) / norm,
    )
    pass_q = 0.5003270373238773
    k = math.tan(math.pi * 38.13547087602444 / sample_rate_hz)
    norm = 1 + k / pass_q + k * k
    return shelf, (1.0, -2.0, 1.0, 2 * (k * k - 1) / norm, (1 - k / pass_q + k * k) / norm)


def _energy(lufs: float) -> float:
    return float(10 ** ((lufs - _OFFSET_LU) / 10))


def _k_weighted(graph: "Graph", samples: Samples, sample_rate_hz: int, start: int) -> NDArray[np.float64]:
    from av import AudioFrame

    frame = AudioFrame.from_ndarray(samples[None].astype(np.float64), "dblp", "mono")
    frame.sample_rate = sample_rate_hz
    frame.pts = start
    graph.push(frame)
    weighted = graph.pull()
    assert isinstance(weighted, AudioFrame)
    return np.asarray(weighted.to_ndarray()[0], np.float64)


def _weighting_graph(sample_rate_hz: int) -> "Graph":
    from av.filter import Graph

    graph = Graph()
    nodes = [
        graph.add_abuffer(
            sample_rate=sample_rate_hz, format="dblp", layout="mono", time_base=Fraction(1, sample_rate_hz)
        )
    ]
    for b0, b1, b2, a1, a2 in k_weighting(sample_rate_hz):
        # In double precision, because the high-pass has its poles very close to 1.
        nodes.append(graph.add("biquad", f"b0={b0!r}:b1={b1!r}:b2={b2!r}:a0=1:a1={a1!r}:a2={a2!r}:r=f64:a=tdii"))
    nodes.append(graph.add("abuffersink"))
    graph.link_nodes(*nodes).configure()
    return graph
