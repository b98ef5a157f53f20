"""Small pictures, as encoders that we did not write make them."""

from fractions import Fraction

import av
import numpy as np

_ENCODERS = {
    "png": ("png", "rgb24"),
    "jpeg": ("mjpeg", "yuvj420p"),
    "webp": ("libwebp", "yuv420p"),
    "gif": ("gif", "rgb8"),
}


def picture(kind: str, width: int = 40, height: int = 30) -> bytes:
    codec, pixels = _ENCODERS[kind]
    encoder = av.CodecContext.create(codec, "w")
    encoder.width, encoder.height, encoder.pix_fmt, encoder.time_base = width, height, pixels, Fraction(1, 1)
    colours = np.full((height, width, 3), (200, 120, 40), np.uint8)
    frame = av.VideoFrame.from_ndarray(colours, "rgb24").reformat(format=pixels)
    frame.pts = 0
    return b"".join(bytes(packet) for packet in [*encoder.encode(frame), *encoder.encode(None)])
