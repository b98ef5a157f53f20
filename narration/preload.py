"""What every worker needs, imported once by the server that workers are forked from, while the article is read."""

import av.filter
import lameenc
import soxr

from audio import decode, edit, lossless, loudness, master
from audio.codecs import mp3
from narration import studio
from narration.engines import pyttsx3

__all__ = ["av", "decode", "edit", "lameenc", "lossless", "loudness", "master", "mp3", "pyttsx3", "soxr", "studio"]
