"""MP4 files: .m4b for audiobook players, which know chapters and keep the place, and .m4a for the others."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

import numpy as np

from audio.codecs.aac import AacCodec
from audio.episode import Episode
from audio.formats.mp4_boxes import Box, box, movie_header, n_bytes
from audio.formats.mp4_tags import user_data
from audio.formats.mp4_tracks import chapter_samples, chapter_track, sound_track
from audio.packets import Sizes

_WIDE_BYTES = (1 << 32) - (1 << 28)  # from here on 32 bits could fall short, as the index comes first


@dataclass(frozen=True, slots=True)
class Mp4:
    """Writes one kind of MP4 file; its index stands before the sound, so that it plays while it loads.

    brand: what the file says it is. Source: ISO/IEC 14496-12 and 14496-14.
    """

    suffix: str
    brand: bytes
    audiobook: bool
    codec: AacCodec = field(default_factory=AacCodec)
    stereo_codec: AacCodec = field(default_factory=lambda: AacCodec(128_000, channels=2))

    def write(self, episode: Episode, out: BinaryIO) -> None:
        """Write the whole file, one part in memory at a time; the index is filled in when all are through."""
        titles = chapter_samples(episode.chapters)
        data_bytes = n_bytes(titles) + sum(part.n_bytes for part in episode.parts)
        wide = data_bytes >= _WIDE_BYTES
        sizes = np.zeros(episode.n_packets, np.uint32)
        out.writelines(box(b"ftyp", self.brand, bytes(4), self.brand, b"M4A mp42isom"))
        index_at_bytes = out.tell()
        out.writelines(self._index(episode, titles, sizes, 0, wide=wide))
        out.write(_data_header(data_bytes, wide=wide))
        start_bytes = out.tell()
        out.writelines(titles)
        n_packets = 0
        for part in episode.parts:
            packets = part.packets()
            sizes[n_packets : n_packets + len(packets.sizes)] = packets.sizes
            n_packets += len(packets.sizes)
            out.write(packets.payload)
        out.seek(index_at_bytes)
        out.writelines(self._index(episode, titles, sizes, start_bytes, wide=wide))

    def _index(self, episode: Episode, titles: Sequence[bytes], sizes: Sizes, start_bytes: int, *, wide: bool) -> Box:
        """Box moov; start_bytes: where the titles lie in the file, and the packets behind them."""
        tracks = [sound_track(episode, sizes, start_bytes + n_bytes(titles), wide=wide)]
        if titles:
            tracks.append(chapter_track(episode, titles, start_bytes))
        return box(
            b"moov",
            movie_header(episode.codec.sample_rate_hz, episode.n_samples, len(tracks)),
            *tracks,
            user_data(episode, audiobook=self.audiobook),
        )


M4B = Mp4(suffix=".m4b", brand=b"M4B ", audiobook=True)
M4A = Mp4(suffix=".m4a", brand=b"M4A ", audiobook=False)


def _data_header(data_bytes: int, *, wide: bool) -> bytes:
    """Size and kind of box mdat, in 16 bytes where 32 bits could fall short."""
    if wide:
        return struct.pack(">I4sQ", 1, b"mdat", 16 + data_bytes)
    return struct.pack(">I4s", 8 + data_bytes, b"mdat")
