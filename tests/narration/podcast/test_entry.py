"""What the folder remembers of an episode."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given

from narration.podcast.entry import ENTRY, Entry, date_of, entries_in, entry_of, remembered
from narration.podcast.programme import Programme
from tests.narration.podcast.programmes import programme, programmes

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
LATER = datetime(2027, 1, 1, tzinfo=UTC)
DATELESS = programme([["Text."]], date="some day")


@given(programmes)
def test_entry_comes_back_from_its_file_as_it_was(made: Programme) -> None:
    entry = entry_of(made, (), 0, NOW)
    assert Entry.from_json(entry.to_json()) == entry
    assert entry.title


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-06-01", (2024, 6, 1)),
        ("2024-06-01T22:00:00-05:00", (2024, 6, 2)),
        ("2024-06", (2024, 6, 1)),
        ("2024", (2024, 1, 1)),
        ("Sat, 01 Jun 2024 10:00:00 +0200", (2024, 6, 1)),
        ("June 1, 2024", (2024, 6, 1)),
        ("1 June 2024", (2024, 6, 1)),
    ],
)
def test_date_is_read_as_articles_have_it(text: str, date: tuple[int, int, int]) -> None:
    found = date_of(text)
    assert found is not None
    assert (found.year, found.month, found.day) == date


@pytest.mark.parametrize("text", ["", "some day", "2024-13-45", "0000", "99999-01-01", "June"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert date_of(text) is None


def test_episode_without_a_date_keeps_that_of_its_first_publication() -> None:
    first = entry_of(DATELESS, (), 1, NOW)
    again = entry_of(replace(DATELESS, title="Another"), (first,), 2, LATER)
    assert first.published == "2026-03-04T05:06:07+00:00"
    assert (again.published, again.number, again.season) == (first.published, 1, 1)


def test_numbers_count_up_through_the_show() -> None:
    first = entry_of(DATELESS, (), 0, NOW)
    assert entry_of(replace(DATELESS, key="other"), (first,), 0, LATER).number == 2


def test_an_article_that_nobody_describes_is_described_by_its_first_words() -> None:
    entry = entry_of(programme([["word " * 200]], description=""), (), 0, NOW)
    assert len(entry.description) <= 400
    assert entry.description.endswith(" word…")


def test_episodes_are_listed_newest_first_with_the_length_their_sound_has(tmp_path: Path) -> None:
    old = entry_of(programme([["Text."]]), (), 0, NOW)
    new = replace(entry_of(replace(DATELESS, key="other"), (old,), 0, NOW), slug="new")
    for entry in (old, new):
        _placed(tmp_path, entry, b"four")
    entries, notes = entries_in(tmp_path)
    assert [entry.slug for entry in entries] == ["new", "it"]
    assert {entry.n_bytes for entry in entries} == {4}
    assert notes == ()


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "{}", '{"guid": 1, "chapters": 3}', '{"chapters": [[1, 2, 3]]}'),
        *('{"chapters": [[1e400, "One"]]}', pytest.param(100_000 * "[", id="deep")),
    ],
)
def test_half_written_episode_is_left_out_and_told(text: str, tmp_path: Path) -> None:
    place = tmp_path / "episodes" / "half"
    place.mkdir(parents=True)
    (place / ENTRY).write_text(text)
    entries, (note,) = entries_in(tmp_path)
    assert entries == ()
    assert note.startswith(f"{place} is not a whole episode")


def test_episode_without_its_sound_is_left_out_and_remembered(tmp_path: Path) -> None:
    entry = entry_of(DATELESS, (), 0, NOW)
    _placed(tmp_path, entry, b"sound")
    (tmp_path / "episodes" / "it" / "it.mp3").unlink()
    assert entries_in(tmp_path)[0] == ()
    assert remembered(tmp_path) == (entry,)


@pytest.mark.parametrize(
    "changed", [{"published": "2024-01-01"}, {"published": "soon"}, {"number": "1"}, {"audio": "../../it.mp3"}]
)
def test_entry_that_was_changed_by_hand_to_what_it_cannot_be_is_none(changed: dict[str, str], tmp_path: Path) -> None:
    entry = entry_of(DATELESS, (), 0, NOW)
    _placed(tmp_path, entry, b"sound")
    path = tmp_path / "episodes" / "it" / ENTRY
    path.write_text(json.dumps(json.loads(path.read_text()) | changed))
    assert entries_in(tmp_path)[0] == remembered(tmp_path) == ()


def test_text_that_was_changed_by_hand_is_such_as_a_feed_can_hold() -> None:
    entry = replace(entry_of(DATELESS, (), 0, NOW), title="A\0\ud800title", chapters=((0, "\ufffeOne"),))
    assert Entry.from_json(json.dumps(asdict(entry))) == replace(entry, title="A title", chapters=((0, "One"),))


def _placed(folder: Path, entry: Entry, sound: bytes) -> None:
    place = folder / "episodes" / entry.slug
    place.mkdir(parents=True)
    (place / entry.audio).write_bytes(sound)
    (place / ENTRY).write_text(entry.to_json(), "utf-8")
