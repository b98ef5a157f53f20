"""Voices of Debian's flite, asked through its library, which tells when each word is heard."""

import ctypes
from collections.abc import Iterator
from ctypes.util import find_library
from functools import cache

import numpy as np

from audio.clip import Clip
from narration.word_times.words import Timed

IS_HERE = find_library("flite_cmu_us_slt") is not None


class _Wave(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_char_p),
        ("sample_rate", ctypes.c_int),
        ("num_samples", ctypes.c_int),
        ("num_channels", ctypes.c_int),
        ("samples", ctypes.POINTER(ctypes.c_short)),
    )


_RESULTS = {
    "flite_synth_text": ctypes.c_void_p,
    "utt_wave": ctypes.POINTER(_Wave),
    "utt_relation": ctypes.c_void_p,
    "relation_head": ctypes.c_void_p,
    "item_next": ctypes.c_void_p,
    "ffeature_float": ctypes.c_float,
    "ffeature_string": ctypes.c_char_p,
    "delete_utterance": None,
}


@cache
def _library() -> ctypes.CDLL:
    loaded = [
        ctypes.CDLL(find_library(name), ctypes.RTLD_GLOBAL) for name in ("flite", "flite_cmulex", "flite_usenglish")
    ]
    flite = loaded[0]
    for name, result in _RESULTS.items():
        getattr(flite, name).restype = result
    flite.flite_init()
    return flite


@cache
def _voice(name: str) -> ctypes.c_void_p:
    _library()
    register = getattr(ctypes.CDLL(find_library(f"flite_cmu_us_{name}"), ctypes.RTLD_GLOBAL), f"register_cmu_us_{name}")
    register.restype = ctypes.c_void_p
    return ctypes.c_void_p(register(None))


def spoken(text: str, voice: str) -> tuple[Clip, tuple[Timed, ...]]:
    """The text in a voice (slt, rms, awb), and when each token of it that is found in the text is heard."""
    flite = _library()
    utterance = ctypes.c_void_p(flite.flite_synth_text(text.encode(), _voice(voice)))
    wave = flite.utt_wave(utterance).contents
    rate_hz = wave.sample_rate
    samples = np.ctypeslib.as_array(wave.samples, (wave.num_samples,)).astype(np.float32) / np.float32(32768)
    runs: list[Timed] = []
    for token, from_s, to_s in _words(flite, utterance):
        place = text.find(token, runs[-1][1] if runs else 0)
        if place >= 0:
            runs.append((place, place + len(token), round(from_s * rate_hz), round(to_s * rate_hz)))
        else:  # one more word of the token before: a number
            runs[-1] = (*runs[-1][:3], round(to_s * rate_hz))
    flite.delete_utterance(utterance)
    return Clip(samples, rate_hz), tuple(runs)


def _words(flite: ctypes.CDLL, utterance: ctypes.c_void_p) -> Iterator[tuple[str, float, float]]:
    item = flite.relation_head(ctypes.c_void_p(flite.utt_relation(utterance, b"Word")))
    while item:
        at = ctypes.c_void_p(item)
        yield (
            flite.ffeature_string(at, b"R:Token.parent.name").decode(),
            flite.ffeature_float(at, b"R:SylStructure.daughter1.daughter1.R:Segment.p.end"),
            flite.ffeature_float(at, b"R:SylStructure.daughtern.daughtern.R:Segment.end"),
        )
        item = flite.item_next(at)
