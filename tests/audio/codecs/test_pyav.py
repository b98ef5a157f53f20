"""What AAC and Opus have in common: packets of whole clips that can be spliced."""

import numpy as np
import pytest
import soxr

from audio.codecs.aac import AacCodec
from audio.codecs.opus import OpusCodec
from audio.errors import AudioError
from audio.packets import Codec, Packets


@pytest.fixture(
    params=[AacCodec(), OpusCodec(), AacCodec(128_000, channels=2), OpusCodec(64_000, channels=2)],
    ids=["aac", "opus", "aac-stereo", "opus-stereo"],
)
def codec(request: pytest.FixtureRequest) -> Codec:
    return request.param


def voice(codec: Codec, n_frames: int, pitch_hz: float, seed: int = 1) -> np.ndarray:
    """A buzz with breath noise, silent for two frames before and 150 ms after; of two channels each is another."""
    if codec.channels == 2:
        left, right = (_voice(codec, n_frames, each, seed) for each in (pitch_hz, 1.3 * pitch_hz))
        return np.stack([left, right * np.float32(0.8)])
    return _voice(codec, n_frames, pitch_hz, seed)


def _voice(codec: Codec, n_frames: int, pitch_hz: float, seed: int) -> np.ndarray:
    n_samples = n_frames * codec.frame_samples
    time_s = np.arange(n_samples) / codec.sample_rate_hz
    buzz = sum(np.sin(2 * np.pi * pitch_hz * n * time_s) / n for n in range(1, 20))
    sound = 0.1 * buzz + np.random.default_rng(seed).normal(0, 0.02, n_samples)
    sound[: 2 * codec.frame_samples] = sound[n_samples - int(0.15 * codec.sample_rate_hz) :] = 0
    return sound.astype(np.float32)


def joined(*clips: Packets) -> Packets:
    return Packets(np.concatenate([clip.sizes for clip in clips]), b"".join(clip.payload for clip in clips))


def in_24_bits(sound: np.ndarray) -> np.ndarray:
    """Whole numbers, as players put out: Opus decoders carry dust of 1e-19 from one clip into the next."""
    return np.round(sound * 2**23).astype(np.int32)


def test_each_frame_becomes_one_packet(codec):
    assert len(codec.encode(voice(codec, 30, 120)).sizes) == 30


def test_no_frame_becomes_no_packet(codec):
    packets = codec.encode(np.zeros(0, np.float32))
    assert len(packets.sizes) == 0
    assert codec.decode(packets).size == 0


def test_clip_that_ends_within_a_frame_is_refused(codec):
    with pytest.raises(AudioError, match=f"pad them with silence to a multiple of {codec.frame_samples}"):
        codec.encode(voice(codec, 30, 120)[..., :-1])


def test_same_clip_gives_the_same_bytes(codec):
    assert codec.encode(voice(codec, 30, 120)).payload == codec.encode(voice(codec, 30, 120)).payload


def test_decoded_sound_is_as_long_as_promised(codec):
    sound = codec.decode(codec.encode(voice(codec, 30, 120)))
    assert sound.dtype == np.float32
    assert sound.shape[-1] == 30 * codec.frame_samples - codec.delay_samples


def test_decoded_sound_stands_where_it_stood(codec):
    sound = voice(codec, 60, 120)
    heard = codec.decode(codec.encode(sound))
    spectra = np.fft.rfft(sound[..., : heard.shape[-1]]) * np.conj(np.fft.rfft(heard))
    assert not np.argmax(np.fft.irfft(spectra), axis=-1).any()


def test_decoded_sound_resembles_what_went_in(codec):
    sound = voice(codec, 60, 120)
    heard = codec.decode(codec.encode(sound))
    error = heard - sound[..., : heard.shape[-1]]
    assert np.sum(error**2) < 0.1 * np.sum(sound**2)


def test_another_clip_in_between_changes_no_sample_of_its_neighbours(codec):
    first, last = codec.encode(voice(codec, 40, 100, 1)), codec.encode(voice(codec, 40, 130, 2))
    one = in_24_bits(codec.decode(joined(first, codec.encode(voice(codec, 50, 110, 3)), last)))
    other = in_24_bits(codec.decode(joined(first, codec.encode(voice(codec, 50, 180, 4)), last)))
    start, end = 40 * codec.frame_samples, 90 * codec.frame_samples
    assert not np.array_equal(one[..., start:end], other[..., start:end])
    np.testing.assert_array_equal(one[..., :start], other[..., :start])
    np.testing.assert_array_equal(one[..., end:], other[..., end:])


def test_spliced_clips_do_not_drift(codec):
    clip = codec.encode(voice(codec, 20, 120))
    sound = in_24_bits(codec.decode(joined(*[clip] * 100)))
    for channel in np.atleast_2d(sound):
        clips = np.resize(channel, 99 * 20 * codec.frame_samples).reshape(99, -1)
        np.testing.assert_array_equal(clips[1:], clips[:1].repeat(98, axis=0))


def test_true_peak_rises_by_no_more_than_the_headroom(codec):
    rises = []
    for seed in range(4):
        sound = voice(codec, 80, 90 + 40 * seed, seed)
        rises.append(true_peak_db(codec.decode(codec.encode(sound))) - true_peak_db(sound))
    assert max(rises) <= codec.headroom_db


def test_sound_that_is_no_number_is_an_error_or_silence(codec):
    broken = np.full(10 * codec.frame_samples, np.nan, np.float32)
    try:
        packets = codec.encode(broken)
    except AudioError:
        return
    assert not np.any(codec.decode(packets))


def test_damaged_packets_are_reported(codec):
    packets = codec.encode(voice(codec, 60, 120))
    rubbish = np.random.default_rng(3).integers(0, 256, len(packets.payload), np.uint8).tobytes()
    with pytest.raises(AudioError, match="damaged"):
        codec.decode(Packets(packets.sizes.copy(), rubbish))


def true_peak_db(sound: np.ndarray) -> float:
    return 20 * np.log10(np.abs(soxr.resample(sound.T, 1, 4)).max())
