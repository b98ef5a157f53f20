"""What the last make read comes back as it was."""

import json

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
snapshots = st.builds(
    Snapshot,
    spoken,
    spoken,
    spoken,
    st.tuples(spoken),
    spoken,
    settings,
    scripts,
    st.lists(st.none() | sounds, max_size=3).map(tuple),
    spoken,
)


@given(snapshots)
def test_snapshot_comes_back_from_json_as_it_was(snapshot: Snapshot) -> None:
    assert unpacked(json.loads(json.dumps(packed(snapshot)))) == snapshot
