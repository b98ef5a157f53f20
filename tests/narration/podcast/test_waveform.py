"""The picture of the sound."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np

from narration.podcast.waveform import levels, waveform_svg
from narration.project import EncodedTake
from tests.narration.podcast.programmes import programme


def encoded(*energies: float) -> EncodedTake:
    return EncodedTake(1, 1, 1, 1, -1.0, np.array(energies, "<f4").tobytes(), 0, ((0, 0),))


def test_bars_are_high_where_the_sound_is_loud() -> None:
    made = programme([["Loud words stand here.", "And silence here."]], [1.0], gap_s=0)
    bars = levels(made, {1: encoded(*[0.05] * 38), 2: encoded(*[0.0] * 28)}, 1, 10)
    assert min(bars[:5]) > 0.9
    assert max(bars[-3:]) == 0.02


def test_a_voice_in_the_middle_of_two_channels_has_the_bars_it_has_in_one() -> None:
    made = programme([["Loud words stand here."]])
    one, two = (levels(made, {1: encoded(*[channels * 0.01] * 38)}, channels, 10) for channels in (1, 2))
    assert one == two


def test_takes_shorter_than_a_block_and_breaks_have_no_bar() -> None:
    made = programme([["One."]])
    segment, heard = made.segments[0]
    assert set(levels(made, {1: encoded()}, 1, 5)) == {0.02}
    assert set(levels(replace(made, segments=((segment, replace(heard, take=None)),)), {}, 1, 5)) == {0.02}


def test_picture_is_well_formed_and_has_every_bar() -> None:
    path = ET.fromstring(waveform_svg((0.5, 1.0, 0.02)))[0]
    assert path.attrib["d"].count("M") == 3
