"""Writes .flac files: tags, chapters, a seek table, and the episode's frames numbered throughout."""

import struct
from collections.abc import Iterator, Sequence
from typing import BinaryIO

import numpy as np

from audio.codecs.flac import FlacCodec, FrameLimits, stream_info
from audio.episode import Episode
from audio.errors import AudioError
from audio.formats.flac_frames import renumbered
from audio.formats.vorbis_comments import VENDOR, comment_block, episode_comments, picture_block

_STREAM_INFO, _SEEK_TABLE, _COMMENTS, _PICTURE = 0, 3, 4, 6  # block types. Source: RFC 9639, section 8.1
_LAST_BLOCK = 0x80
_MAX_BLOCK_BYTES = (1 << 24) - 1
_SEEK_FRAMES = 383  # ten seconds from one seek point to the next


class FlacFormat:
    """An episode as .flac."""

    suffix = ".flac"
    codec = FlacCodec()
    stereo_codec = FlacCodec(channels=2)

    def write(self, episode: Episode, out: BinaryIO) -> None:
        """Write the frames, and into the room kept before them the head: sizes and offsets are known only now."""
        start = out.tell()
        n_seek_points = -(-episode.n_packets // _SEEK_FRAMES)
        out.write(_head(episode, FrameLimits(), [0] * n_seek_points))
        limits, seek_offsets = _write_frames(episode, out)
        end = out.tell()
        out.seek(start)
        out.write(_head(episode, limits, seek_offsets))
        out.seek(end)


FLAC = FlacFormat()


def _write_frames(episode: Episode, out: BinaryIO) -> tuple[FrameLimits, list[int]]:
    """Write all frames; tell how small and large they are, and where each _SEEK_FRAMES-th lies behind the first."""
    n_frames = n_bytes = largest = 0
    smallest = _MAX_BLOCK_BYTES
    seek_offsets: list[int] = []
    for part in episode.parts:
        packets = renumbered(part.packets(), n_frames)
        sizes = packets.sizes.astype(np.int64)
        starts = n_bytes + np.cumsum(sizes) - sizes
        seek_offsets += starts[-n_frames % _SEEK_FRAMES :: _SEEK_FRAMES].tolist()
        out.write(packets.payload)
        smallest, largest = int(sizes.min(initial=smallest)), int(sizes.max(initial=largest))
        n_frames += len(sizes)
        n_bytes += len(packets.payload)
    return FrameLimits(min(smallest, largest), largest), seek_offsets


def _head(episode: Episode, limits: FrameLimits, seek_offsets: Sequence[int]) -> bytes:
    """All that stands before the frames; as long whatever the limits and offsets are."""
    blocks = list(_blocks(episode, limits, seek_offsets))
    for kind, body in blocks:
        if len(body) > _MAX_BLOCK_BYTES:
            what = "cover exceeds" if kind == _PICTURE else "chapter titles exceed"
            raise AudioError(f"The {what} the 16 MiB that a FLAC file allows; take something smaller.")
    last = len(blocks) - 1
    heads = (
        bytes([kind | _LAST_BLOCK * (number == last)]) + len(body).to_bytes(3, "big") + body
        for number, (kind, body) in enumerate(blocks)
    )
    return b"fLaC" + b"".join(heads)


def _blocks(episode: Episode, limits: FrameLimits, seek_offsets: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    yield _STREAM_INFO, stream_info(limits, episode.n_samples, episode.codec.channels)
    if seek_offsets:
        yield _SEEK_TABLE, b"".join(_seek_point(number, offset) for number, offset in enumerate(seek_offsets))
    yield _COMMENTS, comment_block(VENDOR, episode_comments(episode))
    if episode.tags.cover:
        yield _PICTURE, picture_block(episode.tags.cover)


def _seek_point(number: int, offset: int) -> bytes:
    """Sample, byte offset from the first frame, samples of the frame there. Source: RFC 9639, section 8.5."""
    samples = FlacCodec.frame_samples
    return struct.pack(">2QH", number * _SEEK_FRAMES * samples, offset, samples)
