"""Feed and captions, as readers written in JavaScript by others read them; they run in Node.js."""

import functools
import json
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from narration.podcast.captions import cues
from narration.podcast.feed import feed_guid, feed_xml
from narration.podcast.programme import Programme
from narration.podcast.transcript import vtt
from tests.narration.podcast.programmes import NAUGHTY, programme, programmes
from tests.narration.podcast.test_feed import BASE, ENTRY, SHOW

TESTS = Path(__file__).parents[2]


def node(script: str, given: str = "") -> Any:
    """What a script prints as JSON; it finds packages in tests/node_modules, or where NODE_PATH says."""
    done = subprocess.run(
        ["node", "-e", script],
        cwd=TESTS,
        input=given.encode(),
        capture_output=True,
        env=os.environ | {"LOG": "silent"},
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


@functools.cache
def lacking(package: str) -> str:
    if shutil.which("node") is None:
        return "Node.js is not installed"
    found = subprocess.run(["node", "-e", f"require.resolve('{package}')"], cwd=TESTS, capture_output=True, check=False)
    return "" if found.returncode == 0 else f"{package} is not installed; npm install in tests/ brings it"


def needs(package: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(bool(lacking(package)), reason=lacking(package))


_READ = (
    "let text = ''; process.stdin.on('data', part => text += part).on('end', () => console.log(JSON.stringify(%s)));"
)
PARTYTIME = "const {parseFeed} = require('podcast-partytime');" + _READ % "parseFeed(text)"
WEBVTT = """
const {WebVTTParser} = require('webvtt-parser');
const read = text => {
  const {cues, errors} = new WebVTTParser().parse(text, 'metadata');
  return {errors, cues: cues.map(({startTime, endTime}) => ({startTime, endTime}))};
};
""" + (_READ % "JSON.parse(text).map(read)")


@needs("podcast-partytime")
def test_partytime_reads_every_field_of_the_feed() -> None:
    feed = node(PARTYTIME, feed_xml(SHOW, [ENTRY]).decode())
    folder = f"{BASE}/episodes/%C3%A6rlig%20%E6%97%A5%E6%9C%AC"
    assert [feed[name] for name in ("title", "author", "language", "medium", "guid", "itunesType")] == [
        "A Show & more", "An Author", "en-GB", "podcast", feed_guid(f"{BASE}/feed.xml"), "episodic",
    ]  # fmt: skip
    assert feed["itunesCategory"] == ["Arts > Books"]
    assert (feed["owner"]["email"], feed["locked"], feed["pubsub"]["self"]) == (
        "author@example.org", True, f"{BASE}/feed.xml",
    )  # fmt: skip
    (item,) = feed["items"]
    assert item["enclosure"] == {"url": f"{folder}/it.mp3", "length": 1000, "type": "audio/mpeg"}
    assert item["podcastChapters"] == {"url": f"{folder}/chapters.json", "type": "application/json+chapters"}
    assert [each["url"].rpartition(".")[2] for each in item["podcastTranscripts"]] == ["vtt", "srt", "json", "html"]
    assert (item["podcastSeason"]["number"], item["podcastEpisode"]["number"]) == (2, 1)
    assert item["podcastPeople"] == [{"name": "An Author", "role": "Author", "group": "Writing"}]


@needs("podcast-partytime")
@pytest.mark.parametrize("text", NAUGHTY[:4])
def test_partytime_reads_titles_that_break_feeds(text: str) -> None:
    feed = node(PARTYTIME, feed_xml(SHOW, [replace(ENTRY, title=text, description=text)]).decode())
    assert len(feed["items"]) == 1


@needs("webvtt-parser")
def test_captions_have_no_error_by_the_standard_s_own_parser() -> None:
    made = [programme([[text, "Some words."], [text]], titles=[text]) for text in NAUGHTY]
    for one, answer in zip(made, node(WEBVTT, json.dumps([vtt(cues(each)) for each in made])), strict=True):
        assert answer["errors"] == []
        assert len(answer["cues"]) == len(cues(one))


@needs("webvtt-parser")
@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # of what was tried; a failure shows it whole
@settings(max_examples=5, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(programmes, min_size=10, max_size=20))
def test_captions_of_any_text_are_read_as_they_were_meant(made: list[Programme]) -> None:
    for one, answer in zip(made, node(WEBVTT, json.dumps([vtt(cues(each)) for each in made])), strict=True):
        assert answer["errors"] == []
        times = [(round(each["startTime"] * 1000), round(each["endTime"] * 1000)) for each in answer["cues"]]
        assert times == [(cue.start_ms, cue.end_ms) for cue in cues(one)]
