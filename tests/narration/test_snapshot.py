"""What the last make read comes back as it was."""

import json
from dataclasses import replace
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from narration.settings import PAUSES, PROFILES, Settings
from narration.snapshot import Snapshot, packed, unpacked
from tests.narration.values import scripts, sounds, spoken

settings = st.builds(
    Settings,
    voice=spoken,
    engine=spoken,
    speed=st.floats(0.25, 4),
    volume=st.floats(0, 1),
    chapters=st.sampled_from(["auto", "headings", "paragraphs", "none"]),
    pauses=st.dictionaries(st.sampled_from(PAUSES), st.floats(0, 60)),
    profile=st.sampled_from(sorted(PROFILES)),
    loudness_lufs=st.none() | st.floats(-40, -5),
    title=spoken,
    jobs=st.integers(0, 256),
)


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """A sound for each segment: of its own words, of others, or none."""
    script = draw(scripts)
    said = [tuple(utterance.spoken for utterance in segment.utterances) for segment in script.segments]
    cast = tuple(draw(st.none() | sounds | sounds.map(partial(replace, utterances=words))) for words in said)
    names = [draw(spoken) for _ in range(6)]
    rest = draw(st.none() | st.integers(1)), draw(st.binary(max_size=9))
    made = Snapshot(*names[:3], (names[3],), names[4], draw(settings), script, cast, names[5], *rest)
    return replace(made, source_format=draw(st.none() | spoken))


@given(snapshots())
def test_snapshot_comes_back_from_json_as_it_was(snapshot: Snapshot) -> None:
    assert unpacked(map(json.loads, map(json.dumps, packed(snapshot)))) == snapshot
