"""Ogg Opus: small files that browsers, Android and most podcast players know. Source: RFC 7845."""

import zlib
from dataclasses import dataclass, field
from typing import BinaryIO

import numpy as np

from audio.codecs.opus import OpusCodec, opus_head
from audio.episode import Episode
from audio.formats.ogg import OggStream
from audio.formats.vorbis_comments import VENDOR, comment_block, episode_comments, picture_comment

# An Opus frame has at most 1,275 bytes, six segments: so many always fit on a page, none goes over its edge.
# At 20 ms each that is 0.84 s, less than the second that RFC 7845 advises for seeking.
_PACKETS_PER_PAGE = 255 // 6


@dataclass(frozen=True, slots=True)
class OggOpus:
    """Writes .opus files."""

    suffix: str = ".opus"
    codec: OpusCodec = field(default_factory=OpusCodec)
    stereo_codec: OpusCodec = field(default_factory=lambda: OpusCodec(64_000, channels=2))

    def write(self, episode: Episode, out: BinaryIO) -> None:
        """Write the whole file, one part in memory at a time."""
        codec = episode.codec
        tags = _opus_tags(episode)
        stream = OggStream(out, serial_number=zlib.crc32(tags))  # any number will do, if it is always the same one
        stream.write_header(opus_head(codec.delay_samples, codec.sample_rate_hz, codec.channels))
        stream.write_header(tags)
        n_written, n_all = 0, episode.n_packets
        for part in episode.parts:
            packets = part.packets()
            counts = np.arange(n_written + 1, n_written + len(packets.sizes) + 1, dtype=np.int64)
            n_written += len(packets.sizes)
            stream.write_packets(packets, counts * codec.frame_samples, _PACKETS_PER_PAGE, last=n_written == n_all)


OPUS = OggOpus()


def _opus_tags(episode: Episode) -> bytes:
    """Comment header. Source: RFC 7845, section 5.2."""
    cover = episode.tags.cover
    pictures = () if cover is None else (picture_comment(cover),)
    return b"OpusTags" + comment_block(VENDOR, (*episode_comments(episode), *pictures))
