import pytest

from narration.reading import read
from script.reader import Fetched

ADDRESS = "https://harbour.example/lamp"


@pytest.fixture
def fetched(monkeypatch):
    """What an address leads to; returns how it was asked for."""
    asked = []

    def fetch(address, **options):
        asked.append((address, options))
        return Fetched(
            b"---\ntitle: The lamp\nvoice: en-gb\ncover: /etc/hostname\n---\n\nIt is lit.", address, "markdown"
        )

    monkeypatch.setattr("script.fetching.fetch", fetch)
    return asked


def test_address_is_fetched_once_and_stays_the_source(fetched):
    found = read(ADDRESS, None, {})
    assert (found.source, found.script.title, fetched) == (ADDRESS, "The lamp", [(ADDRESS, {"allow_private": False})])


def test_private_addresses_are_allowed_by_the_flag_alone(fetched):
    read(ADDRESS, "markdown", {"allow_private": True})
    assert fetched == [(ADDRESS, {"allow_private": True})]


def test_front_matter_from_the_web_decides_no_settings(fetched):
    assert (read(ADDRESS, None, {}).settings.cover, read(ADDRESS, None, {}).settings.voice) == ("", "")
