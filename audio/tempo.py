"""A clip at another pace, its pitch unchanged."""

from fractions import Fraction

import numpy as np

from audio.clip import Clip

_SLOWEST = 0.5  # libavfilter's atempo goes no lower; two of them, one behind the other, do


def at_speed(clip: Clip, speed: float) -> Clip:
    """The clip spoken `speed` times as fast, by libavfilter's atempo; 1 gives the clip itself. speed: 0.25 to 4."""
    if speed == 1 or not len(clip.samples):
        return clip
    from av import AudioFrame
    from av.error import BlockingIOError, EOFError  # noqa: A004 - PyAV's own, which are no OSErrors of ours
    from av.filter import Graph

    rate_hz = clip.sample_rate_hz
    graph = Graph()
    nodes = [graph.add_abuffer(sample_rate=rate_hz, format="flt", layout="mono", time_base=Fraction(1, rate_hz))]
    nodes += [graph.add("atempo", f"tempo={factor!r}") for factor in _factors(speed)]
    nodes.append(graph.add("abuffersink"))
    graph.link_nodes(*nodes).configure()
    frame = AudioFrame.from_ndarray(clip.samples[None, :], "flt", "mono")
    frame.sample_rate = rate_hz
    frame.pts = 0
    graph.push(frame)
    graph.push(None)
    heard = []
    while True:
        try:
            pulled = graph.pull()
        except (BlockingIOError, EOFError):
            break
        assert isinstance(pulled, AudioFrame)
        heard.append(pulled.to_ndarray()[0])
    return Clip(np.concatenate(heard) if heard else clip.samples[:0], rate_hz)


def _factors(speed: float) -> list[float]:
    return [speed] if speed >= _SLOWEST else [_SLOWEST, speed / _SLOWEST]
