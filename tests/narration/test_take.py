"""A take's key, and why it is another."""

import json
from dataclasses import asdict, fields, replace

import pytest
from hypothesis import given

from narration.take import RECORDING_FORMAT, Pronunciation, SentenceTime, Sound, sound_from
from tests.narration.values import ENCODED, SOUND, sounds

OTHER = {
    "utterances": ("Two.", "One."),
    "engine": "other",
    "engine_version": "tone 2",
    "voice": "high",
    "fingerprint": "0f",
    "speed": 1.1,
    "volume": 0.5,
    "sentence_pause_s": 0.4,
    "variation": 2,
    "recording_format": RECORDING_FORMAT + 1,
    "pronunciations": (Pronunciation(0, 0, 3, "wɒn"),),
}


@pytest.mark.parametrize("name", [field.name for field in fields(Sound)])
def test_every_field_changes_the_key(name: str) -> None:
    assert replace(SOUND, **{name: OTHER[name]}).key != SOUND.key


def test_keys_of_all_changes_differ() -> None:
    keys = {replace(SOUND, **{name: value}).key for name, value in OTHER.items()}
    assert len(keys) == len(OTHER)


def test_key_is_the_same_tomorrow() -> None:
    assert SOUND.key == "fab8b56ea6a56a332ded51555a283cfa031970f7f8eb2e2f64659aeb960a2b40"


@pytest.mark.parametrize(
    ("one", "other"),
    [(("a", "b"), ("a b",)), (("ab", ""), ("a", "b")), (('a", "b',), ("a", "b")), (("é",), ("e\u0301",))],
)
def test_utterances_that_look_alike_have_other_keys(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert replace(SOUND, utterances=one).key != replace(SOUND, utterances=other).key


def test_key_of_a_lone_surrogate_can_be_made() -> None:
    assert replace(SOUND, utterances=("\udce9",)).key


def test_another_transcription_is_another_sound() -> None:
    keys = {replace(SOUND, pronunciations=(Pronunciation(0, 0, 3, ipa),)).key for ipa in ("wɒn", "wʌn")}
    assert len(keys) == 2


def test_part_of_a_sound_takes_its_pronunciations_along() -> None:
    whole = replace(SOUND, pronunciations=(Pronunciation(0, 0, 3, "wʌn"), Pronunciation(1, 0, 3, "tuː")))
    assert whole.part(1, 2) == replace(SOUND, utterances=("Two.",), pronunciations=(Pronunciation(0, 0, 3, "tuː"),))
    assert whole.saying(("Two.",)).pronunciations == ()


@given(sounds)
def test_sound_comes_back_as_it_was_stored(sound: Sound) -> None:
    stored = json.loads(json.dumps(asdict(sound)))
    assert sound_from(stored) == sound
    assert sound_from(stored).key == sound.key


@pytest.mark.parametrize("name", [name for name in OTHER if name != "variation"])
def test_every_change_has_a_reason(name: str) -> None:
    assert replace(SOUND, **{name: OTHER[name]}).difference(SOUND)


def test_another_variation_is_no_difference() -> None:
    assert replace(SOUND, variation=2).difference(SOUND) == ""
    assert replace(SOUND, variation=2).first == SOUND


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"utterances": ("Three.",)}, "text changed"),
        ({"voice": "high"}, "voice changed from low to high"),
        ({"speed": 1.5}, "speed changed from 1 to 1.5"),
        ({"speed": 2.0, "voice": "high"}, "voice changed from low to high; speed changed from 1 to 2"),
        ({"engine": "other", "engine_version": "other 1"}, "engine changed from tone to other"),
        ({"engine_version": "tone 2"}, "engine changed from version “tone 1” to “tone 2”"),
        ({"voice": "high", "fingerprint": "0f"}, "voice changed from low to high"),
        ({"fingerprint": "0f"}, "the voice's model changed"),
        ({"sentence_pause_s": 0.5}, "pause between sentences changed from 0.35 to 0.5 s"),
    ],
)
def test_difference_says_what_a_person_changed(change: dict[str, object], reason: str) -> None:
    assert replace(SOUND, **change).difference(SOUND) == reason


def test_sentence_moved_later_takes_its_words_along() -> None:
    assert SentenceTime(1, 5, ((0, 3, 1, 4),)).later(10) == SentenceTime(11, 15, ((0, 3, 11, 14),))


def test_packets_are_counted_by_their_sizes() -> None:
    assert ENCODED.n_packets == 2
